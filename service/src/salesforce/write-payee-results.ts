// Keeps what each calculation came to for each payee: a row only where it differs from the newest one of the period, one that says
// so where there is nothing any more. Rows of a calculation that was killed are taken as they are, so that it can go on.
import type { PayeeResult } from '../domain/pay/payee-results.ts';
import type { PayeeResultBatch } from '../usecases/ports/pay.ts';
import type { OrgClient } from './connect.ts';
import { textOf } from './map-rows.ts';
import { OwnedRowWriter, type OwnedRow } from './owned-rows.ts';
import { quoted, readRows } from './query.ts';
import type { RawRow } from './query.ts';

const INPUTS_LENGTH = 32_768;

interface Held {
    hash: string;
    isGone: boolean;
    row: RawRow;
}

/** Returns the number of rows the org refused. */
export async function savePayeeResults(client: OrgClient, batch: PayeeResultBatch): Promise<number> {
    const held = await newestResults(client, batch.periodKey);
    const present = new Set(batch.results.map(({ statementKey }) => statementKey.toLowerCase()));
    const changed = batch.results.filter((result) => {
        const before = held.get(result.statementKey.toLowerCase());
        return before?.hash !== result.hash || before.isGone;
    });
    const gone = [...held].filter(([key, { isGone }]) => !isGone && !present.has(key));
    const rows = [
        ...changed.map((result) => resultRow(result, batch)),
        ...gone.map(([key, { row }]) => goneRow(key, row, batch))
    ];
    let failed = 0;
    const writer = new OwnedRowWriter<OwnedRow>(client, {
        checkStop: batch.checkStop,
        note: batch.fail,
        onWritten: (_rows, results) => {
            for (const result of results) {
                if (result.ok) continue;
                failed += 1;
                batch.fail(result.code, 'Rows of PayeeResult__c that Salesforce refused.');
            }
        }
    });
    await writer.write(
        'PayeeResult__c',
        rows.map((fields) => ({ fields: { ...fields, OwnerId: client.userId } }))
    );
    return failed;
}

/** By key of the statement, in small letters as the org compares keys. */
async function newestResults(client: OrgClient, periodKey: string): Promise<Map<string, Held>> {
    const { q } = client.names;
    const held = new Map<string, Held>();
    await readRows(
        client,
        {
            object: 'PayeeResult__c',
            fields: [
                'ExternalKey__c',
                'Hash__c',
                'IsGone__c',
                'Payee__c',
                'CurrencyCode__c',
                'PlanVersion__r.ExternalKey__c'
            ],
            where: `${q('Period__r')}.${q('ExternalKey__c')} = ${quoted(periodKey)}`,
            orderBy: q('SequenceNumber__c')
        },
        (row) =>
            held.set(statementKeyOf(textOf(row.ExternalKey__c)).toLowerCase(), {
                hash: textOf(row.Hash__c),
                isGone: row['IsGone__c'] === true || row['IsGone__c'] === 'true',
                row
            })
    );
    return held;
}

/** The key ends with the number of the calculation. */
function statementKeyOf(key: string): string {
    return key.slice(0, key.lastIndexOf(':'));
}

function resultRow(result: PayeeResult, { sequence, runKey }: PayeeResultBatch): OwnedRow['fields'] {
    return {
        ExternalKey__c: `${result.statementKey}:${sequence}`,
        Period__r: { ExternalKey__c: result.periodKey },
        PlanVersion__r: { ExternalKey__c: result.versionKey },
        Payee__c: result.payeeId,
        CurrencyCode__c: result.currency,
        SequenceNumber__c: sequence,
        TotalAmount__c: amount(result.total),
        PayoutAmount__c: amount(result.payout),
        IsGone__c: false,
        Inputs__c: inputsText(result),
        RunKey__c: runKey,
        Hash__c: result.hash
    };
}

function goneRow(
    key: string,
    row: RawRow,
    { sequence, runKey, periodKey }: PayeeResultBatch
): OwnedRow['fields'] {
    return {
        ExternalKey__c: `${key}:${sequence}`,
        Period__r: { ExternalKey__c: periodKey },
        PlanVersion__r: { ExternalKey__c: textOf(row['PlanVersion__r.ExternalKey__c']) },
        Payee__c: textOf(row['Payee__c']),
        CurrencyCode__c: textOf(row['CurrencyCode__c']),
        SequenceNumber__c: sequence,
        TotalAmount__c: null,
        PayoutAmount__c: null,
        IsGone__c: true,
        Inputs__c: null,
        RunKey__c: runKey,
        Hash__c: ''
    };
}

/** Names of deals are left out first: count and hash still say whether they changed. */
function inputsText({ inputs }: PayeeResult): string | null {
    const whole = JSON.stringify(inputs);
    if (whole.length <= INPUTS_LENGTH) return whole;
    const counted = JSON.stringify({ ...inputs, credits: null });
    return counted.length <= INPUTS_LENGTH ? counted : null;
}

function amount(text: string | null): number | null {
    return text === null ? null : Number(text);
}
