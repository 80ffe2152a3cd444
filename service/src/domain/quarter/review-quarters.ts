// The main path of a review: from the facts of an org to snapshots, forecasts, scores of deals, model cards and briefs. Pure:
// the same facts give the same review, byte for byte.
import { measureRules } from '../flag-record/measure-rules.ts';
import { winRateByStage } from '../forecast/baselines.ts';
import { DEFAULT_SHOCK } from '../forecast/learn-shock.ts';
import { newBusinessRecord } from '../forecast/new-business.ts';
import { chanceWithin } from '../forecast/portfolio.ts';
import { toMinor } from '../forecast/round-parts.ts';
import type { ChanceBy, ForecastDeal, ForecastPeriod, PastDeal } from '../forecast/types.ts';
import { assessOutcomes, type PipelineOutcomes } from '../outcomes/pipeline-outcomes.ts';
import { StageBook } from '../pipeline-review/stage-book.ts';
import { TimeTravel } from '../pipeline-review/time-travel.ts';
import { valueOf, type DealState } from '../pipeline-review/types.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';
import { briefOf } from './brief.ts';
import { commitInForce, optimismTexts } from './commits-in-force.ts';
import { dayBook, ofOwners, wonBetween, type DayBook } from './day-book.ts';
import { dealLog, meaningOf } from './deal-log.ts';
import { dealScores } from './deal-scores.ts';
import { chanceByModel, hasChances } from './model-chances.ts';
import { modelCards } from './model-cards.ts';
import type { QuarterFacts } from './quarter-facts.ts';
import type { Basis, ForecastResult, QuarterReview, Snapshot } from './quarter-review.ts';
import { quartersBefore, quartersFrom } from './quarters.ts';
import { rangeAndDrivers } from './scope-forecast.ts';
import { isDue, snapshot } from './snapshot.ts';
import { chanceByStage, stageChances } from './stage-chances.ts';
import { scopesOf, type ScopeOfPeople } from './teams.ts';
import { TouchDays } from './touch-days.ts';

const WEEK = 7;

/** `pastDays`: Mondays of the past that have no snapshot yet. */
export function reviewQuarters(facts: QuarterFacts, pastDays: readonly DayNumber[]): QuarterReview {
    const { asOf, zone, people } = facts;
    const stageBook = new StageBook(facts.stages);
    const travel = new TimeTravel(facts.deals, stageBook, zone);
    const touches = new TouchDays(facts.touches, zone);
    const records = new Map(facts.deals.map((record) => [record.dealId, record]));
    const bookOf = (day: DayNumber): DayBook =>
        dayBook(travel, records, touches, facts.recordsActivities, zone, day);
    const today = bookOf(asOf);
    const owners = new Set([...today.states].filter(([, deals]) => deals.length > 0).map(([owner]) => owner));
    const scopes = scopesOf(people, owners);
    const chances = chancesOf(facts, stageBook, travel, today);
    const snapshots = [
        ...snapshotsOf(facts, scopes, today, bookOf(asOf - WEEK), chances),
        ...pastDays.flatMap((day) => snapshotsOf(facts, scopes, bookOf(day), bookOf(day - WEEK), null))
    ];
    const forecasts = forecastsOf(facts, scopes, today, travel, chances);
    return {
        snapshots,
        forecasts,
        scores: chances.basis === 'Model' ? dealScores(chances.outcomes, asOf) : [],
        cards: modelCards(chances.outcomes),
        briefs: scopes
            .filter(({ scope }) => scope === 'Team')
            .flatMap((of) => briefOf(of, snapshots, forecasts, asOf) ?? []),
        rules: measureRules(facts.rules, {
            asOf,
            timeZone: zone,
            fiscalQuarters: facts.quarters,
            stages: facts.stages
        }),
        warnings: warningsOf(travel, chances.outcomes, asOf)
    };
}

interface Chances {
    basis: Basis;
    outcomes: PipelineOutcomes;
    /** by open deal */
    wonBy: ReadonlyMap<string, ChanceBy[]>;
}

function chancesOf(facts: QuarterFacts, stageBook: StageBook, travel: TimeTravel, today: DayBook): Chances {
    const { asOf } = facts;
    const outcomes = assessOutcomes(dealLog(facts, stageBook), meaningOf(facts.stages), facts.nowMs);
    const open = [...today.claims.values()].map(({ state }) => state);
    if (hasChances(outcomes)) {
        const rows = new Map(outcomes.dealIds.map((dealId, row) => [dealId, row]));
        const wonBy = new Map(
            open.map(({ dealId }) => [
                dealId,
                rows.has(dealId) ? chanceByModel(outcomes, rows.get(dealId)!, asOf) : []
            ])
        );
        return { basis: 'Model', outcomes, wonBy };
    }
    const byStage = stageChances(travel.staysUntil(asOf));
    if (!byStage) return { basis: 'TooLittle', outcomes, wonBy: new Map() };
    return {
        basis: 'StageRates',
        outcomes,
        wonBy: new Map(open.map((deal) => [deal.dealId, chanceByStage(byStage, deal, asOf)]))
    };
}

