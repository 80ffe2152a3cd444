// The characteristic function of a portfolio's won amount, one column for each wave of the cosine series and one value
// for each shock: given the shock, deals and new business are independent, so their functions are multiplied.
//
// Deals that are small against a wave go in by their cumulants, gathered on the grid of chances; the few that are not are
// multiplied one by one. A wave k has the angle k * pi * amount / width for an amount.
import { GRID_SIZE, TOUCHED, gridAt, isOnGrid, placeOnGrid, type ChanceGrid } from './chance-grid.ts';
import { CUMULANTS } from './cumulants.ts';
import { chancesGivenShock, countGivenShock, type ShockNodes } from './shock.ts';
import type { NewBusiness, Portfolio } from './types.ts';

/** Largest angle, in radians, up to which the cumulants kept say everything. */
const SMALL_ANGLE = 0.25;
/** A product whose squared size is below this is nothing beside the first wave, which is 1. */
const NOTHING = 1e-40;
/** Deals after which products that are nothing are left out: so often that none becomes so small that processors are slow on it. */
const CLEARED_AFTER = 8;

const OFF_GRID = -1;
/** Waves after which sines and cosines are computed and not turned on. */
const TAKEN_ANEW = 64;

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
    readonly #grid: ChanceGrid;

    constructor(portfolio: Portfolio, nodes: ShockNodes) {
        const { chances } = portfolio;
        this.portfolio = portfolio;
        this.nodes = nodes;
        this.#grid = gridAt(portfolio.shock, nodes);
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
            for (let node = 0; node < values.length; node++)
                into[node]! += weight * this.#grid.chances[row + node]!;
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

    /** Cumulants of each grid point at each shock; entry (point * shocks + shock) * CUMULANTS + j - 1. */
    get cumulantsOnGrid(): Float64Array {
        return this.#grid.cumulants;
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
    const business = newBusiness && amountsWaves(newBusiness, interval, count);
    for (let wave = 0; wave < count; wave++) {
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
                growth += counts[shock]! * (business.real[wave]! - 1);
                turn += counts[shock]! * business.imaginary[wave]!;
            }
            multiply(waves, wave * shocks + shock, growth, turn, columns.nodes.weights[shock]!);
        }
    }
    return waves;
}

function multiply(waves: Waves, at: number, growth: number, turn: number, weight: number): void {
    if (waves.real[at] === 0 && waves.imaginary[at] === 0) return;
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
    const cumulants = columns.cumulantsOnGrid;
    const sums = new Float64Array(CUMULANTS * shocks);
    for (let point = 0, at = 0; point < GRID_SIZE; point++)
        for (let shock = 0; shock < shocks; shock++)
            for (let j = 0; j < CUMULANTS; j++, at++)
                sums[j * shocks + shock]! += gathered[point * CUMULANTS + j]! * cumulants[at]!;
    return sums;
}

function multiplyLargeDeals(columns: DealColumns, interval: Interval, waves: Waves): void {
    const { amounts } = columns.portfolio;
    const chances = new Float64Array(columns.nodes.values.length);
    /** Waves that are not nothing yet, whatever the shock. */
    let alive = Int32Array.from({ length: waves.count - 1 }, (_, at) => at + 1);
    let multiplied = 0;
    for (let deal = 0; deal < amounts.length; deal++) {
        if (columns.isSmall(deal, interval, waves.count)) continue;
        columns.chancesOf(deal, chances);
        for (const wave of alive)
            multiplyDeal(waves, wave, chances, (wave * Math.PI * amounts[deal]!) / interval.width);
        multiplied++;
        if (multiplied % CLEARED_AFTER === 0)
            alive = alive.filter((wave) => isAliveOnceCleared(waves, wave, chances.length));
    }
}

function multiplyDeal({ real, imaginary }: Waves, wave: number, chances: Float64Array, angle: number): void {
    const lessOne = Math.cos(angle) - 1;
    const sine = Math.sin(angle);
    const shocks = chances.length;
    for (let shock = 0, at = wave * shocks; shock < shocks; shock++, at++) {
        const across = 1 + chances[shock]! * lessOne;
        const up = chances[shock]! * sine;
        const before = real[at]!;
        const beforeUp = imaginary[at]!;
        real[at] = before * across - beforeUp * up;
        imaginary[at] = before * up + beforeUp * across;
    }
}

function isAliveOnceCleared({ real, imaginary }: Waves, wave: number, shocks: number): boolean {
    let isAlive = false;
    for (let at = wave * shocks; at < (wave + 1) * shocks; at++)
        if (real[at]! * real[at]! + imaginary[at]! * imaginary[at]! < NOTHING) real[at] = imaginary[at] = 0;
        else isAlive = true;
    return isAlive;
}

/** Expected count of new business at each shock. */
export function newBusinessCounts({ portfolio, nodes }: DealColumns): Float64Array {
    const { expectedCount, shockDeviation } = portfolio.newBusiness ?? {
        expectedCount: 0,
        shockDeviation: 0
    };
    return nodes.values.map((value) => countGivenShock(expectedCount, shockDeviation, value));
}

/** E[e^(i u_k A)] of one amount of new business for each wave; `isWeighted`: E[A e^(i u_k A)]. From one wave to the next each amount
 *  turns by its angle; every 64 waves the sines are taken anew, so that rounding stays below 1e-13. */
export function amountsWaves(
    { amountsMinor }: NewBusiness,
    { width }: Interval,
    waves: number,
    isWeighted = false
): { real: Float64Array; imaginary: Float64Array } {
    const real = new Float64Array(waves);
    const imaginary = new Float64Array(waves);
    for (const amount of amountsMinor) {
        const angle = (Math.PI * amount) / width;
        const weight = (isWeighted ? amount : 1) / amountsMinor.length;
        const cosineStep = Math.cos(angle);
        const sineStep = Math.sin(angle);
        let cosine = 0;
        let sine = 0;
        for (let wave = 0; wave < waves; wave++) {
            if (wave % TAKEN_ANEW === 0) {
                cosine = weight * Math.cos(wave * angle);
                sine = weight * Math.sin(wave * angle);
            }
            real[wave]! += cosine;
            imaginary[wave]! += sine;
            const turned = cosine * cosineStep - sine * sineStep;
            sine = sine * cosineStep + cosine * sineStep;
            cosine = turned;
        }
    }
    return { real, imaginary };
}
