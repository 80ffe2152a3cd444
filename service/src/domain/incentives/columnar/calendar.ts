// Which periods belong together: where sums begin anew, what limits to date look back over, when deferred tranches are paid.
import { addMonths } from '../dates.ts';
import type { Interval } from '../plan.ts';
import type { People } from './cells.ts';
import { DoesNotFit } from './does-not-fit.ts';
import type { Shape } from './shape.ts';

export interface RunCalendar {
    /** by sum and period: 1 where the sum begins anew */
    begins: Uint8Array[];
    /** by component, limit and period: first period counted with this one */
    lookBack: number[][][];
    /** by tranche and period of the award: period it is paid in, -1 for none of them */
    vestsIn: Int32Array[];
    /** by period, the awards and tranches that are paid in it */
    vesting: { award: number; tranche: number }[][];
}

export function runCalendar(shape: Shape, people: People): RunCalendar {
    const { periods } = people.context;
    const deferral = shape.payout.find(({ kind }) => kind === 'deferral');
    const tranches = deferral?.kind === 'deferral' ? deferral.step.tranches : [];
    const vestsIn = tranches.map(({ afterMonths }) =>
        Int32Array.from(periods, ({ end }, award) => {
            const dueOn = addMonths(end, afterMonths);
            return periods.findIndex(
                (span, period) => period > award && span.start <= dueOn && dueOn <= span.end
            );
        })
    );
    return {
        begins: shape.sums.map(({ interval, key }) => beginnings(people, interval, key)),
        lookBack: shape.components.map(({ component }) =>
            component.limits.map(({ scope, interval }) =>
                periods.map((_, period) =>
                    scope === 'cumulative' ? lookBack(people, interval, period) : period
                )
            )
        ),
        vestsIn,
        vesting: tranchesByPeriod(vestsIn, periods.length)
    };
}

function tranchesByPeriod(vestsIn: readonly Int32Array[], periods: number): RunCalendar['vesting'] {
    const vesting: RunCalendar['vesting'] = Array.from({ length: periods }, () => []);
    for (let award = 0; award < periods; award++)
        for (const [tranche, paidIn] of vestsIn.entries()) vesting[paidIn[award]!]?.push({ award, tranche });
    return vesting;
}

function beginnings({ context }: People, interval: Interval | null, key: string): Uint8Array {
    const { periods, calendar } = context;
    if (interval === null) return new Uint8Array(periods.length).fill(1);
    const starts = periods.map(({ start, end, key: period }) => {
        const { start: begin } = calendar.intervalAt(interval, end);
        if (begin > start) throw new DoesNotFit(`measures.${key}`, `begins anew inside period ${period}`);
        return begin;
    });
    return Uint8Array.from(starts, (begin, period) => (period === 0 || begin !== starts[period - 1] ? 1 : 0));
}

/** As the reference engine sums what came before (to-date.ts). */
function lookBack({ context }: People, interval: Interval, period: number): number {
    const { periods, calendar } = context;
    const { start } = calendar.intervalAt(interval, periods[period]!.end);
    let from = period;
    while (from > 0 && periods[from - 1]!.end >= start) from--;
    return from;
}
