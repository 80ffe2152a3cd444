// The split of largest gain among the rows of a node of a tree, on binned columns.
//
// Gain of a split (Newton): G_left^2/(H_left + ridge) + G_right^2/(H_right + ridge) - G^2/(H + ridge), where G sums the
// slopes and H the curves of the rows.
import { MOST_BINS, type BinnedTable } from './bins.ts';

export interface SplitOptions {
    minimumRows: number;
    ridge: number;
    /** features tried per node; all when not below their number */
    featuresTried: number;
    /** one random edge per feature instead of the best (extremely randomised trees) */
    randomEdge: boolean;
    random: () => number;
}

export interface Split {
    feature: number;
    bin: number;
    gain: number;
}

/** Slopes, curves and number of rows of each bin, side by side. */
const PER_BIN = 3;
const PER_FEATURE = MOST_BINS * PER_BIN;
const ANY_EDGE = -1;

/** For all nodes of one tree. `slope` and `curve` are per row of the lesson. */
export class SplitSearch {
    readonly #binned: BinnedTable;
    readonly #slope: Float64Array;
    readonly #curve: Float64Array;
    readonly #options: SplitOptions;
    /** Features tried in the node, and the only edge tried of each. */
    readonly #features: Int32Array;
    readonly #onlyEdges: Int32Array;
    readonly #sums: Float64Array;

    constructor(binned: BinnedTable, slope: Float64Array, curve: Float64Array, options: SplitOptions) {
        const tried = Math.min(options.featuresTried, binned.edges.length);
        this.#binned = binned;
        this.#slope = slope;
        this.#curve = curve;
        this.#options = options;
        this.#features = new Int32Array(tried);
        this.#onlyEdges = new Int32Array(tried);
        this.#sums = new Float64Array(tried * PER_FEATURE);
    }

    /** `slopes` and `curves` are the sums of the rows; null where no split gains. */
    best(rows: Int32Array, slopes: number, curves: number): Split | null {
        const count = this.#chooseFeatures();
        this.#sumByBin(rows, count);
        const best: Split = { feature: -1, bin: 0, gain: 1e-9 };
        for (let at = 0; at < count; at++) this.#tryFeature(at, rows.length, slopes, curves, best);
        return best.feature < 0 ? null : best;
    }

    /** Answers how many of those drawn have an edge at all. */
    #chooseFeatures(): number {
        const { randomEdge, random } = this.#options;
        const featureCount = this.#binned.edges.length;
        const tried = this.#features.length;
        let count = 0;
        for (let attempt = 0; attempt < tried; attempt++) {
            const feature = tried < featureCount ? Math.floor(random() * featureCount) : attempt;
            const edgeCount = this.#binned.edges[feature]!.length;
            if (edgeCount === 0) continue;
            this.#features[count] = feature;
            this.#onlyEdges[count++] = randomEdge ? Math.floor(random() * edgeCount) : ANY_EDGE;
        }
        return count;
    }

    /** Row by row over all features: sums of different features do not wait for each other. */
    #sumByBin(rows: Int32Array, count: number): void {
        const { bins, edges } = this.#binned;
        const [sums, features] = [this.#sums, this.#features];
        for (let at = 0; at < count; at++) {
            const from = at * PER_FEATURE;
            sums.fill(0, from, from + (edges[features[at]!]!.length + 1) * PER_BIN);
        }
        for (let i = 0; i < rows.length; i++) {
            const row = rows[i]!;
            const slope = this.#slope[row]!;
            const curve = this.#curve[row]!;
            const first = row * edges.length;
            for (let at = 0; at < count; at++) {
                const place = at * PER_FEATURE + bins[first + features[at]!]! * PER_BIN;
                sums[place]! += slope;
                sums[place + 1]! += curve;
                sums[place + 2]!++;
            }
        }
    }

    #tryFeature(at: number, rowCount: number, slopes: number, curves: number, best: Split): void {
        const { minimumRows, ridge } = this.#options;
        const feature = this.#features[at]!;
        const only = this.#onlyEdges[at]!;
        const whole = (slopes * slopes) / (curves + ridge);
        const edgeCount = this.#binned.edges[feature]!.length;
        let leftSlope = 0;
        let leftCurve = 0;
        let leftCount = 0;
        for (let bin = 0, place = at * PER_FEATURE; bin < edgeCount; bin++, place += PER_BIN) {
            leftSlope += this.#sums[place]!;
            leftCurve += this.#sums[place + 1]!;
            leftCount += this.#sums[place + 2]!;
            if (only !== ANY_EDGE && bin !== only) continue;
            if (leftCount < minimumRows || rowCount - leftCount < minimumRows) continue;
            const rightSlope = slopes - leftSlope;
            const gain =
                (leftSlope * leftSlope) / (leftCurve + ridge) +
                (rightSlope * rightSlope) / (curves - leftCurve + ridge) -
                whole;
            if (gain > best.gain) Object.assign(best, { feature, bin, gain });
        }
    }
}
