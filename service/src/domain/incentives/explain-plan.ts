import type { Plan } from './plan.ts';
export function explainPlan(plan: Plan) {
    return plan;
}
export function explanationAsText(plan: Plan) {
    return plan.key;
}
