// The periods of a replay: those of the org where they cover the time without a gap, because their keys and days are what was paid by;
// else the time as the plan divides it, because a replay must be possible before the first period was ever opened.
import { addDays } from '../incentives/dates.ts';
import { periodsBetween } from '../incentives/input-file/periods.ts';
import type { PeriodDates } from '../incentives/input.ts';
import type { IsoDay, Plan } from '../incentives/plan.ts';
import type { PayPeriod } from '../pay/pay-facts.ts';
import type { Problem } from '../problem.ts';

export function replayPeriods(
    periods: readonly PayPeriod[],
    plan: Plan,
    { from, to }: { from: IsoDay; to: IsoDay }
): { periods: PeriodDates[]; problem: Problem | null } {
    const own = periods
        .filter(({ interval, start, end }) => interval === plan.period && start >= from && end <= to)
        .toSorted((a, b) => (a.start < b.start ? -1 : 1));
    return covers(own, from, to)
        ? { periods: own.map(({ key, start, end }) => ({ key, start, end })), problem: null }
        : periodsBetween(from, to, plan);
}

function covers(periods: readonly PayPeriod[], from: IsoDay, to: IsoDay): boolean {
    return (
        periods[0]?.start === from &&
        periods.at(-1)?.end === to &&
        periods.slice(1).every(({ start }, index) => start === addDays(periods[index]!.end, 1))
    );
}
