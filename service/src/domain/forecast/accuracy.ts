// How good past forecasts were, by any grouping (rep, manager, snapshot week, method) and always beside the naive ones:
// a forecast that does not beat "the same as last period" earns no trust. Forecasts are those on record at the time; they
// are never worked out again with what came later.
//
// With forecast F and outcome A of n periods, d = F - A:
//   WAPE = sum |d| / sum A    MAPE = mean of |d| / A (periods with A = 0 cannot be counted)    bias = sum d / sum A
// The interval of the bias is that of a ratio of sums (W.G. Cochran, Sampling Techniques, 1977, 6.4): with residuals
// e = d - bias * A, se = sqrt(n / (n - 1) * sum e^2) / sum A, times Student's t with n - 1 degrees of freedom.
import { studentQuantile } from '../statistics/student.ts';
import type { Interval } from '../statistics/proportions.ts';

/** One figure on record for one owner and period, n weeks before the period ended. */
export interface ForecastOnRecord {
    /** 'Commit', 'P50', or a naive method (see baselines.ts) */
    method: string;
    ownerId: string;
    managerId: string;
    periodKey: string;
    weeksToGo: number;
    forecastMinor: number;
    actualMinor: number;
}

export interface Accuracy {
    method: string;
    count: number;
    /** null where nothing was won, or for MAPE no period had any */
    wape: number | null;
    mape: number | null;
    /** above 0: forecast too high */
    bias: number | null;
    /** null below LEAST_PERIODS */
    biasInterval: Interval | null;
    /** 1 - WAPE / WAPE of the best naive method on the same periods; null without one */
    skill: number | null;
    /** of the last periods, how many this beat every naive method in: [4, 4] is all of the last four */
    beatNaive: [number, number];
}

export interface AccuracyGroup {
    key: string;
    methods: Accuracy[];
}

export const LEAST_PERIODS = 3;
const CONFIDENCE = 0.9;
const LAST_PERIODS = 4;

/** In order of keys; in each group the methods in order of WAPE, best first. */
export function accuracyBy(
    records: readonly ForecastOnRecord[],
    keyOf: (record: ForecastOnRecord) => string,
    naiveMethods: ReadonlySet<string>
): AccuracyGroup[] {
    const groups = [...Map.groupBy(records, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
    return groups.map(([key, group]) => {
        const byMethod = [...Map.groupBy(group, (record) => record.method)].sort(([a], [b]) =>
            a < b ? -1 : 1
        );
        const naive = byMethod.filter(([method]) => naiveMethods.has(method)).map(([, own]) => own);
        const methods = byMethod.map(([method, own]) => ({
            ...errorsOf(method, own),
            skill: naiveMethods.has(method) ? null : skillOf(own, naive),
            beatNaive: naiveMethods.has(method) ? ([0, 0] as [number, number]) : periodsBeaten(own, naive)
        }));
        return { key, methods: methods.sort((a, b) => (a.wape ?? Infinity) - (b.wape ?? Infinity)) };
    });
}

function errorsOf(
    method: string,
    records: readonly ForecastOnRecord[]
): Omit<Accuracy, 'skill' | 'beatNaive'> {
    const differences = records.map(({ forecastMinor, actualMinor }) => forecastMinor - actualMinor);
    const actual = sum(records.map(({ actualMinor }) => actualMinor));
    const shares = records.flatMap(({ actualMinor }, at) =>
        actualMinor > 0 ? [Math.abs(differences[at]!) / actualMinor] : []
    );
    const bias = actual > 0 ? sum(differences) / actual : null;
    return {
        method,
        count: records.length,
        wape: wapeOf(records),
        mape: shares.length > 0 ? sum(shares) / shares.length : null,
        bias,
        biasInterval: bias === null ? null : intervalOf(bias, differences, records, actual)
    };
}

function intervalOf(
    bias: number,
    differences: readonly number[],
    records: readonly ForecastOnRecord[],
    actual: number
): Interval | null {
    const n = records.length;
    if (n < LEAST_PERIODS) return null;
    const squares = sum(records.map(({ actualMinor }, at) => (differences[at]! - bias * actualMinor) ** 2));
    const half = (studentQuantile((1 + CONFIDENCE) / 2, n - 1) * Math.sqrt((n / (n - 1)) * squares)) / actual;
    return { low: bias - half, high: bias + half };
}

function wapeOf(records: readonly ForecastOnRecord[]): number | null {
    const actual = sum(records.map(({ actualMinor }) => actualMinor));
    if (actual <= 0) return null;
    return sum(records.map((record) => Math.abs(record.forecastMinor - record.actualMinor))) / actual;
}

/** Only figures that all have are compared: the same owners, periods and weeks. */
function shared(own: readonly ForecastOnRecord[], other: readonly ForecastOnRecord[]): ForecastOnRecord[][] {
    const placeOf = (record: ForecastOnRecord): string =>
        `${record.ownerId}\n${record.periodKey}\n${record.weeksToGo}`;
    const theirs = new Map(other.map((record) => [placeOf(record), record]));
    const both = own.filter((record) => theirs.has(placeOf(record)));
    return [both, both.map((record) => theirs.get(placeOf(record))!)];
}

function skillOf(
    own: readonly ForecastOnRecord[],
    naive: readonly (readonly ForecastOnRecord[])[]
): number | null {
    let least: number | null = null;
    for (const method of naive) {
        const [ours, theirs] = shared(own, method);
        const [error, theirError] = [wapeOf(ours!), wapeOf(theirs!)];
        if (error === null || theirError === null || theirError === 0) continue;
        const skill = 1 - error / theirError;
        if (least === null || skill < least) least = skill;
    }
    return least;
}

function periodsBeaten(
    own: readonly ForecastOnRecord[],
    naive: readonly (readonly ForecastOnRecord[])[]
): [number, number] {
    const periods = [...new Set(own.map(({ periodKey }) => periodKey))].sort().slice(-LAST_PERIODS);
    let judged = 0;
    let beaten = 0;
    for (const period of periods) {
        const inPeriod = own.filter(({ periodKey }) => periodKey === period);
        const comparisons = naive
            .map((method) => shared(inPeriod, method))
            .filter(([ours]) => ours!.length > 0);
        if (comparisons.length === 0) continue;
        judged++;
        const misses = (records: readonly ForecastOnRecord[]): number =>
            sum(records.map((record) => Math.abs(record.forecastMinor - record.actualMinor)));
        if (comparisons.every(([ours, theirs]) => misses(ours!) < misses(theirs!))) beaten++;
    }
    return [beaten, judged];
}

function sum(values: readonly number[]): number {
    return values.reduce((total, value) => total + value, 0);
}
