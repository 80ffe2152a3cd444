// How strong the shared shock is, learnt from how much more the wins of past periods moved together than independent
// deals would. Likelihood of the wins of every period under the one-factor copula (binomial given the shock), times a
// prior that prefers weak shocks (density falling as (1 - r)^19); the best of a grid is taken.
// Below LEAST_PERIODS the default is used: few quarters cannot tell a shock from chance.
import { logFactorial } from '../statistics/log-gamma.ts';
import { LARGEST_SHOCK, NO_SHOCK, chancesGivenShock, shockNodes } from './shock.ts';

/** A period that is over: open deals at its start, what their chances promised, and how many were won in it. */
export interface PastPeriod {
    dealCount: number;
    expectedWins: number;
    wonCount: number;
}

export interface LearnedShock {
    shock: number;
    periodCount: number;
    isLearned: boolean;
}

export const DEFAULT_SHOCK = 0.05;
export const LEAST_PERIODS = 8;
const PRIOR_POWER = 19;
const GRID = 0.01;
const STEP = 1 / 4;

export function learnShock(periods: readonly PastPeriod[]): LearnedShock {
    const usable = periods.filter(
        ({ dealCount, expectedWins, wonCount }) =>
            dealCount > 0 && expectedWins > 0 && expectedWins < dealCount && wonCount <= dealCount
    );
    if (usable.length < LEAST_PERIODS)
        return { shock: DEFAULT_SHOCK, periodCount: usable.length, isLearned: false };
    let best = { shock: 0, score: -Infinity };
    for (let step = 0; step <= LARGEST_SHOCK / GRID + 0.5; step++) {
        const shock = step * GRID;
        const prior = PRIOR_POWER * Math.log(1 - shock);
        const score = usable.reduce((sum, period) => sum + logLikelihood(period, shock), prior);
        if (score > best.score) best = { shock, score };
    }
    return { shock: best.shock, periodCount: usable.length, isLearned: true };
}

function logLikelihood({ dealCount, expectedWins, wonCount }: PastPeriod, shock: number): number {
    const { values, weights } = shock === 0 ? NO_SHOCK : shockNodes(STEP);
    const chances = chancesGivenShock(expectedWins / dealCount, shock, values);
    const ways = logFactorial(dealCount) - logFactorial(wonCount) - logFactorial(dealCount - wonCount);
    const logs = chances.map(
        (chance, node) =>
            Math.log(weights[node]!) +
            ways +
            (wonCount === 0 ? 0 : wonCount * Math.log(chance)) +
            (wonCount === dealCount ? 0 : (dealCount - wonCount) * Math.log1p(-chance))
    );
    const largest = logs.reduce((a, b) => Math.max(a, b));
    return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0));
}
