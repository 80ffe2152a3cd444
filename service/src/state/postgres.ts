// State in PostgreSQL, in the schema `plumbline`: what several processes on several machines share. A statement that met a
// lost connection is repeated until the server is back or patience ends.
import pg from 'pg';
import { migrate } from './schema.ts';
import type { Sql, SqlStore, SqlValue } from './sql.ts';

export interface PostgresOptions {
    url: string;
    /** How long a statement waits for a server that is away. */
    patienceMs?: number;
    connections?: number;
}

const PATIENCE_MS = 30_000;
const CONNECTIONS = 10;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;
const CONNECT_WITHIN_MS = 5000;
const INT8 = 20;
/** Any number, the same in all processes: only one brings the tables up to date. */
const MIGRATION_LOCK = 7_120_021;

/** Connections that end, servers that stop or start, and transactions that met each other. */
const PASSING_CODES = new Set([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    '08000',
    '08001',
    '08003',
    '08006',
    '40001',
    '40P01',
    '53300',
    '57P01',
    '57P02',
    '57P03'
]);
const PASSING_WORDS =
    /connection terminated|connection timeout|timeout exceeded|connection error|not queryable/i;

export async function openPostgres(options: PostgresOptions): Promise<SqlStore> {
    const store = new PostgresStore(options);
    try {
        await store.run('CREATE SCHEMA IF NOT EXISTS plumbline');
        await store.transaction((sql) => bringUpToDate(sql));
    } catch (error) {
        await store.close();
        throw error;
    }
    return store;
}

async function bringUpToDate(sql: Sql): Promise<void> {
    await sql.run(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await sql.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)');
    await migrate(sql, {
        name: 'The database of the service',
        version: async () =>
            (await sql.all<{ version: number }>('SELECT version FROM schema_version'))[0]?.version ?? 0,
        setVersion: async (version) => {
            await sql.run('DELETE FROM schema_version');
            await sql.run('INSERT INTO schema_version VALUES (?)', [version]);
        }
    });
}

class PostgresStore implements SqlStore {
    readonly #pool: pg.Pool;
    readonly #patienceMs: number;
    #isClosed = false;

    constructor({ url, patienceMs = PATIENCE_MS, connections = CONNECTIONS }: PostgresOptions) {
        this.#patienceMs = patienceMs;
        this.#pool = new pg.Pool({
            connectionString: url,
            max: connections,
            application_name: 'plumbline',
            options: '-c search_path=plumbline',
            connectionTimeoutMillis: CONNECT_WITHIN_MS,
            keepAlive: true,
            types: {
                getTypeParser: (oid, format) =>
                    oid === INT8 ? Number : (pg.types.getTypeParser(oid, format) as (text: string) => unknown)
            }
        });
        // An idle connection that ends is no news: the next statement takes another.
        this.#pool.on('error', () => undefined);
    }

    all<Row>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
        return this.#repeated(async () => (await query(this.#pool, text, values)).rows as Row[]);
    }

    run(text: string, values: readonly SqlValue[] = []): Promise<number> {
        return this.#repeated(async () => (await query(this.#pool, text, values)).rowCount ?? 0);
    }

    transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
        return this.#repeated(() => this.#transactionOnce(work));
    }

    async #transactionOnce<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
        const client = await this.#pool.connect();
        // Told by the statement under way as well; without a listener it would end the process.
        const ignore = () => undefined;
        client.on('error', ignore);
        let failure: Error | undefined;
        try {
            await client.query('BEGIN');
            const result = await work({
                all: async <Row>(text: string, values: readonly SqlValue[] = []) =>
                    (await query(client, text, values)).rows as Row[],
                run: async (text, values = []) => (await query(client, text, values)).rowCount ?? 0
            });
            await client.query('COMMIT');
            return result;
        } catch (error) {
            failure = error as Error;
            await client.query('ROLLBACK').catch(() => undefined);
            throw error;
        } finally {
            client.off('error', ignore);
            client.release(failure && isPassing(failure) ? failure : undefined);
        }
    }

    async now(): Promise<number> {
        const text = 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms';
        return (await this.all<{ ms: number }>(text))[0].ms;
    }

    async answers(): Promise<boolean> {
        try {
            await this.#pool.query('SELECT 1');
            return true;
        } catch {
            return false;
        }
    }

    async close(): Promise<void> {
        this.#isClosed = true;
        await this.#pool.end();
    }

    async #repeated<T>(work: () => Promise<T>): Promise<T> {
        const endsAt = performance.now() + this.#patienceMs;
        for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
            try {
                return await work();
            } catch (error) {
                const isOver = this.#isClosed || performance.now() + pauseMs > endsAt;
                if (!isPassing(error as Error) || isOver) throw error;
                await new Promise((resolve) => setTimeout(resolve, pauseMs));
            }
        }
    }
}

function query(on: pg.Pool | pg.PoolClient, text: string, values: readonly SqlValue[]) {
    return on.query(numbered(text), [...values]);
}

/** `?` as `$1`, `$2`: no statement here has a question mark in a literal. */
function numbered(text: string): string {
    let place = 0;
    return text.replaceAll('?', () => `$${(place += 1)}`);
}

function isPassing(error: Error): boolean {
    return (
        PASSING_CODES.has((error as NodeJS.ErrnoException).code ?? '') || PASSING_WORDS.test(error.message)
    );
}
