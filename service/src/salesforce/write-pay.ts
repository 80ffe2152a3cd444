// Writes the statements of a period: what differs by hash from the rows in the org is upserted, what the drafts no longer have is
// deleted. Nothing is remembered here: the org's own hashes say what is there, also after a kill.
import type { SealedStatement } from '../domain/pay/seal-statements.ts';
import type { PayPeriod } from '../domain/pay/pay-facts.ts';
import type { SaveCounts } from '../usecases/ports/org.ts';
import type { Calculation, EarlierCalculations, PayBatch, PlanTotals } from '../usecases/ports/pay.ts';
import type { OrgClient } from './connect.ts';
import {
    balanceRows,
    calculationRow,
    creditRows,
    lineRows,
    paymentRows,
    statementRow,
    type PayObject,
    type PayRow
} from './map-pay-rows.ts';
import { textOf } from './map-rows.ts';
import { OwnedRowWriter, type OwnedRow } from './owned-rows.ts';
import { quoted, readRows, readTogether } from './query.ts';
import type { RawRow } from './query.ts';
import { deleteRows, upsertRows } from './write-rows.ts';
import type { RowResult } from './write-rows.ts';

/** Parents before children; deleted in the opposite order. */
const ORDER: readonly { object: PayObject; rows: (one: SealedStatement) => PayRow[] }[] = [
    { object: 'Credit__c', rows: creditRows },
    { object: 'Statement__c', rows: (one) => [statementRow(one)] },
    { object: 'ScheduledPayment__c', rows: paymentRows },
    { object: 'LedgerBalance__c', rows: balanceRows },
    { object: 'StatementLine__c', rows: lineRows }
];

interface HeldRow {
    id: string;
    hash: string;
}

export class PayWriting {
    readonly #client: OrgClient;

    constructor(client: OrgClient) {
        this.#client = client;
    }

    async save(batch: PayBatch): Promise<SaveCounts> {
        const counts: SaveCounts = { written: 0, skipped: 0, failed: 0 };
        const work = [];
        let planned = 0;
        for (const { object, rows } of ORDER) {
            const held = await this.#held(object, batch.period);
            const wanted = batch.statements.flatMap((one) =>
                rows(one).map((row) => ({ row, payeeId: one.statement.payeeId }))
            );
            const changed = wanted.filter(({ row }) => held.get(row.key.toLowerCase())?.hash !== row.hash);
            counts.skipped += wanted.length - changed.length;
            planned += changed.length;
            for (const { row } of wanted) held.delete(row.key.toLowerCase());
            work.push({ object, changed, gone: [...held.values()].map(({ id }) => id) });
        }
        const answered = (rows: readonly OwnedRow[], results: readonly RowResult[], object: string): void => {
            for (const result of results) {
                if (result.ok) counts.written += 1;
                else {
                    counts.failed += 1;
                    batch.fail(result.code, `Rows of ${object} that Salesforce refused.`);
                }
            }
            batch.onProgress({ ...counts }, planned === 0 ? 1 : (counts.written + counts.failed) / planned);
        };
        for (const { object, changed } of work) {
            const writer = new OwnedRowWriter<OwnedRow>(this.#client, {
                checkStop: batch.checkStop,
                note: batch.note,
                onWritten: (rows, results) => answered(rows, results, object)
            });
            const rows = changed.map(({ row, payeeId }) => this.#sent(object, row, payeeId, batch));
            await writer.write(object, rows);
        }
        for (const { object, gone } of work.reverse()) {
            if (gone.length === 0) continue;
            batch.checkStop();
            const failures = await deleteRows(this.#client, gone);
            counts.written += gone.length - failures.length;
            counts.failed += failures.length;
            for (const code of failures) batch.fail(code, `Rows of ${object} that could not be deleted.`);
        }
        return counts;
    }

    #sent(object: PayObject, { key, hash, fields }: PayRow, payeeId: string, batch: PayBatch): OwnedRow {
        const canOwn = batch.people.get(payeeId)?.isActive ?? false;
        return {
            fields: {
                ExternalKey__c: key,
                ...fields,
                ...(object === 'Statement__c' ? { DataAsOf__c: batch.dataAsOf } : {}),
                Hash__c: hash,
                RunKey__c: batch.runKey,
                OwnerId: canOwn ? payeeId : this.#client.userId
            }
        };
    }

