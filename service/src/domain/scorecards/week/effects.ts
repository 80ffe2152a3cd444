// What changed after a step was done: the weeks before it against the weeks after, of the same person in the same metric, with an
// interval (Welch's t on weekly values, weighted by what they rest on). Says "no evidence yet" where the interval holds nothing at all.
// People are helped when they are low, and part of that comes back by itself: a change is what followed, not proof of what helped.
import { formatDay } from '../../calendar.ts';
import { studentQuantile } from '../../statistics/student.ts';
import { CONFIDENCE } from '../../statistics/proportions.ts';
import type { DayNumber } from '../../pipeline/types.ts';
import { figure } from '../warnings/words.ts';
import type { Observation, WatchedMetric } from '../warnings/types.ts';
import type { Effect, EffectRules } from './types.ts';

const DAYS_OF_WEEK = 5;

/** Long enough after the step, and held against luck. */
export function isMeasured({ verdict }: Pick<Effect, 'verdict'>): boolean {
    return verdict !== 'TooEarly' && verdict !== 'NotTested';
}

/** `seen`: whole weeks at work, oldest first (warnings/presence.ts). */
export function measureEffect(
    seen: readonly Observation[],
    doneOn: DayNumber,
    metric: WatchedMetric,
    rules: EffectRules
): Effect {
    const before = seen.filter(({ from }) => from + 7 <= doneOn).slice(-rules.weeks);
    const after = seen.filter(({ from }) => from >= doneOn + rules.waitDays).slice(0, rules.weeks);
    const counts = { weeksBefore: before.length, weeksAfter: after.length };
    if (before.length < rules.leastWeeks || after.length < rules.leastWeeks)
        return {
            verdict: 'TooEarly',
            change: null,
            low: null,
            high: null,
            ...counts,
            words: `Too early to say: ${after.length} of at least ${rules.leastWeeks} weeks since ${formatDay(doneOn)}.`
        };
    const was = momentsOf(before, metric);
    const is = momentsOf(after, metric);
    const sign = metric.direction === 'up' ? 1 : -1;
    const change = sign * (is.mean - was.mean);
    const variance = was.variance + is.variance;
    const degrees = variance ** 2 / (was.variance ** 2 / (was.weeks - 1) + is.variance ** 2 / (is.weeks - 1));
    const half = variance === 0 ? 0 : studentQuantile((1 + CONFIDENCE) / 2, degrees) * Math.sqrt(variance);
    const [low, high] = [change - half, change + half];
    const verdict = low > 0 ? 'Better' : high < 0 ? 'Worse' : 'NoEvidence';
    const told = `${figure(was.mean, metric)} before, ${figure(is.mean, metric)} after`;
    const range = `better by ${figure(low, metric)} to ${figure(high, metric)}`;
    return { verdict, change, low, high, ...counts, words: WORDS[verdict](told, range) };
}

const WORDS: Record<
    Exclude<Effect['verdict'], 'TooEarly' | 'NotTested'>,
    (told: string, range: string) => string
> = {
    Better: (told, range) => `Better since: ${told} (${range}).`,
    Worse: (told, range) => `Worse since: ${told} (${range}).`,
    NoEvidence: (told, range) => `No evidence yet: ${told} (${range}, which includes no change).`
};

interface Moments {
    mean: number;
    /** of the mean */
    variance: number;
    weeks: number;
}

/** Mean weighted by observations (of counts: by days at work, told per week), and how far it may be from the truth. */
function momentsOf(seen: readonly Observation[], metric: WatchedMetric): Moments {
    const isCount = metric.scale === 'count';
    const items = seen.map(({ value, n, days }) =>
        isCount ? { value: (value / days) * DAYS_OF_WEEK, weight: days } : { value, weight: n }
    );
    const whole = items.reduce((sum, { weight }) => sum + weight, 0);
    const mean = items.reduce((sum, { value, weight }) => sum + value * weight, 0) / whole;
    const squares = items.reduce((sum, { value, weight }) => sum + (weight * (value - mean)) ** 2, 0);
    const weeks = items.length;
    return { mean, variance: (squares / whole ** 2) * (weeks / (weeks - 1)), weeks };
}
