// Writes rows that belong to people: in chunks, each judged row by row, and given to the integration user where their owner may not
// have them. What the rows mean, and what is remembered of them, is their writers' affair.
import type { Notes } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { BULK_ABOVE, ROWS_A_CALL, upsertRows, upsertTogether } from './write-rows.ts';
import type { RowFields, RowResult, WriteOptions } from './write-rows.ts';

const ROWS_A_BULK_JOB = 20_000;

/** Row errors that say: this user may not own the row. */
const OWNER_CODES = new Set([
    'TRANSFER_REQUIRES_READ',
    'INACTIVE_OWNER_OR_USER',
    'OP_WITH_INVALID_USER_TYPE_EXCEPTION'
]);

export interface OwnedRow {
    fields: RowFields;
}

export interface OwnedRowOptions<Row extends OwnedRow> {
    /** Called before every call that writes; throws to stop. */
    checkStop: () => void;
    note: Notes;
    /** The row now belongs to the integration user. */
    onFallback?: (row: Row, ownerId: string) => void;
    /** Called when the org has answered; one result for each row. */
    onWritten: (rows: readonly Row[], results: readonly RowResult[]) => void | Promise<void>;
    write?: WriteOptions;
}

export class OwnedRowWriter<Row extends OwnedRow> {
    readonly #client: OrgClient;
    readonly #options: OwnedRowOptions<Row>;
    readonly #unfitOwners = new Set<string>();
    readonly #reported = new Set<string>();

    constructor(client: OrgClient, options: OwnedRowOptions<Row>) {
        this.#client = client;
        this.#options = options;
    }

    async write(object: string, rows: readonly Row[]): Promise<void> {
        const size = rows.length > BULK_ABOVE ? ROWS_A_BULK_JOB : ROWS_A_CALL;
        for (let start = 0; start < rows.length; start += size) {
            this.#options.checkStop();
            await this.#writeChunk(object, rows.slice(start, start + size));
        }
    }

    /** The same, in this order, with one call for all objects where each has few rows: later rows may name earlier ones. Rows that did
     *  not go through at once, or whose parent did not, are sent again as write sends them. */
    async writeTogether(parts: readonly { object: string; rows: readonly Row[] }[]): Promise<void> {
        const some = parts.filter(({ rows }) => rows.length > 0);
        if (some.length < 2 || some.some(({ rows }) => rows.length > ROWS_A_CALL)) {
            for (const { object, rows } of some) await this.write(object, rows);
            return;
        }
        this.#options.checkStop();
        for (const { rows } of some) this.#giveKnownUnfitToFallback(rows);
        const answers = await upsertTogether(
            this.#client,
            some.map(({ object, rows }) => ({ object, rows: rows.map(({ fields }) => fields) }))
        );
        for (const [index, { object, rows }] of some.entries()) {
            const refused = rows.filter((_row, at) => !answers[index]![at]!.ok);
            const done = rows.filter((_row, at) => answers[index]![at]!.ok);
            if (done.length > 0)
                await this.#options.onWritten(
                    done,
                    done.map(() => ({ ok: true }))
                );
            await this.write(object, refused);
        }
    }

    /** Once for each owner. */
    reportOwner(userId: string, code: string, message: string): void {
        if (this.#reported.has(userId)) return;
        this.#reported.add(userId);
        this.#options.note(code, message);
    }

    async #writeChunk(object: string, rows: readonly Row[]): Promise<void> {
        this.#giveKnownUnfitToFallback(rows);
        let results = await this.#send(object, rows);
        const refused = rows.filter((row, index) => this.#isOwnerRefusal(row, results[index]!));
        if (refused.length > 0) {
            for (const row of refused) this.#giveToFallback(row);
            const again = await this.#send(object, refused);
            const byRow = new Map(refused.map((row, index) => [row, again[index]!]));
            results = results.map((result, index) => byRow.get(rows[index]!) ?? result);
        }
        await this.#options.onWritten(rows, results);
    }

    #giveKnownUnfitToFallback(rows: readonly Row[]): void {
        for (const row of rows)
            if (this.#unfitOwners.has(String(row.fields.OwnerId))) this.#giveToFallback(row);
    }

    #send(object: string, rows: readonly Row[]): Promise<RowResult[]> {
        const fields = rows.map((row) => row.fields);
        return upsertRows(this.#client, object, fields, this.#options.write);
    }

    #isOwnerRefusal(row: Row, result: RowResult): boolean {
        if (result.ok || row.fields.OwnerId === undefined || row.fields.OwnerId === this.#client.userId)
            return false;
        return (
            OWNER_CODES.has(result.code) ||
            (result.code === 'INVALID_CROSS_REFERENCE_KEY' && result.fields.includes('OwnerId'))
        );
    }

    /** Whom the row is about stays on it; only its owner is another. */
    #giveToFallback(row: Row): void {
        const ownerId = String(row.fields.OwnerId);
        this.#unfitOwners.add(ownerId);
        this.reportOwner(
            ownerId,
            'OWNER_WITHOUT_ACCESS',
            'Owners without read access to the results: their rows belong to the integration user. Assign SpmPayee.'
        );
        this.#options.onFallback?.(row, ownerId);
        row.fields = { ...row.fields, OwnerId: this.#client.userId };
    }
}
