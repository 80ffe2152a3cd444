// Deals of an org as a portfolio for one period: chance of being won in the period, amount, and a word about every deal
// whose data cannot be believed. Deals are put in order of their ids, so that rows in another order give the same bytes.
import { formatDay } from '../calendar.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import { LARGEST_SHOCK } from './shock.ts';
import type { ForecastDeal, ForecastPeriod, NewBusiness, Portfolio } from './types.ts';

/** Deals that can be used, with what is wrong with the others. */
export interface CheckedDeals {
    deals: readonly ForecastDeal[];
    warnings: Problem[];
}

/** A deal without a usable amount or chance counts nothing and is named; its row stays, so that lists stay complete. */
export function checkDeals(deals: readonly ForecastDeal[]): CheckedDeals {
    const warnings: Problem[] = [];
    const checked = deals.map((deal) => {
        const problem = problemOf(deal);
        if (!problem) return deal;
        warnings.push(problem);
        return { ...deal, amountMinor: 0, wonBy: [] };
    });
    checked.sort((a, b) => (a.dealId < b.dealId ? -1 : 1));
    return { deals: checked, warnings: warnings.sort((a, b) => (a.where < b.where ? -1 : 1)) };
}

function problemOf({ dealId, amountMinor, wonBy }: ForecastDeal): Problem | null {
    const where = `forecast, opportunity ${dealId}`;
    if (amountMinor === null) {
        return {
            code: 'FORECAST_AMOUNT_MISSING',
            where,
            value: '',
            fix: 'Enter the amount; until then the deal counts nothing.'
        };
    }
    if (amountMinor < 0 || !Number.isSafeInteger(amountMinor)) {
        return {
            code: 'FORECAST_AMOUNT_INVALID',
            where,
            value: String(amountMinor),
            fix: 'Correct the amount; a deal below zero counts nothing.'
        };
    }
    const isAscending = wonBy.every(
        ({ on, chance }, at) =>
            chance >= 0 &&
            chance <= 1 &&
            (at === 0 || (on > wonBy[at - 1]!.on && chance >= wonBy[at - 1]!.chance))
    );
    if (isAscending) return null;
    return {
        code: 'FORECAST_CHANCE_INVALID',
        where,
        value: wonBy.map(({ on, chance }) => `${formatDay(on)}: ${chance}`).join(', '),
        fix: 'Chances run from 0 to 1, on ascending days, and never fall; the deal counts nothing.'
    };
}

/** Chance of being won after the as-of day within the period. */
export function chanceWithin(
    deal: ForecastDeal,
    asOf: DayNumber,
    { startOn, endOn }: ForecastPeriod
): number {
    const from = Math.max(asOf, startOn - 1);
    return endOn <= from ? 0 : chanceBy(deal, asOf, endOn) - chanceBy(deal, asOf, from);
}

function chanceBy({ wonBy }: ForecastDeal, asOf: DayNumber, day: DayNumber): number {
    let before = { on: asOf, chance: 0 };
    for (const point of wonBy) {
        // A point on or before the as-of day says nothing about what is to come.
        if (point.on === NONE || point.on <= asOf) continue;
        if (day < point.on)
            return (
                before.chance + ((point.chance - before.chance) * (day - before.on)) / (point.on - before.on)
            );
        before = point;
    }
    return before.chance;
}

export function portfolioOf(
    deals: readonly ForecastDeal[],
    asOf: DayNumber,
    period: ForecastPeriod,
    shock: number,
    newBusiness: NewBusiness | null
): Portfolio {
    const portfolio: Portfolio = {
        amounts: new Float64Array(deals.length),
        chances: new Float64Array(deals.length),
        shock: Math.min(LARGEST_SHOCK, Math.max(0, shock)),
        newBusiness
    };
    deals.forEach((deal, at) => {
        portfolio.amounts[at] = deal.amountMinor ?? 0;
        portfolio.chances[at] = chanceWithin(deal, asOf, period);
    });
    return portfolio;
}
