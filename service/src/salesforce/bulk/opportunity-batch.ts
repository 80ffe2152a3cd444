// A batch of opportunities on its way into the features, so that the places of their ids in memory are looked at together.
// Unlike rows of history and activities these are all kept: the values are read at once.
import type { DealState } from '../../domain/pipeline/deal-columns.ts';
import type { PipelineFeatures } from '../../domain/pipeline/features.ts';
import { GatheredIds } from '../../domain/pipeline/id-index.ts';
import type { DayNumber } from '../../domain/pipeline/types.ts';
import { BATCH_ROWS } from './row-batch.ts';

const NEXT_STEP = 1;
const PERSON_ACCOUNT = 2;

export class OpportunityBatch {
    #features: PipelineFeatures;
    #dealIds = new GatheredIds(BATCH_ROWS);
    #ownerIds = new GatheredIds(BATCH_ROWS);
    #deals = new Int32Array(BATCH_ROWS);
    #owners = new Int32Array(BATCH_ROWS);
    #types = new Int32Array(BATCH_ROWS);
    #stages = new Int32Array(BATCH_ROWS);
    #states = new Uint8Array(BATCH_ROWS);
    #amounts = new Float64Array(BATCH_ROWS);
    #closeDates = new Int32Array(BATCH_ROWS);
    #createdAt = new Float64Array(BATCH_ROWS);
    #marks = new Uint8Array(BATCH_ROWS);

    constructor(features: PipelineFeatures) {
        this.#features = features;
    }

    /** Adds a row; the ids stand at these offsets. */
    add(
        view: DataView,
        id: number,
        owner: number,
        type: number,
        stage: number,
        state: DealState,
        amountMinor: number,
        closeDate: DayNumber,
        createdAtMs: number,
        hasNextStep: boolean,
        isPersonAccount: boolean
    ): void {
        const i = this.#dealIds.count;
        this.#dealIds.add(view, id);
        this.#ownerIds.add(view, owner);
        this.#types[i] = type;
        this.#stages[i] = stage;
        this.#states[i] = state;
        this.#amounts[i] = amountMinor;
        this.#closeDates[i] = closeDate;
        this.#createdAt[i] = createdAtMs;
        this.#marks[i] = (hasNextStep ? NEXT_STEP : 0) | (isPersonAccount ? PERSON_ACCOUNT : 0);
        if (this.#dealIds.count === BATCH_ROWS) this.work();
    }

    work(): void {
        const features = this.#features;
        features.dealsOf(this.#dealIds, this.#deals);
        features.owners.rowsOf(this.#ownerIds, this.#owners);
        for (let i = 0; i < this.#dealIds.count; i++) {
            features.putOpportunity(
                this.#deals[i]!,
                this.#owners[i]!,
                this.#types[i]!,
                this.#stages[i]!,
                this.#states[i]! as DealState,
                this.#amounts[i]!,
                this.#closeDates[i]!,
                this.#createdAt[i]!,
                (this.#marks[i]! & NEXT_STEP) !== 0,
                (this.#marks[i]! & PERSON_ACCOUNT) !== 0
            );
        }
        this.#dealIds.clear();
        this.#ownerIds.clear();
    }
}
