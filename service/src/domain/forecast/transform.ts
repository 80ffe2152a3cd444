// The distribution of the won amount by its characteristic function, turned into a distribution function by the cosine
// series (COS method: Fang and Oosterlee, SIAM J. Sci. Comput. 31, 2008):
//     F(x) = (x - low) / width + sum over waves k of 2 / (k pi) * c_k * sin(k pi (x - low) / width)
// with c_k the real part of E[e^(i u_k (S - low))], u_k = k pi / width. No sampling: the same deals give the same
// quantiles, so what changed since yesterday is real.
//
// Few or uneven deals leave a staircase whose waves never die out. Then 1024 waves are used and damped by an exponential
// filter (Ruijter, Versteegh and Oosterlee, J. Computational Finance 18, 2015): steps become slopes about a
// three-hundredth of the range wide instead of ringing.
import { BAND, type Portfolio, type WonAmount } from './types.ts';
import { DealColumns, newBusinessCounts, wavesOf, type Interval, type Waves } from './columns.ts';
import { GRID_SIZE } from './chance-grid.ts';
import { contributions } from './contributions.ts';
import { CUMULANTS } from './cumulants.ts';
import { NO_SHOCK, shockNodes } from './shock.ts';

interface Attempt {
    waves: number;
    /** between two values of the shock; fast waves need them close together */
    step: number;
}

/** Tried in turn until the waves have died out; the last one answers in any case. The steps were chosen so that half of
 *  them changes no quantile by a millionth (forecast tests do it again). */
const MANY_DEALS: readonly Attempt[] = [
    { waves: 64, step: 1 / 4 },
    { waves: 256, step: 1 / 16 },
    { waves: 1024, step: 1 / 16 }
];
/** Few deals cannot turn a wave often while the shock moves. */
const FEW_DEALS: readonly Attempt[] = [
    { waves: 64, step: 1 / 4 },
    { waves: 1024, step: 1 / 4 }
];
const FEW = 200;
/** Waves at the end must be below this for the first attempt to be enough. */
const DECAYED = 1e-7;
const LAST = 16;
/** How far from the mean the series reaches, in standard deviations, where the support does not end before. */
const DEVIATIONS = 10;
/** Beyond the support by this share of it, so that a step at its end lies inside. */
const MARGIN = 0.0217;
const FILTER_POWER = 6;
const FILTER_STRENGTH = 36;

interface Moments {
    mean: number;
    deviation: number;
    least: number;
    most: number;
}

export function transformedAmount(portfolio: Portfolio): WonAmount {
    const isShared = portfolio.shock > 0 || (portfolio.newBusiness?.shockDeviation ?? 0) > 0;
    const attempts = portfolio.amounts.length < FEW ? FEW_DEALS : MANY_DEALS;
    for (const { waves: count, step } of attempts.slice(0, -1)) {
        const found = attempt(portfolio, isShared, count, step);
        if (hasDecayed(found.sums)) return new TransformedAmount(found, null);
    }
    const { waves: count, step } = attempts.at(-1)!;
    const found = attempt(portfolio, isShared, count, step);
    return new TransformedAmount(found, hasDecayed(found.sums) ? null : damping(count));
}

interface Series {
    columns: DealColumns;
    moments: Moments;
    interval: Interval;
    waves: Waves;
    sums: Sums;
}

function attempt(portfolio: Portfolio, isShared: boolean, count: number, step: number): Series {
    const columns = new DealColumns(portfolio, isShared ? shockNodes(step) : NO_SHOCK);
    const moments = momentsOf(columns);
    const interval = intervalOf(moments);
    const waves = wavesOf(columns, interval, count);
    return { columns, moments, interval, waves, sums: sumOverShocks(waves, columns.nodes.values.length) };
}

/** Mean and variance over the shock of the mean and variance given the shock. */
function momentsOf(columns: DealColumns): Moments {
    const { amounts, newBusiness } = columns.portfolio;
    const { values, weights } = columns.nodes;
    const means = new Float64Array(values.length);
    const variances = new Float64Array(values.length);
    const gathered = columns.gather(1, 2, (deal) => !columns.isOffGrid(deal));
    const cumulants = columns.cumulantsOnGrid;
    for (let point = 0, at = 0; point < GRID_SIZE; point++)
        for (let node = 0; node < values.length; node++, at += CUMULANTS) {
            means[node]! += gathered[2 * point]! * cumulants[at]!;
            variances[node]! += gathered[2 * point + 1]! * cumulants[at + 1]!;
        }
    const chances = new Float64Array(values.length);
    for (let deal = 0; deal < amounts.length; deal++) {
        if (!columns.isOffGrid(deal)) continue;
        columns.chancesOf(deal, chances);
        const amount = amounts[deal]!;
        for (let node = 0; node < values.length; node++) {
            means[node]! += amount * chances[node]!;
            variances[node]! += amount * amount * chances[node]! * (1 - chances[node]!);
        }
    }
    if (newBusiness) addNewBusiness(columns, means, variances);
    const mean = weights.reduce((sum, weight, node) => sum + weight * means[node]!, 0);
    const variance = weights.reduce(
        (sum, weight, node) => sum + weight * (variances[node]! + (means[node]! - mean) ** 2),
        0
    );
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    return { mean, deviation: Math.sqrt(variance), least: 0, most: newBusiness ? Infinity : total };
}

