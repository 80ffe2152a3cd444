// Walks the deals of one state. Before a few of them are handed out, their rows are looked at together: in a large org
// waiting for the memory of one row after the other takes longer than all that is computed from them.
import type { DealState } from './deal-columns.ts';
import type { PipelineFeatures } from './features.ts';

const AHEAD = 64;

export function* dealsInState(
    { columns, history, touches, dealCount }: PipelineFeatures,
    state: DealState
): Generator<number> {
    const deals: number[] = [];
    const cursors = new Int32Array(AHEAD);
    let looks = 0;
    const look = (
        heads: Int32Array,
        rows: { approach(cursors: Int32Array, count: number): number }
    ): void => {
        for (let i = 0; i < deals.length; i++) cursors[i] = heads[deals[i]!]!;
        looks ^= rows.approach(cursors, deals.length);
    };
    for (let deal = 0; deal <= dealCount; deal++) {
        if (deal < dealCount && columns.state[deal] === state) deals.push(deal);
        if (deals.length < AHEAD && deal < dealCount) continue;
        look(columns.historyHead, history);
        look(columns.touchHead, touches);
        yield* deals;
        deals.length = 0;
    }
    return looks;
}
