// One writer for each org among all processes that share the state file. The lock names its holder; it passes on when the
// holder's process is gone from this machine, or has not renewed it for two minutes.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { WriterLock } from '../usecases/ports.ts';
import type { State } from './open-state.ts';

const EXPIRES_AFTER_MS = 120_000;

interface LockRow {
    holder: string;
    renewed_at: number;
}

export interface LockOptions {
    now?: () => number;
    isAlive?: (pid: number) => boolean;
    pid?: number;
}

export function createWriterLock(db: State, options: LockOptions = {}): WriterLock {
    const now = options.now ?? Date.now;
    const isAlive = options.isAlive ?? processIsAlive;
    const me = `${hostname()}|${options.pid ?? process.pid}|${randomUUID()}`;
    const read = db.prepare('SELECT holder, renewed_at FROM writer_lock WHERE org_id = ?');
    const take = db.prepare('INSERT OR REPLACE INTO writer_lock VALUES (?, ?, ?)');
    const renew = db.prepare('UPDATE writer_lock SET renewed_at = ? WHERE org_id = ? AND holder = ?');
    const release = db.prepare('DELETE FROM writer_lock WHERE org_id = ? AND holder = ?');
    const acquire = db.transaction((orgId: string) => {
        const row = read.get(orgId) as LockRow | undefined;
        const isFree = !row || row.holder === me || isAbandoned(row, now(), isAlive);
        if (isFree) take.run(orgId, me, now());
        return isFree;
    });
    return {
        acquire: (orgId) => acquire.immediate(orgId),
        renew: (orgId) => renew.run(now(), orgId, me).changes === 1,
        release: (orgId) => void release.run(orgId, me)
    };
}

function isAbandoned(row: LockRow, now: number, isAlive: (pid: number) => boolean): boolean {
    if (now - row.renewed_at > EXPIRES_AFTER_MS) return true;
    const [host, pid] = row.holder.split('|');
    return host === hostname() && !isAlive(Number(pid));
}

/** Signal 0 asks without sending; EPERM means alive under another user. */
function processIsAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
}
