// Signing in as a user ("view as"): the local org's own door, no password.
import { requestJson } from './page.ts';

export async function signInAs(username: string): Promise<void> {
    await requestJson('POST', '/local-org/session', { username });
    location.reload();
}
