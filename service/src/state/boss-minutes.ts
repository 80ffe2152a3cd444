// The clock of the schedule on PostgreSQL: the cron of pg-boss, by the clock of the server. One process queues the tick of a
// minute, one takes it, and a tick that comes twice or late finds its minutes served or makes up for them.
import type PgBoss from 'pg-boss';
import type { StartMinutes } from '../usecases/ports/turns.ts';
import { claimMinutes } from './served-minutes.ts';
import type { SqlStore } from './sql.ts';

const TICKS = 'plumbline-minutes';
const LOOK_SECONDS = 2;
/** Nobody needs a tick that was not taken. */
const KEEP_SECONDS = 300;

export function bossMinutes(boss: PgBoss, store: SqlStore): StartMinutes {
    return async (onMinutes) => {
        await boss.createQueue(TICKS, { retentionSeconds: KEEP_SECONDS, deleteAfterSeconds: KEEP_SECONDS });
        await boss.schedule(TICKS, '* * * * *');
        await boss.work(TICKS, { pollingIntervalSeconds: LOOK_SECONDS }, async () => {
            const minutes = await claimMinutes(store);
            if (minutes.length > 0) await onMinutes(minutes);
        });
        return () => boss.offWork(TICKS);
    };
}
