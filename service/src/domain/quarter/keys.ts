// The keys by which rows of a review are known in the org, the same on every run of the day.
import { formatDay } from '../calendar.ts';
import { toUnits } from '../money.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { ForecastResult, ModelCardResult, Snapshot } from './quarter-review.ts';

export function snapshotKey({ asOf, period, of }: Snapshot): string {
    return `${formatDay(asOf)}:${formatDay(period.startOn)}:${of.scope}:${of.userId}`;
}

export function forecastKey({ asOf, period, of, segment }: ForecastResult): string {
    const begin = `${formatDay(asOf)}:${formatDay(period.startOn)}`;
    return segment === '' ? `${begin}:${of.scope}:${of.userId}` : `${begin}:Segment:${of.userId}:${segment}`;
}

export function modelKey({ kind }: ModelCardResult, fittedOn: DayNumber): string {
    return `${kind}:${formatDay(fittedOn)}`;
}

/** 123450 is "1234.50": exact, as amounts stand in JSON. */
export function amountText(minor: number): string {
    return toUnits(minor).toFixed(2);
}
