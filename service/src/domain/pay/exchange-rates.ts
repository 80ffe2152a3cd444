// Exchange rates of the org as rates of the input. Salesforce tells units of each currency for one of the org's own, so what one unit
// of a sale's currency is worth in the plan's is a fraction, and stays one: nothing is rounded before pay is.
import type { IsoDay } from '../incentives/plan.ts';
import { Ratio } from '../ratio.ts';
import type { RateFact } from './pay-facts.ts';

export interface RateRow {
    from: string;
    to: string;
    date: IsoDay;
    rate: string;
}

/** For a rate that was always in force. */
const FIRST_DAY: IsoDay = '1900-01-01';

/** @param from currencies of sales; those the org has no rate of have no row, which the engine names */
export function rateRows(rates: readonly RateFact[], from: ReadonlySet<string>, to: string): RateRow[] {
    const own = ratesOf(rates, to);
    return [...from]
        .filter((currency) => currency !== to)
        .sort()
        .flatMap((currency) => {
            const others = ratesOf(rates, currency);
            const days = [...new Set([...own, ...others].map(({ day }) => day))].sort();
            return days.flatMap((date) => {
                const [worth, units] = [rateOn(own, date), rateOn(others, date)];
                return worth && units ? [{ from: currency, to, date, rate: quotient(worth, units) }] : [];
            });
        });
}

interface DatedRate {
    day: IsoDay;
    rate: Ratio;
    /** as the org has it, where it is none above zero */
    wrong: string | null;
}

/** A wrong rate goes on as it stands: the engine names it, and pays those who do not need it. */
function quotient(worth: DatedRate, units: DatedRate): string {
    return worth.wrong ?? units.wrong ?? worth.rate.over(units.rate).toString();
}

function ratesOf(rates: readonly RateFact[], currency: string): DatedRate[] {
    const own = rates
        .filter((one) => one.currency === currency)
        .map(({ from, rate }) => {
            const exact = Ratio.parseDecimal(rate) ?? Ratio.ZERO;
            return { day: from || FIRST_DAY, rate: exact, wrong: exact.sign > 0 ? null : rate };
        });
    return own.sort((a, b) => (a.day < b.day ? -1 : 1));
}

function rateOn(rates: readonly DatedRate[], day: IsoDay): DatedRate | undefined {
    return rates.findLast((one) => one.day <= day);
}
