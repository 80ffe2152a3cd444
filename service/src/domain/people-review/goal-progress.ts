// How far open goals are: the metric of a goal as the person's own sheets have it, of the last month that is over, up to the month
// the goal is due in. A month that still runs says too little (no complaint on the first day is no goal reached).
// Nothing is typed and nothing is guessed: a metric that is on none of the person's sheets has no progress, and that is told.
import type { DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import { checkGoal, progressOf, type GoalProgress, type WrittenGoal } from '../scorecards/goals.ts';
import { firstDayOf, monthNumberOf } from '../scorecards/months.ts';
import { registryOf } from '../scorecards/registry.ts';
import type { Definitions } from '../scorecards/checks/check-definitions.ts';
import type { Scorecard, Units } from '../scorecards/types.ts';
import { UNITS_PER_ONE } from '../scorecards/units.ts';

export function goalProgress(
    goals: readonly WrittenGoal[],
    cards: readonly Scorecard[],
    definitions: Definitions,
    asOf: DayNumber
): { progress: (GoalProgress & { due: DayNumber })[]; problems: Problem[] } {
    const registry = registryOf(definitions);
    const byKey = new Map(goals.map((goal) => [goal.key, goal]));
    const cardsOf = Map.groupBy(cards, ({ person }) => person);
    const progress: (GoalProgress & { due: DayNumber })[] = [];
    const problems: Problem[] = [];
    for (const goal of goals) {
        // A goal it serves may be over, and then is not among those read.
        const found = checkGoal(goal, registry, byKey).filter(({ code }) => code !== 'GOAL_PARENT_UNKNOWN');
        problems.push(...found);
        if (found.length > 0 || !isWhole(goal)) continue;
        const own = cardsOf.get(goal.person) ?? [];
        if (!own.some(({ metrics }) => metrics.some(({ metric }) => metric === goal.metric)))
            problems.push({
                code: 'GOAL_METRIC_NOT_ON_SHEET',
                where: `goal ${goal.key}, metric`,
                value: goal.metric,
                fix: 'Goals by metrics that are not on the sheet of the person have no progress: choose one that is.'
            });
        const until = { ...goal, due: endOfMonth(goal.due) };
        progress.push({ ...progressOf(until, currentOf(until, own, asOf), asOf), due: goal.due });
    }
    return { progress, problems };
}

type WholeGoal = WrittenGoal & {
    metric: string;
    baseline: Units;
    target: Units;
    start: DayNumber;
    due: DayNumber;
};

function isWhole(goal: WrittenGoal): goal is WholeGoal {
    const { metric, baseline, target, start, due } = goal;
    return metric !== null && baseline !== null && target !== null && start !== null && due !== null;
}

/** The last month with a value, of those that are over, end after the goal begins and begin before it is due. */
function currentOf(
    { metric, start, due }: WholeGoal,
    cards: readonly Scorecard[],
    asOf: DayNumber
): Units | null {
    const newestFirst = cards.toSorted((a, b) => b.from - a.from);
    for (const { metrics } of newestFirst) {
        const points = metrics.find((result) => result.metric === metric)?.series.points ?? [];
        const last = points.findLast(({ from, value }) => {
            const end = endOfMonth(from);
            return value !== null && end < asOf && end > start && end <= due;
        });
        if (last) return Math.round(last.value! * UNITS_PER_ONE);
    }
    return null;
}

function endOfMonth(day: DayNumber): DayNumber {
    return firstDayOf(monthNumberOf(day) + 1) - 1;
}
