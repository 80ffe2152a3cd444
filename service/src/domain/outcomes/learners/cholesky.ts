// Solves A x = b for a symmetric positive definite A (Cholesky). Owns this one step of Newton's method.

/** `a` is row by row, only its lower half is read and it is overwritten; answers x. */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array {
    const n = b.length;
    for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
            let sum = a[i * n + j]!;
            for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
            // The penalty keeps the diagonal positive; the floor only guards rounding.
            a[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-10)) : sum / a[j * n + j]!;
        }
    }
    const x = Float64Array.from(b);
    for (let i = 0; i < n; i++) {
        for (let k = 0; k < i; k++) x[i]! -= a[i * n + k]! * x[k]!;
        x[i]! /= a[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
        for (let k = i + 1; k < n; k++) x[i]! -= a[k * n + i]! * x[k]!;
        x[i]! /= a[i * n + i]!;
    }
    return x;
}
