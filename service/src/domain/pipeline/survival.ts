// How likely a deal that is still open at some age is to be won by a later age, learnt from deals that were won, lost
// or are still open. Owns the estimate only; which deals form the group is decided in learn.ts.
//
// Losing a deal ends its chance of winning, so lost deals are a competing outcome and not merely "no longer observed":
// the plain Kaplan-Meier curve on wins would answer far too high. The Aalen-Johansen estimate is used: open deals are
// censored at their age, S(t) is the share still open, W(t) the share won by t, and
//     P(won by b | open at a) = (W(b) - W(a)) / S(a)
// Worked: of 4 deals one is won at 10 days, one lost at 20, one won at 30, one still open at 40.
// S: 3/4, 2/4, 1/4; W: 1/4, 1/4, 2/4. P(won by 30 | open at 20) = (0.5 - 0.25) / 0.5 = 0.5.

import type { Distribution } from './distribution.ts';

/** Steps of the estimate: at each age at which a deal ended, what share was still open after it and what share won. */
export interface WinCurve {
    wonCount: number;
    ages: number[];
    shareOpen: number[];
    shareWon: number[];
}

export function winCurve(won: Distribution, lost: Distribution, open: Distribution): WinCurve {
    const curve: WinCurve = { wonCount: won.total, ages: [], shareOpen: [], shareWon: [] };
    let w = 0;
    let l = 0;
    let o = 0;
    let stillOpen = 1;
    let wonSoFar = 0;
    let atRisk = won.total + lost.total + open.total;
    while (w < won.values.length || l < lost.values.length) {
        const age = Math.min(won.values[w] ?? Infinity, lost.values[l] ?? Infinity);
        // A deal seen open at this very age was at risk at this age, so only younger ones have left.
        while (o < open.values.length && open.values[o]! < age) atRisk -= open.counts[o++]!;
        const wonNow = won.values[w] === age ? won.counts[w++]! : 0;
        const lostNow = lost.values[l] === age ? lost.counts[l++]! : 0;
        wonSoFar += (stillOpen * wonNow) / atRisk;
        stillOpen *= 1 - (wonNow + lostNow) / atRisk;
        atRisk -= wonNow + lostNow;
        curve.ages.push(age);
        curve.shareOpen.push(stillOpen);
        curve.shareWon.push(wonSoFar);
    }
    return curve;
}

/** Chance of being won at an age in (from, to], given open at `from`. */
export function chanceBetween({ ages, shareOpen, shareWon }: WinCurve, from: number, to: number): number {
    const start = lastAtOrBefore(ages, from);
    const end = lastAtOrBefore(ages, to);
    const openThen = start < 0 ? 1 : shareOpen[start]!;
    if (openThen <= 0 || end <= start) return 0;
    return Math.min(1, (shareWon[end]! - (start < 0 ? 0 : shareWon[start]!)) / openThen);
}

/** Index of the last element not above `limit`, -1 when there is none. */
function lastAtOrBefore(sorted: readonly number[], limit: number): number {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (sorted[middle]! <= limit) low = middle + 1;
        else high = middle;
    }
    return low - 1;
}
