// Chooses how the distribution of a portfolio's won amount is worked out, and looks after what is certain: deals that are
// won already or cannot be won any more say nothing about risk.
import { ENUMERATED_BELOW, enumeratedAmount } from './enumerate.ts';
import { transformedAmount } from './transform.ts';
import type { Portfolio, WonAmount } from './types.ts';

/** Deals of a portfolio that may or may not be won, and what the others bring for certain. */
interface Uncertain {
    deals: Int32Array;
    certain: number;
}

export function wonAmountOf(portfolio: Portfolio): WonAmount {
    const { deals, certain } = uncertainOf(portfolio);
    const business = portfolio.newBusiness;
    const hasBusiness = business !== null && business.expectedCount > 0 && business.amountsMinor.length > 0;
    const uncertain: Portfolio = {
        amounts: pick(portfolio.amounts, deals),
        chances: pick(portfolio.chances, deals),
        shock: portfolio.shock,
        newBusiness: hasBusiness ? business : null
    };
    const isEnumerated = deals.length < ENUMERATED_BELOW && !hasBusiness;
    const inner = isEnumerated ? enumeratedAmount(uncertain) : transformedAmount(uncertain);
    return withCertain(inner, certain, deals, portfolio.amounts.length);
}

function uncertainOf({ amounts, chances }: Portfolio): Uncertain {
    const deals = new Int32Array(amounts.length);
    let count = 0;
    let certain = 0;
    for (let deal = 0; deal < amounts.length; deal++) {
        if (chances[deal]! >= 1) certain += amounts[deal]!;
        else if (chances[deal]! > 0 && amounts[deal]! > 0) deals[count++] = deal;
    }
    return { deals: deals.subarray(0, count), certain };
}

function pick(from: Float64Array, deals: Int32Array): Float64Array {
    const picked = new Float64Array(deals.length);
    for (let at = 0; at < deals.length; at++) picked[at] = from[deals[at]!]!;
    return picked;
}

function withCertain(inner: WonAmount, certain: number, deals: Int32Array, count: number): WonAmount {
    return {
        method: inner.method,
        mean: inner.mean + certain,
        deviation: inner.deviation,
        chanceOfAtMost: (amount) => inner.chanceOfAtMost(amount - certain),
        quantile: (level) => inner.quantile(level) + certain,
        difference: (high, low) => {
            const found = inner.difference(high, low);
            const all = new Float64Array(count + 1);
            deals.forEach((deal, at) => (all[deal] = found[at]!));
            all[count] = found[deals.length]!;
            return all;
        }
    };
}
