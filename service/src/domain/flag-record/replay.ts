// Past days over again: the flags every open deal would have had on a day, from what the org knew on that day, and what
// became of the deal. Deals are put back to the day by TimeTravel, activities to what was written by then; thresholds are
// learnt from deals that had ended by then. Rules, thresholds and policy are those of pipeline/, nothing is judged here.
//
// What keeps no history is not known on past days: contact roles (R6 and R7 stay silent) and the text of the next step
// (R9 speaks of tasks past due only). The owner of a deal is the one of today.
import { learnFromFeatures } from '../pipeline/learn-from-features.ts';
import { learnedThresholds } from '../pipeline/learn.ts';
import { activityRecordingOf } from '../pipeline/activity-recording.ts';
import { assessDeal } from '../pipeline/assess.ts';
import type { ActivityRow, HistoryRow, OpportunityRow } from '../pipeline/feature-rows.ts';
import { FactsReader } from '../pipeline/facts.ts';
import { PipelineFeatures, type FeatureOptions } from '../pipeline/features.ts';
import type { PolicyBook } from '../pipeline/policy.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';
import { StageBook } from '../pipeline-review/stage-book.ts';
import { TimeTravel } from '../pipeline-review/time-travel.ts';
import type { DealState } from '../pipeline-review/types.ts';
import type { Landmark } from './types.ts';

export interface ReplayRows {
    opportunities: readonly OpportunityRow[];
    history: readonly HistoryRow[];
    activities: readonly ActivityRow[];
    /** manager by owner */
    managers: ReadonlyMap<string, string>;
}

export class FlagReplay {
    readonly #rows: ReplayRows;
    readonly #options: FeatureOptions;
    readonly #policies: PolicyBook;
    readonly #time: TimeTravel;
    readonly #ends: ReadonlyMap<string, DealState>;

    /** `options.asOf` is the day up to which outcomes are known. */
    constructor(rows: ReplayRows, options: FeatureOptions, policies: PolicyBook) {
        this.#rows = rows;
        this.#options = options;
        this.#policies = policies;
        this.#time = timeTravelOf(rows, options);
        this.#ends = new Map(this.#time.stateOn(options.asOf).map((state) => [state.dealId, state]));
    }

    /** Landmarks of a day. Empty where the horizon reaches beyond the data: deals that end early must not speak alone. */
    on(asOf: DayNumber, horizonDays: number): Landmark[] {
        if (asOf + horizonDays > this.#options.asOf) return [];
        const features = this.#featuresOn(asOf);
        const recording = { ...activityRecordingOf(features), hasContactRoles: false, hasNextSteps: false };
        const reader = new FactsReader(features, recording);
        const learned = learnedThresholds(learnFromFeatures(features));
        const landmarks: Landmark[] = [];
        for (const deal of reader.openDeals()) {
            const facts = reader.factsOf(deal);
            const { flags } = assessDeal(facts, learned, this.#policies, asOf);
            const end = this.#ends.get(facts.opportunityId);
            const isWon = end?.outcome === 'Won' && end.closedOn <= asOf + horizonDays;
            landmarks.push({
                dealId: facts.opportunityId,
                segment: facts.segment,
                asOf,
                flagged: flags.map(({ ruleKey }) => ruleKey),
                wentBadly: !isWon,
                lostOn: end?.outcome === 'Lost' ? end.closedOn : NONE
            });
        }
        return landmarks;
    }

    #featuresOn(asOf: DayNumber): PipelineFeatures {
        const { opportunities, history, activities, managers } = this.#rows;
        const options = { ...this.#options, asOf, hasNextStepField: false };
        const { timeZone } = options;
        const features = new PipelineFeatures(options);
        const states = new Map(this.#time.stateOn(asOf).map((state) => [state.dealId, state]));
        for (const row of opportunities) {
            const state = states.get(row.id);
            if (state) features.addOpportunity(rewound(row, state));
        }
        for (const row of history)
            if (states.has(row.opportunityId) && timeZone.dayOfInstant(row.createdAtMs) <= asOf)
                features.addHistory(row);
        for (const row of activities)
            if (
                row.whatId !== null &&
                states.has(row.whatId) &&
                timeZone.dayOfInstant(row.createdAtMs) <= asOf
            )
                features.addActivity(activityOn(row, asOf, options));
        for (const [ownerId, managerId] of managers) features.setTeam(ownerId, managerId);
        return features;
    }
}

function timeTravelOf(
    { opportunities, history }: ReplayRows,
    { stages, timeZone }: FeatureOptions
): TimeTravel {
    const byDeal = Map.groupBy(history, ({ opportunityId }) => opportunityId);
    const records = opportunities.map((row) => ({
        dealId: row.id,
        accountId: '',
        segment: row.type,
        createdOn: timeZone.dayOfInstant(row.createdAtMs),
        deletedOn: NONE,
        versions: (byDeal.get(row.id) ?? []).map(({ id, createdAtMs, ...state }) => ({
            versionId: id,
            atMs: createdAtMs,
            ownerId: row.ownerId,
            ...state
        }))
    }));
    return new TimeTravel(records, new StageBook(stages), timeZone);
}

function rewound(row: OpportunityRow, state: DealState): OpportunityRow {
    return {
        ...row,
        stageName: state.stageName,
        isClosed: state.outcome !== 'Open',
        isWon: state.outcome === 'Won',
        amountMinor: state.amountMinor,
        closeDate: state.closeDate,
        hasNextStep: false
    };
}

/** A task that was done later was open then. */
function activityOn(row: ActivityRow, asOf: DayNumber, { timeZone }: FeatureOptions): ActivityRow {
    if (!row.isClosed || row.object === 'Event') return row;
    const doneOn = row.completedAtMs === null ? row.activityDate : timeZone.dayOfInstant(row.completedAtMs);
    return doneOn === NONE || doneOn <= asOf
        ? row
        : { ...row, isClosed: false, completedAtMs: null, status: '' };
}