function snapshotsOf(
    facts: QuarterFacts,
    scopes: readonly ScopeOfPeople[],
    book: DayBook,
    before: DayBook,
    chances: Chances | null
): Snapshot[] {
    const periods = quartersFrom(facts.quarters, book.day);
    return scopes.flatMap((of) =>
        periods.map((period) => {
            const found = snapshot({ of, period, book, before, now: chances && facts.now });
            if (!chances || chances.basis === 'TooLittle') return found;
            const due = ofOwners(book.states, of.owners).filter((state) => isDue(state, period));
            return { ...found, expectedMinor: expectedOf(due, chances, book.day, period) };
        })
    );
}

function expectedOf(
    due: readonly DealState[],
    chances: Chances,
    asOf: DayNumber,
    period: ForecastPeriod
): number {
    const expected = due.reduce(
        (sum, state) =>
            sum + Math.max(0, valueOf(state)) * chanceWithin(forecastDeal(state, chances), asOf, period),
        0
    );
    return toMinor(expected);
}

function forecastDeal(state: DealState, { wonBy }: Chances): ForecastDeal {
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

function pastDeal(state: DealState): PastDeal {
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

function forecastsOf(
    facts: QuarterFacts,
    scopes: readonly ScopeOfPeople[],
    today: DayBook,
    travel: TimeTravel,
    chances: Chances
): ForecastResult[] {
    const { asOf } = facts;
    const past = [...today.states.values()].flat().map(pastDeal);
    const earlier = quartersBefore(facts.quarters, asOf);
    const rates = winRateByStage(
        [...travel.staysUntil(asOf)].flatMap(({ deal, stays }) =>
            deal.outcome === 'Open'
                ? []
                : stays
                      .filter(({ outcome }) => outcome === 'Open')
                      .map(({ stageName }) => ({
                          stageName,
                          amountMinor: deal.amountMinor,
                          isWon: deal.outcome === 'Won'
                      }))
        )
    );
    const optimism = optimismTexts(
        facts.commits,
        earlier,
        facts.people,
        facts.zone,
        (personId, { startOn, endOn }) => wonBetween(wonOfPerson(scopes, today, personId), startOn, endOn)
    );
    return quartersFrom(facts.quarters, asOf).flatMap((period) => {
        const newBusiness = newBusinessRecord(past, asOf, period);
        const lastPeriod = earlier.find(({ endOn }) => endOn === period.startOn - 1);
        return scopes.flatMap((of) => {
            const states = ofOwners(today.states, of.owners);
            const one = (segment: string, own: readonly DealState[]): ForecastResult => {
                const open = own.filter(({ outcome }) => outcome === 'Open');
                const wonMinor = wonBetween(own, period.startOn, Math.min(asOf, period.endOn));
                const weighted = open
                    .filter((state) => isDue(state, period))
                    .reduce(
                        (sum, state) => sum + Math.max(0, valueOf(state)) * (rates.get(state.stageName) ?? 0),
                        0
                    );
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
                              isOfScope: (deal) =>
                                  of.owners.has(deal.ownerId) && (segment === '' || deal.segment === segment),
                              shock: DEFAULT_SHOCK,
                              wonMinor,
                              hasDrivers: segment === ''
                          })),
                    wonMinor,
                    stageWeightedMinor: rates.size === 0 ? null : wonMinor + toMinor(weighted),
                    lastPeriodMinor: lastPeriod
                        ? wonBetween(own, lastPeriod.startOn, lastPeriod.endOn)
                        : null,
                    commitMinor: segment === '' ? commitInForce(facts.commits, of.userId, period) : null,
                    dealCount: open.length,
                    optimism: segment === '' ? (optimism.get(of.userId) ?? '') : ''
                };
            };
            if (of.scope === 'Own') return [one('', states)];
            const bySegment = Map.groupBy(states, ({ segment }) => segment);
            const segments = [...bySegment.keys()].filter((segment) => segment !== '').sort();
            return [one('', states), ...segments.map((segment) => one(segment, bySegment.get(segment)!))];
        });
    });
}

/** Of a manager the team's. */
function wonOfPerson(scopes: readonly ScopeOfPeople[], { states }: DayBook, personId: string): DealState[] {
    const own = scopes.filter(({ userId }) => userId === personId);
    const of = own.find(({ scope }) => scope === 'Team') ?? own[0];
    return of ? ofOwners(states, of.owners) : [];
}

function warningsOf(
    travel: TimeTravel,
    outcomes: PipelineOutcomes,
    asOf: DayNumber
): QuarterReview['warnings'] {
    const byCode = Map.groupBy(travel.warnings(asOf), ({ code }) => code);
    const ofHistory = [...byCode].map(([code, problems]) => ({
        code,
        message: problems[0]!.fix,
        count: problems.length
    }));
    const ofModels = outcomes.warnings.map((message) => ({ code: 'HISTORY_ODD', message, count: 1 }));
    return [...ofHistory, ...ofModels];
}
