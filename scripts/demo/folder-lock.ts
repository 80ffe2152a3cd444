// One demo per folder. The lock is a transaction of SQLite, so it ends with the process, however that ends.
import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DemoProblem } from './problem.ts';

/** Kept from the garbage collector, which would close a database nobody refers to, and with it give up the lock. */
const held = new Set<Database.Database>();

export class FolderInUseError extends DemoProblem {}

/** Holds `folder` until this process ends. Throws FolderInUseError while another process has it. */
export function holdFolder(folder: string): void {
    mkdirSync(dirname(folder), { recursive: true });
    // Beside the folder and not in it: the folder itself is thrown away when the demo begins anew.
    const lock = new Database(`${folder}.lock`, { timeout: 0 });
    try {
        lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
        lock.close();
        if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
        throw new FolderInUseError(
            `another demo is using ${folder}. Stop it first, or give this one a folder of its own: PLUMBLINE_HOME=/other/folder npm run demo`
        );
    }
    held.add(lock);
}
