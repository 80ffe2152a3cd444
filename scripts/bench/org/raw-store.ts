// The same rows in better-sqlite3 alone: one table with the columns the org keeps, the same indexes and settings, no HTTP,
// no permissions, no SOQL. The measure the org is compared with.
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readingOf } from './rows.ts';

/** Rows the org stores between two commits of a bulk load. */
const BATCH_ROWS = 200;

export interface RawStore {
    insert(rows: number): void;
    readAll(expected: number): void;
    readEach(rows: number): void;
    upsertEach(rows: number): void;
    close(): void;
}

export function openRawStore(): RawStore {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-raw-'));
    const db = new Database(join(folder, 'raw.db'));
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.exec(`CREATE TABLE reading (Id TEXT PRIMARY KEY, IsDeleted INTEGER, CreatedDate TEXT, CreatedById TEXT,
        LastModifiedDate TEXT, LastModifiedById TEXT, SystemModstamp TEXT, OwnerId TEXT, Name TEXT, Key__c TEXT,
        Amount__c REAL, At__c TEXT, Note__c TEXT) WITHOUT ROWID;
        CREATE UNIQUE INDEX reading_key ON reading (Key__c COLLATE NOCASE);
        CREATE INDEX reading_modstamp ON reading (SystemModstamp); CREATE INDEX reading_owner ON reading (OwnerId)`);
    const insert = db.prepare(`INSERT INTO reading VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (Key__c) DO UPDATE SET Name = excluded.Name, Note__c = excluded.Note__c, SystemModstamp = excluded.SystemModstamp`);
    const user = '005000000000001AAA';
    const put = (n: number, note: string): void => {
        const { name, key, amount, at } = readingOf(n);
        const now = new Date().toISOString();
        insert.run(idOf(n), now, user, now, user, now, user, name, key, Number(amount), at, note);
    };
    return {
        insert(rows) {
            for (let from = 0; from < rows; from += BATCH_ROWS) {
                db.transaction(() => {
                    for (let n = from; n < Math.min(rows, from + BATCH_ROWS); n++) put(n, readingOf(n).note);
                })();
            }
        },
        readAll(expected) {
            const select = db
                .prepare('SELECT Id, Name, Key__c, Amount__c, At__c, Note__c FROM reading')
                .raw();
            const lines: string[] = [];
            for (const row of select.iterate() as Iterable<unknown[]>) lines.push(`"${row.join('","')}"`);
            const { length } = lines.join('\n').split('\n');
            if (length !== expected) throw new Error(`the database gave ${length} of ${expected} rows`);
        },
        readEach(rows) {
            const one = db.prepare('SELECT * FROM reading WHERE Id = ?');
            for (let n = 0; n < rows; n++) JSON.stringify(one.get(idOf(n)));
        },
        upsertEach(rows) {
            for (let n = 0; n < rows; n++) put(n, `${readingOf(n).note}!`);
        },
        close() {
            db.close();
            rmSync(folder, { recursive: true, force: true });
        }
    };
}

function idOf(n: number): string {
    return `a0R000000${String(n).padStart(6, '0')}AAA`;
}
