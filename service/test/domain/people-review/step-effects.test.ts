import { describe, expect, test } from '@jest/globals';
import { formatDay, parseDay } from '../../../src/domain/calendar.ts';
import { reviewPeople } from '../../../src/domain/people-review/review-people.ts';
import type { Fact } from '../../../src/domain/scorecards/types.ts';
import type { PastIntervention } from '../../../src/domain/scorecards/week/types.ts';
import { ANNA, BOSS, fact, meetings, reviewed, TODAY } from './world.ts';

const DONE: PastIntervention = {
    key: `${BOSS}:2026-08-17:${ANNA}`,
    manager: BOSS,
    person: ANNA,
    metric: 'csat',
    stepKey: 'listen-to-clients',
    gap: 'Skill',
    week: parseDay('2026-08-17'),
    status: 'Done',
    rank: 1,
    closedOn: parseDay('2026-08-20')
};

/** Twelve answers a week; the score of the week varies by a little. */
function answers(from: number, weeks: number, score: number): Fact[] {
    return Array.from({ length: weeks * 12 }, (_, index) => {
        const day = formatDay(from + 7 * Math.floor(index / 12) + (index % 5));
        const wobble = ((Math.floor(index / 12) % 3) - 1) / 20;
        return fact('client-satisfaction', ANNA, day, score + wobble, { sourceId: `answer ${day} ${index}` });
    });
}
const MONDAY = parseDay('2026-06-01');
const BETTER = [...answers(MONDAY, 12, 3.4), ...answers(MONDAY + 84, 12, 4.4)];

const effectOf = (more: Partial<PastIntervention>, imported: Fact[] = [], work = meetings(ANNA, [])) => {
    const done = { ...DONE, ...more };
    return reviewPeople(reviewed({ past: [done], imported, work })).effects.get(done.key);
};

describe('a step that was done', () => {
    test('is followed up in the weeks after it, against the weeks before', () => {
        expect(effectOf({}, BETTER)).toMatchObject({
            verdict: 'Better',
            change: expect.closeTo(1, 1),
            weeksBefore: 8,
            weeksAfter: 8,
            words: expect.stringMatching(/^Better since: 3\.39 before, 4\.41 after/)
        });
    });

    test('says that it is too early while the weeks are few', () => {
        expect(effectOf({ closedOn: TODAY - 7 }, BETTER)).toMatchObject({
            verdict: 'TooEarly',
            change: null,
            words: 'Too early to say: 0 of at least 4 weeks since 2026-11-14.'
        });
    });

    test('tells months beside each other, without a verdict, where nothing is measured by week', () => {
        const work = [
            ...meetings(ANNA, ['2026-07-01', '2026-07-02']),
            ...meetings(ANNA, ['2026-10-01', '2026-10-02', '2026-10-05']),
            ...meetings(ANNA, new Array<string>(9).fill('2026-11-03'))
        ];
        expect(effectOf({ metric: 'meetings-held' }, [], work)).toMatchObject({
            verdict: 'NotTested',
            change: 1,
            words: 'Meetings held: 2 in 2026-07 before, 3 in 2026-10 after. Too few months to tell a change from luck.'
        });
        expect(effectOf({ metric: 'meetings-held', closedOn: TODAY - 25 }, [], work)).toMatchObject({
            verdict: 'TooEarly',
            words: 'Too early to say: no whole month since 2026-10-27.'
        });
    });

    test('has no effect of what is known of nobody', () => {
        expect(effectOf({ metric: 'no-such-metric' })).toMatchObject({ verdict: 'TooEarly', change: null });
        expect(effectOf({ person: 'gone' })).toBeUndefined();
        expect(effectOf({ status: 'Accepted', closedOn: null })).toBeUndefined();
    });
});
