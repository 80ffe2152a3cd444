// The models of a forecast run as they are kept for the runs between forecasts: these score single deals that changed, from the deals'
// own rows, without learning anew and without a review. Kept only where the models are in use; plain data throughout.
import type { PipelineOutcomes } from '../outcomes/pipeline-outcomes.ts';
import { readFit, saveFit, type SavedFit } from '../outcomes/saved-fit.ts';
import { scoreOpenDeals, strangeKind } from '../outcomes/score-deals.ts';
import { StageBook } from '../pipeline-review/stage-book.ts';
import type { DealRecord } from '../pipeline-review/types.ts';
import type { Stage } from '../pipeline/stage-order.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { dealLog } from './deal-log.ts';
import { dealScores } from './deal-scores.ts';
import { isInUse } from './model-drift.ts';
import type { QuarterFacts, Touch } from './quarter-facts.ts';
import type { DealScore } from './quarter-review.ts';

export interface KeptModels {
    fittedOn: DayNumber;
    /** stages as the models learnt them */
    stages: readonly Stage[];
    renamedStages: [string, string][];
    isStallInUse: boolean;
    fit: SavedFit;
}

/** Deals with their whole history and the work on them. */
export interface DealHistories {
    deals: readonly DealRecord[];
    touches: readonly Touch[];
}

export interface Rescored {
    /** of deals that are open */
    scores: DealScore[];
    /** deals that met what the models have never met: a new stage, a new kind of work */
    strangeCount: number;
}

/** Only where the models have chances (model-chances.ts). */
export function keepModels(
    { asOf, stages, renamedStages }: QuarterFacts,
    { models, fitted }: PipelineOutcomes
): KeptModels {
    return {
        fittedOn: asOf,
        stages,
        renamedStages: [...renamedStages],
        isStallInUse: isInUse(models.stall14),
        fit: saveFit(fitted)
    };
}

export function scoreByKept(
    { stages, renamedStages, isStallInUse, fit }: KeptModels,
    { deals, touches }: DealHistories,
    asOf: DayNumber,
    nowMs: number
): Rescored {
    const fitted = readFit(fit);
    const book = new StageBook(stages, new Map(renamedStages));
    const touchesOf = Map.groupBy(touches, ({ dealId }) => dealId);
    const rescored: Rescored = { scores: [], strangeCount: 0 };
    for (const deal of deals) {
        const own = dealLog({ deals: [deal], touches: touchesOf.get(deal.dealId) ?? [] }, book, fitted.kinds);
        if (strangeKind(fitted, own)) rescored.strangeCount++;
        else
            for (const scores of scoreOpenDeals(fitted, own, nowMs, 1))
                rescored.scores.push(...dealScores(scores, isStallInUse, asOf));
    }
    return rescored;
}
