// What a calculation pays each payee over a replay: paid in its periods, and what is due later (instalments, releases, tranches).
import { sumOf, type Ratio } from '../../ratio.ts';
import type { CalculationResult, ScheduledAmount } from '../result.ts';
import type { Cost } from './simulation.ts';

/** Only payees without a problem. */
export function paysOf(result: CalculationResult): Map<string, Cost> {
    const end = result.periods.at(-1)!.end;
    const later = Map.groupBy(
        result.scheduled.filter((one) => isLater(one, end)),
        ({ payeeId }) => payeeId
    );
    return new Map(
        result.payees
            .filter(({ problems }) => problems.length === 0)
            .map(({ payeeId, total }) => [
                payeeId,
                { paid: total, later: sumOf((later.get(payeeId) ?? []).map(({ amount }) => amount)) }
            ])
    );
}

/** Not in what the periods pay: after their end, waiting for an event, or no cash. */
function isLater({ kind, dueOn, form }: ScheduledAmount, end: string): boolean {
    if (kind === 'amortisation') return false;
    return form === 'instrument' || dueOn === null || dueOn > end;
}

export function payIn(pays: ReadonlyMap<string, Cost>, payeeId: string): Ratio | null {
    const cost = pays.get(payeeId);
    return cost ? cost.paid.plus(cost.later) : null;
}

export function costOf(pays: ReadonlyMap<string, Cost>): Cost {
    const all = [...pays.values()];
    return { paid: sumOf(all.map(({ paid }) => paid)), later: sumOf(all.map(({ later }) => later)) };
}

export function totalOf(pays: ReadonlyMap<string, Cost>): Ratio {
    const { paid, later } = costOf(pays);
    return paid.plus(later);
}
