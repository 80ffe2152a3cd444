// What is odd in an org, for the run: counted by code, told in sentences that say what was done with it. Nothing of it stops a
// review, and no deal or person is named.
import { checkDeals } from '../forecast/portfolio.ts';
import type { PipelineOutcomes } from '../outcomes/pipeline-outcomes.ts';
import type { TimeTravel } from '../pipeline-review/time-travel.ts';
import type { DayBook } from './day-book.ts';
import { driftOf } from './model-drift.ts';
import type { Person, QuarterFacts } from './quarter-facts.ts';
import { forecastDeal, type Chances } from './quarter-forecasts.ts';
import type { QuarterReview } from './quarter-review.ts';

type Warning = QuarterReview['warnings'][number];

/** From so many deals on, so large a share in one hand is told. */
const MANY_DEALS = 20;
const OWNS_ALL = 0.9;

export function reviewWarnings(
    facts: QuarterFacts,
    travel: TimeTravel,
    today: DayBook,
    chances: Chances
): Warning[] {
    return [
        ...counted(travel.warnings(facts.asOf)),
        ...chances.outcomes.warnings.map((message) => ({ code: 'HISTORY_ODD', message, count: 1 })),
        ...(facts.hasSeveralCurrencies ? [] : amounts(today, chances)),
        ...people(facts, today),
        ...(facts.renamedStages.size === 0
            ? []
            : [
                  {
                      code: 'STAGE_RENAMED',
                      message: 'Stages that are read in history as what they are called now.',
                      count: facts.renamedStages.size
                  }
              ]),
        ...drift(chances.outcomes)
    ];
}

function counted(problems: readonly { code: string; fix: string }[]): Warning[] {
    return [...Map.groupBy(problems, ({ code }) => code)].map(([code, same]) => ({
        code,
        message: same[0]!.fix,
        count: same.length
    }));
}

function amounts({ claims }: DayBook, chances: Chances): Warning[] {
    return counted(
        checkDeals([...claims.values()].map(({ state }) => forecastDeal(state, chances))).warnings
    );
}

function people({ people: known }: QuarterFacts, { states }: DayBook): Warning[] {
    const found: Warning[] = [];
    const inCircles = [...states.keys()].filter((userId) => isInCircle(userId, known)).length;
    if (inCircles > 0)
        found.push({
            code: 'MANAGERS_IN_A_CIRCLE',
            message:
                'Owners whose managers lead back to them: each counts once in every team. Correct the managers.',
            count: inCircles
        });
    const counts = [...states.values()].map((deals) => deals.length);
    const all = counts.reduce((sum, count) => sum + count, 0);
    if (all >= MANY_DEALS && Math.max(...counts) > OWNS_ALL * all)
        found.push({
            code: 'ONE_OWNER',
            message:
                'One person owns nearly all deals: what is told of people and teams is told of that person.',
            count: 1
        });
    return found;
}

function isInCircle(userId: string, known: ReadonlyMap<string, Person>): boolean {
    const met = new Set<string>();
    for (let at = known.get(userId)?.managerId ?? ''; at !== '' && !met.has(at);) {
        if (at === userId) return true;
        met.add(at);
        at = known.get(at)?.managerId ?? '';
    }
    return false;
}

function drift({ models }: PipelineOutcomes): Warning[] {
    const drifts = Object.values(models).flatMap((model) => driftOf(model) ?? []);
    const demoted = drifts.filter(({ beatenBy }) => beatenBy !== null).length;
    const refitted = drifts.filter(({ isAlarming, beatenBy }) => isAlarming && beatenBy === null).length;
    return [
        {
            code: 'MODEL_DRIFT',
            message: 'Models whose newest outcomes differ from what was foretold; they were fitted anew.',
            count: refitted
        },
        {
            code: 'MODEL_DEMOTED',
            message: 'Models that a naive method has beaten lately; their probabilities are not shown.',
            count: demoted
        }
    ].filter(({ count }) => count > 0);
}
