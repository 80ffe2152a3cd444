// What is usual for one person in one metric: a centre that single odd weeks do not move, and how far periods stray from it.
//
// | scale    | centre                                  | one standard deviation of a period                     |
// | -------- | --------------------------------------- | ------------------------------------------------------ |
// | count    | events per day at work                  | that of Poisson (tail-score.ts), times spread          |
// | share    | hits per observation                    | that of binomial (tail-score.ts), times spread         |
// | level    | median, weighted by n                   | spread / sqrt(n)                                       |
// | duration | the same of logarithms: times have no   | spread / sqrt(n), of logarithms                        |
// |          | zero to fall below and far to go up     |                                                        |
//
// Spread of counts and shares is never below 1: who varies less than chance is not held to it. Of levels it is the larger of
// 1.4826 x median distance and the standard deviation with odd periods cut. Periods that hang together (a good week follows a good
// week) say less: spread grows by sqrt((1 + r) / (1 - r)) with r the correlation of neighbours.
import { normalQuantile } from '../../statistics/normal.ts';
import { binomialScore, poissonScore } from './tail-score.ts';
import type { Observation, WatchedMetric } from './types.ts';

export interface UsualCourse {
    /** in the metric's own unit; of a count, per day at work */
    centre: number;
    /** what one standard deviation is multiplied by, see above */
    spread: number;
    /** periods it rests on */
    periods: number;
    /** how many standard deviations the period is to the worse side of usual, with this spread; below 0 it is better. The usual
     *  value is known only roughly, and is taken in the person's favour */
    worse(seen: Observation, spread: number): number;
}

/** Single periods count as at most this many standard deviations. */
const ODD = 2.5;
const MAD_TO_SD = 1.4826;
/** Variance of a median over that of a mean. */
const MEDIAN_TO_MEAN = Math.PI / 2;
const MOST_HANGING_TOGETHER = 0.8;
/** Rounds of leaving odd periods out; the centre no longer moves after a few. */
const ROUNDS = 4;
/** How certainly the usual value taken in the person's favour is no better than the true one. */
export const FAVOUR = 0.9;

export function usualCourse(seen: readonly Observation[], metric: WatchedMetric): UsualCourse {
    const isRate = metric.scale === 'count' || metric.scale === 'share';
    return isRate ? rateCourse(seen, metric) : levelCourse(seen, metric);
}

/** Counts and shares are the same sum: hits over chances, with chances days at work or observations. */
function rateCourse(seen: readonly Observation[], metric: WatchedMetric): UsualCourse {
    const isCount = metric.scale === 'count';
    const chancesOf = (one: Observation): number => (isCount ? one.days : one.n);
    const hitsOf = (one: Observation): number => (isCount ? one.value : (one.value / metric.whole) * one.n);
    const chances = seen.reduce((sum, one) => sum + chancesOf(one), 0);
    // Half a hit more and half a miss more, so that a clean record is not held to be certain.
    const carefully = (rate: number): number => (rate * chances + 0.5) / (isCount ? chances : chances + 1);
    const varianceOf = (rate: number): number => carefully(rate) * (isCount ? 1 : 1 - carefully(rate));
    const above = (one: Observation, rate: number): number =>
        isCount
            ? poissonScore(one.value, carefully(rate) * one.days)
            : binomialScore(hitsOf(one), one.n, carefully(rate));
    let rate = seen.reduce((sum, one) => sum + hitsOf(one), 0) / chances;
    for (let round = 0; round < ROUNDS; round++) {
        const kept = seen.reduce((sum, one) => {
            const expected = rate * chancesOf(one);
            const most = ODD * Math.sqrt(chancesOf(one) * varianceOf(rate));
            return sum + Math.min(expected + most, Math.max(expected - most, hitsOf(one)));
        }, 0);
        rate = kept / chances;
    }
    const distances = seen.map((one) => above(one, rate));
    const plain = Math.sqrt(Math.max(1, meanSquare(distances)));
    const sign = metric.direction === 'up' ? -1 : 1;
    const doubt = (spread: number): number =>
        normalQuantile(FAVOUR) * spread * Math.sqrt(varianceOf(rate) / chances);
    const most = isCount ? Infinity : 1;
    return {
        periods: seen.length,
        centre: isCount ? rate : rate * metric.whole,
        spread: plain * hangingTogether(distances.map((distance) => distance / plain)),
        worse: (one, spread) =>
            (sign * above(one, Math.min(most, Math.max(0, rate + sign * doubt(spread))))) / spread
    };
}

