// The distribution of the won amount of a few deals, exactly: all 2^n outcomes with their chances, each averaged over the
// shared shock. For fewer deals than ENUMERATED_BELOW; outcomes of the same amount are one step.
import { NO_SHOCK, chancesGivenShock, shockNodes } from './shock.ts';
import { BAND, type Portfolio, type WonAmount } from './types.ts';

export const ENUMERATED_BELOW = 15;
const SHOCK_STEP = 1 / 4;
/** Doubles that sum to a level may fall short of it by this much. */
const SLACK = 1e-12;

export function enumeratedAmount({ amounts, chances, shock }: Portfolio): WonAmount {
    const sums = sumsOf(amounts);
    const outcomes = outcomeChances(chances, shock);
    const order = Array.from(sums.keys()).sort((a, b) => sums[a]! - sums[b]! || a - b);
    return new EnumeratedAmount(amounts, sums, outcomes, Int32Array.from(order));
}

/** Amount of each outcome; bit i of its number says whether deal i is won. */
function sumsOf(amounts: Float64Array): Float64Array {
    const sums = new Float64Array(2 ** amounts.length);
    amounts.forEach((amount, deal) => {
        const half = 2 ** deal;
        for (let outcome = 0; outcome < half; outcome++) sums[half + outcome] = sums[outcome]! + amount;
    });
    return sums;
}

function outcomeChances(chances: Float64Array, shock: number): Float64Array {
    const total = new Float64Array(2 ** chances.length);
    const given = new Float64Array(total.length);
    const { values, weights } = shock > 0 ? shockNodes(SHOCK_STEP) : NO_SHOCK;
    const byDeal = Array.from(chances, (chance) => chancesGivenShock(chance, shock, values));
    weights.forEach((weight, node) => {
        given[0] = weight;
        byDeal.forEach((chancesGiven, deal) => {
            const half = 2 ** deal;
            const won = chancesGiven[node]!;
            for (let outcome = 0; outcome < half; outcome++) {
                given[half + outcome] = given[outcome]! * won;
                given[outcome]! *= 1 - won;
            }
        });
        for (let outcome = 0; outcome < total.length; outcome++) total[outcome]! += given[outcome]!;
    });
    return total;
}

class EnumeratedAmount implements WonAmount {
    readonly method = 'Enumerated';
    readonly mean: number;
    readonly deviation: number;
    readonly #amounts: Float64Array;
    readonly #sums: Float64Array;
    readonly #chances: Float64Array;
    readonly #order: Int32Array;

    constructor(amounts: Float64Array, sums: Float64Array, chances: Float64Array, order: Int32Array) {
        this.#amounts = amounts;
        this.#sums = sums;
        this.#chances = chances;
        this.#order = order;
        this.mean = chances.reduce((sum, chance, outcome) => sum + chance * sums[outcome]!, 0);
        const mean = this.mean;
        this.deviation = Math.sqrt(
            chances.reduce((sum, chance, outcome) => sum + chance * (sums[outcome]! - mean) ** 2, 0)
        );
    }

    chanceOfAtMost(amount: number): number {
        let chance = 0;
        for (const outcome of this.#order) {
            if (this.#sums[outcome]! > amount) break;
            chance += this.#chances[outcome]!;
        }
        return Math.min(1, chance);
    }

    quantile(level: number): number {
        let chance = 0;
        for (const outcome of this.#order) {
            chance += this.#chances[outcome]!;
            if (chance >= level - SLACK) return this.#sums[outcome]!;
        }
        return this.#sums.at(-1)!;
    }

    difference(high: number, low: number): Float64Array {
        const found = this.#around(high);
        this.#around(low).forEach((value, deal) => (found[deal]! -= value));
        return found;
    }

    /** Mean amount of each deal over the outcomes between the levels around one. A step that the band cuts counts with
     *  the part of it that lies inside, the same part for every outcome of that amount. */
    #around(level: number): Float64Array {
        const found = new Float64Array(this.#amounts.length + 1);
        const order = this.#order;
        let before = 0;
        for (let start = 0; start < order.length;) {
            let end = start;
            let step = 0;
            while (end < order.length && this.#sums[order[end]!]! === this.#sums[order[start]!]!)
                step += this.#chances[order[end++]!]!;
            const inside = Math.min(before + step, level + BAND) - Math.max(before, level - BAND);
            if (inside > 0 && step > 0)
                for (let at = start; at < end; at++) this.#add(order[at]!, inside / step / (2 * BAND), found);
            before += step;
            start = end;
        }
        return found;
    }

    #add(outcome: number, share: number, into: Float64Array): void {
        const weight = this.#chances[outcome]! * share;
        for (let deal = 0; deal < this.#amounts.length; deal++)
            if ((outcome >> deal) & 1) into[deal]! += weight * this.#amounts[deal]!;
    }
}
