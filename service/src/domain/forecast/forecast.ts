// The main path of the forecast: for every period, the range of the won amount for the whole and for each owner, team and
// segment. Expected amounts of parts sum to the whole to the cent; quantiles do not sum (not everything goes wrong at
// once), so the whole has its own.
import type { DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import { newBusinessOf, newBusinessRecord } from './new-business.ts';
import { checkDeals, portfolioOf } from './portfolio.ts';
import { roundParts, toMinor } from './round-parts.ts';
import type { ForecastDeal, ForecastPeriod, NewBusiness, PastDeal, Portfolio, WonAmount } from './types.ts';
import { wonAmountOf } from './won-amount.ts';

export interface ForecastInput {
    asOf: DayNumber;
    /** open deals with their chances */
    deals: readonly ForecastDeal[];
    periods: readonly ForecastPeriod[];
    /** every deal ever, for what is won already and for new business */
    past: readonly PastDeal[];
    /** see learn-shock.ts */
    shock: number;
}

export interface ForecastRange {
    wonSoFarMinor: number;
    /** these include what is won so far */
    expectedMinor: number;
    p10Minor: number;
    p50Minor: number;
    p90Minor: number;
    openDealCount: number;
    /** part of the expected amount that comes from deals not created yet */
    newBusinessMinor: number;
    method: WonAmount['method'];
}

export type Grouping = 'ownerId' | 'teamKey' | 'segment';
export const GROUPINGS: readonly Grouping[] = ['ownerId', 'teamKey', 'segment'];

export interface PeriodForecast {
    period: ForecastPeriod;
    total: ForecastRange;
    /** in order of their keys */
    groups: Record<Grouping, { key: string; range: ForecastRange }[]>;
    /** windows of the past that new business was learnt from; below LEAST_WINDOWS none is expected */
    newBusinessWindows: number;
}

export interface Forecast {
    periods: PeriodForecast[];
    warnings: Problem[];
}

export function forecast(input: ForecastInput): Forecast {
    const { deals, warnings } = checkDeals(input.deals);
    return { periods: input.periods.map((period) => forecastPeriod(input, deals, period)), warnings };
}

/** Deals of one owner, team or segment, or of all. */
interface Part {
    open: readonly ForecastDeal[];
    wonSoFar: readonly PastDeal[];
    wonNew: readonly PastDeal[];
}

function forecastPeriod(
    { asOf, past, shock }: ForecastInput,
    deals: readonly ForecastDeal[],
    period: ForecastPeriod
): PeriodForecast {
    const record = newBusinessRecord(past, asOf, period);
    const whole: Part = {
        open: deals,
        wonSoFar: past.filter(
            ({ wonOn }) => wonOn >= period.startOn && wonOn <= Math.min(period.endOn, asOf)
        ),
        wonNew: record.deals
    };
    const rangeOf = (part: Part): ExactRange => {
        const business = newBusinessOf(record, part.wonNew);
        return exactRange(part, business, portfolioOf(part.open, asOf, period, shock, business));
    };
    const total = rangeOf(whole);
    const by = (grouping: Grouping): PeriodForecast['groups'][Grouping] =>
        coherent(
            [...partsBy(whole, grouping)].map(([key, part]) => ({ key, range: rangeOf(part) })),
            total
        );
    return {
        period,
        total: published(total, total.exactExpected, total.exactBusiness),
        groups: { ownerId: by('ownerId'), teamKey: by('teamKey'), segment: by('segment') },
        newBusinessWindows: record.windowCount
    };
}

function partsBy({ open, wonSoFar, wonNew }: Part, grouping: Grouping): Map<string, Part> {
    const byKey = <Deal extends Record<Grouping, string>>(deals: readonly Deal[]): Map<string, Deal[]> =>
        Map.groupBy(deals, (deal) => deal[grouping]);
    const groups = [byKey(open), byKey(wonSoFar), byKey(wonNew)] as const;
    const keys = [...new Set(groups.flatMap((group) => [...group.keys()]))].sort();
    return new Map(
        keys.map((key) => [
            key,
            {
                open: groups[0].get(key) ?? [],
                wonSoFar: groups[1].get(key) ?? [],
                wonNew: groups[2].get(key) ?? []
            }
        ])
    );
}

interface ExactRange extends Omit<ForecastRange, 'expectedMinor' | 'newBusinessMinor'> {
    exactExpected: number;
    exactBusiness: number;
}

function exactRange(
    { open, wonSoFar, wonNew }: Part,
    business: NewBusiness | null,
    portfolio: Portfolio
): ExactRange {
    const amount = wonAmountOf(portfolio);
    const wonSoFarMinor = wonSoFar.reduce((sum, deal) => sum + (deal.amountMinor ?? 0), 0);
    const wonNewMinor = wonNew.reduce((sum, deal) => sum + Math.max(0, deal.amountMinor ?? 0), 0);
    return {
        wonSoFarMinor,
        exactExpected: amount.mean + wonSoFarMinor,
        exactBusiness:
            business && business.expectedCount > 0
                ? (wonNewMinor * business.expectedCount) / business.amountsMinor.length
                : 0,
        p10Minor: toMinor(amount.quantile(0.1)) + wonSoFarMinor,
        p50Minor: toMinor(amount.quantile(0.5)) + wonSoFarMinor,
        p90Minor: toMinor(amount.quantile(0.9)) + wonSoFarMinor,
        openDealCount: open.length,
        method: amount.method
    };
}

function coherent(
    groups: readonly { key: string; range: ExactRange }[],
    total: ExactRange
): { key: string; range: ForecastRange }[] {
    const expected = roundParts(
        groups.map(({ range }) => range.exactExpected),
        toMinor(total.exactExpected)
    );
    const business = roundParts(
        groups.map(({ range }) => range.exactBusiness),
        toMinor(total.exactBusiness)
    );
    return groups.map(({ key, range }, at) => ({
        key,
        range: published(range, expected[at]!, business[at]!)
    }));
}

function published(range: ExactRange, expected: number, business: number): ForecastRange {
    const { exactExpected: _expected, exactBusiness: _business, ...rest } = range;
    return { ...rest, expectedMinor: toMinor(expected), newBusinessMinor: toMinor(business) };
}
