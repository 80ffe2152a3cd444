// Writes the results of a run: plans all rows, then sends health rows and after them flags, in chunks that are remembered
// as soon as the org has confirmed them. A kill between two chunks costs nothing; the run goes on from there.
import type { RememberedRow, ResultObject } from '../usecases/ports/memory.ts';
import type { ResultBatch, SaveCounts, SaveOutcome } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { OwnedRowWriter } from './owned-rows.ts';
import { REFUSED_OWNER, planClosedDeal, planOpenDeal, sortForWriting } from './plan-rows.ts';
import type { Owners, Plan, PlannedRow } from './plan-rows.ts';
import { idList, readList } from './query.ts';
import { ROWS_A_CALL, deleteRows } from './write-rows.ts';
import type { RowResult, WriteOptions } from './write-rows.ts';

/** Deals whose remembered rows are looked up at once. */
const DEALS_A_LOOKUP = 2000;

export async function saveResults(
    client: OrgClient,
    batch: ResultBatch,
    options: WriteOptions = {}
): Promise<SaveOutcome> {
    const writing = new Writing(client, batch, options);
    return writing.run();
}

class Writing {
    readonly #client: OrgClient;
    readonly #batch: ResultBatch;
    readonly #writer: OwnedRowWriter<PlannedRow>;
    readonly #failedDealIds = new Set<string>();
    readonly #counts: SaveCounts = { written: 0, skipped: 0, failed: 0 };
    #planned = 0;

    constructor(client: OrgClient, batch: ResultBatch, options: WriteOptions) {
        this.#client = client;
        this.#batch = batch;
        this.#writer = new OwnedRowWriter(client, {
            checkStop: batch.checkStop,
            note: batch.note,
            onFallback: (row, ownerId) => {
                row.remember = { ...row.remember, ownerId: REFUSED_OWNER + ownerId };
            },
            onWritten: (rows, results) => this.#remember(rows, results),
            write: options
        });
    }

    async run(): Promise<SaveOutcome> {
        const plan = await this.#plan();
        this.#counts.skipped = plan.skipped;
        this.#planned = plan.health.length + plan.flags.length;
        await this.#writer.writeTogether([
            { object: 'DealHealth__c', rows: plan.health },
            { object: 'PipelineFlag__c', rows: plan.flags }
        ]);
        await this.#deleteGone();
        return { ...this.#counts, failedDealIds: this.#failedDealIds };
    }

    async #plan(): Promise<Plan> {
        const plan: Plan = { health: [], flags: [], skipped: 0 };
        const owners: Owners = {
            fallbackId: this.#client.userId,
            canOwn: (userId) => this.#canOwn(userId)
        };
        for (const deals of chunksOf(this.#batch.open)) {
            const known = await this.#batch.rows.of(deals.map(({ facts }) => facts.opportunityId));
            for (const deal of deals) planOpenDeal(deal, known, this.#batch, owners, plan);
        }
        const known = await this.#batch.rows.of(this.#batch.closed);
        for (const opportunityId of this.#batch.closed)
            planClosedDeal(opportunityId, known, this.#batch, plan);
        sortForWriting(plan.health);
        sortForWriting(plan.flags);
        return plan;
    }

    #canOwn(userId: string): boolean {
        if (this.#batch.people.get(userId)?.isActive) return true;
        this.#writer.reportOwner(
            userId,
            'OWNER_INACTIVE',
            'Deals of inactive owners: their results belong to the integration user.'
        );
        return false;
    }

    /** As soon as the org has confirmed them. */
    async #remember(rows: readonly PlannedRow[], results: readonly RowResult[]): Promise<void> {
        const remembered: RememberedRow[] = [];
        for (const [index, result] of results.entries()) {
            const row = rows[index]!;
            if (result.ok) remembered.push(row.remember);
            else {
                this.#failedDealIds.add(row.remember.opportunityId);
                this.#batch.fail(result.code, `Rows of ${row.remember.object} that Salesforce refused.`);
            }
        }
        await this.#batch.rows.remember(remembered);
        this.#counts.written += remembered.length;
        this.#counts.failed += rows.length - remembered.length;
        const done = this.#counts.written + this.#counts.failed;
        this.#batch.onProgress({ ...this.#counts }, this.#planned === 0 ? 1 : done / this.#planned);
    }

    async #deleteGone(): Promise<void> {
        const { rows, gone, checkStop, fail } = this.#batch;
        const known = await rows.of(gone);
        const flags = gone.flatMap((id) => known.flagsOf(id).map((row) => row.key));
        const healths = gone.filter((id) => known.get('DealHealth__c', id) !== null);
        for (const [object, keys] of [
            ['PipelineFlag__c', flags],
            ['DealHealth__c', healths]
        ] as const) {
            for (let start = 0; start < keys.length; start += ROWS_A_CALL) {
                checkStop();
                const chunk = keys.slice(start, start + ROWS_A_CALL);
                const failures = await deleteRows(this.#client, await this.#idsOf(object, chunk));
                for (const code of failures) fail(code, `Rows of ${object} that could not be deleted.`);
                await rows.forget(object, chunk);
                this.#counts.failed += failures.length;
                this.#counts.written += chunk.length - failures.length;
            }
        }
    }

    async #idsOf(object: ResultObject, keys: readonly string[]): Promise<string[]> {
        const where = `${this.#client.names.q('ExternalKey__c')} IN ${idList(keys)}`;
        const found = await readList(this.#client, { object, fields: ['Id'], where });
        return found.map((row) => String(row.Id));
    }
}

function* chunksOf<T>(items: Iterable<T>): Generator<T[]> {
    let chunk: T[] = [];
    for (const item of items) {
        chunk.push(item);
        if (chunk.length < DEALS_A_LOOKUP) continue;
        yield chunk;
        chunk = [];
    }
    if (chunk.length > 0) yield chunk;
}
