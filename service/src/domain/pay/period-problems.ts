// What is wrong with the periods of one interval themselves: between two of them lie days that none pays. Periods that overlap are a
// problem of each plan, told by the reader of inputs.
import { addDays } from '../incentives/dates.ts';
import type { Problem } from '../problem.ts';
import type { PayFacts } from './pay-facts.ts';

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
