// How good past forecasts of each person and team were: commits and the middle of the range as they were on record on a Monday
// some weeks before a quarter ended, beside the naive methods, which are worked out from what was known on that Monday. What
// is said of a method as a whole looks at one Monday of each quarter, since Mondays of one quarter miss together.
import { accuracyBy, type Accuracy, type ForecastOnRecord } from '../forecast/accuracy.ts';
import { NAIVE_METHODS, naiveForecasts, winRateByStage } from '../forecast/baselines.ts';
import type { ForecastPeriod, PastDeal } from '../forecast/types.ts';
import type { TimeTravel } from '../pipeline-review/time-travel.ts';
import type { DealState } from '../pipeline-review/types.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';
import { commitInForce } from './commits-in-force.ts';
import { ofOwners, wonBetween } from './day-book.ts';
import type { QuarterFacts } from './quarter-facts.ts';
import { passedStages } from './stage-chances.ts';
import type { ScopeOfPeople } from './teams.ts';

const LAST_QUARTERS = 4;
/** Weeks before the end of a quarter; and those that speak for a method. */
const WEEKS_TO_GO = [10, 7, 4, 1];
const SPEAKING_WEEKS = 4;
const WEEK = 7;
/** 1970-01-05, day 4, was a Monday. */
const A_MONDAY = 4;

export interface TrackRecord {
    /** best first */
    methods: Accuracy[];
    weeks: { weeksToGo: number; methods: Pick<Accuracy, 'method' | 'count' | 'wape' | 'bias'>[] }[];
}

/** A forecast that was written on a day of the past. */
export interface HeldForecast {
    key: string;
    scope: string;
    userId: string;
    segment: string;
    asOf: DayNumber;
    periodStartOn: DayNumber;
    periodEndOn: DayNumber;
    middleMinor: number | null;
    actualMinor: number | null;
}

export function scopeKey({ scope, userId }: Pick<ScopeOfPeople, 'scope' | 'userId'>): string {
    return `${scope}:${userId}`;
}

/** By scopeKey; without those who neither promised, nor were foretold, nor won anything. */
export function trackRecords(
    facts: QuarterFacts,
    scopes: readonly ScopeOfPeople[],
    travel: TimeTravel,
    today: ReadonlyMap<string, DealState[]>,
    ended: readonly ForecastPeriod[]
): Map<string, TrackRecord> {
    const records = ended.slice(-LAST_QUARTERS).flatMap((period) =>
        WEEKS_TO_GO.map((weeks) => ({ weeks, day: mondayUntil(period.endOn - WEEK * weeks) }))
            .filter(({ day }) => day >= period.startOn)
            .flatMap(({ weeks, day }) => recordsOf(facts, scopes, travel, today, ended, period, weeks, day))
    );
    const naive = new Set<string>(NAIVE_METHODS);
    const speaking = records.filter(({ weeksToGo }) => weeksToGo === SPEAKING_WEEKS);
    const byWeek = Map.groupBy(records, ({ weeksToGo }) => weeksToGo);
    const weekly = [...byWeek].map(([weeksToGo, own]) => ({
        weeksToGo,
        byScope: new Map(
            accuracyBy(own, ({ ownerId }) => ownerId, naive).map((one) => [one.key, one.methods])
        )
    }));
    return new Map(
        accuracyBy(speaking, ({ ownerId }) => ownerId, naive).map(({ key, methods }) => [
            key,
            {
                methods,
                weeks: weekly.map(({ weeksToGo, byScope }) => ({
                    weeksToGo,
                    methods: (byScope.get(key) ?? []).map(({ method, count, wape, bias }) => ({
                        method,
                        count,
                        wape,
                        bias
                    }))
                }))
            }
        ])
    );
}

function recordsOf(
    facts: QuarterFacts,
    scopes: readonly ScopeOfPeople[],
    travel: TimeTravel,
    today: ReadonlyMap<string, DealState[]>,
    ended: readonly ForecastPeriod[],
    period: ForecastPeriod,
    weeksToGo: number,
    day: DayNumber
): ForecastOnRecord[] {
    const then = Map.groupBy(travel.stateOn(day), ({ ownerId }) => ownerId);
    const winRates = winRateByStage(passedStages(travel.staysUntil(day)));
    const known = facts.commits.filter(({ atMs }) => facts.zone.dayOfInstant(atMs) <= day);
    const held = new Map(
        facts.held
            .filter((row) => row.asOf === day && row.periodStartOn === period.startOn && row.segment === '')
            .map((row) => [scopeKey({ scope: row.scope as ScopeOfPeople['scope'], userId: row.userId }), row])
    );
    const leaders = new Set(scopes.filter(({ scope }) => scope === 'Team').map(({ userId }) => userId));
    return scopes.flatMap((of) => {
        const states = ofOwners(then, of.owners);
        const actualMinor = wonBetween(ofOwners(today, of.owners), period.startOn, period.endOn);
        // What a leader promises is the team's.
        const isPromised = of.scope === 'Team' || !leaders.has(of.userId);
        const figures: Record<string, number | null> = {
            Commit: isPromised ? commitInForce(known, of.userId, period) : null,
            P50: held.get(scopeKey(of))?.middleMinor ?? null,
            ...naiveForecasts(
                {
                    asOf: day,
                    period,
                    past: states.map(pastDeal),
                    open: states.filter(({ outcome }) => outcome === 'Open'),
                    winRates
                },
                ended
            )
        };
        return Object.entries(figures).flatMap(([method, forecastMinor]) =>
            forecastMinor === null
                ? []
                : {
                      method,
                      ownerId: scopeKey(of),
                      managerId: '',
                      periodKey: period.key,
                      weeksToGo,
                      forecastMinor,
                      actualMinor
                  }
        );
    });
}

function mondayUntil(day: DayNumber): DayNumber {
    return day - ((((day - A_MONDAY) % WEEK) + WEEK) % WEEK);
}

/** A deal as forecasts of the firm's past read it. */
export function pastDeal(state: DealState): PastDeal {
    const { dealId, ownerId, segment, amountMinor, createdOn, outcome, closedOn } = state;
    return {
        dealId,
        ownerId,
        teamKey: '',
        segment,
        amountMinor,
        createdOn,
        wonOn: outcome === 'Won' ? closedOn : NONE
    };
}
