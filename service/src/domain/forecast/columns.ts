// The characteristic function of a portfolio's won amount, one column for each wave of the cosine series and one value
// for each shock: given the shock, deals and new business are independent, so their functions are multiplied.
//
// Deals that are small against a wave go in by their cumulants, gathered on the grid of chances; the few that are not are
// multiplied one by one. A wave k has the angle k * pi * amount / width for an amount.
import { GRID_SIZE, TOUCHED, chancesOnGrid, isOnGrid, placeOnGrid } from './chance-grid.ts';
import { CUMULANTS, cumulantsOf } from './cumulants.ts';
import { chancesGivenShock, countGivenShock, type ShockNodes } from './shock.ts';
import type { NewBusiness, Portfolio } from './types.ts';

/** Largest angle, in radians, up to which the cumulants kept say everything. */
const SMALL_ANGLE = 0.25;
/** A product whose square is below this is nothing; processors are slow on the smallest numbers of all. */
const NOTHING = 1e-250;

const OFF_GRID = -1;

export interface Interval {
    low: number;
    width: number;
}

/** Deals and shocks, prepared once for every interval. */
export class DealColumns {
    readonly portfolio: Portfolio;
    readonly nodes: ShockNodes;
    /** first grid point of each deal, OFF_GRID for chances outside */
    readonly #first: Int32Array;
    /** six by deal */
    readonly #weights: Float64Array;
    readonly #grid: Float64Array;

    constructor(portfolio: Portfolio, nodes: ShockNodes) {
        const { chances } = portfolio;
        this.portfolio = portfolio;
        this.nodes = nodes;
        this.#grid = chancesOnGrid(portfolio.shock, nodes);
        this.#first = new Int32Array(chances.length).fill(OFF_GRID);
        this.#weights = new Float64Array(chances.length * TOUCHED);
        for (let deal = 0; deal < chances.length; deal++)
            if (isOnGrid(chances[deal]!))
                this.#first[deal] = placeOnGrid(chances[deal]!, this.#weights, deal * TOUCHED);
    }

    isSmall(deal: number, { width }: Interval, waves: number): boolean {
        return (
            this.portfolio.amounts[deal]! * Math.PI * waves <= SMALL_ANGLE * width &&
            this.#first[deal] !== OFF_GRID
        );
    }

    /** Chance of a deal at each shock. */
    chancesOf(deal: number, into: Float64Array): void {
        const { values } = this.nodes;
        const first = this.#first[deal]!;
        if (first === OFF_GRID) {
            into.set(chancesGivenShock(this.portfolio.chances[deal]!, this.portfolio.shock, values));
            return;
        }
        into.fill(0);
        for (let point = 0; point < TOUCHED; point++) {
            const weight = this.#weights[deal * TOUCHED + point]!;
            const row = (first + point) * values.length;
            for (let node = 0; node < values.length; node++) into[node]! += weight * this.#grid[row + node]!;
        }
    }

    isOffGrid(deal: number): boolean {
        return this.#first[deal] === OFF_GRID;
    }

    /** Sums of (amount * scale)^j over the deals that count, at each grid point; entry point * powers + j - 1. */
    gather(scale: number, powers: number, counts: (deal: number) => boolean): Float64Array {
        const { amounts } = this.portfolio;
        const sums = new Float64Array(powers * GRID_SIZE);
        for (let deal = 0; deal < amounts.length; deal++) {
            if (!counts(deal)) continue;
            const size = amounts[deal]! * scale;
            const first = this.#first[deal]!;
            for (let point = 0; point < TOUCHED; point++) {
                let part = this.#weights[deal * TOUCHED + point]!;
                const at = (first + point) * powers;
                for (let j = 0; j < powers; j++) sums[at + j]! += part *= size;
            }
        }
        return sums;
    }

    /** The way back: a deal's value of a function of chance given on the grid as a series in size, size * sum of
     *  size^(j - 1) * entry j. Same layout as `gather` makes. */
    read(deal: number, grid: Float64Array, size: number): number {
        const powers = grid.length / GRID_SIZE;
        const first = this.#first[deal]!;
        let sum = 0;
        for (let point = 0; point < TOUCHED; point++) {
            const at = (first + point) * powers;
            let value = 0;
            for (let j = powers - 1; j >= 0; j--) value = value * size + grid[at + j]!;
            sum += this.#weights[deal * TOUCHED + point]! * value;
        }
        return sum;
    }

