// Who belongs to whom: direct reports, everybody below, everybody on the plan.
import type { InputData } from './input-data.ts';
import type { Review } from './review.ts';

/** Everybody on the plan in a period, in order of their ids. */
export function everyone(review: Review, period: number): string[] {
    return [...review.input.payees.keys()].filter((payee) => review.isOnPlan(payee, period));
}

export function reportsOf(input: InputData, payee: string, day: string): string[] {
    return [...input.payees.keys()].filter((one) => input.managerOn(one, day) === payee);
}

export function allBelow(input: InputData, payee: string, day: string): string[] {
    const found = new Set<string>();
    const look = (manager: string): void => {
        for (const report of reportsOf(input, manager, day)) {
            if (report === payee || found.has(report)) continue;
            found.add(report);
            look(report);
        }
    };
    look(payee);
    return [...found].sort();
}
