// Quantiles of the won amount to high precision, sharing nothing with the transform but the model: every deal multiplied
// on its own for each value of the shock (four times as close together), and Gil-Pelaez's inversion instead of a cosine
// series:  F(x) = 1/2 - sum over j of Im(phi(u_j) e^(-i u_j x)) / (pi (j - 1/2)),  u_j = (j - 1/2) h
// (R.B. Davies, Biometrika 60, 1973: with h = 2 pi / reach the error is the mass beyond the reach).
import { chancesGivenShock, shockNodes } from '../../../service/src/domain/forecast/shock.ts';
import type { Portfolio } from '../../../service/src/domain/forecast/types.ts';

const NODE_STEP = 1 / 16;
const REACH_DEVIATIONS = 40;
/** The characteristic function is nothing beyond this many waves of one deviation. */
const LAST_WAVE = 12;

export function referenceQuantiles(portfolio: Portfolio, levels: readonly number[]): number[] {
    const { values, weights } = shockNodes(NODE_STEP);
    const chancesOf = (deal: number): Float64Array =>
        chancesGivenShock(portfolio.chances[deal]!, portfolio.shock, values);
    const { mean, deviation } = momentsOf(portfolio, chancesOf, weights);
    const step = (2 * Math.PI) / (REACH_DEVIATIONS * deviation);
    const waves = Math.ceil(LAST_WAVE / deviation / step);
    const real = new Float64Array(waves * values.length).fill(1);
    const imaginary = new Float64Array(waves * values.length);
    portfolio.amounts.forEach((amount, deal) => {
        const chances = chancesOf(deal);
        for (let wave = 0; wave < waves; wave++) {
            const angle = (wave + 0.5) * step * amount;
            const lessOne = Math.cos(angle) - 1;
            const sine = Math.sin(angle);
            for (let node = 0, at = wave * values.length; node < values.length; node++, at++) {
                const across = 1 + chances[node]! * lessOne;
                const up = chances[node]! * sine;
                const before = real[at]!;
                real[at] = before * across - imaginary[at]! * up;
                imaginary[at] = before * up + imaginary[at]! * across;
            }
        }
    });
    const chanceOfAtMost = (amount: number): number => {
        let chance = 0.5;
        for (let wave = 0; wave < waves; wave++) {
            let across = 0;
            let up = 0;
            for (let node = 0, at = wave * values.length; node < values.length; node++, at++) {
                across += weights[node]! * real[at]!;
                up += weights[node]! * imaginary[at]!;
            }
            const angle = (wave + 0.5) * step * amount;
            chance -= (up * Math.cos(angle) - across * Math.sin(angle)) / (Math.PI * (wave + 0.5));
        }
        return chance;
    };
    return levels.map((level) => {
        let low = mean - 6 * deviation;
        let high = mean + 6 * deviation;
        for (let round = 0; round < 60; round++) {
            const middle = (low + high) / 2;
            if (chanceOfAtMost(middle) < level) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    });
}

function momentsOf(
    { amounts }: Portfolio,
    chancesOf: (deal: number) => Float64Array,
    weights: Float64Array
): { mean: number; deviation: number } {
    const means = new Float64Array(weights.length);
    const variances = new Float64Array(weights.length);
    amounts.forEach((amount, deal) => {
        chancesOf(deal).forEach((chance, node) => {
            means[node]! += amount * chance;
            variances[node]! += amount * amount * chance * (1 - chance);
        });
    });
    const mean = weights.reduce((sum, weight, node) => sum + weight * means[node]!, 0);
    const variance = weights.reduce(
        (sum, weight, node) => sum + weight * (variances[node]! + (means[node]! - mean) ** 2),
        0
    );
    return { mean, deviation: Math.sqrt(variance) };
}
