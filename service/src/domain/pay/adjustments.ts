// Approved decisions of people about pay as lines. Waivers and malus are the engine's (exceptions and malus of the input); which
// clawbacks may be carried out is for award-decisions.ts to say.
import type { Problem } from '../problem.ts';
import { amountOf, cents } from './figures.ts';
import type { AdjustmentFact, PayFacts } from './pay-facts.ts';
import type { StatementLine } from './statement.ts';
import { EMPTY_LINE } from './statement-lines.ts';

/** What their lines say instead of a component. */
export const ADJUSTMENTS = 'adjustments';

const TITLES = {
    Manual: 'Adjustment',
    Dispute: 'Outcome of a dispute',
    Clawback: 'Clawback'
} as const;

export function adjustmentLines(
    { period }: Pick<PayFacts, 'period'>,
    adjustments: readonly AdjustmentFact[]
): StatementLine[] {
    return adjustments
        .filter(({ kind }) => kind in TITLES)
        .map(({ id, kind, amount, reason, corrects }) => ({
            ...EMPTY_LINE,
            key: `adjustment:${id}`,
            kind: corrects === '' ? 'Adjustment' : 'Correction',
            title: TITLES[kind as keyof typeof TITLES],
            component: ADJUSTMENTS,
            date: period.end,
            amount: cents(amountOf(amount ?? '0')),
            working: {
                bands: [],
                steps: [
                    {
                        what: reason,
                        rule: 'adjustment',
                        inputs: [],
                        result: cents(amountOf(amount ?? '0'))
                    }
                ]
            },
            corrects,
            adjustment: id
        }));
}

/** Those of the period whose plan pays nothing in it. */
export function withoutPlan({ adjustments, period }: PayFacts, planKeys: ReadonlySet<string>): Problem[] {
    return adjustments
        .filter(({ periodKey, planKey }) => periodKey === period.key && !planKeys.has(planKey))
        .map(({ id, planKey }) => ({
            code: 'ADJUSTMENT_WITHOUT_PLAN',
            where: `adjustment ${id}`,
            value: planKey,
            fix: `No version of the plan pays in ${period.key}: choose a plan that does.`
        }));
}
