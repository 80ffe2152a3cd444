// The pipeline as of a moment, told by models trained on what was known then: probability of winning (ever, within 14 and
// 30 days), of stalling, the range of the close date, the amount won in 30 days. Owns the order of these steps; this is
// the main path for the back-test and for runs on an org.
import { closeRanges, trainCloseDates, type CloseRange } from './close-dates.ts';
import { DealReader } from './deal-features.ts';
import type { EventLog } from './event-log.ts';
import { isOpenAt, readFates, type Fates } from './fates.ts';
import { planFeatures } from './feature-plan.ts';
import { newTable, type FeatureTable } from './feature-table.ts';
import { knownBy } from './known-by.ts';
import { landmarksBefore } from './landmarks.ts';
import { meaningOfKinds, type PipelineMeaning } from './meaning.ts';
import { expectNewBusiness } from './new-business.ts';
import { historyWarnings } from './history-warnings.ts';
import { explainRow, scoreRows, trainOutcomeModel, type OutcomeModel } from './outcome-model.ts';
import { dealEntrants } from './race.ts';
import { topReasons, type Reason } from './reasons.ts';
import { sequelsOf, TARGETS, type Target } from './targets.ts';
import { expectOpenDeals, rangeOf, SHARED_SHOCK, type AmountRange } from './won-forecast.ts';

export interface OutcomeOptions {
    /** moments of the past to learn from, at most */
    mostLandmarks: number;
    reasonsPerDeal: number;
}
export const DEFAULT_OPTIONS: OutcomeOptions = { mostLandmarks: 20_000, reasonsPerDeal: 3 };
export const FORECAST_DAYS = 30;

export interface PipelineOutcomes {
    asOf: number;
    dealIds: string[];
    table: FeatureTable;
    models: Record<Target['key'], OutcomeModel>;
    /** null where history is too short for a probability */
    probability: Record<Target['key'], Float64Array | null>;
    closes: CloseRange | null;
    reasons: Reason[][];
    /** older than any deal that ever closed */
    zombie: Uint8Array;
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
    const log = knownBy(history, asOf);
    const meaningOf = meaningOfKinds(log.kinds, meaning);
    const fates = readFates(log, meaningOf, meaning.stages.length);
    const plan = planFeatures(
        log,
        meaningOf,
        meaning.stages.map(({ label }) => label)
    );
    const landmarks = landmarksBefore(log, meaningOf, plan, fates, asOf, options.mostLandmarks);
    const sequels = sequelsOf(landmarks, fates);

    const open = openDeals(log, fates, asOf);
    const table = newTable(plan.features, open.length, plan.stageCount + 1);
    const reader = new DealReader(log, meaningOf, plan);
    open.forEach((deal, row) => reader.read(deal, [asOf], table, row));

    const entrants = dealEntrants();
    const models = {} as Record<Target['key'], OutcomeModel>;
    const probability = {} as Record<Target['key'], Float64Array | null>;
    for (const target of TARGETS) {
        models[target.key] = trainOutcomeModel(target, landmarks, sequels, asOf, entrants);
        probability[target.key] = scoreRows(models[target.key], table);
    }
    keepInOrder(probability.win14, probability.win30);
    keepInOrder(probability.win30, probability.win);

    const closeModel = trainCloseDates(landmarks, sequels, asOf);
    const amount = Float64Array.from(open, (deal) => log.amount[deal]!);
    return {
        asOf,
        dealIds: open.map((deal) => log.dealIds[deal]!),
        table,
        models,
        probability,
        closes: closeModel && closeRanges(closeModel, table, asOf),
        reasons: open.map((_, row) => {
            const explanation = explainRow(models.win, table, row);
            return explanation === null ? [] : topReasons(explanation, table, row, options.reasonsPerDeal);
        }),
        zombie: zombies(log, fates, open, asOf),
        forecast:
            probability.win30 &&
            rangeOf(
                [
                    expectOpenDeals(probability.win30, amount),
                    expectNewBusiness(log, fates, asOf, FORECAST_DAYS)
                ],
                SHARED_SHOCK
            ),
        warnings: historyWarnings(log, meaning, meaningOf, fates, asOf)
    };
}

function openDeals(log: EventLog, fates: Fates, asOf: number): number[] {
    const open: number[] = [];
    for (let deal = 0; deal < log.dealIds.length; deal++) if (isOpenAt(fates, deal, asOf)) open.push(deal);
    return open;
}

/** A win within fewer days is a win within more: the later probability is at least the earlier one. */
function keepInOrder(sooner: Float64Array | null, later: Float64Array | null): void {
    if (sooner === null || later === null) return;
    for (let i = 0; i < later.length; i++) later[i] = Math.max(later[i]!, sooner[i]!);
}

const FEWEST_CLOSED = 50;

function zombies(log: EventLog, fates: Fates, open: number[], asOf: number): Uint8Array {
    let longest = 0;
    let closed = 0;
    let first = asOf;
    for (let deal = 0; deal < log.dealIds.length; deal++) {
        first = Math.min(first, log.createdAt[deal]!);
        if (fates.endedAt[deal] === Infinity) continue;
        closed++;
        longest = Math.max(longest, fates.endedAt[deal]! - log.createdAt[deal]!);
    }
    // A short history has not seen how long deals may take.
    const isLongKnown = closed >= FEWEST_CLOSED && asOf - first >= 2 * longest;
    return Uint8Array.from(open, (deal) => (isLongKnown && asOf - log.createdAt[deal]! > longest ? 1 : 0));
}
