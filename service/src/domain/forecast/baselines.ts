// The naive forecasts every other one has to beat, from what was known on the as-of day:
//   LastPeriod            what the period before brought
//   SamePeriodLastYear    what the period that began a year earlier brought
//   StageWeighted         won so far + open deals due in the period, each at the value win rate of its stage
import type { DayNumber } from '../pipeline/types.ts';
import { toMinor } from './round-parts.ts';
import type { ForecastPeriod, PastDeal } from './types.ts';

export const NAIVE_METHODS = ['LastPeriod', 'SamePeriodLastYear', 'StageWeighted'] as const;
export type NaiveMethod = (typeof NAIVE_METHODS)[number];

export interface StagedDeal {
    stageName: string;
    amountMinor: number | null;
    closeDate: DayNumber;
}

/** A deal that ended before the as-of day, once for each stage it passed. */
export interface PassedStage {
    stageName: string;
    amountMinor: number | null;
    isWon: boolean;
}

export interface NaiveInput {
    asOf: DayNumber;
    period: ForecastPeriod;
    past: readonly PastDeal[];
    open: readonly StagedDeal[];
    /** of the firm, by stage (winRateByStage) */
    winRates: ReadonlyMap<string, number>;
}

const YEAR_DAYS = 365;
/** A period that began within so many days of a year earlier is the same one (leap years, 4-4-5 weeks). */
const YEAR_SLACK = 7;

/** null where the past does not reach back far enough. `earlier` are the periods before, in any order. */
export function naiveForecasts(
    input: NaiveInput,
    earlier: readonly ForecastPeriod[]
): Record<NaiveMethod, number | null> {
    const { period, past } = input;
    const first = past.reduce((least, { createdOn }) => Math.min(least, createdOn), Infinity);
    const wonIn = (other: ForecastPeriod | undefined): number | null =>
        other && other.startOn >= first ? wonBetween(input, other.startOn, other.endOn) : null;
    return {
        LastPeriod: wonIn(earlier.find(({ endOn }) => endOn === period.startOn - 1)),
        SamePeriodLastYear: wonIn(
            earlier.find(({ startOn }) => Math.abs(period.startOn - YEAR_DAYS - startOn) <= YEAR_SLACK)
        ),
        StageWeighted: stageWeighted(input)
    };
}

function wonBetween({ past, asOf }: NaiveInput, from: DayNumber, to: DayNumber): number {
    return past.reduce(
        (sum, deal) =>
            sum + (deal.wonOn >= from && deal.wonOn <= Math.min(to, asOf) ? (deal.amountMinor ?? 0) : 0),
        0
    );
}

function stageWeighted(input: NaiveInput): number | null {
    const { winRates } = input;
    if (winRates.size === 0) return null;
    const { startOn, endOn } = input.period;
    let expected = 0;
    for (const { stageName, amountMinor, closeDate } of input.open)
        if (closeDate >= startOn && closeDate <= endOn)
            expected += Math.max(0, amountMinor ?? 0) * (winRates.get(stageName) ?? 0);
    return wonBetween(input, startOn, endOn) + toMinor(expected);
}

/** Won value over closed value of the deals that passed a stage. */
export function winRateByStage(passed: readonly PassedStage[]): Map<string, number> {
    const rates = new Map<string, number>();
    for (const [stage, deals] of Map.groupBy(passed, ({ stageName }) => stageName)) {
        const valueOf = (of: readonly PassedStage[]): number =>
            of.reduce((sum, { amountMinor }) => sum + Math.max(0, amountMinor ?? 0), 0);
        const all = valueOf(deals);
        if (all > 0) rates.set(stage, valueOf(deals.filter(({ isWon }) => isWon)) / all);
    }
    return rates;
}
