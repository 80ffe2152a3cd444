// What is wrong with a plan that can be read: everything at once, each with its place, value and what to do. Files are read by
// parse-plan.ts; plans kept elsewhere (objects of an org) are checked by the same code.
import type { Problem } from '../problem.ts';
import { checkBands } from './plan-check/check-bands.ts';
import { checkExpressions } from './plan-check/check-expressions.ts';
import { checkParts } from './plan-check/check-parts.ts';
import { checkShares } from './plan-check/check-shares.ts';
import type { Plan } from './plan.ts';

export function validatePlan(plan: Plan): Problem[] {
    return [...checkParts(plan), ...checkExpressions(plan), ...checkBands(plan), ...checkShares(plan)];
}