    /** By key in small letters, as the org compares keys. */
    async #held(object: PayObject, { key }: PayPeriod): Promise<Map<string, HeldRow>> {
        const { q } = this.#client.names;
        const path =
            object === 'StatementLine__c' ? `${q('Statement__r')}.${q('Period__r')}` : q('Period__r');
        const held = new Map<string, HeldRow>();
        await readRows(
            this.#client,
            {
                object,
                fields: ['Id', 'ExternalKey__c', 'Hash__c'],
                where: `${path}.${q('ExternalKey__c')} = ${quoted(key)}`
            },
            (row) =>
                held.set(textOf(row.ExternalKey__c).toLowerCase(), {
                    id: textOf(row.Id),
                    hash: textOf(row.Hash__c)
                })
        );
        return held;
    }

    async calculations(periodKey: string, withoutRunKey: string): Promise<EarlierCalculations> {
        const { q } = this.#client.names;
        const others = `${q('ExternalKey__c')} != ${quoted(withoutRunKey)} AND ${q('SequenceNumber__c')} != null`;
        const orderBy = `${q('SequenceNumber__c')} DESC LIMIT 1`;
        const fields = ['SequenceNumber__c', 'Hash__c', 'Totals__c'];
        const ofPeriod = `${q('Period__r')}.${q('ExternalKey__c')} = ${quoted(periodKey)} AND ${others}`;
        const found: { last?: RawRow; ofPeriod?: RawRow } = {};
        await readTogether(this.#client, [
            {
                query: { object: 'CalculationRun__c', fields, where: others, orderBy },
                onRow: (row) => (found.last = row)
            },
            {
                query: { object: 'CalculationRun__c', fields, where: ofPeriod, orderBy },
                onRow: (row) => (found.ofPeriod = row)
            }
        ]);
        const { last } = found;
        return {
            last: last ? { sequence: Number(last.SequenceNumber__c), hash: textOf(last.Hash__c) } : null,
            payouts: payoutsOf(textOf(found.ofPeriod?.Totals__c))
        };
    }

    saveCalculation(calculation: Calculation): Promise<void> {
        return this.#saveOne('CalculationRun__c', calculationRow(calculation));
    }

    markCalculated({ key, status }: PayPeriod, dataAsOf: string): Promise<void> {
        const step: OwnedRow['fields'] = status === 'Open' ? { Status__c: 'Calculated' } : {};
        return this.#saveOne('CompensationPeriod__c', {
            ExternalKey__c: key,
            DataAsOf__c: dataAsOf,
            ...step
        });
    }

    async #saveOne(object: string, fields: OwnedRow['fields']): Promise<void> {
        const [result] = await upsertRows(this.#client, object, [fields]);
        if (!result!.ok)
            throw Object.assign(new Error(`The row of ${object} could not be saved.`), {
                code: result!.code
            });
    }

    async publish(
        { key }: PayPeriod,
        { fail, checkStop, onProgress }: Pick<PayBatch, 'fail' | 'checkStop' | 'onProgress'>
    ): Promise<SaveCounts> {
        const { q } = this.#client.names;
        const counts: SaveCounts = { written: 0, skipped: 0, failed: 0 };
        const drafts: OwnedRow[] = [];
        const where = `${q('Period__r')}.${q('ExternalKey__c')} = ${quoted(key)} AND ${q('Status__c')} = 'Draft'`;
        await readRows(
            this.#client,
            { object: 'Statement__c', fields: ['ExternalKey__c'], where, orderBy: q('ExternalKey__c') },
            (row) =>
                drafts.push({
                    fields: { ExternalKey__c: textOf(row.ExternalKey__c), Status__c: 'Published' }
                })
        );
        const writer = new OwnedRowWriter<OwnedRow>(this.#client, {
            checkStop,
            note: fail,
            onWritten: (rows, results) => {
                for (const result of results)
                    if (!result.ok) fail(result.code, 'Statements that Salesforce did not publish.');
                counts.failed += results.filter(({ ok }) => !ok).length;
                counts.written += results.filter(({ ok }) => ok).length;
                onProgress({ ...counts }, (counts.written + counts.failed) / drafts.length);
            }
        });
        await writer.write('Statement__c', drafts);
        return counts;
    }
}

function payoutsOf(text: string): Map<string, string> {
    if (text === '') return new Map();
    const totals = JSON.parse(text) as PlanTotals[];
    return new Map(totals.map(({ planKey, payout }) => [planKey, payout]));
}
