// How likely a deal that is still open at some age is to be won by a later age, learnt from deals that were won, lost
// or are still open. Owns the estimate only; which deals form the group is decided in learn.ts.
//
// Losing a deal ends its chance of winning, so lost deals are a competing outcome and not merely "no longer observed":
// the plain Kaplan-Meier curve on wins would answer far too high. The Aalen-Johansen estimate is used: open deals are
// censored at their age, S(t) is the share still open, W(t) the share won by t, and
//     P(won by b | open at a) = (W(b) - W(a)) / S(a)
// Worked: of 4 deals one is won at 10 days, one lost at 20, one won at 30, one still open at 40.
// S: 3/4, 2/4, 1/4; W: 1/4, 1/4, 2/4. P(won by 30 | open at 20) = (0.5 - 0.25) / 0.5 = 0.5.

/** Steps of the estimate: at each age at which a deal ended, what share was still open after it and what share won. */
export interface WinCurve {
    wonCount: number;
    ages: number[];
    shareOpen: number[];
    shareWon: number[];
}

/** From ages in ascending order. */
export function winCurve(won: ArrayLike<number>, lost: ArrayLike<number>, open: ArrayLike<number>): WinCurve {
    const curve: WinCurve = { wonCount: won.length, ages: [], shareOpen: [], shareWon: [] };
    let w = 0;
    let l = 0;
    let o = 0;
    let stillOpen = 1;
    let wonSoFar = 0;
    while (w < won.length || l < lost.length) {
        const age = Math.min(won[w] ?? Infinity, lost[l] ?? Infinity);
        // A deal seen open at this very age was at risk at this age, so only younger ones have left.
        while (o < open.length && open[o]! < age) o++;
        const atRisk = won.length - w + (lost.length - l) + (open.length - o);
        const wonBefore = w;
        const lostBefore = l;
        while (w < won.length && won[w] === age) w++;
        while (l < lost.length && lost[l] === age) l++;
        wonSoFar += (stillOpen * (w - wonBefore)) / atRisk;
        stillOpen *= 1 - (w - wonBefore + l - lostBefore) / atRisk;
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
