// The main path: people, facts and definitions in, scorecards out. Pure: the day is given, nothing is read or written, and the same input
// in any order gives the same scorecards.
import type { DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import { admitFacts, deliveredThrough, type AdmittedFacts } from './admit-facts.ts';
import { buildCard } from './cards/build-card.ts';
import type { CardContext } from './cards/card-context.ts';
import { rankCards } from './cards/rank-cards.ts';
import type { Definitions } from './checks/check-definitions.ts';
import { columnsOf, type FactColumns } from './columns/fact-table.ts';
import { monthGrid, type Grid } from './columns/grid.ts';
import { Hurdles } from './columns/hurdles.ts';
import { MetricValues } from './columns/metric-values.ts';
import { RampCohorts, type RampLength } from './columns/ramp-cohorts.ts';
import { ScorePass } from './columns/score-pass.ts';
import { monthNumberOf, parseMonth } from './months.ts';
import { registryOf, type Registry } from './registry.ts';
import { rosterOf, type Roster } from './roster.ts';
import type { Fact, MonthKey, Person, Scorecard } from './types.ts';

export interface ScorecardInput {
    definitions: Definitions;
    people: readonly Person[];
    facts: readonly Fact[];
    asOf: DayNumber;
    /** months wanted, first and last; null is the month of `asOf` */
    months: { first: MonthKey; last: MonthKey } | null;
    /** by signal, last day its source has delivered, where it is known better than from the facts themselves */
    delivered?: ReadonlyMap<string, DayNumber>;
}

export interface ScorecardOutcome {
    /** by person, then month */
    cards: Scorecard[];
    ramp: RampLength;
    duplicates: number;
    rejected: AdmittedFacts['rejected'];
    problems: Problem[];
}

/** A year of series, each point of which may look back a year. */
const HISTORY_MONTHS = 24;

export function buildScorecards(input: ScorecardInput): ScorecardOutcome {
    const wanted = monthsWanted(input);
    const prepared = prepare(input, monthGrid(wanted.first - HISTORY_MONTHS, wanted.last));
    const { context, problems, admitted } = prepared;
    const { book, cohorts } = context;
    const cards: Scorecard[] = [];
    for (let person = 0; person < book.roster.people.length; person++) {
        book.loadPerson(person);
        for (let row = book.roster.firstRow[person]!; row < book.roster.firstRow[person + 1]!; row++)
            for (let period = HISTORY_MONTHS; period < book.grid.count; period++) {
                const card = buildCard(context, row, period);
                if (card) cards.push(card);
            }
    }
    const { kept, problems: clashes } = oneCardEach(cards);
    const people = new Map(input.people.map((person) => [person.id, person]));
    const ranked = rankCards(kept, people, (metric) =>
        book.registry.definitions.metrics.find(({ id }) => id === metric)
    );
    return {
        cards: ranked,
        ramp: cohorts.length,
        duplicates: admitted.duplicates,
        rejected: admitted.rejected,
        problems: [
            ...problems,
            ...book.problems(),
            ...templateProblems(book.roster, book.registry),
            ...clashes
        ]
    };
}

function monthsWanted({ months, asOf }: ScorecardInput): { first: number; last: number } {
    if (months === null) return { first: monthNumberOf(asOf), last: monthNumberOf(asOf) };
    const [first, last] = [parseMonth(months.first), parseMonth(months.last)];
    if (first === null || last === null || last < first)
        throw new RangeError(`months ${months.first} to ${months.last} are no span of months`);
    return { first, last };
}

export interface Prepared {
    context: CardContext;
    admitted: AdmittedFacts;
    problems: Problem[];
}

/** Everything worked out for a grid of periods; scorecards and series are read from it. */
export function prepare(
    { definitions, people, facts, asOf, delivered }: ScorecardInput,
    grid: Grid
): Prepared {
    const registry = registryOf(definitions);
    const { roster, problems } = rosterOf(people.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    const byId = new Map(people.map((person) => [person.id, person]));
    const admitted = admitFacts(facts, registry.signals, byId, asOf);
    const ids = definitions.signals.map(({ id }) => id);
    const tags: Record<string, string>[] = [{}];
    const columns: FactColumns = columnsOf(admitted.facts, roster.indexOf, { signals: ids, tags });
    const known = deliveredThrough(admitted.facts, definitions.signals, asOf);
    const book = new MetricValues({
        registry,
        roster,
        grid,
        facts: columns,
        dictionaries: { signals: ids, tags },
        deliveredThrough: Int32Array.from(ids, (id) => Math.max(-1e9, delivered?.get(id) ?? known.get(id)!)),
        asOf
    });
    const ramp = registry.templateOf('new-joiner')?.ramp ?? null;
    const cohorts = new RampCohorts(book, ramp);
    const hurdles = new Hurdles(book, cohorts);
    const scores = new ScorePass(book, cohorts, hurdles);
    const factsOf = Map.groupBy(admitted.facts, ({ person }) => person);
    return { context: { book, cohorts, hurdles, scores, asOf, factsOf }, admitted, problems };
}

function templateProblems({ rowRole }: Roster, registry: Registry): Problem[] {
    return [...new Set(rowRole)]
        .filter((role) => !registry.templateOf(role))
        .map((value) => ({
            code: 'TEMPLATE_MISSING',
            where: `role ${value}`,
            value,
            fix: 'Write a template for the role; until then its people have no scorecard.'
        }));
}

/** Who changes roles within the ramp would have two cards of the same role in one month: the later one is kept, and it is told. */
function oneCardEach(cards: readonly Scorecard[]): { kept: Scorecard[]; problems: Problem[] } {
    const byKey = Map.groupBy(cards, ({ person, month, role }) => `${person}:${month}:${role}`);
    const problems: Problem[] = [];
    const kept = [...byKey].map(([key, same]) => {
        if (same.length > 1)
            problems.push({
                code: 'ROLE_CHANGED_IN_RAMP',
                where: `scorecard ${key}`,
                value: same.map(({ days }) => `${days} days`).join(', '),
                fix: 'Only the days in the later role are scored; let the change begin with a month.'
            });
        return same.reduce((last, card) => (card.to >= last.to ? card : last));
    });
    return { kept, problems };
}

/** Of a person with two roles in a month: their scores by days, e.g. 80 for 10 days and 50 for 20 days is 60. Null when one is missing. */
export function scoreByDays(cards: readonly Pick<Scorecard, 'score' | 'days'>[]): number | null {
    const days = cards.reduce((sum, card) => sum + card.days, 0);
    if (days === 0 || cards.some(({ score }) => score === null)) return null;
    const tenths = cards.reduce((sum, { score, days: own }) => sum + Math.round(score! * 10) * own, 0);
    return Math.round(tenths / days) / 10;
}
