// What is wrong with the periods of one interval themselves: between two of them lie days that none pays, and sales of those days.
// Periods that overlap are a problem of each plan, told by the reader of inputs.
import { addDays } from '../incentives/dates.ts';
import type { Problem } from '../problem.ts';
import type { Calculated } from './calculate-plan.ts';
import type { PayFacts } from './pay-facts.ts';
import { namedIn } from './plan-input.ts';

export function periodProblems({ periods }: PayFacts): Problem[] {
    const inOrder = periods.toSorted((a, b) => (a.start < b.start ? -1 : 1));
    return inOrder.slice(1).flatMap(({ key, start }, index) => {
        const before = inOrder[index]!;
        const next = addDays(before.end, 1);
        if (start <= next) return [];
        return [
            {
                code: 'PERIODS_GAP',
                where: `period ${key}`,
                value: `${next} to ${addDays(start, -1)}`,
                fix: `Nothing of these days is paid: enter the period between ${before.key} and ${key}.`
            }
        ];
    });
}

/** Of people on the plan, between two of its calculations. */
export function salesBetween({ sales }: PayFacts, calculated: readonly Calculated[]): Problem[] {
    const { payees } = calculated.at(-1)!;
    return calculated.slice(1).flatMap(({ periods }, index) => {
        const paidTo = calculated[index]!.periods.at(-1)!.end;
        const { start } = periods[0]!;
        const unpaid = sales.filter(({ date }) => paidTo < date && date < start);
        return unpaid
            .filter((sale) => namedIn(sale).some((id) => payees.has(id)))
            .map(({ id, date }) => ({
                code: 'TRANSACTION_OUTSIDE_PERIODS',
                where: `transaction ${id}, date`,
                value: date,
                fix: 'No period pays this day: correct the date, or pay it by an adjustment.'
            }));
    });
}
