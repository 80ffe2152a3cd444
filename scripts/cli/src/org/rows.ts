// Rows with an external key: which of them an org lacks, and creating those. All of one call or none.
import { SfError, type Connection } from '@salesforce/core';
import { quoted } from '../../../../service/src/salesforce/query.ts';
import type { Names } from '../../../../service/src/salesforce/names.ts';

/** As many as a collection takes, and few enough for the keys to fit into one query. */
const ROWS_A_CALL = 200;

type Row = Record<string, unknown>;

export async function missingRows<T extends Row>(
    connection: Connection,
    { q }: Names,
    object: string,
    rows: readonly T[]
): Promise<T[]> {
    const key = q('ExternalKey__c');
    const held = new Set<string>();
    for (const some of inCalls(rows)) {
        const keys = some.map((row) => quoted(String(row['ExternalKey__c']))).join(', ');
        const { records } = await connection.query<Row>(
            `SELECT ${key} FROM ${q(object)} WHERE ${key} IN (${keys})`
        );
        for (const record of records) held.add(String(record[key]).toLowerCase());
    }
    return rows.filter((row) => !held.has(String(row['ExternalKey__c']).toLowerCase()));
}

export async function createRows(
    connection: Connection,
    names: Names,
    object: string,
    rows: readonly Row[]
): Promise<void> {
    for (const some of inCalls(rows)) {
        const results = await connection
            .sobject(names.q(object))
            .create(some.map((row) => names.row(row)) as never, { allOrNone: true });
        const list = results as unknown as { success: boolean; errors: Refusal[] }[];
        const at = list.findIndex(({ success, errors }) => !success && isCause(errors[0]));
        if (at < 0) continue;
        const { message, statusCode } = list[at]!.errors[0]!;
        throw new SfError(
            `${object} ${String(some[at]?.['ExternalKey__c'])} was refused: ${message}`,
            statusCode ?? 'RowRefused',
            ['Nothing of this call was kept. Correct the row, or send the message to support.']
        );
    }
}

interface Refusal {
    message: string;
    statusCode?: string;
}

/** With `allOrNone` the others say that they were taken back because of the one that is wrong. */
const isCause = (error: Refusal | undefined): boolean =>
    error?.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

function inCalls<T>(rows: readonly T[]): T[][] {
    return Array.from({ length: Math.ceil(rows.length / ROWS_A_CALL) }, (_, call) =>
        rows.slice(call * ROWS_A_CALL, (call + 1) * ROWS_A_CALL)
    );
}
