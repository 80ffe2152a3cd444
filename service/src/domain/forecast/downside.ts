// What is at risk, where, and what it is worth to do something about it.
//
// At risk is the gap between P50 and P10 of the won amount. Each account's part is what it brings on average where the
// total lies around its median, less what it brings where the total lies around P10:
//     part(account) = E[X | total between P45 and P55] - E[X | total between P5 and P15]
// That is Euler's allocation of a quantile, E[X_i | S = q] (D. Tasche, "Risk contributions and performance measurement",
// 1999; Gourieroux, Laurent and Scaillet, J. Empirical Finance 7, 2000), averaged over a band of levels because a few
// deals have no density at a point (kernel estimate: Tasche, "Capital allocation for credit portfolios with kernel
// estimators", Quantitative Finance 9, 2009). Interaction through the shared shock is in it, because S holds all deals.
// The averages of a band differ a little from its middle, so all parts are scaled by one factor to sum to the gap, and
// rounded so that they sum to it to the cent. New business is a part like any account.
import type { DayNumber } from '../pipeline/types.ts';
import { checkDeals, portfolioOf } from './portfolio.ts';
import { roundParts, toMinor } from './round-parts.ts';
import type { ForecastDeal, ForecastPeriod, NewBusiness, Portfolio } from './types.ts';
import { wonAmountOf } from './won-amount.ts';

export interface DownsideInput {
    asOf: DayNumber;
    deals: readonly ForecastDeal[];
    period: ForecastPeriod;
    shock: number;
    newBusiness: NewBusiness | null;
    wonSoFarMinor: number;
}

export interface AccountPart {
    /** null: business that is not created yet */
    accountId: string | null;
    partMinor: number;
    /** largest part first */
    dealIds: string[];
}

export interface Downside {
    p10Minor: number;
    p50Minor: number;
    p90Minor: number;
    gapMinor: number;
    /** largest first; they sum to the gap */
    accounts: AccountPart[];
}

export function downsideOf(input: DownsideInput): Downside {
    const { deals } = checkDeals(input.deals);
    const amount = wonAmountOf(portfolioFor(input, deals));
    const p10Minor = toMinor(amount.quantile(0.1)) + input.wonSoFarMinor;
    const p50Minor = toMinor(amount.quantile(0.5)) + input.wonSoFarMinor;
    const p90Minor = toMinor(amount.quantile(0.9)) + input.wonSoFarMinor;
    const gapMinor = p50Minor - p10Minor;
    const byDeal = gapMinor === 0 ? new Float64Array(deals.length + 1) : amount.difference(0.5, 0.1);
    return { p10Minor, p50Minor, p90Minor, gapMinor, accounts: accountsOf(deals, byDeal, gapMinor) };
}

function portfolioFor(input: DownsideInput, deals: readonly ForecastDeal[]): Portfolio {
    return portfolioOf(deals, input.asOf, input.period, input.shock, input.newBusiness);
}

function accountsOf(deals: readonly ForecastDeal[], byDeal: Float64Array, gapMinor: number): AccountPart[] {
    const places = Map.groupBy(deals.keys(), (at) => deals[at]!.accountId);
    const parts: { accountId: string | null; part: number; dealIds: string[] }[] = [];
    for (const accountId of [...places.keys()].sort()) {
        const own = places.get(accountId)!.toSorted((a, b) => byDeal[b]! - byDeal[a]! || a - b);
        parts.push({
            accountId,
            part: own.reduce((sum, at) => sum + byDeal[at]!, 0),
            dealIds: own.map((at) => deals[at]!.dealId)
        });
    }
    parts.push({ accountId: null, part: byDeal[deals.length]!, dealIds: [] });
    const sum = parts.reduce((total, { part }) => total + part, 0);
    const scale = sum > 0 ? gapMinor / sum : 0;
    const rounded = roundParts(
        parts.map(({ part }) => part * scale),
        gapMinor
    );
    return parts
        .map(({ accountId, dealIds }, at) => ({ accountId, partMinor: rounded[at]!, dealIds }))
        .filter(({ accountId, partMinor }) => accountId !== null || partMinor !== 0)
        .sort((a, b) => b.partMinor - a.partMinor || compareIds(a.accountId, b.accountId));
}

function compareIds(a: string | null, b: string | null): number {
    return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** A named step: after it these deals are won with this chance in the period; 1 takes their risk away altogether. */
export interface Mitigation {
    dealIds: readonly string[];
    chance: number;
}

export interface MitigationValue {
    p10Minor: number;
    p50Minor: number;
    /** how much P10 and P50 rise */
    p10GainMinor: number;
    p50GainMinor: number;
}

/** The whole distribution is worked out again with the deals' new chances; a chance that is higher already stays. */
export function valueOfMitigation(
    input: DownsideInput,
    before: Pick<Downside, 'p10Minor' | 'p50Minor'>,
    { dealIds, chance }: Mitigation
): MitigationValue {
    const { deals } = checkDeals(input.deals);
    const portfolio = portfolioFor(input, deals);
    const named = new Set(dealIds);
    const chances = portfolio.chances.map((own, at) =>
        named.has(deals[at]!.dealId) ? Math.max(own, Math.min(1, chance)) : own
    );
    const amount = wonAmountOf({ ...portfolio, chances });
    const [p10Minor, p50Minor] = [0.1, 0.5].map(
        (level) => toMinor(amount.quantile(level)) + input.wonSoFarMinor
    ) as [number, number];
    return {
        p10Minor,
        p50Minor,
        p10GainMinor: p10Minor - before.p10Minor,
        p50GainMinor: p50Minor - before.p50Minor
    };
}
