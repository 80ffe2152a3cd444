// Student's t: how far an estimate from few observations may be from the truth. The distribution function through the
// regularised incomplete beta function (continued fraction, Lentz's method; DLMF 8.17.22), the quantile by bisection.
import { logGamma } from './log-gamma.ts';

/** P(T <= t) with so many degrees of freedom. */
export function studentCdf(t: number, degrees: number): number {
    const tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
    return t > 0 ? 1 - tail : tail;
}

/** The t below which T falls with this chance: studentQuantile(0.95, 3) is 2.3534. */
export function studentQuantile(chance: number, degrees: number): number {
    if (chance < 0.5) return -studentQuantile(1 - chance, degrees);
    let low = 0;
    let high = 2;
    while (studentCdf(high, degrees) < chance && high < 1e9) high *= 2;
    for (let round = 0; round < 80; round++) {
        const middle = (low + high) / 2;
        if (studentCdf(middle, degrees) < chance) low = middle;
        else high = middle;
    }
    return (low + high) / 2;
}

function incompleteBeta(x: number, a: number, b: number): number {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    // The fraction converges fast left of the mean; right of it the mirrored one does.
    if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
    const front = Math.exp(
        logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)
    );
    return (front / a) * betaFraction(x, a, b);
}

function betaFraction(x: number, a: number, b: number): number {
    let numerator = 1;
    let denominator = 1 / away(1 - ((a + b) * x) / (a + 1));
    let value = denominator;
    for (let m = 1; m <= 300; m++) {
        const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
        const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
        let change = 1;
        for (const part of [even, odd]) {
            denominator = 1 / away(1 + part * denominator);
            numerator = away(1 + part / numerator);
            change = denominator * numerator;
            value *= change;
        }
        if (Math.abs(change - 1) < 1e-15) break;
    }
    return value;
}

/** Lentz's method divides by these; a zero is moved a little. */
function away(value: number): number {
    return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