function levelCourse(seen: readonly Observation[], metric: WatchedMetric): UsualCourse {
    const { read, write } = readingOf(metric);
    const middle = weightedMedian(seen.map(({ value, n }) => ({ value: read(value), weight: n })));
    const strays = seen.map(({ value, n }) => (read(value) - middle) * Math.sqrt(n));
    const typical =
        MAD_TO_SD * weightedMedian(strays.map((value) => ({ value: Math.abs(value), weight: 1 })));
    const usualN = weightedMedian(seen.map(({ n }) => ({ value: n, weight: 1 })));
    const change = metric.scale === 'duration' ? metric.leastChange : metric.leastChange * Math.abs(middle);
    // Somebody whose value never moved is not warned of for the first small move.
    const least = Math.max(0.5 * change * Math.sqrt(usualN), Number.MIN_VALUE);
    const scale = Math.max(typical, least);
    const plain = Math.max(scale, scale * Math.sqrt(meanSquare(strays.map((stray) => stray / scale))));
    const observations = seen.reduce((sum, { n }) => sum + n, 0);
    const doubt = normalQuantile(FAVOUR) * Math.sqrt(MEDIAN_TO_MEAN / observations);
    const sign = metric.direction === 'up' ? -1 : 1;
    return {
        periods: seen.length,
        centre: write(middle),
        spread: plain * hangingTogether(strays.map((stray) => stray / plain)),
        worse: ({ value, n }, spread) => Math.sqrt(n) * ((sign * (read(value) - middle)) / spread - doubt)
    };
}

/** In what values are compared: durations by their logarithms. */
export function readingOf({ scale }: Pick<WatchedMetric, 'scale'>): {
    read: (value: number) => number;
    write: (read: number) => number;
} {
    // An hour more or less does not matter where most take days; a time of 0 is a minute of an hour.
    if (scale === 'duration') return { read: (value) => Math.log(Math.max(value, 1 / 60)), write: Math.exp };
    return { read: (value) => value, write: (read) => read };
}

/** Mean of squares, single odd ones cut, over one degree of freedom less. */
function meanSquare(distances: readonly number[]): number {
    const sum = distances.reduce((total, distance) => total + Math.min(distance ** 2, 3 * ODD ** 2), 0);
    return sum / Math.max(1, distances.length - 1);
}

function hangingTogether(distances: readonly number[]): number {
    const cut = distances.map((distance) => Math.min(ODD, Math.max(-ODD, distance)));
    let together = 0;
    let alone = 0;
    cut.forEach((distance, at) => {
        alone += distance ** 2;
        if (at > 0) together += distance * cut[at - 1]!;
    });
    const r = alone === 0 ? 0 : Math.min(MOST_HANGING_TOGETHER, Math.max(0, together / alone));
    return Math.sqrt((1 + r) / (1 - r));
}

/** The value with half of the weight on either side; between two of equal claim, their middle. */
export function weightedMedian(items: readonly { value: number; weight: number }[]): number {
    const sorted = [...items].sort((a, b) => a.value - b.value);
    const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
    let below = 0;
    for (const [at, { value, weight }] of sorted.entries()) {
        below += weight;
        if (below > half) return value;
        if (below === half) return (value + (sorted[at + 1]?.value ?? value)) / 2;
    }
    return Number.NaN;
}
