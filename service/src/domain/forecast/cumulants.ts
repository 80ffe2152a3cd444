// Cumulants of one deal: the coefficients of ln(1 - p + p e^(it)) in powers of (it)^j / j!, each a polynomial of p.
// k1 = p, k(j+1) = p (1 - p) dk(j)/dp: k2 = p - p^2, k3 = p - 3p^2 + 2p^3 (Johnson, Kemp and Kotz, Univariate Discrete
// Distributions). Cumulants of independent deals add up, which is what makes many small deals cheap.

/** Powers kept. With amounts at most a quarter of a wave (see columns.ts) what is left out is below 1e-9 for a deal. */
export const CUMULANTS = 8;

const POLYNOMIALS: readonly Float64Array[] = polynomials();

function polynomials(): Float64Array[] {
    const found = [Float64Array.of(0, 1)];
    while (found.length < CUMULANTS) {
        const last = found.at(-1)!;
        const next = new Float64Array(last.length + 1);
        // p (1 - p) times the derivative of c p^n is n c p^n - n c p^(n+1).
        last.forEach((coefficient, power) => {
            next[power]! += power * coefficient;
            next[power + 1]! -= power * coefficient;
        });
        found.push(next);
    }
    return found;
}

/** Fills `into` with the first CUMULANTS cumulants of a deal of chance p and amount 1. */
export function cumulantsOf(chance: number, into: Float64Array): void {
    for (let j = 0; j < CUMULANTS; j++) {
        const polynomial = POLYNOMIALS[j]!;
        let value = 0;
        for (let power = polynomial.length - 1; power >= 0; power--)
            value = value * chance + polynomial[power]!;
        into[j] = value;
    }
}
