// Which minutes the schedule has been served for, so that among all processes each is served once.
import type { SqlStore } from './sql.ts';

/** Minutes that passed while nobody looked are made up for up to so many; a longer gap is a service that was down. */
const MADE_UP = 5;
const MINUTE_MS = 60_000;
const NAME = 'schedule';

/** The minutes up to now that nobody has served yet; from now on they count as served. */
export async function claimMinutes(store: SqlStore): Promise<number[]> {
    const now = Math.floor((await store.now()) / MINUTE_MS);
    const [row] = await store.all<{ minute: number }>('SELECT minute FROM served_minute WHERE name = ?', [
        NAME
    ]);
    const last = row?.minute ?? now - 1;
    // Only from the minute just seen: of two who claim at the same time one gets nothing.
    const claimed = await store.run(
        'INSERT INTO served_minute (name, minute) VALUES (?, ?) ' +
            'ON CONFLICT (name) DO UPDATE SET minute = excluded.minute ' +
            'WHERE served_minute.minute = ? AND served_minute.minute < excluded.minute',
        [NAME, now, last]
    );
    if (claimed === 0) return [];
    const first = Math.max(last + 1, now - MADE_UP + 1);
    return Array.from({ length: now - first + 1 }, (_, index) => first + index);
}