function addNewBusiness(columns: DealColumns, means: Float64Array, variances: Float64Array): void {
    const { amountsMinor } = columns.portfolio.newBusiness!;
    const first = amountsMinor.reduce((sum, amount) => sum + amount, 0) / amountsMinor.length;
    const second = amountsMinor.reduce((sum, amount) => sum + amount * amount, 0) / amountsMinor.length;
    newBusinessCounts(columns).forEach((count, node) => {
        means[node]! += count * first;
        variances[node]! += count * second;
    });
}

/** A deal so large that it alone reaches beyond has a chance below 1 % (Chebyshev): it moves levels by less than that. */
function intervalOf({ mean, deviation, least, most }: Moments): Interval {
    const end = Math.min(most, mean + DEVIATIONS * deviation);
    const margin = MARGIN * (end - least);
    const low = Math.max(least - margin, mean - DEVIATIONS * deviation);
    return { low, width: end + margin - low };
}

interface Sums {
    real: Float64Array;
    size: Float64Array;
}

function sumOverShocks({ count, real, imaginary }: Waves, shocks: number): Sums {
    const sums = { real: new Float64Array(count), size: new Float64Array(count) };
    for (let wave = 0; wave < count; wave++) {
        let across = 0;
        let up = 0;
        for (let at = wave * shocks; at < (wave + 1) * shocks; at++) {
            across += real[at]!;
            up += imaginary[at]!;
        }
        sums.real[wave] = across;
        sums.size[wave] = Math.hypot(across, up);
    }
    return sums;
}

function hasDecayed({ size }: Sums): boolean {
    return size.subarray(-LAST).every((value) => value < DECAYED);
}

function damping(count: number): Float64Array {
    return Float64Array.from({ length: count }, (_, wave) =>
        Math.exp(-FILTER_STRENGTH * (wave / count) ** FILTER_POWER)
    );
}

class TransformedAmount implements WonAmount {
    readonly method = 'Transformed';
    readonly mean: number;
    readonly deviation: number;
    readonly #columns: DealColumns;
    readonly #moments: Moments;
    readonly #interval: Interval;
    readonly #waves: Waves;
    /** 2 / (k pi) times the damping; 0 for k = 0 */
    readonly #factors: Float64Array;
    readonly #coefficients: Float64Array;

    constructor({ columns, moments, interval, waves, sums }: Series, damped: Float64Array | null) {
        this.mean = moments.mean;
        this.deviation = moments.deviation;
        this.#columns = columns;
        this.#moments = moments;
        this.#interval = interval;
        this.#waves = waves;
        this.#factors = sums.real.map((_, wave) =>
            wave === 0 ? 0 : (2 / (wave * Math.PI)) * (damped?.[wave] ?? 1)
        );
        this.#coefficients = sums.real.map((value, wave) => value * this.#factors[wave]!);
    }

    chanceOfAtMost(amount: number): number {
        const { least, most } = this.#moments;
        if (amount < least) return 0;
        return amount >= most ? 1 : Math.min(1, Math.max(0, this.#series(amount)));
    }

    quantile(level: number): number {
        const { least, most } = this.#moments;
        return Math.min(most, Math.max(least, this.#where(level)));
    }

    difference(high: number, low: number): Float64Array {
        const found = this.#band(high);
        const minus = this.#band(low);
        const factors = found.map((value, wave) => (value - minus[wave]!) / (2 * BAND));
        return contributions(this.#columns, this.#interval, this.#waves, factors);
    }

    /** Factors of the waves that integrate over the amounts between the levels around this one. */
    #band(level: number): Float64Array {
        const { low, width } = this.#interval;
        const from = this.#where(level - BAND) - low;
        const to = this.#where(level + BAND) - low;
        return this.#factors.map((factor, wave) =>
            wave === 0
                ? (to - from) / width
                : factor *
                  (Math.sin((wave * Math.PI * to) / width) - Math.sin((wave * Math.PI * from) / width))
        );
    }

    /** The distribution function by the series; sines by the recurrence sin((k+1)x) = 2 cos(x) sin(kx) - sin((k-1)x). */
    #series(amount: number): number {
        const share = (amount - this.#interval.low) / this.#interval.width;
        const twice = 2 * Math.cos(Math.PI * share);
        let before = 0;
        let sine = Math.sin(Math.PI * share);
        let sum = share;
        for (let wave = 1; wave < this.#coefficients.length; wave++) {
            sum += this.#coefficients[wave]! * sine;
            const next = twice * sine - before;
            before = sine;
            sine = next;
        }
        return sum;
    }

    /** Where the series crosses a level, by bisection. */
    #where(level: number): number {
        let low = this.#interval.low;
        let high = low + this.#interval.width;
        for (let round = 0; round < 60; round++) {
            const middle = (low + high) / 2;
            if (this.#series(middle) < level) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
