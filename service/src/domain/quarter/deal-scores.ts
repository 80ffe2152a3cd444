// What the models say of each open deal, as the deal page shows it. Chances are whole percents: a row changes when there is
// something to see, not with every day that passes.
import type { DealScores } from '../outcomes/score-deals.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { DealScore } from './quarter-review.ts';

/** Models look at the first amount (deal-log.ts), the page shows the one of today. */
const AMOUNT = /^amount: /;

/** Only where the models have chances (model-chances.ts). */
export function dealScores(
    { dealIds, probability, closes, reasons }: DealScores,
    isStallInUse: boolean,
    asOf: DayNumber
): DealScore[] {
    const stall = isStallInUse ? probability.stall14 : null;
    return dealIds.map((dealId, row) => ({
        dealId,
        win: wholePercent(probability.win![row]!),
        winSoon: wholePercent(probability.win30![row]!),
        stall: stall && wholePercent(stall[row]!),
        earlyOn: asOf + Math.round(closes!.p10[row]!),
        likelyOn: asOf + Math.round(closes!.p50[row]!),
        lateOn: asOf + Math.round(closes!.p90[row]!),
        reasons: reasons[row]!.map(({ words, points }) => ({
            words: words.replace(AMOUNT, 'amount as first entered: '),
            points: Math.round(points)
        })).filter(({ points }) => points !== 0)
    }));
}

function wholePercent(chance: number): number {
    return Math.round(chance * 100) / 100;
}
