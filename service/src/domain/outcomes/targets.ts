// What is asked of a deal at a moment, and what the history answers by a later cut: won at all, won within days, stalled
// within days. Owns labels and censoring.
//
// Known by the cut is only what happened before it. Rows whose answer is not known yet are left out, and those that are
// known count more, by 1 / G(t): the share of rows that were followed for at least the t days their answer took (inverse
// probability of censoring, Robins and Rotnitzky 1992). Without it the quick deals would be learnt from twice as eagerly
// as the slow ones.
import { DAY_MS } from './deal-features.ts';
import type { Fates } from './fates.ts';
import type { Landmarks } from './landmarks.ts';

export interface Target {
    key: 'win' | 'win14' | 'win30' | 'stall14';
    /** days asked about; Infinity: whenever it ends */
    horizonDays: number;
    words: string;
}

export const TARGETS: Target[] = [
    { key: 'win', horizonDays: Infinity, words: 'won in the end' },
    { key: 'win14', horizonDays: 14, words: 'won within 14 days' },
    { key: 'win30', horizonDays: 30, words: 'won within 30 days' },
    { key: 'stall14', horizonDays: 14, words: 'no stage reached and not won within 14 days' }
];

/** Per landmark: days until it ended (NEVER when open), whether won, days until the next stage or win. */
export interface Sequels {
    daysToEnd: Float64Array;
    won: Uint8Array;
    daysToProgress: Float64Array;
}

export function sequelsOf({ table, deal, at }: Landmarks, fates: Fates): Sequels {
    const count = table.rowCount;
    const sequels = {
        daysToEnd: new Float64Array(count),
        won: new Uint8Array(count),
        daysToProgress: new Float64Array(count)
    };
    for (let row = 0; row < count; row++) {
        const d = deal[row]!;
        sequels.daysToEnd[row] = (fates.endedAt[d]! - at[row]!) / DAY_MS;
        sequels.won[row] = fates.won[d]!;
        let next = fates.won[d] === 1 ? fates.endedAt[d]! : Infinity;
        for (let rank = table.segment[row]!; rank < fates.reachedAt.length; rank++) {
            const reached = fates.reachedAt[rank]![d]!;
            if (reached >= at[row]! && reached < next) next = reached;
        }
        sequels.daysToProgress[row] = (next - at[row]!) / DAY_MS;
    }
    return sequels;
}

export interface Answers {
    /** rows whose answer is known by the cut */
    rows: Int32Array;
    label: Uint8Array;
    weight: Float64Array;
}

/** Weights above this would let a handful of rows speak for all. */
const SMALLEST_FOLLOWED_SHARE = 0.02;

/** Answers known before `cut` for landmarks with `from` <= moment < `to`. */
export function answersBy(
    target: Target,
    landmarks: Landmarks,
    sequels: Sequels,
    from: number,
    to: number,
    cut: number
): Answers {
    const { at } = landmarks;
    const rows: number[] = [];
    const asked: number[] = [];
    const label = new Uint8Array(at.length);
    const took = new Float64Array(at.length);
    for (let row = 0; row < at.length; row++) {
        if (at[row]! < from || at[row]! >= to || at[row]! >= cut) continue;
        const followed = (cut - at[row]!) / DAY_MS;
        asked.push(followed);
        const days = daysUntilKnown(target, sequels, row);
        // What happens at the cut itself is not known before it.
        if (!(days < followed || (days === target.horizonDays && days <= followed))) continue;
        label[row] = answer(target, sequels, row);
        took[row] = days;
        rows.push(row);
    }
    const follow = Float64Array.from(asked).sort();
    const weight = new Float64Array(at.length);
    const kept = rows.filter((row) => {
        const share = 1 - lowerBound(follow, took[row]!) / follow.length;
        weight[row] = share > 0 ? 1 / share : 0;
        return share > SMALLEST_FOLLOWED_SHARE;
    });
    return { rows: Int32Array.from(kept), label, weight };
}

function daysUntilKnown({ key, horizonDays }: Target, sequels: Sequels, row: number): number {
    const ended = sequels.daysToEnd[row]!;
    if (key !== 'stall14') return Math.min(ended, horizonDays);
    return Math.min(sequels.daysToProgress[row]!, ended, horizonDays);
}

function answer({ key, horizonDays }: Target, sequels: Sequels, row: number): number {
    if (key === 'stall14') return sequels.daysToProgress[row]! > horizonDays ? 1 : 0;
    return sequels.won[row] === 1 && sequels.daysToEnd[row]! <= horizonDays ? 1 : 0;
}

function lowerBound(sorted: Float64Array, value: number): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (sorted[middle]! < value) low = middle + 1;
        else high = middle;
    }
    return low;
}
