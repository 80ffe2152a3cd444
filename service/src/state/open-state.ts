// Opens the state where the settings say, with the queue and the clock that go with it: PostgreSQL and pg-boss when there is
// an address, else the SQLite file alone.
import type { QueueOptions, RunQueue, StartMinutes } from '../usecases/ports/turns.ts';
import { bossMinutes } from './boss-minutes.ts';
import { BossQueue } from './boss-queue.ts';
import { localMinutes } from './local-minutes.ts';
import { LocalQueue } from './local-queue.ts';
import { openBoss } from './open-boss.ts';
import { openPostgres } from './postgres.ts';
import type { SqlStore } from './sql.ts';
import { openSqlite } from './sqlite.ts';

export interface StatePlace {
    /** of SQLite; not looked at where there is a database */
    stateFile: string | null;
    databaseUrl: string | null;
}

export interface State {
    store: SqlStore;
    queue(options: QueueOptions): RunQueue;
    startMinutes: StartMinutes;
    close(): Promise<void>;
}

export async function openState(place: StatePlace, onError: (error: unknown) => void): Promise<State> {
    if (place.databaseUrl !== null) return openShared(place.databaseUrl, onError);
    if (place.stateFile === null) throw new Error('There is neither a database nor a state file to open.');
    const store = await openSqlite(place.stateFile);
    return {
        store,
        queue: (options) => new LocalQueue(store, options),
        startMinutes: localMinutes(store, onError),
        close: () => store.close()
    };
}

async function openShared(databaseUrl: string, onError: (error: unknown) => void): Promise<State> {
    const store = await openPostgres({ url: databaseUrl });
    const boss = await openBoss(databaseUrl, onError);
    return {
        store,
        queue: (options) => new BossQueue(boss, store, options),
        startMinutes: bossMinutes(boss, store),
        close: async () => {
            await boss.stop({ graceful: false });
            await store.close();
        }
    };
}
