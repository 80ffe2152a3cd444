// How good probabilities are, measured on answers they had not seen. Owns AUC, Brier score, expected calibration error,
// the reliability curve and the interval of skill over a baseline. All are weighted, so censored histories count right.

export interface ReliabilityBin {
    from: number;
    to: number;
    weight: number;
    meanPredicted: number;
    shareYes: number;
}

export interface Measures {
    rows: number;
    deals: number;
    shareYes: number;
    meanPredicted: number;
    auc: number | null;
    brier: number;
    logLoss: number;
    expectedCalibrationError: number;
}

export interface Judged {
    probability: Float64Array;
    label: Uint8Array;
    weight: Float64Array;
    /** deal of each row: rows of one deal are one witness */
    deal: Int32Array;
}

export const RELIABILITY_BINS = 10;

export function measure(judged: Judged): Measures {
    const { probability, label, weight, deal } = judged;
    let all = 0;
    let yes = 0;
    let predicted = 0;
    let brier = 0;
    let logLoss = 0;
    for (let i = 0; i < probability.length; i++) {
        const p = Math.min(1 - 1e-6, Math.max(1e-6, probability[i]!));
        const w = weight[i]!;
        all += w;
        if (label[i] === 1) yes += w;
        predicted += w * p;
        brier += w * (p - label[i]!) ** 2;
        logLoss -= w * Math.log(label[i] === 1 ? p : 1 - p);
    }
    const bins = reliability(judged);
    return {
        rows: probability.length,
        deals: new Set(deal).size,
        shareYes: yes / all,
        meanPredicted: predicted / all,
        auc: areaUnderCurve(judged),
        brier: brier / all,
        logLoss: logLoss / all,
        expectedCalibrationError: bins.reduce(
            (sum, bin) => sum + (bin.weight / all) * Math.abs(bin.meanPredicted - bin.shareYes),
            0
        )
    };
}

/** Ten bins of equal width, 0 to 1; empty ones are left out. */
export function reliability({ probability, label, weight }: Judged): ReliabilityBin[] {
    const sums = Array.from({ length: RELIABILITY_BINS }, () => ({ weight: 0, predicted: 0, yes: 0 }));
    for (let i = 0; i < probability.length; i++) {
        const bin = sums[Math.min(RELIABILITY_BINS - 1, Math.floor(probability[i]! * RELIABILITY_BINS))]!;
        bin.weight += weight[i]!;
        bin.predicted += weight[i]! * probability[i]!;
        if (label[i] === 1) bin.yes += weight[i]!;
    }
    return sums.flatMap(({ weight: w, predicted, yes }, index) =>
        w === 0
            ? []
            : [
                  {
                      from: index / RELIABILITY_BINS,
                      to: (index + 1) / RELIABILITY_BINS,
                      weight: w,
                      meanPredicted: predicted / w,
                      shareYes: yes / w
                  }
              ]
    );
}

/** Chance that a yes is put above a no; ties count half. Null when there is only one kind. */
export function areaUnderCurve({ probability, label, weight }: Judged): number | null {
    const order = Uint32Array.from(probability, (_, i) => i).sort(
        (a, b) => probability[a]! - probability[b]! || a - b
    );
    let area = 0;
    let noBelow = 0;
    let allYes = 0;
    for (let i = 0; i < order.length;) {
        let yes = 0;
        let no = 0;
        const value = probability[order[i]!]!;
        for (; i < order.length && probability[order[i]!] === value; i++) {
            if (label[order[i]!] === 1) yes += weight[order[i]!]!;
            else no += weight[order[i]!]!;
        }
        area += yes * (noBelow + no / 2);
        noBelow += no;
        allYes += yes;
    }
    return allYes === 0 || noBelow === 0 ? null : area / (allYes * noBelow);
}

export interface Interval {
    estimate: number;
    low: number;
    high: number;
}

/** Brier skill over a baseline, 1 - Brier/Brier of the baseline, with its 95 % interval (rows of a deal together). */
export function skillOver(judged: Judged, baseline: Float64Array): Interval {
    const { probability, label, weight, deal } = judged;
    const gains = new Map<number, number>();
    let baseLoss = 0;
    for (let i = 0; i < probability.length; i++) {
        const lossThen = weight[i]! * (baseline[i]! - label[i]!) ** 2;
        const gain = lossThen - weight[i]! * (probability[i]! - label[i]!) ** 2;
        baseLoss += lossThen;
        gains.set(deal[i]!, (gains.get(deal[i]!) ?? 0) + gain);
    }
    const n = gains.size;
    const total = [...gains.values()].reduce((sum, gain) => sum + gain, 0);
    const spread = [...gains.values()].reduce((sum, gain) => sum + (gain - total / n) ** 2, 0);
    const error = n < 2 ? Infinity : Math.sqrt((spread * n) / (n - 1));
    const estimate = total / baseLoss;
    return {
        estimate,
        low: estimate - (1.96 * error) / baseLoss,
        high: estimate + (1.96 * error) / baseLoss
    };
}
