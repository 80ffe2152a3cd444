// Salesforce record ids as settings and seeds write them: 15 characters, or 18 with the checksum of the first 15.
import { withChecksum } from '../domain/pipeline/id-index.ts';

/** `00D000000000001` gives `00D000000000001EAA`. */
export const toId18 = withChecksum;

export function isId18(text: string): boolean {
    return /^[A-Za-z0-9]{18}$/.test(text) && toId18(text.slice(0, 15)) === text;
}
