// Names of a measure that moves: its sum before and after, its goal, and the parts of the goal attained.
import { ProblemError } from '../../problem.ts';
import type { Ratio } from '../../ratio.ts';
import type { Scope } from '../evaluate.ts';
import type { Movement } from '../measure.ts';
import type { Measure } from '../plan.ts';
import { figureAt } from '../working.ts';

export function ofMovement(
    what: string,
    key: string,
    where: string,
    movement: () => Movement,
    quota: () => Ratio | undefined
): Ratio | undefined {
    switch (what) {
        case 'measure':
            return movement().after;
        case 'before':
            return movement().before;
        case 'quota':
            return quota();
        case 'attainment':
            return attainment(movement().after, quota(), key, where);
        case 'attainmentBefore':
            return attainment(movement().before, quota(), key, where);
        default:
            return undefined;
    }
}

function attainment(sum: Ratio, quota: Ratio | undefined, key: string, where: string): Ratio | undefined {
    if (!quota) return undefined;
    if (!quota.isZero) return sum.over(quota);
    throw new ProblemError({
        code: 'QUOTA_ZERO',
        where: `${where}, quotas.${key}`,
        value: '0',
        fix: `Give a quota above zero for ${key}: the plan asks for its attainment.`
    });
}

export function divided(movement: Movement, { divideBy, key }: Measure, scope: Scope): Movement {
    if (!divideBy) return movement;
    const divisor = figureAt(divideBy, scope, `measures.${key}.divideBy`);
    if (!divisor.isZero)
        return { before: movement.before.over(divisor), after: movement.after.over(divisor) };
    throw new ProblemError({
        code: 'DIVISION_BY_ZERO',
        where: `${scope.where}, measures.${key}.divideBy`,
        value: '0',
        fix: 'Nothing can be divided by zero: correct divideBy.'
    });
}
