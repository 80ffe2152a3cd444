// Small named values of the org itself (features, versions), kept in its database beside the records.
import type { Database } from 'better-sqlite3';

const TABLE = 'CREATE TABLE IF NOT EXISTS local_org_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)';

export function getSetting(db: Database, name: string): string | undefined {
    db.exec(TABLE);
    return db.prepare('SELECT value FROM local_org_setting WHERE name = ?').pluck().get(name) as
        string | undefined;
}

export function setSetting(db: Database, name: string, value: string): void {
    db.exec(TABLE);
    db.prepare(
        `INSERT INTO local_org_setting (name, value) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value`
    ).run(name, value);
}
