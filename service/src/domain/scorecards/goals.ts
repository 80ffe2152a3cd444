// Goals: only SMART ones (specific metric, measurable baseline and target, a date, relevant to a parent goal), and progress that is worked
// out from the metric and never typed.
import { formatDay } from '../calendar.ts';
import { didYouMean } from '../incentives/nearest.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import { roundTo } from '../rounding.ts';
import type { Registry } from './registry.ts';
import type { Units } from './types.ts';
import { unitsRatio, unitsText } from './units.ts';

/** A goal as somebody wrote it; what is missing is null. */
export interface WrittenGoal {
    key: string;
    person: string;
    title: string;
    metric: string | null;
    baseline: Units | null;
    target: Units | null;
    start: DayNumber | null;
    due: DayNumber | null;
    /** key of another goal */
    parentGoal: string | null;
    /** name of a goal of the firm */
    parentName: string | null;
}

export interface GoalProgress {
    key: string;
    current: Units | null;
    /** 0 to 100 with one decimal; null where the metric has no value */
    progressPercent: number | null;
    status: 'open' | 'met' | 'missed';
}

const TENTH = Ratio.of(1n, 10n);

/** Everything that keeps a goal from being SMART. */
export function checkGoal(
    goal: WrittenGoal,
    registry: Registry,
    goals: ReadonlyMap<string, WrittenGoal>
): Problem[] {
    const problems: Problem[] = [];
    const report = (code: string, part: string, value: string, fix: string): void =>
        void problems.push({ code, where: `goal ${goal.key}, ${part}`, value, fix });
    const missing = (part: keyof WrittenGoal, fix: string): void => {
        if (goal[part] === null || goal[part] === '') report('GOAL_NOT_SMART', part, '', fix);
    };
    missing('title', 'Say what is to be reached.');
    missing('metric', 'Name the metric it is measured by.');
    missing('baseline', 'Write where the metric stands today.');
    missing('target', 'Write what the metric is to reach.');
    missing('start', 'Write the day it begins.');
    missing('due', 'Write the day by which.');
    if (!goal.parentGoal && !goal.parentName)
        report('GOAL_NOT_SMART', 'parent', '', 'Name the goal of the team or of the firm it serves.');
    checkMetric(goal, registry, report);
    if (goal.start !== null && goal.due !== null && goal.due <= goal.start)
        report('GOAL_DATES', 'due', formatDay(goal.due), `Write a day after ${formatDay(goal.start)}.`);
    checkParent(goal, goals, report);
    return problems;
}

type Report = (code: string, part: string, value: string, fix: string) => void;

function checkMetric(
    { metric, baseline, target, start }: WrittenGoal,
    registry: Registry,
    report: Report
): void {
    if (!metric) return;
    if (!registry.metricIds.includes(metric)) {
        const meant = didYouMean(metric, registry.metricIds);
        return report('METRIC_UNKNOWN', 'metric', metric, `${meant}Name a metric of the registry.`);
    }
    if (baseline === null || target === null) return;
    const value = `${unitsText(baseline)} to ${unitsText(target)}`;
    if (baseline === target)
        return report('GOAL_STANDS_STILL', 'target', value, 'Write a target that differs.');
    const direction = start === null ? undefined : registry.metricAt(metric, start)?.direction;
    if ((direction === 'up' && target < baseline) || (direction === 'down' && target > baseline))
        report('GOAL_BACKWARDS', 'target', value, `Write a target on the good side; ${direction} is better.`);
}

function checkParent(goal: WrittenGoal, goals: ReadonlyMap<string, WrittenGoal>, report: Report): void {
    const seen = new Set([goal.key]);
    for (let parent = goal.parentGoal; parent; parent = goals.get(parent)?.parentGoal ?? null) {
        if (!goals.has(parent))
            return report('GOAL_PARENT_UNKNOWN', 'parent', parent, 'Name a goal that exists.');
        if (seen.has(parent))
            return report(
                'GOAL_CIRCLE',
                'parent',
                parent,
                'Name a parent that does not serve this goal itself.'
            );
        seen.add(parent);
    }
}

/** (current - baseline) / (target - baseline), between 0 and 100: from 40 to 60, 45 is 25 %. */
export function progressOf(
    { key, baseline, target, due }: WrittenGoal & { baseline: Units; target: Units; due: DayNumber },
    current: Units | null,
    asOf: DayNumber
): GoalProgress {
    if (current === null)
        return { key, current, progressPercent: null, status: asOf > due ? 'missed' : 'open' };
    const done = unitsRatio(current - baseline).over(unitsRatio(target - baseline));
    const isMet = done.compare(Ratio.ONE) >= 0;
    const share = isMet ? Ratio.ONE : done.sign < 0 ? Ratio.ZERO : done;
    const tenths = roundTo(share.times(Ratio.of(100n)), TENTH, 'down').times(Ratio.of(10n));
    const status = isMet ? 'met' : asOf > due ? 'missed' : 'open';
    return { key, current, progressPercent: Number(tenths.numerator) / 10, status };
}
