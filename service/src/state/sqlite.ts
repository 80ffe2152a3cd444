// State in one SQLite file in WAL mode, so that a killed process leaves it whole. One connection: whoever comes during a
// transaction waits for its end.
import Database from 'better-sqlite3';
import { KeptRows } from './kept-rows.ts';
import { migrate } from './schema.ts';
import type { Sql, SqlStore, SqlValue } from './sql.ts';

const BUSY_MS = 15_000;
/** Statements are compiled once; the bound is for those whose number of rows differs. */
const KEPT_STATEMENTS = 200;

/** Opens or creates the file; `:memory:` for tests. Refuses a file of a newer version. */
export async function openSqlite(path: string): Promise<SqlStore> {
    const db = new Database(path, { timeout: BUSY_MS });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    const store = new SqliteStore(db);
    try {
        await store.transaction((sql) =>
            migrate(sql, {
                name: `The state file ${path}`,
                version: async () => db.pragma('user_version', { simple: true }) as number,
                setVersion: async (version) => void db.pragma(`user_version = ${version}`)
            })
        );
    } catch (error) {
        db.close();
        throw error;
    }
    return store;
}

class SqliteStore implements SqlStore {
    readonly #db: Database.Database;
    readonly #statements = new Map<string, Database.Statement>();
    readonly #kept: KeptRows;
    /** The end of the transaction that is open or waited for. */
    #free: Promise<void> = Promise.resolve();

    constructor(db: Database.Database) {
        this.#db = db;
        this.#kept = new KeptRows(db);
    }

    async all<Row>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
        await this.#free;
        const statement = this.#statement(text);
        if (statement.readonly) return [...this.#kept.of(statement, values)] as Row[];
        this.#kept.forget();
        return this.#all<Row>(text, values);
    }

    async run(text: string, values: readonly SqlValue[] = []): Promise<number> {
        await this.#free;
        this.#kept.forget();
        return this.#run(text, values);
    }

    async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
        const before = this.#free;
        let end!: () => void;
        this.#free = new Promise((resolve) => (end = resolve));
        await before;
        try {
            return await this.#inTransaction(work);
        } finally {
            end();
        }
    }

    async #inTransaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
        this.#kept.forget();
        this.#db.exec('BEGIN IMMEDIATE');
        try {
            const result = await work({
                all: async <Row>(text: string, values: readonly SqlValue[] = []) =>
                    this.#all<Row>(text, values),
                run: async (text, values = []) => this.#run(text, values)
            });
            this.#db.exec('COMMIT');
            return result;
        } catch (error) {
            if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
            throw error;
        }
    }

    async now(): Promise<number> {
        return Date.now();
    }

    async answers(): Promise<boolean> {
        return this.#db.open;
    }

    async close(): Promise<void> {
        await this.#free;
        this.#db.close();
    }

    #all<Row>(text: string, values: readonly SqlValue[]): Row[] {
        return this.#statement(text).all(...values) as Row[];
    }

    #run(text: string, values: readonly SqlValue[]): number {
        return this.#statement(text).run(...values).changes;
    }

    #statement(text: string): Database.Statement {
        const kept = this.#statements.get(text);
        if (kept) return kept;
        if (this.#statements.size >= KEPT_STATEMENTS) this.#statements.clear();
        const statement = this.#db.prepare(text);
        this.#statements.set(text, statement);
        return statement;
    }
}
