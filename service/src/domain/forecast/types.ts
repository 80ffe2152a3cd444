// The words of the forecast. Amounts are integer minor units, days are day numbers, chances are doubles from 0 to 1.
// Where chances come from (a model, a stage's record) is not known here: they are handed in by deal.
import type { DayNumber } from '../pipeline/types.ts';

/** Chance that a deal is won by the end of a day. */
export interface ChanceBy {
    on: DayNumber;
    chance: number;
}

export interface ForecastDeal {
    dealId: string;
    accountId: string;
    ownerId: string;
    teamKey: string;
    segment: string;
    amountMinor: number | null;
    /** One point is enough. Straight lines between the points, from 0 on the as-of day; flat after the last. */
    wonBy: readonly ChanceBy[];
}

/** A deal of the past: what new business and naive forecasts are learnt from. `wonOn` is NONE for all others. */
export interface PastDeal {
    dealId: string;
    ownerId: string;
    teamKey: string;
    segment: string;
    amountMinor: number | null;
    createdOn: DayNumber;
    wonOn: DayNumber;
}

/** First and last day, both inclusive. */
export interface ForecastPeriod {
    key: string;
    startOn: DayNumber;
    endOn: DayNumber;
}

/** Deals that do not exist yet: how many are expected to be created and won in time, and of which amounts. */
export interface NewBusiness {
    expectedCount: number;
    /** how much the count follows the shared shock: standard deviation of its logarithm */
    shockDeviation: number;
    /** amounts such deals had, each equally likely; at least one where `expectedCount` is above 0 */
    amountsMinor: readonly number[];
}

/** What may be won, as parallel columns: the input of every method. Chances of 0 and amounts of 0 are allowed. */
export interface Portfolio {
    amounts: Float64Array;
    chances: Float64Array;
    /** correlation of the hidden variables of any two deals, 0 (independent) to LARGEST_SHOCK */
    shock: number;
    newBusiness: NewBusiness | null;
}

/** The distribution of the won amount of a portfolio. */
export interface WonAmount {
    method: 'Enumerated' | 'Transformed';
    mean: number;
    deviation: number;
    chanceOfAtMost(amount: number): number;
    /** Smallest amount that is not exceeded with this chance. */
    quantile(level: number): number;
    /** What each deal brings on average where the total lies around `high` less where it lies around `low` (both levels,
     *  each with BAND on either side). By deal; the last entry is new business. */
    difference(low: number, high: number): Float64Array;
}

/** Half width of the band of levels around a quantile in which contributions are averaged. */
export const BAND = 0.05;
