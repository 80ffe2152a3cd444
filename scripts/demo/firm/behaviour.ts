// What surveys, tickets, operations and file reviews say of each seller, week by week, with planted declines in it. Owns the facts
// that come from outside the CRM; which of them a firm may keep is config/scorecards/signals.yaml.
import { toIsoDate } from './calendar.ts';
import type { Person } from './people.ts';
import { depthOn, FAILING_SIGNALS, type FailingSignal, type PersonTruth } from './person-truths.ts';
import { createRandom, mixSeed, type Random } from './random.ts';

/** One row of `POST /v1/facts`: `n` observations of `value` each. */
export interface BehaviourFact {
    signal: FailingSignal;
    person: string;
    day: string;
    /** decimal text */
    value: string;
    n: number;
    sourceId: string;
    attributes: Record<string, string>;
}

const WEEKS = 60;

/** Oldest week first, in each week by person. Weeks end on the last Sunday before the day. */
export function* behaviourFacts(
    seed: number,
    sellers: readonly Person[],
    asOfDay: number,
    truths: readonly PersonTruth[]
): Iterable<BehaviourFact> {
    const declines = new Map(
        truths.filter(({ signal }) => signal).map((truth) => [`${truth.personId} ${truth.signal}`, truth])
    );
    const thisMonday = asOfDay - ((asOfDay + 3) % 7);
    for (let week = WEEKS; week >= 1; week--) {
        const monday = thisMonday - 7 * week;
        for (const [index, person] of sellers.entries())
            for (const [position, signal] of FAILING_SIGNALS.entries()) {
                // The week by its number of all weeks: tomorrow's facts are today's and one week more.
                const random = createRandom(mixSeed(seed, 43, index, position, monday));
                const own = createRandom(mixSeed(seed, 47, index, position));
                const truth = declines.get(`${person.id} ${signal}`);
                const depth = truth ? depthOn(truth, monday + 2) : 0;
                yield* weekOf[signal](random, own, depth).map(({ value, n, attributes }, row) => ({
                    signal,
                    person: person.id,
                    day: toIsoDate(monday + random.int(0, 4)),
                    value,
                    n,
                    sourceId: `${signal}-${person.id}-${monday}-${row}`,
                    attributes
                }));
            }
    }
}

type WeekRow = Pick<BehaviourFact, 'value' | 'n' | 'attributes'>;

/** What one week of one person brings: `own` says how this person usually does, `depth` how far a decline has come. */
const weekOf: Record<FailingSignal, (random: Random, own: Random, depth: number) => WeekRow[]> = {
    'client-satisfaction': (random, own, depth) => {
        const usual = 4.1 + 0.5 * own.next();
        const answers = Array.from({ length: poisson(random, 3) }, () => {
            const mood = usual - 1.1 * depth + 0.7 * normal(random);
            return Math.min(5, Math.max(1, Math.round(mood)));
        });
        return tally(answers).map(([answer, n]) => ({ value: String(answer), n, attributes: {} }));
    },
    'issue-resolved-hours': (random, own, depth) => {
        const usual = own.around(14, 0.3);
        const count = poisson(random, 4);
        return Array.from({ length: count }, () => ({
            value: random.around(usual * (1 + 0.9 * depth), 0.6).toFixed(1),
            n: 1,
            attributes: {}
        }));
    },
    'transaction-processed': (random, own, depth) =>
        outcomes(random, poisson(random, 40), 0.015 + 0.02 * own.next() + 0.06 * depth, ['wrong', 'right']),
    'review-case': (random, own, depth) =>
        outcomes(random, poisson(random, 5), 0.05 + 0.08 * own.next() + 0.3 * depth, ['failed', 'passed'])
};

function outcomes(random: Random, count: number, rate: number, [bad, good]: [string, string]): WeekRow[] {
    let hits = 0;
    for (let one = 0; one < count; one++) if (random.chance(rate)) hits++;
    return [
        { value: '1', n: hits, attributes: { outcome: bad } },
        { value: '1', n: count - hits, attributes: { outcome: good } }
    ].filter(({ n }) => n > 0);
}

function tally(answers: readonly number[]): [number, number][] {
    const counts = new Map<number, number>();
    for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => a - b);
}

/** Knuth's way, for small means. */
export function poisson(random: Random, mean: number): number {
    const least = Math.exp(-mean);
    let product = random.next();
    let count = 0;
    for (; product > least; count++) product *= random.next();
    return count;
}

/** The logarithm of a log-normal number around 1. */
const normal = (random: Random): number => Math.log(random.around(1, 1));
