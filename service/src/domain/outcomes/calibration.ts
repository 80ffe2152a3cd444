// Makes probabilities mean what they say: a rising curve from the model's log-odds to a probability, learnt from answers
// the model had not seen. Owns the curves and the choice among them; keeping the model's own probabilities is a choice
// too, and the first one.
//
//   stretch               logit p = b z: the mean of several learners is timid, b above 1 makes it as bold as it may be
//   Platt (1999)          logit p = a + b z
//   beta (Kull 2017)      logit p = c + a log q - b log(1 - q), q the model's probability
//   isotonic              the rising step curve nearest to the answers (pool adjacent violators)
import { logitOf, probabilityOf } from './learners/learner.ts';
import { solveSymmetric } from './learners/cholesky.ts';

type CurveKind = 'stretch' | 'platt' | 'beta';
export type CalibrationKind = 'none' | CurveKind | 'isotonic';

export interface Calibration {
    kind: CalibrationKind;
    /** weights of the curve, or the knots of the isotonic one: log-odds and probability */
    numbers: number[];
    knots: [number, number][];
}

export interface Unseen {
    logit: Float64Array;
    label: Uint8Array;
    weight: Float64Array;
    fold: Uint8Array;
}

export const UNCHANGED: Calibration = { kind: 'none', numbers: [], knots: [] };
/** One factor is hard to get wrong: it must lower the log-loss by this much on folds it was not learnt from. */
const WORTH_A_FACTOR = 0.0005;
/** A curve must lower it further by this much, and on each of those folds. */
const WORTH_A_CURVE = 0.003;
const FEWEST_FOR_STEPS = 1000;

export function calibrated({ kind, numbers, knots }: Calibration, logit: number): number {
    if (kind === 'none') return probabilityOf(logit);
    if (kind === 'isotonic') return between(knots, logit);
    return probabilityOf(termsOf(kind, logit).reduce((sum, term, i) => sum + numbers[i]! * term, 0));
}

function termsOf(kind: CurveKind, logit: number): number[] {
    if (kind === 'stretch') return [logit];
    if (kind === 'platt') return [1, logit];
    const q = probabilityOf(Math.min(12, Math.max(-12, logit)));
    return [1, Math.log(q), -Math.log(1 - q)];
}

/** A factor if it does better on folds it has not seen, a curve if it does better than that on each; fitted on all. */
export function chooseCalibration(unseen: Unseen, foldCount: number): Calibration {
    const kinds: CalibrationKind[] = ['platt', 'beta'];
    if (unseen.logit.length >= FEWEST_FOR_STEPS) kinds.push('isotonic');
    const unchanged = crossLosses(unseen, 'none', foldCount);
    const stretched = crossLosses(unseen, 'stretch', foldCount);
    const isWorthAFactor = mean(stretched) < mean(unchanged) - WORTH_A_FACTOR;
    const simple = isWorthAFactor ? stretched : unchanged;
    let best: CalibrationKind = isWorthAFactor ? 'stretch' : 'none';
    let bestLoss = mean(simple) - WORTH_A_CURVE;
    for (const kind of kinds) {
        const losses = crossLosses(unseen, kind, foldCount);
        if (mean(losses) >= bestLoss || losses.some((loss, fold) => loss > simple[fold]!)) continue;
        best = kind;
        bestLoss = mean(losses);
    }
    return fitCurve(best, unseen, () => true);
}

