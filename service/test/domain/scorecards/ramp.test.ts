import { describe, expect, test } from '@jest/globals';
import { MS_PER_DAY, parseDay } from '../../../src/domain/calendar.ts';
import { buildScorecards } from '../../../src/domain/scorecards/build-scorecards.ts';
import { firstDayOf, monthNumberOf, tenureMonth } from '../../../src/domain/scorecards/months.ts';
import type { Fact, Person } from '../../../src/domain/scorecards/types.ts';
import { firm } from './firm.ts';

const AS_OF = parseDay('2026-11-01');
const FIRST = monthNumberOf(parseDay('2025-01-01'));
const LAST = monthNumberOf(parseDay('2026-10-01'));

function adviser(id: string, joined: string): Person {
    const from = parseDay(joined);
    return {
        id,
        joined: from,
        left: null,
        unit: null,
        roles: [{ role: 'adviser', from, to: null }],
        managers: []
    };
}

const TENURED = Array.from({ length: 8 }, (_, index) => adviser(`old ${index}`, '2015-01-01'));
const JOINERS = Array.from({ length: 6 }, (_, index) => adviser(`new ${index}`, '2025-07-01'));

/** Every month a quota of 100,000, and what `percentOf` says of it won. */
function facts(people: Person[], percentOf: (person: Person, month: number) => number): Fact[] {
    return people.flatMap((person) =>
        Array.from({ length: LAST - FIRST + 1 }, (_, index) => FIRST + index)
            .filter((month) => firstDayOf(month) >= person.joined)
            .flatMap((month) => [
                fact('quota', person, month, 100_000, {}),
                fact('opportunity-closed', person, month, 1000 * percentOf(person, month), { outcome: 'won' })
            ])
    );
}

function fact(
    signal: string,
    { id }: Person,
    month: number,
    amount: number,
    attributes: Record<string, string>
): Fact {
    const sourceId = `${signal} ${id} ${month}`;
    const extractedAt = AS_OF * MS_PER_DAY;
    return {
        signal,
        person: id,
        day: firstDayOf(month) + 9,
        value: amount * 10_000,
        n: 1,
        source: 'crm',
        sourceId,
        extractedAt,
        subject: null,
        attributes
    };
}

function told(reachedInMonth: number) {
    const people = [...TENURED, ...JOINERS];
    const what = facts(people, ({ id, joined }, month) => {
        if (id.startsWith('old')) return 100;
        return tenureMonth(joined, month) >= reachedInMonth ? 90 : 30;
    });
    const months = { first: '2026-10', last: '2026-10' };
    return buildScorecards({ definitions: firm(), people, facts: what, asOf: AS_OF, months });
}

describe('the ramp of the firm', () => {
    test('ends in the month in which the middle of earlier joiners reached nine tenths of what others do', () => {
        expect(told(14).ramp).toEqual({ months: 14, basis: 'learnt' });
    });

    test('is never shorter than twelve months, and eighteen where nobody got there', () => {
        expect(told(3).ramp).toEqual({ months: 12, basis: 'learnt' });
        expect(told(99).ramp).toEqual({ months: 18, basis: 'longest' });
    });

    test('keeps people apart until it ends: judged with their own tenure, without a rank', () => {
        const inRamp = told(99).cards.find(({ person }) => person === 'new 0')!;
        expect(inRamp).toMatchObject({ role: 'new-joiner', rampMonth: 16, percentile: null });
        const revenue = inRamp.metrics.find(({ metric }) => metric === 'revenue-vs-quota')!;
        expect(revenue).toMatchObject({ target: 300_000, percentile: null });
        const after = told(14).cards.find(({ person }) => person === 'new 0')!;
        expect(after).toMatchObject({ role: 'adviser', isRamping: false });
        expect(after.metrics.find(({ metric }) => metric === 'revenue-vs-quota')).toMatchObject({
            target: 1_000_000,
            peers: 13
        });
    });
});
