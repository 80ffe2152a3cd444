// What the maker of test orgs and the tests agree on.
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export const CLIENT_ID = 'test-client';
export const CLIENT_SECRET = 'test-client-secret';
/** Source folders that are deployed: the package, and what is deployed beside it. */
export const FOLDERS = [`${root}force-app/main`, `${root}config/subscriber`];
