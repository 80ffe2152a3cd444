// A plan of next year over what happened last year: as if it had been in force. What it says of its own days counts again as soon as
// somebody is paid by it.
import type { PeriodDates } from '../input.ts';
import type { Plan } from '../plan.ts';
import type { Scenario } from './simulation.ts';

export function asIfInForce({ plan, input }: Scenario): Scenario {
    return { plan: inForceOver(plan, input.periods), input };
}

function inForceOver(plan: Plan, periods: readonly PeriodDates[]): Plan {
    const [first, last] = [periods[0]!, periods.at(-1)!];
    const { effectiveFrom: from, effectiveTo: to } = plan;
    return {
        ...plan,
        effectiveFrom: from > first.start ? first.start : from,
        effectiveTo: to !== null && to < last.end ? null : to
    };
}
