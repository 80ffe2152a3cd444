// Parts of a result as the checker would write them, to be compared with what the result tells.
import type { Scheduled } from './account.ts';
import type { Credit } from './credits.ts';
import type { Data, Table } from './data.ts';
import { subtract, total, written, writtenMoney, type Exact } from './exact.ts';
import type { RatedPart } from './rate.ts';
import type { Rounding } from './rounded.ts';
import type { Working } from './working.ts';

export interface Line {
    kind: string;
    /** place in time of its transaction */
    on?: string;
    transaction?: string;
    creditId?: string;
    amount: Exact;
    bands: RatedPart[];
    working: Working;
}

export function money(amount: Exact, { unit }: Rounding): string {
    return writtenMoney(amount, unit);
}

export function line(
    { kind, transaction, creditId, amount, bands, working }: Line,
    rounding: Rounding
): Table {
    return {
        kind,
        ...(transaction ? { transaction } : {}),
        ...(creditId ? { credit: creditId } : {}),
        amount: money(amount, rounding),
        bands: bands.map(({ row, from, to, quantity, rate, amount: part }) => ({
            row: { top: BigInt(row), bottom: 1n },
            from: written(from),
            to: to && written(to),
            quantity: written(quantity),
            rate: written(rate),
            amount: money(part, rounding)
        })),
        working: working.steps
    };
}

export function credit({ sale, rule, share, payable, quota, count }: Credit, rounding: Rounding): Table {
    return {
        transaction: sale.id,
        rule,
        date: sale.date,
        share: written(share),
        payable: money(payable, rounding),
        quota: money(quota, rounding),
        count: written(count)
    };
}

/** Less what was cancelled in periods before `until`. */
export function scheduled(payee: string, entry: Scheduled, until: number, rounding: Rounding): Data {
    const { source, amount, cancelled, ...rest } = entry;
    const off = total(cancelled.filter(({ period }) => period < until).map((one) => one.amount));
    return { payee, component: source, ...rest, amount: money(subtract(amount, off), rounding) };
}
