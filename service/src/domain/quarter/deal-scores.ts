// What the models say of each open deal, as the deal page shows it. Chances are whole percents: a row changes when there is
// something to see, not with every day that passes.
import type { PipelineOutcomes } from '../outcomes/pipeline-outcomes.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { isInUse } from './model-drift.ts';
import type { DealScore } from './quarter-review.ts';

/** Only where the models have chances (model-chances.ts). */
export function dealScores(outcomes: PipelineOutcomes, asOf: DayNumber): DealScore[] {
    const { dealIds, probability, closes, reasons, models } = outcomes;
    const stall = isInUse(models.stall14) ? probability.stall14 : null;
    return dealIds.map((dealId, row) => ({
        dealId,
        win: wholePercent(probability.win![row]!),
        winSoon: wholePercent(probability.win30![row]!),
        stall: stall && wholePercent(stall[row]!),
        earlyOn: asOf + Math.round(closes!.p10[row]!),
        likelyOn: asOf + Math.round(closes!.p50[row]!),
        lateOn: asOf + Math.round(closes!.p90[row]!),
        reasons: reasons[row]!.map(({ words, points }) => ({ words, points: Math.round(points) })).filter(
            ({ points }) => points !== 0
        )
    }));
}

function wholePercent(chance: number): number {
    return Math.round(chance * 100) / 100;
}
