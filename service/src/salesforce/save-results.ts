// Writes the results of a run: plans all rows, then sends health rows and after them flags, in chunks that are remembered
// as soon as the org has confirmed them. A kill between two chunks costs nothing; the run goes on from there.
import type { RememberedRow, ResultBatch, ResultObject, SaveCounts, SaveOutcome } from '../usecases/ports.ts';
import type { OrgClient } from './connect.ts';
import { REFUSED_OWNER, planClosedDeal, planOpenDeal, sortForWriting } from './plan-rows.ts';
import type { Owners, Plan, PlannedRow } from './plan-rows.ts';
import { idList, readList } from './query.ts';
import { BULK_ABOVE, ROWS_A_CALL, deleteRows, upsertRows } from './write-rows.ts';
import type { RowResult, WriteOptions } from './write-rows.ts';

const ROWS_A_BULK_JOB = 20_000;

/** Row errors that say: this user may not own the row. */
const OWNER_CODES = new Set([
    'TRANSFER_REQUIRES_READ',
    'INACTIVE_OWNER_OR_USER',
    'OP_WITH_INVALID_USER_TYPE_EXCEPTION'
]);

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
    readonly #options: WriteOptions;
    readonly #unfitOwners = new Set<string>();
    readonly #reported = new Set<string>();
    readonly #failedDealIds = new Set<string>();
    readonly #counts: SaveCounts = { written: 0, skipped: 0, failed: 0 };
    #planned = 0;

    constructor(client: OrgClient, batch: ResultBatch, options: WriteOptions) {
        this.#client = client;
        this.#batch = batch;
        this.#options = options;
    }

    async run(): Promise<SaveOutcome> {
        const plan = this.#plan();
        this.#counts.skipped = plan.skipped;
        this.#planned = plan.health.length + plan.flags.length;
        await this.#write('DealHealth__c', plan.health);
        await this.#write('PipelineFlag__c', plan.flags);
        await this.#deleteGone();
        return { ...this.#counts, failedDealIds: this.#failedDealIds };
    }

    #plan(): Plan {
        const plan: Plan = { health: [], flags: [], skipped: 0 };
        const owners: Owners = {
            fallbackId: this.#client.userId,
            canOwn: (userId) => this.#canOwn(userId)
        };
        for (const deal of this.#batch.open) planOpenDeal(deal, this.#batch, owners, plan);
        for (const opportunityId of this.#batch.closed) planClosedDeal(opportunityId, this.#batch, plan);
        sortForWriting(plan.health);
        sortForWriting(plan.flags);
        return plan;
    }

    #canOwn(userId: string): boolean {
        if (this.#batch.people.get(userId)?.isActive) return true;
        this.#reportOwner(
            userId,
            'OWNER_INACTIVE',
            'Deals of inactive owners: their results belong to the integration user.'
        );
        return false;
    }

    #reportOwner(userId: string, code: string, message: string): void {
        if (this.#reported.has(userId)) return;
        this.#reported.add(userId);
        this.#batch.note(code, message);
    }

    async #write(object: ResultObject, rows: PlannedRow[]): Promise<void> {
        const size = rows.length > BULK_ABOVE ? ROWS_A_BULK_JOB : ROWS_A_CALL;
        for (let start = 0; start < rows.length; start += size) {
            this.#batch.checkStop();
            await this.#writeChunk(object, rows.slice(start, start + size));
            const done = this.#counts.written + this.#counts.failed;
            this.#batch.onProgress({ ...this.#counts }, this.#planned === 0 ? 1 : done / this.#planned);
        }
    }

    async #writeChunk(object: ResultObject, rows: PlannedRow[]): Promise<void> {
        for (const row of rows)
            if (this.#unfitOwners.has(String(row.fields.OwnerId))) this.#giveToFallback(row);
        let results = await this.#send(object, rows);
        const refused = rows.filter((row, index) => this.#isOwnerRefusal(row, results[index]));
        if (refused.length > 0) {
            for (const row of refused) this.#giveToFallback(row);
            const again = await this.#send(object, refused);
            const byRow = new Map(refused.map((row, index) => [row, again[index]]));
            results = results.map((result, index) => byRow.get(rows[index]) ?? result);
        }
        const remembered: RememberedRow[] = [];
        for (const [index, result] of results.entries()) {
            if (result.ok) remembered.push(rows[index].remember);
            else {
                this.#failedDealIds.add(rows[index].remember.opportunityId);
                this.#batch.fail(result.code, `Rows of ${object} that Salesforce refused.`);
            }
        }
        this.#batch.rows.remember(remembered);
        this.#counts.written += remembered.length;
        this.#counts.failed += rows.length - remembered.length;
    }

    #send(object: ResultObject, rows: PlannedRow[]): Promise<RowResult[]> {
        const fields = rows.map((row) => row.fields);
        return upsertRows(this.#client, object, fields, this.#options);
    }

    #isOwnerRefusal(row: PlannedRow, result: RowResult): boolean {
        if (result.ok || row.fields.OwnerId === undefined || row.fields.OwnerId === this.#client.userId)
            return false;
        return (
            OWNER_CODES.has(result.code) ||
            (result.code === 'INVALID_CROSS_REFERENCE_KEY' && result.fields.includes('OwnerId'))
        );
    }

    /** The rep stays on the row; only its owner is another. */
    #giveToFallback(row: PlannedRow): void {
        const ownerId = String(row.fields.OwnerId);
        this.#unfitOwners.add(ownerId);
        this.#reportOwner(
            ownerId,
            'OWNER_WITHOUT_ACCESS',
            'Owners without read access to the results: their rows belong to the integration user. Assign SpmPayee.'
        );
        row.remember = { ...row.remember, ownerId: REFUSED_OWNER + ownerId };
        row.fields = { ...row.fields, OwnerId: this.#client.userId };
    }

    async #deleteGone(): Promise<void> {
        const { rows, gone, checkStop, fail } = this.#batch;
        const flags = gone.flatMap((id) => rows.flagsOf(id).map((row) => row.key));
        const healths = gone.filter((id) => rows.get('DealHealth__c', id) !== null);
        for (const [object, keys] of [
            ['PipelineFlag__c', flags],
            ['DealHealth__c', healths]
        ] as const) {
            for (let start = 0; start < keys.length; start += ROWS_A_CALL) {
                checkStop();
                const chunk = keys.slice(start, start + ROWS_A_CALL);
                const failures = await deleteRows(this.#client, await this.#idsOf(object, chunk));
                for (const code of failures) fail(code, `Rows of ${object} that could not be deleted.`);
                rows.forget(object, chunk);
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
