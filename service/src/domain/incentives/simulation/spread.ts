// How pay changes from one plan to the other, people counted by the part of their pay that it is: the picture without names.
import { Ratio } from '../../ratio.ts';
import type { PersonPay, Spread } from './simulation.ts';

/** Parts of the pay under the other plan, without those of no change at all. */
const EDGES = [
    Ratio.of(-1, 2),
    Ratio.of(-1, 4),
    Ratio.of(-1, 10),
    Ratio.ZERO,
    Ratio.of(1, 10),
    Ratio.of(1, 4),
    Ratio.of(1, 2)
];

/** Null without another plan. Bands are open towards no change and closed towards more: -50% is in the lowest band. */
export function spreadOf(people: readonly PersonPay[]): Spread | null {
    if (people.every(({ againstPay }) => againstPay === null)) return null;
    const shares = people.map(shareOf);
    const changed = shares.flatMap((share) => (share === null || share.isZero ? [] : [share]));
    const bands = [null, ...EDGES].map((from, index) => {
        const to = EDGES[index] ?? null;
        return { from, to, count: changed.filter((share) => isBetween(share, from, to)).length };
    });
    const isSame = ({ difference }: PersonPay): boolean => difference!.isZero;
    return {
        bands,
        same: people.filter(isSame).length,
        fromNothing: people.filter((one, index) => shares[index] === null && !isSame(one)).length
    };
}

/** Null where nothing was paid before. */
export function shareOf({ againstPay, difference }: PersonPay): Ratio | null {
    return againstPay === null || difference === null || againstPay.sign <= 0
        ? null
        : difference.over(againstPay);
}

/** -25% is a loss of a quarter or more, 25% a gain of a quarter or more. */
function isBetween(share: Ratio, from: Ratio | null, to: Ratio | null): boolean {
    const isLoss = share.sign < 0;
    const isAbove = from === null || (isLoss ? share.compare(from) > 0 : share.compare(from) >= 0);
    const isBelow = to === null || (isLoss ? share.compare(to) <= 0 : share.compare(to) < 0);
    return isAbove && isBelow;
}
