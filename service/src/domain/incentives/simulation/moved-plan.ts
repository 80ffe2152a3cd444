// A plan with one of its numbers a tenth lower or higher, and everything else as it was.
import { Ratio } from '../../ratio.ts';
import { roundTo } from '../../rounding.ts';
import type { Expression } from '../expression.ts';
import type { CalculationInput } from '../input.ts';
import type { Plan, Quota } from '../plan.ts';
import type { NumberNode, PlanNumber } from './plan-numbers.ts';
import type { Scenario } from './simulation.ts';

export type Direction = 'lower' | 'higher';

/** What numbers are multiplied by. */
export const STEPS: Record<Direction, Ratio> = { lower: Ratio.of(9, 10), higher: Ratio.of(11, 10) };
const PERCENT: Record<Direction, string> = { lower: '90%', higher: '110%' };
const UNITS: Record<string, Ratio> = { '%': Ratio.of(1, 100), bp: Ratio.of(1, 10_000) };
/** Whole numbers from here on stay whole: 12 deals are 11 or 13, a multiplier of 2 is 1.8 or 2.2. */
const LEAST_WHOLE = Ratio.of(10);

/** The number as the plan would write it. */
export function movedNode({ text, value }: NumberNode, direction: Direction): NumberNode {
    const unit = /(%|bp)$/.exec(text.trim())?.[0] ?? '';
    const exact = value.times(STEPS[direction]);
    const isWhole = /^\d+$/.test(text) && value.compare(LEAST_WHOLE) >= 0;
    const moved = isWhole ? roundTo(exact, Ratio.ONE, 'half-up') : exact;
    const written = unit === '' ? moved : moved.over(UNITS[unit]!);
    return { kind: 'number', value: moved, text: `${written}${unit}` };
}

/** As it stands, and as it would be written. */
export function writtenAs({ nodes: [node] }: PlanNumber, direction: Direction | null): string {
    if (!node) return direction === null ? '100%' : PERCENT[direction];
    return direction === null ? node.text : movedNode(node, direction).text;
}

/** Whole plans and inputs; only what holds the number is copied. */
export function movedScenario({ plan, input }: Scenario, number: PlanNumber, direction: Direction): Scenario {
    if (number.quota !== null) return withQuota({ plan, input }, number.quota, direction);
    return { plan: movedPlan(plan, number, direction), input };
}

function movedPlan(plan: Plan, { nodes }: PlanNumber, direction: Direction): Plan {
    const swaps = new Map<unknown, unknown>(nodes.map((node) => [node, movedNode(node, direction)]));
    return swapped(plan, swaps) as Plan;
}

function swapped(tree: unknown, swaps: ReadonlyMap<unknown, unknown>): unknown {
    if (swaps.has(tree)) return swaps.get(tree);
    if (Array.isArray(tree)) {
        const parts = tree.map((part) => swapped(part, swaps));
        return parts.some((part, index) => part !== tree[index]) ? parts : tree;
    }
    if (typeof tree !== 'object' || tree === null || tree instanceof Ratio) return tree;
    const entries = Object.entries(tree).map(([key, part]) => [key, part, swapped(part, swaps)] as const);
    return entries.some(([, part, next]) => part !== next)
        ? Object.fromEntries(entries.map(([key, , next]) => [key, next]))
        : tree;
}

/** Everybody's quota of the measure, whether the plan or the input says it. */
function withQuota({ plan, input }: Scenario, measure: string, direction: Direction): Scenario {
    return {
        plan: {
            ...plan,
            quotas: plan.quotas.map((quota) =>
                quota.measure === measure ? timesQuota(quota, direction) : quota
            )
        },
        input: { ...input, quotas: input.quotas.map((row) => timesRow(row, measure, direction)) }
    };
}

function timesQuota(quota: Quota, direction: Direction): Quota {
    const times = (amount: Expression): Expression => ({
        kind: 'binary',
        operator: '*',
        left: amount,
        right: { kind: 'number', value: STEPS[direction], text: PERCENT[direction] }
    });
    return {
        ...quota,
        amount: quota.amount && times(quota.amount),
        ramp: quota.ramp.map((step) => ({ ...step, amount: times(step.amount) }))
    };
}

function timesRow(
    row: CalculationInput['quotas'][number],
    measure: string,
    direction: Direction
): CalculationInput['quotas'][number] {
    return row.measure === measure ? { ...row, amount: row.amount.times(STEPS[direction]) } : row;
}
