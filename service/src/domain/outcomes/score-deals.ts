// Fitted models and the scores they give: learn once from a known history, then score every open deal or a single one that
// changed, without learning again. Owns what a fit keeps and the order of scoring; a deal's scores depend on the fit, the moment and
// its own rows alone, so one deal scored by itself gets the same numbers, bit for bit, as in a pass over all.
import { closeRanges, trainCloseDates, type CloseDateModel, type CloseRange } from './close-dates.ts';
import { DealReader } from './deal-features.ts';
import type { EventKind, EventLog } from './event-log.ts';
import { isOpenAt, readFates, type Fates } from './fates.ts';
import { planFeatures, type FeaturePlan } from './feature-plan.ts';
import { newTable, type FeatureTable } from './feature-table.ts';
import { knownBy } from './known-by.ts';
import { landmarksBefore } from './landmarks.ts';
import { meaningOfKinds, type PipelineMeaning } from './meaning.ts';
import {
    explainRow,
    scoreRows,
    trainOutcomeModel,
    type OutcomeModel,
    type ScoringModel
} from './outcome-model.ts';
import { dealEntrants } from './race.ts';
import { topReasons, type Reason } from './reasons.ts';
import { sequelsOf, TARGETS, type Target } from './targets.ts';

export interface OutcomeOptions {
    /** moments of the past to learn from, at most */
    mostLandmarks: number;
    reasonsPerDeal: number;
}

/** What was known at a moment, and what it means. */
export interface KnownPipeline {
    asOf: number;
    log: EventLog;
    meaningOf: Int8Array;
    fates: Fates;
}

export interface FittedOutcomes {
    /** numbers of kinds in a log to be scored must be these */
    kinds: EventKind[];
    meaning: PipelineMeaning;
    plan: FeaturePlan;
    models: Record<Target['key'], ScoringModel>;
    closeModel: CloseDateModel | null;
    /** a deal older than this outlived every deal that ever closed; Infinity while that is not known */
    longestCycle: number;
    reasonsPerDeal: number;
}

export interface TrainedOutcomes extends FittedOutcomes {
    /** with their records */
    models: Record<Target['key'], OutcomeModel>;
}

export interface DealScores {
    dealIds: string[];
    table: FeatureTable;
    /** null where history is too short for a probability */
    probability: Record<Target['key'], Float64Array | null>;
    closes: CloseRange | null;
    reasons: Reason[][];
    /** older than any deal that ever closed */
    zombie: Uint8Array;
}

export function knownPipeline(history: EventLog, meaning: PipelineMeaning, asOf: number): KnownPipeline {
    const log = knownBy(history, asOf);
    const meaningOf = meaningOfKinds(log.kinds, meaning);
    return { asOf, log, meaningOf, fates: readFates(log, meaningOf, meaning.stages.length) };
}

export function fitOutcomes(
    known: KnownPipeline,
    meaning: PipelineMeaning,
    options: OutcomeOptions
): TrainedOutcomes {
    const { asOf, log, meaningOf, fates } = known;
    const plan = planFeatures(
        log,
        meaningOf,
        meaning.stages.map(({ label }) => label)
    );
    const landmarks = landmarksBefore(log, meaningOf, plan, fates, asOf, options.mostLandmarks);
    const sequels = sequelsOf(landmarks, fates);
    const entrants = dealEntrants();
    const models = {} as Record<Target['key'], OutcomeModel>;
    for (const target of TARGETS)
        models[target.key] = trainOutcomeModel(target, landmarks, sequels, asOf, entrants);
    return {
        kinds: log.kinds,
        meaning,
        plan,
        models,
        closeModel: trainCloseDates(landmarks, sequels, asOf),
        longestCycle: longestCycleOf(known),
        reasonsPerDeal: options.reasonsPerDeal
    };
}

/** Scores of every deal of this history that is open at the moment, so many at a time; the history may be one deal's own rows. */
export function* scoreOpenDeals(
    fitted: FittedOutcomes,
    history: EventLog,
    asOf: number,
    mostAtOnce: number
): Generator<DealScores> {
    const known = knownPipeline(history, fitted.meaning, asOf);
    const open = openDeals(known);
    for (let from = 0; from < open.length; from += mostAtOnce)
        yield scoreDeals(fitted, known, open.slice(from, from + mostAtOnce));
}

export function scoreDeals(
    fitted: FittedOutcomes,
    { asOf, log, meaningOf }: KnownPipeline,
    deals: number[]
): DealScores {
    mustHaveKindsOf(fitted, log);
    const { plan, models, closeModel } = fitted;
    const table = newTable(plan.features, deals.length, plan.stageCount + 1);
    const reader = new DealReader(log, meaningOf, plan);
    deals.forEach((deal, row) => reader.read(deal, [asOf], table, row));
    const probability = {} as DealScores['probability'];
    for (const { key } of TARGETS) probability[key] = scoreRows(models[key], table);
    keepInOrder(probability.win14, probability.win30);
    keepInOrder(probability.win30, probability.win);
    return {
        dealIds: deals.map((deal) => log.dealIds[deal]!),
        table,
        probability,
        closes: closeModel && closeRanges(closeModel, table, asOf),
        reasons: deals.map((_, row) => {
            const explanation = explainRow(models.win, table, row);
            return explanation === null ? [] : topReasons(explanation, table, row, fitted.reasonsPerDeal);
        }),
        zombie: Uint8Array.from(deals, (deal) => (asOf - log.createdAt[deal]! > fitted.longestCycle ? 1 : 0))
    };
}

function mustHaveKindsOf(fitted: FittedOutcomes, log: EventLog): void {
    const odd = strangeKind(fitted, log);
    if (odd)
        throw new Error(
            `A deal cannot be scored: ${keyOf(odd)} is not numbered as in the history the models learnt from. ` +
                'Build its log with the kinds of the fit; if the kind is new, fit anew.'
        );
}

/** A kind of event the models have never met, or know by another number; null where there is none. */
export function strangeKind({ kinds }: FittedOutcomes, log: EventLog): EventKind | null {
    if (log.kinds === kinds) return null;
    return log.kinds.find((kind, code) => !kinds[code] || keyOf(kind) !== keyOf(kinds[code])) ?? null;
}

function keyOf({ table, name, step }: EventKind): string {
    return `${table} "${name}" ${step}`.trim();
}

export function openDeals({ log, fates, asOf }: KnownPipeline): number[] {
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

function longestCycleOf({ log, fates, asOf }: KnownPipeline): number {
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
    return closed >= FEWEST_CLOSED && asOf - first >= 2 * longest ? longest : Infinity;
}
