// Scanned rows gathered a hundred or so at a time, as offsets into the bytes they stand in, before they go into the
// features. In a large org every look at a deal is a look at memory far away; for rows of a batch these looks overlap,
// one after the other they took more time than all the scanning. What a row means is not decided here.
import { GatheredIds } from '../../domain/pipeline/id-index.ts';
import { LOST } from '../../domain/pipeline/deal-columns.ts';
import type { PipelineFeatures } from '../../domain/pipeline/features.ts';

export const BATCH_ROWS = 128;

/** Rows with the offsets of their own id and of the id of their deal. */
export class RowBatch {
    readonly ids = new Int32Array(BATCH_ROWS);
    /** row of the deal of each, once found */
    readonly deals = new Int32Array(BATCH_ROWS);
    /** positions of the rows whose deal is not lost, in order, once the deals are found */
    readonly kept = new Int32Array(BATCH_ROWS);
    keptCount = 0;
    #view: DataView = new DataView(new ArrayBuffer(0));
    #dealIds = new GatheredIds(BATCH_ROWS);
    #features: PipelineFeatures;
    /** sum of looks ahead; without meaning, kept so that they are really made */
    looks = 0;

    constructor(features: PipelineFeatures) {
        this.#features = features;
    }

    /** The bytes of all rows of this batch. */
    get view(): DataView {
        return this.#view;
    }

    get count(): number {
        return this.#dealIds.count;
    }

    /** Position of the new row in the batch. */
    add(view: DataView, id: number, dealId: number): number {
        const i = this.#dealIds.count;
        this.#view = view;
        this.ids[i] = id;
        this.#dealIds.add(view, dealId);
        return i;
    }

    /** Fills `deals` and `kept`; `heads` are the chains the rows will be added to. */
    findDeals(heads: () => Int32Array): void {
        const { deals, kept, count } = this;
        this.#features.dealsOf(this.#dealIds, deals);
        const { state, flags } = this.#features.columns;
        let keptCount = 0;
        for (let i = 0; i < count; i++) {
            kept[keptCount] = i;
            // Adds 1 for each state below LOST, the last of them. An `if` would be guessed wrong for every other row.
            keptCount += (state[deals[i]!]! - LOST) >>> 31;
        }
        this.keptCount = keptCount;
        const chains = heads();
        let looks = 0;
        for (let k = 0; k < keptCount; k++) {
            const deal = deals[kept[k]!]!;
            looks ^= chains[deal]! ^ flags[deal]!;
        }
        this.looks ^= looks;
    }

    clear(): void {
        this.#dealIds.clear();
    }
}