    /** Calls `use` with the cumulants of each grid point at each shock. */
    onGrid(use: (point: number, node: number, cumulants: Float64Array) => void): void {
        const count = this.nodes.values.length;
        const cumulants = new Float64Array(CUMULANTS);
        for (let point = 0; point < GRID_SIZE; point++)
            for (let node = 0; node < count; node++) {
                cumulantsOf(this.#grid[point * count + node]!, cumulants);
                use(point, node, cumulants);
            }
    }
}

/** Real and imaginary parts of E[e^(i u_k (S - low)) | shock] times the shock's weight; entry wave * shocks + shock. */
export interface Waves {
    count: number;
    real: Float64Array;
    imaginary: Float64Array;
}

export function wavesOf(columns: DealColumns, interval: Interval, count: number): Waves {
    const shocks = columns.nodes.values.length;
    const waves: Waves = {
        count,
        real: new Float64Array(count * shocks).fill(1),
        imaginary: new Float64Array(count * shocks)
    };
    multiplyLargeDeals(columns, interval, waves);
    const small = smallDeals(columns, interval, count);
    const { newBusiness } = columns.portfolio;
    const counts = newBusinessCounts(columns);
    for (let wave = 0; wave < count; wave++) {
        const business = newBusiness && amountsWave(newBusiness, interval, wave);
        for (let shock = 0; shock < shocks; shock++) {
            let growth = 0;
            let turn = (-wave * Math.PI * interval.low) / interval.width;
            // The powers of i k over j!: real parts for even j, imaginary ones for odd j, signs in turns of two.
            let factor = 1;
            for (let j = 1; j <= CUMULANTS; j++) {
                factor *= wave / j;
                const part = small[(j - 1) * shocks + shock]! * factor * (j % 4 < 2 ? 1 : -1);
                if (j % 2 === 0) growth += part;
                else turn += part;
            }
            if (business) {
                growth += counts[shock]! * (business.real - 1);
                turn += counts[shock]! * business.imaginary;
            }
            multiply(waves, wave * shocks + shock, growth, turn, columns.nodes.weights[shock]!);
        }
    }
    return waves;
}

function multiply(waves: Waves, at: number, growth: number, turn: number, weight: number): void {
    const size = Math.exp(growth) * weight;
    const cosine = Math.cos(turn) * size;
    const sine = Math.sin(turn) * size;
    const real = waves.real[at]!;
    const imaginary = waves.imaginary[at]!;
    waves.real[at] = real * cosine - imaginary * sine;
    waves.imaginary[at] = real * sine + imaginary * cosine;
}

/** Cumulants of all small deals together at each shock; entry (j - 1) * shocks + shock. */
function smallDeals(columns: DealColumns, interval: Interval, waves: number): Float64Array {
    const shocks = columns.nodes.values.length;
    const gathered = columns.gather(Math.PI / interval.width, CUMULANTS, (deal) =>
        columns.isSmall(deal, interval, waves)
    );
    const sums = new Float64Array(CUMULANTS * shocks);
    columns.onGrid((point, node, cumulants) => {
        for (let j = 0; j < CUMULANTS; j++)
            sums[j * shocks + node]! += gathered[point * CUMULANTS + j]! * cumulants[j]!;
    });
    return sums;
}

function multiplyLargeDeals(
    columns: DealColumns,
    interval: Interval,
    { count, real, imaginary }: Waves
): void {
    const { amounts } = columns.portfolio;
    const shocks = columns.nodes.values.length;
    const chances = new Float64Array(shocks);
    for (let deal = 0; deal < amounts.length; deal++) {
        if (columns.isSmall(deal, interval, count)) continue;
        columns.chancesOf(deal, chances);
        for (let wave = 1; wave < count; wave++) {
            const angle = (wave * Math.PI * amounts[deal]!) / interval.width;
            const lessOne = Math.cos(angle) - 1;
            const sine = Math.sin(angle);
            for (let shock = 0, at = wave * shocks; shock < shocks; shock++, at++) {
                const across = 1 + chances[shock]! * lessOne;
                const up = chances[shock]! * sine;
                const before = real[at]!;
                const beforeUp = imaginary[at]!;
                const after = before * across - beforeUp * up;
                const afterUp = before * up + beforeUp * across;
                real[at] = after * after < NOTHING ? 0 : after;
                imaginary[at] = afterUp * afterUp < NOTHING ? 0 : afterUp;
            }
        }
    }
}

/** Expected count of new business at each shock. */
export function newBusinessCounts({ portfolio, nodes }: DealColumns): Float64Array {
    const { expectedCount, shockDeviation } = portfolio.newBusiness ?? {
        expectedCount: 0,
        shockDeviation: 0
    };
    return nodes.values.map((value) => countGivenShock(expectedCount, shockDeviation, value));
}

/** E[e^(i u_k A)] of one amount of new business; `isWeighted`: E[A e^(i u_k A)]. */
export function amountsWave(
    { amountsMinor }: NewBusiness,
    { width }: Interval,
    wave: number,
    isWeighted = false
): { real: number; imaginary: number } {
    let real = 0;
    let imaginary = 0;
    for (const amount of amountsMinor) {
        const angle = (wave * Math.PI * amount) / width;
        const weight = isWeighted ? amount : 1;
        real += weight * Math.cos(angle);
        imaginary += weight * Math.sin(angle);
    }
    return { real: real / amountsMinor.length, imaginary: imaginary / amountsMinor.length };
}