function mean(values: number[]): number {
    return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Log-loss of each fold under the curve learnt from the others. */
function crossLosses(unseen: Unseen, kind: CalibrationKind, foldCount: number): number[] {
    return Array.from({ length: foldCount }, (_, fold) => {
        const curve = fitCurve(kind, unseen, (i) => unseen.fold[i] !== fold);
        let loss = 0;
        let all = 0;
        for (let i = 0; i < unseen.logit.length; i++) {
            if (unseen.fold[i] !== fold) continue;
            const p = Math.min(1 - 1e-6, Math.max(1e-6, calibrated(curve, unseen.logit[i]!)));
            loss -= unseen.weight[i]! * Math.log(unseen.label[i] === 1 ? p : 1 - p);
            all += unseen.weight[i]!;
        }
        return all === 0 ? 0 : loss / all;
    });
}

/** Numbers of the curve that changes nothing. */
const UNBENT: Record<CurveKind, number[]> = { stretch: [1], platt: [0, 1], beta: [0, 1, 1] };

function fitCurve(kind: CalibrationKind, unseen: Unseen, taken: (i: number) => boolean): Calibration {
    if (kind === 'none') return UNCHANGED;
    if (kind === 'isotonic') return { kind, numbers: [], knots: isotonicKnots(unseen, taken) };
    const start = Float64Array.from(UNBENT[kind]);
    const numbers = Float64Array.from(start);
    const size = numbers.length;
    for (let step = 0; step < 20; step++) {
        const hessian = new Float64Array(size * size);
        const gradient = new Float64Array(size);
        // A light pull towards "unchanged" keeps few answers from bending the curve.
        for (let a = 0; a < size; a++) {
            hessian[a * size + a] = 1;
            gradient[a] = start[a]! - numbers[a]!;
        }
        for (let i = 0; i < unseen.logit.length; i++) {
            if (!taken(i)) continue;
            const terms = termsOf(kind, unseen.logit[i]!);
            const p = probabilityOf(terms.reduce((sum, term, a) => sum + numbers[a]! * term, 0));
            const w = unseen.weight[i]!;
            for (let a = 0; a < size; a++) {
                gradient[a]! += w * (unseen.label[i]! - p) * terms[a]!;
                for (let b = 0; b <= a; b++)
                    hessian[a * size + b]! += w * p * (1 - p) * terms[a]! * terms[b]!;
            }
        }
        const move = solveSymmetric(hessian, gradient);
        for (let a = 0; a < size; a++) numbers[a]! += move[a]!;
        if (Math.max(...move.map(Math.abs)) < 1e-8) break;
    }
    return { kind, numbers: [...numbers], knots: [] };
}

function isotonicKnots(unseen: Unseen, taken: (i: number) => boolean): [number, number][] {
    const order = [...unseen.logit.keys()]
        .filter(taken)
        .sort((a, b) => unseen.logit[a]! - unseen.logit[b]! || a - b);
    const pools: { at: number; weight: number; yes: number }[] = [];
    for (const i of order) {
        pools.push({
            at: unseen.logit[i]! * unseen.weight[i]!,
            weight: unseen.weight[i]!,
            yes: unseen.label[i]! * unseen.weight[i]!
        });
        while (pools.length > 1) {
            const last = pools.at(-1)!;
            const before = pools.at(-2)!;
            if (before.yes / before.weight < last.yes / last.weight) break;
            before.at += last.at;
            before.weight += last.weight;
            before.yes += last.yes;
            pools.pop();
        }
    }
    return pools.map(({ at, weight, yes }) => [at / weight, (yes + 0.5) / (weight + 1)]);
}

function between(knots: [number, number][], logit: number): number {
    if (knots.length === 0) return probabilityOf(logit);
    const next = knots.findIndex(([at]) => at >= logit);
    if (next === 0) return knots[0]![1];
    if (next < 0) return knots.at(-1)![1];
    const [fromAt, from] = knots[next - 1]!;
    const [toAt, to] = knots[next]!;
    return toAt === fromAt ? to : from + ((to - from) * (logit - fromAt)) / (toAt - fromAt);
}

/** Log-odds of the calibrated probability. */
export function calibratedLogit(calibration: Calibration, logit: number): number {
    return calibration.kind === 'none' ? logit : logitOf(calibrated(calibration, logit));
}

/** Each fold's log-odds stretched by the factor learnt from the other folds: what a candidate would be after it. */
export function stretchedAcross(unseen: Unseen, foldCount: number): Float64Array {
    const factors = Array.from(
        { length: foldCount },
        (_, fold) => fitCurve('stretch', unseen, (i) => unseen.fold[i] !== fold).numbers[0]!
    );
    return unseen.logit.map((logit, i) => factors[unseen.fold[i]!]! * logit);
}
