// Both places state can be in, for tests that hold for either: a SQLite file, and a database of a PostgreSQL server that
// each test file starts once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openState } from '../../src/state/open-state.ts';
import type { State, StatePlace } from '../../src/state/open-state.ts';
import { openPostgres } from '../../src/state/postgres.ts';
import type { SqlStore } from '../../src/state/sql.ts';
import { openSqlite } from '../../src/state/sqlite.ts';
import { startPostgres } from './postgres-server.ts';
import type { PostgresServer } from './postgres-server.ts';

export type StoreKind = 'SQLite' | 'PostgreSQL';
export const STORE_KINDS: StoreKind[] = ['SQLite', 'PostgreSQL'];

export class TestStores {
    readonly kind: StoreKind;
    readonly #folders: string[] = [];
    readonly #open: { close(): Promise<void> }[] = [];
    #server: PostgresServer | null = null;

    constructor(kind: StoreKind) {
        this.kind = kind;
    }

    async start(): Promise<void> {
        if (this.kind === 'PostgreSQL') this.#server = await startPostgres();
    }

    async newPlace(): Promise<StatePlace> {
        if (this.#server) return { stateFile: null, databaseUrl: await this.#server.newDatabase() };
        const folder = mkdtempSync(join(tmpdir(), 'plumbline-state-'));
        this.#folders.push(folder);
        return { stateFile: join(folder, 'state.db'), databaseUrl: null };
    }

    /** Only the tables. */
    async store(place?: StatePlace): Promise<SqlStore> {
        const { stateFile, databaseUrl } = place ?? (await this.newPlace());
        const store = databaseUrl ? await openPostgres({ url: databaseUrl }) : await openSqlite(stateFile!);
        this.#open.push(store);
        return store;
    }

    /** With its queue and clock; what goes wrong in them fails the test that asks for `errors`. */
    async state(place?: StatePlace, errors: unknown[] = []): Promise<State> {
        const state = await openState(place ?? (await this.newPlace()), (error) => errors.push(error));
        this.#open.push(state);
        return state;
    }

    /** After each test. */
    async closeAll(): Promise<void> {
        for (const open of this.#open.splice(0)) await open.close();
    }

    async stop(): Promise<void> {
        await this.closeAll();
        await this.#server?.stop();
        for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    }
}
