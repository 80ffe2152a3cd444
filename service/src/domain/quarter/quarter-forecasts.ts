// What the quarter and the next one are likely to become, for every person, team and segment of a team: which deals, quotas,
// commits and records belong to which row. The mathematics are forecast/ and scope-forecast.ts.
import { naiveForecasts, winRateByStage } from '../forecast/baselines.ts';
import { DEFAULT_SHOCK } from '../forecast/learn-shock.ts';
import { newBusinessRecord, type NewBusinessRecord } from '../forecast/new-business.ts';
import type { ChanceBy, ForecastDeal, ForecastPeriod } from '../forecast/types.ts';
import type { PipelineOutcomes } from '../outcomes/pipeline-outcomes.ts';
import type { TimeTravel } from '../pipeline-review/time-travel.ts';
import type { DealState } from '../pipeline-review/types.ts';
import { commitInForce, optimismByPerson } from './commits-in-force.ts';
import { ofOwners, wonBetween, type DayBook } from './day-book.ts';
import type { QuarterFacts } from './quarter-facts.ts';
import type { Basis, ForecastResult } from './quarter-review.ts';
import { quartersBefore, quartersFrom } from './quarters.ts';
import { rangeAndDrivers } from './scope-forecast.ts';
import { passedStages } from './stage-chances.ts';
import type { Targets } from './targets.ts';
import type { ScopeOfPeople } from './teams.ts';
import { pastDeal, scopeKey, trackRecords } from './track-record.ts';

export interface Chances {
    basis: Basis;
    outcomes: PipelineOutcomes;
    /** by open deal */
    wonBy: ReadonlyMap<string, ChanceBy[]>;
}

export interface ForecastsInput {
    facts: QuarterFacts;
    scopes: readonly ScopeOfPeople[];
    today: DayBook;
    travel: TimeTravel;
    chances: Chances;
    targets: Targets;
}

/** What all rows of a review share. */
interface Shared extends ForecastsInput {
    earlier: readonly ForecastPeriod[];
    winRates: ReadonlyMap<string, number>;
    /** JSON by scopeKey */
    records: ReadonlyMap<string, string>;
}

export function quarterForecasts(input: ForecastsInput): ForecastResult[] {
    const { facts, scopes, today, travel } = input;
    const { asOf } = facts;
    const shared: Shared = {
        ...input,
        earlier: quartersBefore(facts.quarters, asOf),
        winRates: winRateByStage(passedStages(travel.staysUntil(asOf))),
        records: recordTexts(input)
    };
    const past = [...today.states.values()].flat().map(pastDeal);
    return quartersFrom(facts.quarters, asOf).flatMap((period) => {
        const newBusiness = newBusinessRecord(past, asOf, period);
        return scopes.flatMap((of) => {
            const states = ofOwners(today.states, of.owners);
            const whole = forecastOf(shared, of, '', states, period, newBusiness);
            if (of.scope === 'Own') return [whole];
            const bySegment = Map.groupBy(states, ({ segment }) => segment);
            const segments = [...bySegment.keys()].filter((segment) => segment !== '').sort();
            return [
                whole,
                ...segments.map((segment) =>
                    forecastOf(shared, of, segment, bySegment.get(segment)!, period, newBusiness)
                )
            ];
        });
    });
}

function forecastOf(
    { facts, chances, targets, earlier, winRates, records }: Shared,
    of: ScopeOfPeople,
    segment: string,
    states: readonly DealState[],
    period: ForecastPeriod,
    newBusiness: NewBusinessRecord
): ForecastResult {
    const { asOf, commits } = facts;
    const open = states.filter(({ outcome }) => outcome === 'Open');
    const wonMinor = wonBetween(states, period.startOn, Math.min(asOf, period.endOn));
    const naive = naiveForecasts({ asOf, period, past: states.map(pastDeal), open, winRates }, earlier);
    const isWhole = segment === '';
    return {
        of,
        segment,
        asOf,
        period,
        basis: chances.basis,
        ...(chances.basis === 'TooLittle'
            ? { range: null, drivers: [] }
            : rangeAndDrivers({
                  asOf,
                  period,
                  deals: open.map((state) => forecastDeal(state, chances)),
                  newBusiness,
                  isOfScope: (deal) => of.owners.has(deal.ownerId) && (isWhole || deal.segment === segment),
                  shock: DEFAULT_SHOCK,
                  wonMinor,
                  hasDrivers: isWhole
              })),
        wonMinor,
        targetMinor: isWhole ? targets.of(of, period) : null,
        stageWeightedMinor: naive.StageWeighted,
        lastPeriodMinor: naive.LastPeriod,
        commitMinor: isWhole ? commitInForce(commits, of.userId, period) : null,
        dealCount: open.length,
        optimism: isWhole ? (records.get(scopeKey(of)) ?? '') : ''
    };
}

export function forecastDeal(state: DealState, { wonBy }: Chances): ForecastDeal {
    return {
        dealId: state.dealId,
        accountId: state.accountId,
        ownerId: state.ownerId,
        teamKey: '',
        segment: state.segment,
        amountMinor: state.amountMinor,
        wonBy: wonBy.get(state.dealId) ?? []
    };
}

/** How far commits may be trusted, and how good commits and forecasts were, as JSON for the page. */
function recordTexts({ facts, scopes, today, travel }: ForecastsInput): Map<string, string> {
    const ended = quartersBefore(facts.quarters, facts.asOf);
    const optimism = optimismByPerson(
        facts.commits,
        ended,
        facts.people,
        facts.zone,
        (personId, { startOn, endOn }) => wonBetween(wonOfPerson(scopes, today, personId), startOn, endOn)
    );
    const track = trackRecords(facts, scopes, travel, today.states, ended);
    return new Map(
        scopes.flatMap((of) => {
            const found = { ...optimism.get(of.userId), ...track.get(scopeKey(of)) };
            return Object.keys(found).length === 0 ? [] : [[scopeKey(of), JSON.stringify(rounded(found))]];
        })
    );
}

/** Shares to four places: what a page shows, and a row that does not change for nothing. */
function rounded(value: unknown): unknown {
    if (typeof value === 'number') return Math.round(value * 10_000) / 10_000;
    if (Array.isArray(value)) return value.map(rounded);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rounded(one)]));
}

/** Of a manager the team's. */
function wonOfPerson(scopes: readonly ScopeOfPeople[], { states }: DayBook, personId: string): DealState[] {
    const own = scopes.filter(({ userId }) => userId === personId);
    const of = own.find(({ scope }) => scope === 'Team') ?? own[0];
    return of ? ofOwners(states, of.owners) : [];
}
