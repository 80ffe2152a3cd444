// Which exchange rate a transaction takes: the newest from its currency to the plan's, of its day or before. A row with something
// wrong stops only transactions it may be meant for.
import { ProblemError } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import type { ExchangeRate, Transaction } from './input.ts';

/** What one unit of the transaction's currency is worth in the plan's.
 *  @param rates of that currency, and those of which it cannot be told */
export function exchangeRateOf(
    { currency, date, id }: Transaction,
    rates: readonly ExchangeRate[],
    planCurrency: string
): Ratio {
    if (currency === planCurrency) return Ratio.ONE;
    const inForce = rates
        .filter((one) => !one.problem && one.from === currency && one.to === planCurrency && one.date <= date)
        .reduce<ExchangeRate | null>((a, b) => (a && a.date >= b.date ? a : b), null);
    const wrong = rates.find(
        (one) =>
            one.problem &&
            ['', currency].includes(one.from) &&
            ['', planCurrency].includes(one.to) &&
            (one.date === '' || (one.date <= date && one.date >= (inForce?.date ?? '')))
    );
    if (wrong) throw new ProblemError(wrong.problem!);
    if (inForce) return inForce.rate;
    throw new ProblemError({
        code: 'CURRENCY_UNKNOWN',
        where: `transaction ${id}, currency`,
        value: currency,
        fix: `Give a rate from ${currency} to ${planCurrency} in force on ${date} under rates.`
    });
}
