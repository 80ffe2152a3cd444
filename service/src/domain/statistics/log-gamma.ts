// Logarithms of the gamma function and of factorials.

/** ln of (x - 1)!, x above 0: Stirling's series (Abramowitz and Stegun 6.1.41) from 10 on, brought there by x! = x (x-1)!. */
export function logGamma(x: number): number {
    let shift = 0;
    let at = x;
    while (at < 10) shift += Math.log(at++);
    const inverse = 1 / (at * at);
    const series =
        1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)));
    return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series / at - shift;
}

/** ln of n! */
export function logFactorial(n: number): number {
    return logGamma(n + 1);
}
