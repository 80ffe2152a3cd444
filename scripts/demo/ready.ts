// What a finished set-up leaves in the folder of a demo. Without it, or when it is about other data, the folder is thrown
// away and made anew: a set-up that was interrupted is never continued.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrgContent } from './content.ts';
import type { OrgKey } from './steps/connect.ts';

export interface Ready {
    orgKey: OrgKey;
    packageHash: string;
    /** what the data was made from */
    source: string;
    about: {
        notes: string[];
        signIns: OrgContent['signIns'];
        /** user name of the person whose pay is worth looking at */
        paid?: string;
    };
}

const fileOf = (folder: string): string => join(folder, 'ready.json');

/** null when the folder holds no finished set-up of this source */
export function readReady(folder: string, source: string): Ready | null {
    let ready: Ready;
    try {
        ready = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as Ready;
    } catch {
        return null;
    }
    return ready.source === source ? ready : null;
}

/** In one step, so that a kill leaves the old one or the new one. */
export function writeReady(folder: string, ready: Ready): void {
    const draft = `${fileOf(folder)}.draft`;
    writeFileSync(draft, JSON.stringify(ready), { mode: 0o600 });
    renameSync(draft, fileOf(folder));
}
