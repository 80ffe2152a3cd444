// The normal distribution: density, distribution function and its inverse, to about fifteen digits, without tables of
// constants. Pure arithmetic in a fixed order, so that the same input gives the same bytes.

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Left of this the series loses digits and the continued fraction takes over. */
const TAIL = -3;

export function normalDensity(x: number): number {
    return Math.exp(-0.5 * x * x) / ROOT_TWO_PI;
}

/** P(Z <= x). Near the middle 1/2 + density * (x + x^3/3 + x^5/15 + ...), in the tails the continued fraction of Mills'
 *  ratio (Abramowitz and Stegun 26.2.11 and 26.2.14). normalCdf(-1.2815515655446) is 0.1. */
export function normalCdf(x: number): number {
    if (x > 0) return 1 - normalCdf(-x);
    if (x < TAIL) return x < -38 ? 0 : normalDensity(x) * millsRatio(-x);
    let term = x;
    let sum = x;
    for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
        term *= (x * x) / odd;
        sum += term;
    }
    return 0.5 + normalDensity(x) * sum;
}

/** The x with P(Z <= x) = chance; -Infinity and Infinity for 0 and 1. Newton's method on the logarithm, which is concave:
 *  after the first step it comes from the left and never overshoots. */
export function normalQuantile(chance: number): number {
    if (!(chance > 0)) return -Infinity;
    if (!(chance < 1)) return Infinity;
    if (chance > 0.5) return -normalQuantile(1 - chance);
    const wanted = Math.log(chance);
    let x = 0;
    for (let round = 0; round < 60; round++) {
        const below = normalCdf(x);
        const step = ((Math.log(below) - wanted) * below) / normalDensity(x);
        x -= step;
        // Each step squares the error, so the one after this would be lost in rounding.
        if (Math.abs(step) < 1e-8) break;
    }
    return x;
}

/** (1 - cdf(x)) / density(x) for x of 3 and more: 1/(x + 1/(x + 2/(x + 3/(x + ...)))), from the inside out. */
function millsRatio(x: number): number {
    let below = x;
    for (let depth = 60; depth >= 1; depth--) below = x + depth / below;
    return 1 / below;
}
