// What was read from the file before, answered again while nobody has written since: pages that follow a run ask the same
// again and again, and asking the file costs two locks each time. The file is asked once in a turn of the event loop whether
// another process has written; what this process writes, its caller tells.
import type Database from 'better-sqlite3';
import type { SqlValue } from './sql.ts';

/** Of questions at once; with more, all are forgotten. */
const MOST_QUESTIONS = 1_000;
/** Longer answers are lists, which nobody asks for again and again. */
const MOST_ROWS = 1;

export class KeptRows {
    readonly #otherWrites: Database.Statement;
    readonly #rows = new Map<string, readonly unknown[]>();
    #version: unknown = null;
    #isLookedInThisTurn = false;

    constructor(db: Database.Database) {
        this.#otherWrites = db.prepare('PRAGMA data_version').pluck();
    }

    /** The rows of a statement that only reads. Each is one object for all who ask, so it is frozen. */
    of(statement: Database.Statement, values: readonly SqlValue[]): readonly unknown[] {
        this.#forgetWhatOthersChanged();
        const question = `${statement.source}\n${JSON.stringify(values)}`;
        const kept = this.#rows.get(question);
        if (kept) return kept;
        const rows = statement.all(...values);
        if (rows.length <= MOST_ROWS) this.#keep(question, rows);
        return rows;
    }

    /** To be called before this process writes. */
    forget(): void {
        if (this.#rows.size > 0) this.#rows.clear();
    }

    #keep(question: string, rows: readonly unknown[]): void {
        if (this.#rows.size >= MOST_QUESTIONS) this.#rows.clear();
        for (const row of rows) Object.freeze(row);
        this.#rows.set(question, rows);
    }

    #forgetWhatOthersChanged(): void {
        if (this.#isLookedInThisTurn) return;
        this.#isLookedInThisTurn = true;
        setImmediate(() => (this.#isLookedInThisTurn = false));
        const version = this.#otherWrites.get();
        if (version !== this.#version) this.#rows.clear();
        this.#version = version;
    }
}
