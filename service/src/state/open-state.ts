// The state file: SQLite in WAL mode, so that a killed process leaves it whole. Holds ids, hashes, moments and learnt
// aggregates; nothing of the CRM's contents. Owns the tables; the other files here own the statements on them.
import Database from 'better-sqlite3';

export type State = Database.Database;

const SCHEMA_VERSION = 1;

const TABLES = `
CREATE TABLE run (
    run_key TEXT PRIMARY KEY,
    org_id TEXT NOT NULL,
    is_done INTEGER NOT NULL,
    requested_at TEXT NOT NULL,
    finished_at TEXT,
    record TEXT NOT NULL
);
CREATE INDEX run_of_org ON run (org_id, is_done, requested_at);
CREATE TABLE result_row (
    org_id TEXT NOT NULL,
    object TEXT NOT NULL,
    key TEXT NOT NULL,
    opportunity_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    PRIMARY KEY (org_id, object, key)
) WITHOUT ROWID;
CREATE INDEX result_row_of_deal ON result_row (org_id, opportunity_id);
CREATE TABLE watermark (
    org_id TEXT NOT NULL,
    object TEXT NOT NULL,
    moment TEXT NOT NULL,
    PRIMARY KEY (org_id, object)
) WITHOUT ROWID;
CREATE TABLE reassess (
    org_id TEXT NOT NULL,
    opportunity_id TEXT NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (org_id, opportunity_id)
) WITHOUT ROWID;
CREATE INDEX reassess_by_day ON reassess (org_id, day);
CREATE TABLE fact (
    org_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (org_id, name)
) WITHOUT ROWID;
CREATE TABLE writer_lock (
    org_id TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    renewed_at INTEGER NOT NULL
) WITHOUT ROWID;
`;

/** Opens or creates the file; `:memory:` for tests. Refuses a file of a newer version. */
export function openState(path: string): State {
    const db = new Database(path, { timeout: 15_000 });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.transaction(() => createTables(db, path)).immediate();
    return db;
}

function createTables(db: State, path: string): void {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > SCHEMA_VERSION) {
        throw new Error(
            `The state file ${path} was written by a newer service (version ${version}, this one reads ` +
                `${SCHEMA_VERSION}). Start the newer service, or move the file away: it is rebuilt from the org.`
        );
    }
    if (version === SCHEMA_VERSION) return;
    db.exec(TABLES);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
}
