// The SQL that state is kept with: one set of statements for both stores, SQLite in one file and PostgreSQL. Values are
// written as `?`. Both know `INSERT ... ON CONFLICT (...) DO UPDATE SET x = excluded.x`, partial indexes and RETURNING.
// Every statement and every transaction may be repeated: after a lost connection nobody knows whether it was carried out.

export type SqlValue = string | number | null;

/** Statements, alone or within a transaction. */
export interface Sql {
    all<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
    /** The number of rows changed. */
    run(text: string, values?: readonly SqlValue[]): Promise<number>;
}

export interface SqlStore extends Sql {
    /** All or nothing. Inside, only the `sql` handed in may be used: the store itself waits for the end. */
    transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
    /** Milliseconds of the one clock that all processes sharing the store go by. */
    now(): Promise<number>;
    /** Whether the store answers now. */
    answers(): Promise<boolean>;
    close(): Promise<void>;
}

/** Of rows in one statement: both stores allow far more values, and longer statements gain nothing. */
const ROWS_A_STATEMENT = 400;

/** Writes many rows with few statements: `head` is `INSERT INTO t (a, b) VALUES`, `tail` the ON CONFLICT clause. */
export async function insertRows(
    sql: Sql,
    head: string,
    rows: readonly (readonly SqlValue[])[],
    tail: string
): Promise<void> {
    for (const part of inParts(rows, ROWS_A_STATEMENT)) {
        const places = part.map((row) => `(${placesFor(row)})`).join(', ');
        await sql.run(`${head} ${places} ${tail}`, part.flat());
    }
}

/** `?, ?, ?` */
export function placesFor(values: readonly unknown[]): string {
    return values.map(() => '?').join(', ');
}

export function inParts<T>(items: readonly T[], size = ROWS_A_STATEMENT): T[][] {
    const parts: T[][] = [];
    for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
    return parts;
}
