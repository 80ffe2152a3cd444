// `@salesforce/apex`.
export { refreshApex } from '../platform/apex-method.ts';
