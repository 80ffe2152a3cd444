// Scanned rows gathered a few hundred at a time before they go into the features. In a large org every look at a deal is
// a look at memory far away; for rows of a batch these looks overlap, one after the other they took more time than all
// the scanning. What a row means is not decided here.
import type { ActivityKind } from '../../domain/pipeline/activity-kind.ts';
import { LOST, WON } from '../../domain/pipeline/deal-columns.ts';
import { NOBODY } from '../../domain/pipeline/deal-touches.ts';
import type { PipelineFeatures } from '../../domain/pipeline/features.ts';
import { IdBatch } from '../../domain/pipeline/id-index.ts';

export const BATCH_ROWS = 256;

/** Rows with their own id and that of their deal. */
export class RowBatch {
    count = 0;
    readonly ids = new IdBatch(BATCH_ROWS);
    /** row of the deal of each, once found */
    readonly deals = new Int32Array(BATCH_ROWS);
    #dealIds = new IdBatch(BATCH_ROWS);
    #features: PipelineFeatures;
    /** sum of looks ahead; without meaning, kept so that they are really made */
    #looks = 0;

    constructor(features: PipelineFeatures) {
        this.#features = features;
    }

    /** Position of the new row in the batch. */
    add(view: DataView, id: number, dealId: number): number {
        this.ids.set(this.count, view, id);
        this.#dealIds.set(this.count, view, dealId);
        return this.count++;
    }

    /** Fills `deals`; `heads` are the chains the rows will be added to. */
    findDeals(heads: Int32Array): void {
        const { deals: index, columns } = this.#features;
        const { view } = this.#dealIds;
        for (let i = 0; i < this.count; i++) this.#looks ^= index.approach(view, this.#dealIds.offsetOf(i));
        for (let i = 0; i < this.count; i++)
            this.deals[i] = this.#features.dealAt(view, this.#dealIds.offsetOf(i));
        for (let i = 0; i < this.count; i++)
            this.#looks ^= heads[this.deals[i]!]! ^ columns.state[this.deals[i]!]!;
    }
}

/** Tasks or events of deals, with the person they were with. */
export class ActivityBatch {
    #rows: RowBatch;
    #features: PipelineFeatures;
    #isEvent: boolean;
    #kinds = new Uint8Array(BATCH_ROWS);
    #days = new Int32Array(BATCH_ROWS);
    #hasWho = new Uint8Array(BATCH_ROWS);
    #whoIds = new IdBatch(BATCH_ROWS);
    #looks = 0;

    constructor(features: PipelineFeatures, isEvent: boolean) {
        this.#features = features;
        this.#isEvent = isEvent;
        this.#rows = new RowBatch(features);
    }

    add(view: DataView, id: number, dealId: number, who: number, kind: ActivityKind, day: number): void {
        const i = this.#rows.add(view, id, dealId);
        this.#kinds[i] = kind;
        this.#days[i] = day;
        this.#hasWho[i] = who < 0 ? 0 : 1;
        if (who >= 0) this.#whoIds.set(i, view, who);
        if (this.#rows.count === BATCH_ROWS) this.work();
    }

    work(): void {
        const features = this.#features;
        const { columns, contacts } = features;
        const { count, ids, deals } = this.#rows;
        this.#rows.findDeals(columns.touchHead);
        // Persons matter on open deals only.
        for (let i = 0; i < count; i++) {
            const state = columns.state[deals[i]!]!;
            if (state === LOST || state === WON) this.#hasWho[i] = 0;
            else if (this.#hasWho[i] === 1)
                this.#looks ^= contacts.approach(this.#whoIds.view, this.#whoIds.offsetOf(i));
        }
        for (let i = 0; i < count; i++) {
            const who =
                this.#hasWho[i] === 1 ? contacts.rowOf(this.#whoIds.view, this.#whoIds.offsetOf(i)) : NOBODY;
            features.putActivity(
                deals[i]!,
                ids.view,
                ids.offsetOf(i),
                this.#kinds[i] as ActivityKind,
                this.#isEvent,
                this.#days[i]!,
                who
            );
        }
        this.#rows.count = 0;
    }
}
