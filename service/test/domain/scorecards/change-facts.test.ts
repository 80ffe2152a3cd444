import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { prepare, type ScorecardInput } from '../../../src/domain/scorecards/build-scorecards.ts';
import { changeFacts } from '../../../src/domain/scorecards/columns/change-facts.ts';
import { columnsOf } from '../../../src/domain/scorecards/columns/fact-table.ts';
import { monthGrid } from '../../../src/domain/scorecards/columns/grid.ts';
import { monthNumberOf } from '../../../src/domain/scorecards/months.ts';
import type { Fact, Person } from '../../../src/domain/scorecards/types.ts';
import { firm } from './firm.ts';
import { AS_OF, facts, people } from './random-firm.ts';

const GRID = monthGrid(monthNumberOf(AS_OF) - 14, monthNumberOf(AS_OF) - 1);
const DELIVERED = new Map(firm().signals.map(({ id }) => [id, AS_OF]));
const SIGNALS = firm().signals.map(({ id }) => id);

function input(who: Person[], what: Fact[]): ScorecardInput {
    return { definitions: firm(), people: who, facts: what, asOf: AS_OF, months: null, delivered: DELIVERED };
}

/** Every combination of attributes is known from the first pass on: who keeps columns keeps what their numbers stand for. */
function tagsOf(facts: readonly Fact[]): Record<string, string>[] {
    const tags: Record<string, string>[] = [{}];
    columnsOf(facts, new Map(), { signals: SIGNALS, tags });
    return tags;
}

test('changed facts of some people come to what a full pass comes to', () => {
    fc.assert(
        fc.property(people, facts(150), facts(20), (who, before, added) => {
            const first = prepare(input(who, before), GRID);
            const tags = tagsOf(first.admitted.facts);
            const isKnown = (fact: Fact): boolean =>
                tags.some((tag) => JSON.stringify(tag) === JSON.stringify(fact.attributes));
            // What comes in replaces all that one person had, and is added to what others had.
            const replaced = added[0]!.person;
            const extra = added.filter(isKnown).map((fact) => ({ ...fact, source: 'other' }));
            const after = [...before.filter(({ person }) => person !== replaced), ...extra];
            const full = prepare(input(who, after), GRID);
            const { book, scores, cohorts } = first.context;
            fc.pre(cohorts.length.months === full.context.cohorts.length.months);
            for (const id of new Set([replaced, ...extra.map(({ person }) => person)])) {
                const own = full.admitted.facts.filter(({ person }) => person === id);
                const columns = columnsOf(own, book.roster.indexOf, { signals: SIGNALS, tags: [...tags] });
                changeFacts(first.context, book.roster.indexOf.get(id)!, columns);
            }
            expect(book.values).toEqual(full.context.book.values);
            expect(book.counts).toEqual(full.context.book.counts);
            expect(scores.scores).toEqual(full.context.scores.scores);
        }),
        { numRuns: 25 }
    );
});
