// Approved decisions of people about pay as lines. Waivers are the engine's (exceptions of the input); malus acts on what has not
// vested and is refused by name, never carried out as if it were pay.
import type { Problem } from '../problem.ts';
import { amountOf, cents } from './figures.ts';
import type { PayFacts } from './pay-facts.ts';
import type { StatementLine } from './statement.ts';
import { EMPTY_LINE } from './statement-lines.ts';

const TITLES = {
    Manual: 'Adjustment',
    Dispute: 'Outcome of a dispute',
    Clawback: 'Clawback'
} as const;

export function adjustmentLines(
    { adjustments, period }: PayFacts,
    planKey: string,
    payeeId: string
): StatementLine[] {
    return adjustments
        .filter((one) => one.planKey === planKey && one.payeeId === payeeId && one.kind in TITLES)
        .map(({ id, kind, amount, reason, corrects }) => ({
            ...EMPTY_LINE,
            key: `adjustment:${id}`,
            kind: corrects === '' ? 'Adjustment' : 'Correction',
            title: TITLES[kind as keyof typeof TITLES],
            component: 'adjustments',
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

export function refusedAdjustments({ adjustments, versions }: PayFacts): Problem[] {
    const plans = new Set(versions.map(({ planKey }) => planKey));
    return adjustments.flatMap(({ id, kind, planKey }) => {
        const where = `adjustment ${id}`;
        if (kind === 'Malus')
            return [
                {
                    code: 'MALUS_NOT_SUPPORTED',
                    where,
                    value: kind,
                    fix: 'Malus on tranches is not carried out by runs yet: nothing was changed by it.'
                }
            ];
        if (plans.has(planKey)) return [];
        const fix =
            'The plan of the adjustment has no version in force: choose a plan that pays in the period.';
        return [{ code: 'ADJUSTMENT_WITHOUT_PLAN', where, value: planKey, fix }];
    });
}
