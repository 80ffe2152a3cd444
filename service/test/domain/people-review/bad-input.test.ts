// What is not as it should be gives a named problem or a correct result, never a wrong one. Files of definitions are tested in
// ../scorecards/definitions.test.ts (weights that do not sum to 1 and others), single cards in config/scorecards/*/cases.yaml.
import { describe, expect, test } from '@jest/globals';
import { formatDay, parseDay } from '../../../src/domain/calendar.ts';
import { Ratio } from '../../../src/domain/ratio.ts';
import type { PeopleReview } from '../../../src/domain/people-review/people-review.ts';
import { reviewPeople } from '../../../src/domain/people-review/review-people.ts';
import type { MetricResult, Scorecard } from '../../../src/domain/scorecards/types.ts';
import { ANNA, BEN, BOSS, deal, fact, meetings, person, reviewed, TODAY } from './world.ts';

const MID = parseDay('2026-10-16');
const OCTOBER = '2026-10';

const cardsOf = ({ cards }: PeopleReview, who: string, month = OCTOBER): Scorecard[] =>
    cards.filter((card) => card.person === who && card.month === month);
const metricOf = (card: Scorecard | undefined, id: string): MetricResult =>
    card!.metrics.find(({ metric }) => metric === id)!;
const codesOf = ({ problems }: PeopleReview): string[] => problems.map(({ code }) => code);

describe('facts', () => {
    test('from the future are refused by name and count nowhere', () => {
        const tomorrow = fact('complaint', ANNA, formatDay(TODAY + 1), 1);
        const review = reviewPeople(reviewed({ imported: [tomorrow] }));
        expect(codesOf(review)).toContain('FACT_IN_FUTURE');
        expect(review.cards).toEqual(reviewPeople(reviewed()).cards);
    });

    test('told twice count once', () => {
        const one = fact('complaint', ANNA, '2026-10-05', 1, { attributes: { outcome: 'upheld' } });
        const complaints = (imported: (typeof one)[]) => {
            const [card] = cardsOf(reviewPeople(reviewed({ imported })), ANNA);
            return metricOf(card, 'complaints').value;
        };
        expect(complaints([one, { ...one, extractedAt: one.extractedAt + 1 }])).toBe(complaints([one]));
        expect(complaints([one])).toBe(10_000);
    });

    test('of signals nobody has listed are refused by name', () => {
        const voice = fact('tone-of-voice', ANNA, '2026-10-05', 1);
        expect(codesOf(reviewPeople(reviewed({ imported: [voice] })))).toContain('SIGNAL_NOT_ALLOWED');
    });

    test('of people nobody knows are refused by name', () => {
        const stranger = fact('complaint', 'stranger', '2026-10-05', 1);
        expect(codesOf(reviewPeople(reviewed({ imported: [stranger] })))).toContain('PERSON_UNKNOWN');
    });
});

test('a survey with one answer says nothing yet', () => {
    const review = reviewPeople(
        reviewed({ imported: [fact('client-recommendation', ANNA, '2026-10-05', 10)] })
    );
    expect(metricOf(cardsOf(review, ANNA)[0], 'nps')).toMatchObject({
        status: 'tooFew',
        value: null,
        points: null,
        n: 1
    });
});

test('a metric without data lowers coverage and costs no points', () => {
    const [card] = cardsOf(reviewPeople(reviewed()), ANNA);
    expect(metricOf(card, 'csat')).toMatchObject({ status: 'noData', points: null, attainment: null });
    expect(card!.coverage.compare(Ratio.ONE)).toBe(-1);
    expect(card!.score).toBeNull();
    expect(card!.problems.map(({ code }) => code)).toContain('COVERAGE_TOO_LOW');
});

describe('a person with two roles in a month', () => {
    const joined = parseDay('2020-01-01');
    const anna = person(ANNA, 'adviser', BOSS, {
        roles: [
            { role: 'adviser', from: joined, to: MID },
            { role: 'operations', from: MID, to: null }
        ]
    });
    const people = [person(BOSS, 'manager', null), anna];
    const work = [...meetings(ANNA, ['2026-10-05', '2026-10-06', '2026-10-20'])];

    test('has a sheet for each, of the days in it', () => {
        const cards = cardsOf(reviewPeople(reviewed({ people, work })), ANNA);
        expect(cards.map(({ role, days, daysOfMonth }) => [role, days, daysOfMonth])).toEqual([
            ['adviser', 15, 31],
            ['operations', 16, 31]
        ]);
        expect(metricOf(cards[0], 'meetings-held').value).toBe(20_000);
    });

    test('both at once is a named problem', () => {
        const both = person(ANNA, 'adviser', BOSS, {
            roles: [
                { role: 'adviser', from: joined, to: TODAY },
                { role: 'operations', from: MID, to: null }
            ]
        });
        expect(codesOf(reviewPeople(reviewed({ people: [people[0]!, both] })))).toContain('ROLES_OVERLAP');
    });
});

