// The folder of one `npm test`: what takes long to make and is only copied by tests (an org with the package in it) is
// made there once. A test file run alone has a folder of its own. Owns no content; whoever makes something names it.
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'TEST_RUN_FOLDER';
const COMPILED = 'NODE_COMPILE_CACHE';

/** For processes of tests that get an environment of their own. */
export function compiledBefore(): Record<string, string> {
    const folder = process.env[COMPILED];
    return folder ? { [COMPILED]: folder } : {};
}

/**
 * For `npm test`: gives all test processes the same folder until `remove()`. What Node has compiled is kept there too: tests start
 * services, threads and clients by the hundred.
 */
export function openRunFolder(): { env: Record<string, string>; remove(): void } {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-test-run-'));
    const env = { [VARIABLE]: folder, [COMPILED]: join(folder, 'compiled') };
    return { env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

let ownFolder: string | undefined;

export function runFolder(): string {
    const given = process.env[VARIABLE];
    if (given) return given;
    if (!ownFolder) {
        const folder = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
        process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
        ownFolder = folder;
    }
    return ownFolder;
}

/** Puts a finished file or folder where others look for it. Two test processes may make the same: the first one counts. */
export function publish(draft: string, place: string): void {
    try {
        renameSync(draft, place);
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
        rmSync(draft, { recursive: true, force: true });
    }
}
