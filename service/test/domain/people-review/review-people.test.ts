import { describe, expect, test } from '@jest/globals';
import { formatDay, parseDay } from '../../../src/domain/calendar.ts';
import { reviewPeople } from '../../../src/domain/people-review/review-people.ts';
import { roleOf } from '../../../src/domain/people-review/role-rules.ts';
import type { WorkFact } from '../../../src/domain/people-review/people-facts.ts';
import type { Fact } from '../../../src/domain/scorecards/types.ts';
import { ANNA, BEN, BOSS, deal, fact, reviewed, soundTeam, TODAY } from './world.ts';

const FIRST_MONDAY = parseDay('2025-12-01');
const WEEKS = 50;

/** Satisfaction by week: steady, and from September on far lower. */
function satisfaction(who: string, isFalling: boolean): Fact[] {
    return Array.from({ length: WEEKS * 8 }, (_, index) => {
        const monday = FIRST_MONDAY + 7 * Math.floor(index / 8);
        const day = formatDay(monday + (index % 5));
        const usual = 4.5 + ((index % 3) - 1) / 10;
        const score = isFalling && monday >= parseDay('2026-09-07') ? usual - 1 : usual;
        return fact('client-satisfaction', who, day, score, {
            sourceId: `${who} ${index}`,
            subject: index % 2 === 0 ? `001${who}${index}` : null
        });
    });
}

/** Two to six calls a day at work; from the day on only on Mondays. */
function calls(who: string, stopsOn: number): WorkFact[] {
    return Array.from({ length: WEEKS * 5 }, (_, index) => {
        const on = FIRST_MONDAY + 7 * Math.floor(index / 5) + (index % 5);
        const count =
            on >= stopsOn && index % 5 !== 0 ? 0 : 2 + ((Math.imul(index + 1, 2_654_435_761) >>> 8) % 5);
        return Array.from({ length: count }, (_one, at): WorkFact => ({
            id: `00T${who}${index}${at}`,
            ownerId: who,
            on,
            kind: 'call'
        }));
    }).flat();
}

describe('a falling course', () => {
    const sound = soundTeam();
    const review = reviewPeople(
        reviewed({
            ...sound,
            imported: [...satisfaction(ANNA, true), ...satisfaction(BEN, false)],
            deals: [...sound.deals, deal('d1', { amountMinor: 1_000_000_00 })]
        })
    );

    test('is told of that person alone, with the weeks and the records it rests on', () => {
        expect(review.warnings).toMatchObject([
            { person: ANNA, manager: BOSS, metric: 'csat', kind: 'Warning' }
        ]);
        const { evidence, since } = review.warnings[0]!;
        expect(evidence[0]!.label).toMatch(/^Week of 2026-11-\d\d: 3\.\d+ \(8\)$/);
        const answers = evidence.filter(({ label }) => label.startsWith('How satisfied are you'));
        expect(answers).toHaveLength(30);
        expect(answers[0]!.id + answers[1]!.id).toMatch(/^001anna\d+$/);
        expect(answers.find(({ id }) => id === '')!.label).toMatch(/\(survey\)$/);
        expect(
            answers.every(({ label }) => label >= `How satisfied are you (1 to 5), ${formatDay(since)}`)
        ).toBe(true);
    });

    test('puts the person on the shortlist of their manager, with a step and its reason first in the team', () => {
        const [week] = review.weeks;
        expect(week).toMatchObject({ manager: BOSS, shortlistCount: 1, alertCount: 1 });
        expect(week!.verdict).toBe('One person needs you this week.');
        expect(week!.heat[0]).toMatchObject({ person: ANNA, reason: expect.stringMatching(/satisfaction/i) });
        expect(review.suggestions).toMatchObject([
            { manager: BOSS, person: ANNA, rank: 1, gap: expect.stringMatching(/^(Skill|Unclear)$/) }
        ]);
        expect(review.suggestions[0]!.evidence.length).toBeGreaterThan(0);
    });

    test('that ends is told as over', () => {
        const [{ key, person, metric, since, raisedOn }] = review.warnings as [
            (typeof review.warnings)[number]
        ];
        const earlier = [{ key, person, metric, since, raisedOn, clearedOn: null }];
        const steady = reviewPeople(reviewed({ imported: satisfaction(ANNA, false), earlier }));
        expect(steady.warnings).toEqual([]);
        expect(steady.cleared).toEqual([key]);
    });
});

test('work that stops being recorded is a question to the manager, in no shortlist, no verdict and no score', () => {
    const sound = soundTeam();
    const work = [...sound.work, ...calls(ANNA, TODAY - 45), ...calls(BEN, TODAY + 1)];
    const review = reviewPeople(reviewed({ ...sound, work }));
    expect(review.warnings).toMatchObject([{ person: ANNA, manager: BOSS, kind: 'CheckIn' }]);
    expect(review.warnings[0]!.words).toMatch(/There may be good reasons/);
    expect(review.suggestions).toEqual([]);
    expect(review.weeks[0]).toMatchObject({ shortlistCount: 0, verdict: 'Nobody needs you this week.' });
    const anna = review.weeks[0]!.heat.find(({ person }) => person === ANNA)!;
    expect(anna.reason).toBe('');
    const without = reviewPeople(reviewed(sound));
    const scoreOf = ({ cards }: typeof review) => cards.map(({ person, score }) => [person, score]);
    expect(scoreOf(review)).toEqual(scoreOf(without));
});

test('what is held about somebody is told with source, count, purpose and how long', () => {
    const { held } = reviewPeople(
        reviewed({ imported: satisfaction(ANNA, false).slice(0, 10), deals: [deal('d1')] })
    );
    expect(held.find(({ signal }) => signal.id === 'client-satisfaction')).toMatchObject({
        person: ANNA,
        source: 'survey',
        count: 10
    });
    expect(held.filter(({ person }) => person === BEN)).toEqual([]);
    expect(held.map(({ signal }) => signal.id)).toContain('opportunity-added');
});

test('the same facts in another order give the same review', () => {
    const imported = satisfaction(ANNA, true);
    const deals = [deal('d1'), deal('d2', { ownerId: BEN })];
    const people = reviewed().people;
    const told = reviewPeople(reviewed({ imported, deals }));
    const turned = reviewPeople(
        reviewed({
            imported: imported.toReversed(),
            deals: deals.toReversed(),
            people: people.toReversed()
        })
    );
    expect(turned.weeks).toEqual(told.weeks);
    expect(turned.suggestions).toEqual(told.suggestions);
    expect(turned.warnings).toEqual(told.warnings);
    expect(new Map(turned.focus.map((one) => [one.person, one]))).toEqual(
        new Map(told.focus.map((one) => [one.person, one]))
    );
});

test('a title says which sheet somebody has; the first rule that fits counts', () => {
    const rules = [
        { words: ['team lead'], role: 'manager' as const },
        { words: ['adviser', 'advisor'], role: 'adviser' as const }
    ];
    expect(roleOf('Team Lead, Advisers North', rules)).toBe('manager');
    expect(roleOf('Wealth Adviser', rules)).toBe('adviser');
    expect(roleOf('Head of Facilities', rules)).toBeNull();
});