describe('who moves to another manager in mid-month', () => {
    const joined = parseDay('2020-01-01');
    const anna = person(ANNA, 'adviser', BOSS, {
        managers: [
            { manager: BOSS, from: joined, to: MID },
            { manager: 'other', from: MID, to: null }
        ]
    });
    const people = [
        person(BOSS, 'manager', null),
        person('other', 'manager', null),
        anna,
        person(BEN, 'adviser', BOSS)
    ];
    const severe = (who: string, day: string) =>
        fact('compliance-event', who, day, 1, { attributes: { severity: 'material' } });
    const review = reviewPeople(
        reviewed({ people, imported: [severe(ANNA, '2026-10-05'), severe(ANNA, '2026-10-20')] })
    );

    test('keeps one sheet, which says how many days were under whom', () => {
        const [card, ...more] = cardsOf(review, ANNA);
        expect(more).toEqual([]);
        expect(card!.managers).toEqual([
            { manager: BOSS, days: 15 },
            { manager: 'other', days: 16 }
        ]);
    });

    test('counts in the team of the manager of the day', () => {
        const team = (manager: string): number | null =>
            metricOf(cardsOf(review, manager)[0], 'team-compliance-events').value;
        expect([team(BOSS), team('other')]).toEqual([10_000, 10_000]);
    });

    test('is in the week of the new manager only', () => {
        const heat = (manager: string) =>
            review.weeks.find((week) => week.manager === manager)!.heat.map(({ person: who }) => who);
        expect(heat('other')).toEqual([ANNA]);
        expect(heat(BOSS)).toEqual([BEN]);
    });
});

describe('who left', () => {
    const left = person(ANNA, 'adviser', BOSS, { left: MID - 1 });
    const people = [person(BOSS, 'manager', null), left, person(BEN, 'adviser', BOSS)];
    const review = reviewPeople(
        reviewed({
            people,
            work: meetings(ANNA, ['2026-10-05', '2026-10-20']),
            imported: [fact('complaint', ANNA, '2026-10-20', 1)],
            deals: [deal('d1')]
        })
    );

    test('is judged by the days they were there', () => {
        const [card] = cardsOf(review, ANNA);
        expect([card!.days, card!.daysOfMonth]).toEqual([15, 31]);
        expect(metricOf(card, 'meetings-held').value).toBe(10_000);
        expect(cardsOf(review, ANNA, '2026-11')).toEqual([]);
        expect(codesOf(review)).toContain('FACT_AFTER_LEAVING');
    });

    test('is in no week, no warning, no recommendation and no list of what to do next', () => {
        expect(review.weeks[0]!.heat.map(({ person: who }) => who)).toEqual([BEN]);
        expect(review.warnings).toEqual([]);
        expect(review.suggestions.filter(({ person: who }) => who === ANNA)).toEqual([]);
        expect(review.focus.filter(({ person: who }) => who === ANNA)).toEqual([]);
    });
});

describe('a manager', () => {
    test('without anybody who reports to them has a sheet that says so, and no week', () => {
        const review = reviewPeople(reviewed({ people: [person(BOSS, 'manager', null)] }));
        expect(review.weeks).toEqual([]);
        expect(cardsOf(review, BOSS)[0]!.problems.map(({ code }) => code)).toContain('MANAGER_WITHOUT_TEAM');
    });

    test('of one person has a sheet that shows nothing of that one person', () => {
        const people = [person(BOSS, 'manager', null), person(ANNA, 'adviser', BOSS)];
        const review = reviewPeople(
            reviewed({ people, imported: [fact('team-pulse', ANNA, '2026-10-05', 2)] })
        );
        const [card] = cardsOf(review, BOSS);
        expect(card!.problems.map(({ code }) => code)).toContain('TEAM_OF_ONE');
        expect(metricOf(card, 'team-engagement').value).toBeNull();
    });

    test('who is nobody of the org is left out of the weeks, and named', () => {
        const review = reviewPeople(reviewed({ people: [person(ANNA, 'adviser', 'nobody')] }));
        expect(review.weeks).toEqual([]);
        expect(codesOf(review)).toContain('MANAGER_UNKNOWN');
    });
});

test('nobody and nothing at all is an empty review', () => {
    const review = reviewPeople(reviewed({ people: [] }));
    expect(review).toMatchObject({
        cards: [],
        warnings: [],
        findings: [],
        weeks: [],
        suggestions: [],
        problems: []
    });
});
