// One writer for each org among all processes that share the state. The lock names its holder; it passes on when the
// holder's process is gone from this machine, or has not renewed it for a minute by the clock all of them share.
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { LOCK_EXPIRES_MS } from '../usecases/ports/runs.ts';
import type { WriterLock } from '../usecases/ports/runs.ts';
import type { SqlStore } from './sql.ts';

export interface LockRow {
    holder: string;
    renewed_at: number;
}

export interface LockOptions {
    now?: () => number | Promise<number>;
    isAlive?: (pid: number) => boolean;
    pid?: number;
}

const TAKE =
    'INSERT INTO writer_lock (org_id, holder, renewed_at) VALUES (?, ?, ?) ' +
    'ON CONFLICT (org_id) DO UPDATE SET holder = excluded.holder, renewed_at = excluded.renewed_at ' +
    'WHERE writer_lock.holder = ? AND writer_lock.renewed_at = ?';

export function createWriterLock(store: SqlStore, options: LockOptions = {}): WriterLock {
    const now = options.now ?? (() => store.now());
    const isAlive = options.isAlive ?? processIsAlive;
    const me = `${MACHINE}|${options.pid ?? process.pid}|${randomUUID()}`;
    return {
        acquire: async (orgId) => {
            const rows = await store.all<LockRow>(
                'SELECT holder, renewed_at FROM writer_lock WHERE org_id = ?',
                [orgId]
            );
            const held = rows[0] ?? { holder: '', renewed_at: 0 };
            const nowMs = await now();
            if (rows[0] && held.holder !== me && !isAbandoned(held, nowMs, isAlive)) return false;
            // Taken only from the holder just seen: two that see the same abandoned lock do not both get it.
            return (await store.run(TAKE, [orgId, me, nowMs, held.holder, held.renewed_at])) === 1;
        },
        renew: async (orgId) => {
            const text = 'UPDATE writer_lock SET renewed_at = ? WHERE org_id = ? AND holder = ?';
            return (await store.run(text, [await now(), orgId, me])) === 1;
        },
        release: async (orgId) => {
            await store.run('DELETE FROM writer_lock WHERE org_id = ? AND holder = ?', [orgId, me]);
        }
    };
}

/** Where a process number means the same process: this start of this machine and, in containers, this container. */
const MACHINE = [
    hostname(),
    orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    orNothing(() => readlinkSync('/proc/self/ns/pid'))
].join('/');

function orNothing(read: () => string): string {
    try {
        return read();
    } catch {
        return '';
    }
}

/** Whether the lock may be taken from its holder. */
export function isAbandoned(row: LockRow, nowMs: number, isAlive = processIsAlive): boolean {
    if (nowMs - row.renewed_at > LOCK_EXPIRES_MS) return true;
    const [machine, pid] = row.holder.split('|');
    return machine === MACHINE && !isAlive(Number(pid));
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
