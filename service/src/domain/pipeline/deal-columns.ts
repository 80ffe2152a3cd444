// One row per deal, one typed array per field: what the opportunity row itself says, and the heads of its chains.
// Rows exist from the first mention of a deal's id, so history may arrive before the opportunity does.
import { grown } from './id-index.ts';
import { NO_ROW } from './row-pool.ts';
import { NONE } from './types.ts';

export const UNKNOWN = 0;
export const OPEN = 1;
export const WON = 2;
export const LOST = 3;
export type DealState = typeof UNKNOWN | typeof OPEN | typeof WON | typeof LOST;

export const NEXT_STEP_WRITTEN = 1;
export const PERSON_ACCOUNT = 2;
export const ANY_ACTIVITY = 4;
export const OPEN_TASK_WITHOUT_DATE = 8;

const FIRST_CAPACITY = 1024;

export class DealColumns {
    state = new Uint8Array(FIRST_CAPACITY);
    flags = new Uint8Array(FIRST_CAPACITY);
    owner = new Int32Array(FIRST_CAPACITY);
    type = new Int32Array(FIRST_CAPACITY);
    stage = new Int32Array(FIRST_CAPACITY);
    amount = new Float64Array(FIRST_CAPACITY);
    closeDate = new Int32Array(FIRST_CAPACITY);
    createdOn = new Int32Array(FIRST_CAPACITY);
    openTaskDueOn = new Int32Array(FIRST_CAPACITY).fill(NONE);
    historyHead = new Int32Array(FIRST_CAPACITY).fill(NO_ROW);
    touchHead = new Int32Array(FIRST_CAPACITY).fill(NO_ROW);
    roleHead = new Int32Array(FIRST_CAPACITY).fill(NO_ROW);

    /** Makes room for `count` deals. */
    reserve(count: number): void {
        const before = this.state.length;
        if (count <= before) return;
        const capacity = Math.max(count, before * 2);
        const bytes = new Uint8Array(capacity);
        bytes.set(this.state);
        this.state = bytes;
        const bits = new Uint8Array(capacity);
        bits.set(this.flags);
        this.flags = bits;
        const amounts = new Float64Array(capacity);
        amounts.set(this.amount);
        this.amount = amounts;
        this.owner = grown(this.owner, capacity);
        this.type = grown(this.type, capacity);
        this.stage = grown(this.stage, capacity);
        this.closeDate = grown(this.closeDate, capacity);
        this.createdOn = grown(this.createdOn, capacity);
        this.openTaskDueOn = grown(this.openTaskDueOn, capacity).fill(NONE, before);
        this.historyHead = grown(this.historyHead, capacity).fill(NO_ROW, before);
        this.touchHead = grown(this.touchHead, capacity).fill(NO_ROW, before);
        this.roleHead = grown(this.roleHead, capacity).fill(NO_ROW, before);
    }
}
