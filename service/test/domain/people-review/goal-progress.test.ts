import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../../src/domain/calendar.ts';
import { reviewPeople } from '../../../src/domain/people-review/review-people.ts';
import type { WrittenGoal } from '../../../src/domain/scorecards/goals.ts';
import { ANNA, meetings, reviewed } from './world.ts';

const GOAL: WrittenGoal = {
    key: 'a0G1',
    person: ANNA,
    title: 'Meet clients more often',
    metric: 'meetings-held',
    baseline: 20_000,
    target: 60_000,
    start: parseDay('2026-08-01'),
    due: parseDay('2026-12-31'),
    parentGoal: null,
    parentName: 'Clients first'
};
/** 1 in July, 4 in September, 5 in October, 9 in the month that runs. */
const WORK = [
    ...meetings(ANNA, ['2026-07-02']),
    ...meetings(ANNA, ['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04']),
    ...meetings(ANNA, ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07']),
    ...meetings(ANNA, new Array<string>(9).fill('2026-11-03'))
];

function told(change: Partial<WrittenGoal>, others: WrittenGoal[] = []) {
    const review = reviewPeople(reviewed({ work: WORK, goals: [{ ...GOAL, ...change }, ...others] }));
    const { goals, problems } = review;
    return {
        goal: goals.find(({ key }) => key === GOAL.key),
        problems: problems.map(({ code }) => code).filter((code) => /^(GOAL|METRIC)/.test(code))
    };
}

describe('a goal that is open', () => {
    test('is as far as its metric was in the last month that is over', () => {
        expect(told({})).toEqual({
            goal: {
                key: 'a0G1',
                current: 50_000,
                progressPercent: 75,
                status: 'open',
                due: GOAL.due
            },
            problems: []
        });
    });

    test('is not met by a month that still runs, neither up nor down', () => {
        expect(told({ target: 90_000 }).goal).toMatchObject({ current: 50_000, status: 'open' });
        const fewer = { metric: 'complaints', baseline: 40_000, target: 0, start: parseDay('2026-11-01') };
        expect(told(fewer).goal).toMatchObject({ current: null, progressPercent: null, status: 'open' });
    });

    test('is met by a month that reaches it', () => {
        expect(told({ target: 50_000 }).goal).toMatchObject({ progressPercent: 100, status: 'met' });
    });

    test('is missed once the month it is due in is over, by what was so then', () => {
        const due = parseDay('2026-09-20');
        expect(told({ due }).goal).toMatchObject({ current: 40_000, progressPercent: 50, status: 'missed' });
    });

    test('waits for the end of the month it is due in', () => {
        expect(told({ due: parseDay('2026-11-10') }).goal).toMatchObject({ status: 'open' });
    });

    test('does not count what was so before it began', () => {
        expect(told({ start: parseDay('2026-10-31') }).goal).toMatchObject({ current: null });
    });

    test('has no progress by a metric that is on no sheet of the person, and that is told', () => {
        expect(told({ metric: 'one-to-ones-on-time' })).toMatchObject({
            goal: { current: null, progressPercent: null },
            problems: ['GOAL_METRIC_NOT_ON_SHEET']
        });
        expect(told({ metric: 'meetings-hold' })).toEqual({ goal: undefined, problems: ['METRIC_UNKNOWN'] });
    });

    test('serves a goal that is over without complaint, and one in a circle with one', () => {
        expect(told({ parentGoal: 'a0G9', parentName: null }).problems).toEqual([]);
        const other = { ...GOAL, key: 'a0G2', parentGoal: 'a0G1' };
        expect(told({ parentGoal: 'a0G2' }, [other])).toEqual({
            goal: undefined,
            problems: ['GOAL_CIRCLE', 'GOAL_CIRCLE']
        });
    });
});
