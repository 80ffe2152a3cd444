// Who belongs to whom: direct reports, everybody below, everybody on the plan.
import { asText } from './data.ts';
import type { InputData } from './input-data.ts';
import type { Review } from './review.ts';

/** Everybody on the plan in a period, in order of their ids. */
export function everyone(review: Review, period: number): string[] {
    return [...review.input.payees.keys()].filter((payee) => review.isOnPlan(payee, period));
}

export function reportsOf(input: InputData, payee: string): string[] {
    return [...input.payees].filter(([, row]) => asText(row['manager']) === payee).map(([id]) => id);
}

export function allBelow(input: InputData, payee: string): string[] {
    const found = new Set<string>();
    const look = (manager: string): void => {
        for (const report of reportsOf(input, manager)) {
            if (report === payee || found.has(report)) continue;
            found.add(report);
            look(report);
        }
    };
    look(payee);
    return [...found].sort();
}
