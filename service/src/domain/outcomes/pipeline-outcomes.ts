// The pipeline as of a moment, told by models trained on what was known then: probability of winning (ever, within 14 and
// 30 days), of stalling, the range of the close date, the amount won in 30 days. Owns the order of these steps; this is
// the main path for the back-test and for runs on an org.
import type { EventLog } from './event-log.ts';
import type { PipelineMeaning } from './meaning.ts';
import { expectNewBusiness } from './new-business.ts';
import { historyWarnings } from './history-warnings.ts';
import type { OutcomeModel } from './outcome-model.ts';
import {
    fitOutcomes,
    knownPipeline,
    openDeals,
    scoreDeals,
    type DealScores,
    type FittedOutcomes,
    type OutcomeOptions
} from './score-deals.ts';
import type { Target } from './targets.ts';
import { expectOpenDeals, rangeOf, SHARED_SHOCK, type AmountRange } from './won-forecast.ts';

export const DEFAULT_OPTIONS: OutcomeOptions = { mostLandmarks: 20_000, reasonsPerDeal: 3 };
export const FORECAST_DAYS = 30;

export interface PipelineOutcomes extends DealScores {
    asOf: number;
    models: Record<Target['key'], OutcomeModel>;
    /** what scores deals later */
    fitted: FittedOutcomes;
    forecast: AmountRange | null;
    /** what in the history is odd, in words; the answers above are given all the same */
    warnings: string[];
}

export function assessOutcomes(
    history: EventLog,
    meaning: PipelineMeaning,
    asOf: number,
    options: OutcomeOptions = DEFAULT_OPTIONS
): PipelineOutcomes {
    const known = knownPipeline(history, meaning, asOf);
    const fitted = fitOutcomes(known, meaning, options);
    const { log, meaningOf, fates } = known;
    const open = openDeals(known);
    const scores = scoreDeals(fitted, known, open);
    const { win30 } = scores.probability;
    const amount = Float64Array.from(open, (deal) => log.amount[deal]!);
    return {
        ...scores,
        asOf,
        models: fitted.models,
        fitted,
        forecast:
            win30 &&
            rangeOf(
                [expectOpenDeals(win30, amount), expectNewBusiness(log, fates, asOf, FORECAST_DAYS)],
                SHARED_SHOCK
            ),
        warnings: historyWarnings(log, meaning, meaningOf, fates, asOf)
    };
}
