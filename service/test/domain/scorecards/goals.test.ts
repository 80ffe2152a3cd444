import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../../src/domain/calendar.ts';
import { checkGoal, progressOf, type WrittenGoal } from '../../../src/domain/scorecards/goals.ts';
import { registryOf } from '../../../src/domain/scorecards/registry.ts';
import { firm } from './firm.ts';

const REGISTRY = registryOf(firm());
const GOAL = {
    key: 'g1',
    person: 'anna',
    title: 'More clients who recommend us',
    metric: 'nps',
    baseline: 200_000,
    target: 400_000,
    start: parseDay('2026-07-01'),
    due: parseDay('2026-12-31'),
    parentGoal: null,
    parentName: 'Clients first'
} satisfies WrittenGoal;

function problemsOf(change: Partial<WrittenGoal>, others: WrittenGoal[] = []): string[] {
    const goal = { ...GOAL, ...change };
    const all = new Map([goal, ...others].map((one) => [one.key, one]));
    return checkGoal(goal, REGISTRY, all).map(({ code, where }) => `${code} ${where}`);
}

describe('a goal', () => {
    test('is accepted with metric, baseline, target, date and parent', () => {
        expect(problemsOf({})).toEqual([]);
    });

    test('is told everything it lacks at once', () => {
        const nothing = {
            title: '',
            metric: null,
            baseline: null,
            target: null,
            start: null,
            due: null,
            parentName: null
        };
        expect(problemsOf(nothing)).toEqual(
            ['title', 'metric', 'baseline', 'target', 'start', 'due', 'parent'].map(
                (part) => `GOAL_NOT_SMART goal g1, ${part}`
            )
        );
    });

    test('goes the good way, to another value, by a later day, of a metric that exists', () => {
        expect(problemsOf({ target: 100_000 })).toEqual(['GOAL_BACKWARDS goal g1, target']);
        expect(problemsOf({ metric: 'complaints', target: 400_000 })).toEqual([
            'GOAL_BACKWARDS goal g1, target'
        ]);
        expect(problemsOf({ target: 200_000 })).toEqual(['GOAL_STANDS_STILL goal g1, target']);
        expect(problemsOf({ due: GOAL.start })).toEqual(['GOAL_DATES goal g1, due']);
        expect(problemsOf({ metric: 'npz' })).toEqual(['METRIC_UNKNOWN goal g1, metric']);
    });

    test('serves another goal that exists, and never itself', () => {
        expect(problemsOf({ parentGoal: 'gone' })).toEqual(['GOAL_PARENT_UNKNOWN goal g1, parent']);
        expect(problemsOf({ parentGoal: 'g2' }, [{ ...GOAL, key: 'g2', parentGoal: 'g1' }])).toEqual([
            'GOAL_CIRCLE goal g1, parent'
        ]);
        expect(problemsOf({ parentGoal: 'g2' }, [{ ...GOAL, key: 'g2' }])).toEqual([]);
    });

    test('makes progress by its metric alone', () => {
        const at = (current: number | null, day: string) => {
            const { progressPercent, status } = progressOf(GOAL, current, parseDay(day));
            return [progressPercent, status];
        };
        expect(at(250_000, '2026-10-01')).toEqual([25, 'open']);
        expect(at(150_000, '2026-10-01')).toEqual([0, 'open']);
        expect(at(399_999, '2027-01-01')).toEqual([99.9, 'missed']);
        expect(at(500_000, '2026-10-01')).toEqual([100, 'met']);
        expect(at(null, '2026-10-01')).toEqual([null, 'open']);
    });
});
