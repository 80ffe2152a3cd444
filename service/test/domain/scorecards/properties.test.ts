import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
    buildScorecards,
    prepare,
    type ScorecardInput
} from '../../../src/domain/scorecards/build-scorecards.ts';
import { monthGrid } from '../../../src/domain/scorecards/columns/grid.ts';
import { tenthsOf } from '../../../src/domain/scorecards/columns/score-pass.ts';
import { Ratio } from '../../../src/domain/ratio.ts';
import { monthNumberOf } from '../../../src/domain/scorecards/months.ts';
import type { Fact, Person } from '../../../src/domain/scorecards/types.ts';
import { firm } from './firm.ts';
import { AS_OF, facts, people } from './random-firm.ts';
import { referenceValue } from './reference.ts';

const RUNS = { numRuns: 25 };
const DELIVERED = new Map(firm().signals.map(({ id }) => [id, AS_OF]));

function input(who: readonly Person[], what: readonly Fact[]): ScorecardInput {
    const months = { first: '2026-09', last: '2026-10' };
    return { definitions: firm(), people: who, facts: what, asOf: AS_OF, months, delivered: DELIVERED };
}

describe('scorecards of any firm', () => {
    test('the order of facts and people does not matter', () => {
        const shuffled = facts(120).chain((what) =>
            fc.tuple(fc.constant(what), fc.shuffledSubarray(what, { minLength: what.length }))
        );
        fc.assert(
            fc.property(people, shuffled, (who, [what, again]) => {
                const once = buildScorecards(input(who, what));
                const other = buildScorecards(input(who.toReversed(), again));
                expect(other.cards).toEqual(once.cards);
                // What is refused is told in the order it came in, so that it can be found in the file.
                expect(new Set(other.rejected)).toEqual(new Set(once.rejected));
            }),
            RUNS
        );
    });

    test('a fact told twice is told once', () => {
        fc.assert(
            fc.property(people, facts(120), (who, what) => {
                const once = buildScorecards(input(who, what));
                const twice = buildScorecards(input(who, [...what, ...what]));
                expect(twice.cards).toEqual(once.cards);
                expect(twice.duplicates).toBe(what.length - once.rejected.length);
            }),
            RUNS
        );
    });

    test('scores lie between 0 and 100, coverage between nothing and all', () => {
        fc.assert(
            fc.property(people, facts(200), (who, what) => {
                for (const card of buildScorecards(input(who, what)).cards) {
                    expect(card.coverage.sign).toBeGreaterThanOrEqual(0);
                    expect(card.coverage.compare(Ratio.ONE)).toBeLessThanOrEqual(0);
                    if (card.score === null) continue;
                    expect(card.score).toBeGreaterThanOrEqual(0);
                    expect(card.score).toBeLessThanOrEqual(100);
                }
            }),
            RUNS
        );
    });

    test('the fast way and the exact way tell the same score of every row and month', () => {
        fc.assert(
            fc.property(people, facts(300), (who, what) => {
                const { book, scores } = prepare(input(who, what), GRID).context;
                for (let row = 0; row < book.roster.rowRole.length; row++)
                    for (let period = 0; period < GRID.count; period++) {
                        const cell = row * GRID.count + period;
                        if (book.rowDays.days[cell] === 0) continue;
                        const exact = tenthsOf(scores.exactly(row, period)?.score ?? null);
                        expect(scores.scores[cell]).toBe(exact ?? NaN);
                    }
            }),
            RUNS
        );
    });

    test('every value is what going through all facts one by one comes to', () => {
        fc.assert(
            fc.property(people, facts(300), (who, what) => {
                const { context, admitted } = prepare(input(who, what), GRID);
                const { book } = context;
                for (let row = 0; row < book.roster.rowRole.length; row++)
                    for (let period = 12; period < GRID.count; period++)
                        book.registry.metricIds.forEach((_, metric) => {
                            const cell = row * GRID.count + period;
                            const place = { row, period, definition: book.versionAt(metric, period)! };
                            const wanted = referenceValue(book, admitted.facts, AS_OF, place);
                            const value = book.values[metric]![cell]!;
                            expect({ ...place, value, n: book.counts[metric]![cell] }).toEqual({
                                ...place,
                                ...wanted
                            });
                        });
            }),
            { numRuns: 8 }
        );
    });

    test('without the facts of a signal coverage is not more, and what is left is scored as before', () => {
        fc.assert(
            fc.property(people, facts(200), fc.constantFrom(...firm().signals), (who, what, { id }) => {
                const none = new Map(
                    [...DELIVERED].map(([signal, day]) => [signal, signal === id ? -1e6 : day])
                );
                const full = buildScorecards({ ...input(who, what), delivered: none });
                const less = buildScorecards({
                    ...input(
                        who,
                        what.filter(({ signal }) => signal !== id)
                    ),
                    delivered: none
                });
                less.cards.forEach((card, index) => {
                    const before = full.cards[index]!;
                    expect(card.coverage.compare(before.coverage)).toBeLessThanOrEqual(0);
                    if (card.isRamping) return;
                    for (const result of card.metrics) {
                        if (result.attainment === null) continue;
                        const was = before.metrics.find(({ metric }) => metric === result.metric)!;
                        const touched = was.working.join() !== result.working.join();
                        if (!touched) expect(result.points).toEqual(was.points);
                    }
                });
            }),
            RUNS
        );
    });
});

const GRID = monthGrid(monthNumberOf(AS_OF) - 14, monthNumberOf(AS_OF) - 1);
