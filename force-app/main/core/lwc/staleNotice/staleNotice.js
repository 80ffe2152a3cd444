// Says that what is shown is more than 26 hours old, and what to do about it.
import { LightningElement } from 'lwc';
import stale from '@salesforce/label/c.SpmStale';
import staleText from '@salesforce/label/c.SpmStaleText';

export default class StaleNotice extends LightningElement {
    label = { stale, staleText };
}
