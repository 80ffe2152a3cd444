// The tables of the state, the same in both stores: ids, hashes, moments and learnt aggregates, nothing of the CRM's
// contents. A change is a further migration at the end of the list; those that have run anywhere are never edited.
import type { Sql } from './sql.ts';

export const FIRST_TABLES = [
    `CREATE TABLE run (
        run_key TEXT PRIMARY KEY,
        org_id TEXT NOT NULL,
        is_done INTEGER NOT NULL,
        requested_at TEXT NOT NULL,
        finished_at TEXT,
        record TEXT NOT NULL
    )`,
    'CREATE INDEX run_of_org ON run (org_id, is_done, requested_at)',
    `CREATE TABLE result_row (
        org_id TEXT NOT NULL,
        object TEXT NOT NULL,
        key TEXT NOT NULL,
        opportunity_id TEXT NOT NULL,
        hash TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        is_open INTEGER NOT NULL,
        PRIMARY KEY (org_id, object, key)
    )`,
    'CREATE INDEX result_row_of_deal ON result_row (org_id, opportunity_id)',
    `CREATE TABLE watermark (
        org_id TEXT NOT NULL,
        object TEXT NOT NULL,
        moment TEXT NOT NULL,
        PRIMARY KEY (org_id, object)
    )`,
    `CREATE TABLE reassess (
        org_id TEXT NOT NULL,
        opportunity_id TEXT NOT NULL,
        day INTEGER NOT NULL,
        PRIMARY KEY (org_id, opportunity_id)
    )`,
    'CREATE INDEX reassess_by_day ON reassess (org_id, day)',
    `CREATE TABLE fact (
        org_id TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (org_id, name)
    )`,
    `CREATE TABLE writer_lock (
        org_id TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        renewed_at BIGINT NOT NULL
    )`
];

/** The same work is under way at most once, whoever asks for it in whichever process. */
const WORK_KEY = [
    'ALTER TABLE run ADD COLUMN work_key TEXT',
    'UPDATE run SET work_key = run_key',
    'CREATE UNIQUE INDEX run_of_same_work ON run (org_id, work_key) WHERE is_done = 0'
];

/** Which orgs the service works for; the client secret inside `record` is sealed (tenants/secret-vault.ts). */
const TENANTS = [
    `CREATE TABLE tenant (
        org_id TEXT PRIMARY KEY,
        record TEXT NOT NULL,
        revision INTEGER NOT NULL,
        last_seen_at TEXT
    )`
];

/** What the queue needs to know of a run, and which minutes of the schedule have been served. */
const QUEUE = [
    'ALTER TABLE run ADD COLUMN beginnings INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE run ADD COLUMN breaks INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE run ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0',
    'ALTER TABLE run ADD COLUMN is_cancel_asked INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE run ADD COLUMN put_aside_at TEXT',
    'CREATE TABLE served_minute (name TEXT PRIMARY KEY, minute BIGINT NOT NULL)'
];

/** Runs that are over and whose org could not be told so. */
const OWED_REPORTS = [
    'ALTER TABLE run ADD COLUMN is_report_owed INTEGER NOT NULL DEFAULT 0',
    'CREATE INDEX run_of_owed_report ON run (org_id, requested_at) WHERE is_report_owed = 1'
];

const MIGRATIONS: readonly (readonly string[])[] = [FIRST_TABLES, WORK_KEY, TENANTS, QUEUE, OWED_REPORTS];

/** How a store keeps the number of migrations that have run; `name` says which store in a message. */
export interface SchemaVersion {
    name: string;
    version(): Promise<number>;
    setVersion(version: number): Promise<void>;
}

/** Brings the tables up to date, within the transaction of `sql`; refuses those of a newer service. */
export async function migrate(sql: Sql, { name, version, setVersion }: SchemaVersion): Promise<void> {
    const from = await version();
    if (from > MIGRATIONS.length) {
        throw new Error(
            `${name} was written by a newer service (version ${from}, this one reads ${MIGRATIONS.length}). ` +
                'Start the newer service, or begin with an empty one: it is rebuilt from the org.'
        );
    }
    if (from === MIGRATIONS.length) return;
    for (const statements of MIGRATIONS.slice(from)) for (const text of statements) await sql.run(text);
    await setVersion(MIGRATIONS.length);
}
