// Two replays side by side: cost by month, who wins and who loses.
import { Ratio, sumOf } from '../../ratio.ts';
import type { CalculationResult } from '../result.ts';
import { payIn } from './pay-of.ts';
import type { Cost, MonthCost, PersonPay, Side } from './simulation.ts';

type Pays = ReadonlyMap<string, Cost>;

/** Months of either plan in which a period ends, in order; payees who have a figure under every plan. */
export function costsByMonth(
    result: CalculationResult,
    against: CalculationResult | null,
    people: readonly string[]
): MonthCost[] {
    const [own, other] = [monthsOf(result, people), against && monthsOf(against, people)];
    const months = [...new Set([...own.keys(), ...(other?.keys() ?? [])])].sort();
    return months.map((month) => ({
        month,
        paid: own.get(month) ?? Ratio.ZERO,
        againstPaid: other && (other.get(month) ?? Ratio.ZERO)
    }));
}

function monthsOf({ periods, payees }: CalculationResult, people: readonly string[]): Map<string, Ratio> {
    const months = new Map(periods.map(({ end }) => [end.slice(0, 7), Ratio.ZERO]));
    const monthOf = new Map(periods.map(({ key, end }) => [key, end.slice(0, 7)]));
    for (const { payeeId, periods: paid } of payees) {
        if (!people.includes(payeeId)) continue;
        for (const one of paid) {
            const month = monthOf.get(one.period)!;
            months.set(month, months.get(month)!.plus(one.paid));
        }
    }
    return months;
}

/** Largest loss first, then by name; without another plan by pay, least first. */
export function peopleOf(pays: Pays, against: Pays | null): PersonPay[] {
    return [...pays.keys()]
        .filter((payeeId) => against === null || against.has(payeeId))
        .map((payeeId) => {
            const pay = payIn(pays, payeeId)!;
            const againstPay = against && payIn(against, payeeId);
            return { payeeId, pay, againstPay, difference: againstPay && pay.minus(againstPay) };
        })
        .sort(
            (a, b) =>
                (a.difference ?? a.pay).compare(b.difference ?? b.pay) || (a.payeeId < b.payeeId ? -1 : 1)
        );
}

export function sideOf(people: readonly PersonPay[], sign: 1 | -1): Side {
    const differences = people.flatMap(({ difference }) => (difference?.sign === sign ? [difference] : []));
    return { count: differences.length, amount: sumOf(differences) };
}
