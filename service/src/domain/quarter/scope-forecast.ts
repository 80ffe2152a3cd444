// The range one quarter of one person, team or segment may end in, in which accounts its downside lies, and what securing
// their largest deals would do. The mathematics are forecast/; here is only which deals count.
import { downsideOf, valueOfMitigation, type Downside, type DownsideInput } from '../forecast/downside.ts';
import { newBusinessOf, type NewBusinessRecord } from '../forecast/new-business.ts';
import { checkDeals, portfolioOf } from '../forecast/portfolio.ts';
import { toMinor } from '../forecast/round-parts.ts';
import type { ForecastDeal, ForecastPeriod, PastDeal } from '../forecast/types.ts';
import { wonAmountOf } from '../forecast/won-amount.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { Driver, ForecastResult, Mitigation } from './quarter-review.ts';

/** Accounts that are named; and those whose largest deal is tried as won. */
const MOST_DRIVERS = 10;
const MOST_MITIGATED = 3;

export interface ScopeForecastInput {
    asOf: DayNumber;
    period: ForecastPeriod;
    /** open deals of the scope */
    deals: readonly ForecastDeal[];
    /** of the firm */
    newBusiness: NewBusinessRecord;
    /** whose new business counts */
    isOfScope: (deal: PastDeal) => boolean;
    shock: number;
    wonMinor: number;
    /** whose page tells where the risk lies; the range of a segment stands in a table alone */
    hasDrivers: boolean;
}

export function rangeAndDrivers(input: ScopeForecastInput): Pick<ForecastResult, 'range' | 'drivers'> {
    const { asOf, period, shock, wonMinor } = input;
    const { deals } = checkDeals(input.deals);
    const wonNew = input.newBusiness.deals.filter(input.isOfScope);
    const business = newBusinessOf(input.newBusiness, wonNew);
    const newBusiness = toMinor(meanOfNewBusiness(business));
    if (!input.hasDrivers) {
        const amount = wonAmountOf(portfolioOf(deals, asOf, period, shock, business));
        const [low, middle, high] = [0.1, 0.5, 0.9].map(
            (level) => toMinor(amount.quantile(level)) + wonMinor
        );
        return { range: { low: low!, middle: middle!, high: high!, newBusiness }, drivers: [] };
    }
    const downside: DownsideInput = {
        asOf,
        deals,
        period,
        shock,
        newBusiness: business,
        wonSoFarMinor: wonMinor
    };
    const found = downsideOf(downside);
    return {
        range: { low: found.p10Minor, middle: found.p50Minor, high: found.p90Minor, newBusiness },
        drivers: driversOf(found, downside)
    };
}

function meanOfNewBusiness(business: ReturnType<typeof newBusinessOf>): number {
    if (!business || business.amountsMinor.length === 0) return 0;
    const sum = business.amountsMinor.reduce((total, each) => total + each, 0);
    return (business.expectedCount * sum) / business.amountsMinor.length;
}

/** The largest accounts by name, all others as one; together they are the gap. */
function driversOf(found: Downside, downside: DownsideInput): Driver[] {
    const { accounts } = found;
    const named = accounts
        .filter(({ accountId, partMinor }) => accountId && partMinor > 0)
        .slice(0, MOST_DRIVERS);
    const others = accounts.filter((account) => !named.includes(account));
    const drivers = named.map(({ accountId, partMinor, dealIds }, at): Driver => ({
        accountId,
        amountMinor: partMinor,
        dealIds,
        mitigations: at < MOST_MITIGATED ? [secured(dealIds[0]!, found, downside)] : []
    }));
    const rest = others.reduce((sum, { partMinor }) => sum + partMinor, 0);
    return rest === 0
        ? drivers
        : [...drivers, { accountId: null, amountMinor: rest, dealIds: [], mitigations: [] }];
}

function secured(dealId: string, found: Downside, downside: DownsideInput): Mitigation {
    const { p10Minor, p50Minor } = valueOfMitigation(downside, found, { dealIds: [dealId], chance: 1 });
    return { dealId, kind: 'Secure', lowMinor: p10Minor, middleMinor: p50Minor };
}
