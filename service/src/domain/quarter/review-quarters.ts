// The main path of a review: from the facts of an org to snapshots, forecasts, scores of deals, model cards and briefs. Pure:
// the same facts give the same review, byte for byte.
import { measureRules } from '../flag-record/measure-rules.ts';
import { chanceWithin } from '../forecast/portfolio.ts';
import { toMinor } from '../forecast/round-parts.ts';
import type { ForecastPeriod } from '../forecast/types.ts';
import { assessOutcomes } from '../outcomes/pipeline-outcomes.ts';
import { StageBook } from '../pipeline-review/stage-book.ts';
import { TimeTravel } from '../pipeline-review/time-travel.ts';
import { valueOf, type DealState } from '../pipeline-review/types.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { actualsOf } from './actuals.ts';
import { briefOf } from './brief.ts';
import { dayBook, ofOwners, type DayBook } from './day-book.ts';
import { dealLog, meaningOf } from './deal-log.ts';
import { dealScores } from './deal-scores.ts';
import { chanceByModel, hasChances } from './model-chances.ts';
import { keepModels } from './kept-models.ts';
import { modelCards } from './model-cards.ts';
import { isInUse } from './model-drift.ts';
import type { QuarterFacts } from './quarter-facts.ts';
import { forecastDeal, quarterForecasts, type Chances } from './quarter-forecasts.ts';
import type { QuarterReview, Snapshot } from './quarter-review.ts';
import { quartersFrom } from './quarters.ts';
import { reviewWarnings } from './review-warnings.ts';
import { isDue, snapshot } from './snapshot.ts';
import { chanceByStage, stageChances } from './stage-chances.ts';
import { Targets } from './targets.ts';
import { scopesOf, type ScopeOfPeople } from './teams.ts';
import { TouchDays } from './touch-days.ts';

const WEEK = 7;

/** `pastDays`: Mondays of the past that have no snapshot yet. */
export function reviewQuarters(facts: QuarterFacts, pastDays: readonly DayNumber[]): QuarterReview {
    const { asOf, zone, people } = facts;
    const stageBook = new StageBook(facts.stages, facts.renamedStages);
    const travel = new TimeTravel(facts.deals, stageBook, zone);
    const touches = new TouchDays(facts.touches, zone);
    const records = new Map(facts.deals.map((record) => [record.dealId, record]));
    const bookOf = (day: DayNumber): DayBook =>
        dayBook(travel, records, touches, facts.recordsActivities, zone, day);
    const today = bookOf(asOf);
    const owners = new Set([...today.states].filter(([, deals]) => deals.length > 0).map(([owner]) => owner));
    // Amounts of several currencies add up to nothing: nobody has a sum, deals have their chances all the same.
    const scopes = facts.hasSeveralCurrencies ? [] : scopesOf(people, owners);
    const chances = chancesOf(facts, stageBook, travel, today);
    const targets = new Targets(facts.quotas, scopes);
    const snapshots = [
        ...snapshotsOf(facts, scopes, targets, today, bookOf(asOf - WEEK), chances),
        ...pastDays.flatMap((day) =>
            snapshotsOf(facts, scopes, targets, bookOf(day), bookOf(day - WEEK), null)
        )
    ];
    const forecasts = quarterForecasts({ facts, scopes, today, travel, chances, targets });
    return {
        snapshots,
        forecasts,
        scores:
            chances.basis === 'Model'
                ? dealScores(chances.outcomes, isInUse(chances.outcomes.models.stall14), asOf)
                : [],
        models: chances.basis === 'Model' ? keepModels(facts, chances.outcomes) : null,
        cards: modelCards(chances.outcomes),
        briefs: scopes
            .filter(({ scope }) => scope === 'Team')
            .flatMap((of) => briefOf(of, snapshots, forecasts, asOf) ?? []),
        actuals: actualsOf(facts.held, scopes, today.states, asOf),
        rules: measureRules(facts.rules, {
            asOf,
            timeZone: zone,
            fiscalQuarters: facts.quarters,
            stages: facts.stages
        }),
        warnings: reviewWarnings(facts, travel, today, chances)
    };
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
    targets: Targets,
    book: DayBook,
    before: DayBook,
    chances: Chances | null
): Snapshot[] {
    const periods = quartersFrom(facts.quarters, book.day);
    const ranks = new Map(facts.stages.map(({ name, sortOrder }) => [name, sortOrder]));
    const rankOf = (stageName: string): number => ranks.get(stageName) ?? 0;
    return scopes.flatMap((of) =>
        periods.map((period) => {
            const found = snapshot({
                of,
                period,
                book,
                before,
                today: chances && { now: facts.now, traits: facts.traits, rankOf },
                targetMinor: targets.of(of, period)
            });
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
