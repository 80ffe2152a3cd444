// What each deal brings where the total lies in a band of amounts. The characteristic function of "the amount of deal i,
// where the total is x" is the portfolio's with one factor exchanged:
//     E[X_i e^(iuS)] = E[e^(iuS)] * a_i * p e^(i u a_i) / (1 - p + p e^(i u a_i))
// The fraction is the derivative of the deal's cumulant series, so small deals are read off the grid again, the large
// ones one by one: the way columns.ts came, backwards.
import { GRID_SIZE } from './chance-grid.ts';
import { amountsWaves, newBusinessCounts, type DealColumns, type Interval, type Waves } from './columns.ts';
import { CUMULANTS } from './cumulants.ts';

/** By deal, new business last. `factors` turn the waves into the integral that is asked for. */
export function contributions(
    columns: DealColumns,
    interval: Interval,
    waves: Waves,
    factors: Float64Array
): Float64Array {
    const { amounts, newBusiness } = columns.portfolio;
    const band = bandOf(waves, factors, columns.nodes.values.length);
    const found = new Float64Array(amounts.length + 1);
    const onGrid = gridOf(columns, band);
    const chances = new Float64Array(columns.nodes.values.length);
    for (let deal = 0; deal < amounts.length; deal++) {
        const angle = (Math.PI * amounts[deal]!) / interval.width;
        if (columns.isSmall(deal, interval, waves.count)) {
            found[deal] = amounts[deal]! * columns.read(deal, onGrid, angle);
        } else {
            columns.chancesOf(deal, chances);
            found[deal] = amounts[deal]! * largeDeal(band, chances, angle);
        }
    }
    if (newBusiness) found[amounts.length] = newBusinessPart(columns, interval, band);
    return found;
}

/** Waves times factors. */
function bandOf({ count, real, imaginary }: Waves, factors: Float64Array, shocks: number): Waves {
    const scaled = (part: Float64Array): Float64Array =>
        part.map((value, at) => value * factors[Math.floor(at / shocks)]!);
    return { count, real: scaled(real), imaginary: scaled(imaginary) };
}

/** Sum over shocks of cumulant j times the real part of the sum over waves of (i k)^(j - 1) / (j - 1)! times the band. */
function gridOf(columns: DealColumns, band: Waves): Float64Array {
    const shocks = columns.nodes.values.length;
    const bySeries = new Float64Array(CUMULANTS * shocks);
    for (let wave = 0; wave < band.count; wave++)
        for (let shock = 0; shock < shocks; shock++) {
            const at = wave * shocks + shock;
            let power = 1;
            for (let j = 0; j < CUMULANTS; j++) {
                // (i k)^j: real for even j; for odd j the imaginary part of the band turns real with a minus.
                const part = j % 2 === 0 ? band.real[at]! : -band.imaginary[at]!;
                bySeries[j * shocks + shock]! += (j % 4 < 2 ? 1 : -1) * power * part;
                power *= wave / (j + 1);
            }
        }
    const grid = new Float64Array(CUMULANTS * GRID_SIZE);
    const cumulants = columns.cumulantsOnGrid;
    for (let point = 0, at = 0; point < GRID_SIZE; point++)
        for (let shock = 0; shock < shocks; shock++)
            for (let j = 0; j < CUMULANTS; j++, at++)
                grid[point * CUMULANTS + j]! += cumulants[at]! * bySeries[j * shocks + shock]!;
    return grid;
}

function largeDeal(band: Waves, chances: Float64Array, angle: number): number {
    let sum = 0;
    for (let wave = 0, at = 0; wave < band.count; wave++) {
        const cosine = Math.cos(wave * angle);
        const sine = Math.sin(wave * angle);
        for (let shock = 0; shock < chances.length; shock++, at++) {
            const chance = chances[shock]!;
            const across = 1 - chance + chance * cosine;
            const up = chance * sine;
            const size = across * across + up * up;
            // Even odds and half a turn: the wave is silent, with or without this deal's part.
            if (size === 0) continue;
            // p e^(ia) over (1 - p + p e^(ia)), times its conjugate: p (p + (1 - p) e^(ia)) / size.
            const real = (chance * (chance + (1 - chance) * cosine)) / size;
            const imaginary = (chance * (1 - chance) * sine) / size;
            sum += band.real[at]! * real - band.imaginary[at]! * imaginary;
        }
    }
    return sum;
}

/** A compound Poisson sum Y has E[Y e^(iuY)] = count * E[A e^(iuA)] * E[e^(iuY)]. */
function newBusinessPart(columns: DealColumns, interval: Interval, band: Waves): number {
    const counts = newBusinessCounts(columns);
    const { real, imaginary } = amountsWaves(columns.portfolio.newBusiness!, interval, band.count, true);
    let sum = 0;
    for (let wave = 0, at = 0; wave < band.count; wave++)
        for (let shock = 0; shock < counts.length; shock++, at++)
            sum += counts[shock]! * (band.real[at]! * real[wave]! - band.imaginary[at]! * imaginary[wave]!);
    return sum;
}
