// Salesforce record ids: three characters of key prefix, twelve of counter, three of checksum.
// Owns how ids are made and completed; the counters live in the org's database, so a restart goes on counting
// and a rolled back transaction gives its ids back.
import type { Database } from 'better-sqlite3';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** Instance part of every generated id; seeds that bring their own ids use another one and never collide. */
const INSTANCE = '8d0';

export interface Ids {
    /** The next id of the object with this key prefix, 18 characters. */
    newId(keyPrefix: string): string;
}

export function createIds(db: Database): Ids {
    db.exec('CREATE TABLE IF NOT EXISTS local_org_counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL)');
    const next = db
        .prepare(
            `INSERT INTO local_org_counter (name, value) VALUES (?, 1)
             ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`
        )
        .pluck();
    return {
        newId: (keyPrefix) => to18(keyPrefix + INSTANCE + base62(next.get(keyPrefix) as number, 9))
    };
}

/** Completes a 15-character id with its checksum, so that it survives tools that ignore case. */
export function to18(id: string): string {
    if (id.length === 18) return id;
    if (id.length !== 15) throw new Error(`"${id}" is no record id: it needs 15 or 18 characters.`);
    return id + checksum(id.slice(0, 5)) + checksum(id.slice(5, 10)) + checksum(id.slice(10, 15));
}

/** True for 15 letters and digits, or 18 with the right checksum. */
export function isRecordId(text: string): boolean {
    if (!/^[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?$/.test(text)) return false;
    return text.length === 15 || to18(text.slice(0, 15)) === text;
}

function checksum(five: string): string {
    let bits = 0;
    for (let i = 0; i < five.length; i++) if (five[i] >= 'A' && five[i] <= 'Z') bits |= 1 << i;
    return CHECKSUM[bits];
}

function base62(value: number, width: number): string {
    let text = '';
    for (let rest = value; text.length < width; rest = Math.floor(rest / 62)) text = DIGITS[rest % 62] + text;
    return text;
}
