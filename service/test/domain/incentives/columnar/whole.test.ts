// Rounding in whole numbers of Float64 against rounding in exact fractions, up to the guard.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GUARD, ROUNDINGS } from '../../../../src/domain/incentives/columnar/whole.ts';
import { Ratio } from '../../../../src/domain/ratio.ts';
import { ROUNDING_MODES, roundTo } from '../../../../src/domain/rounding.ts';

const MOST = GUARD - 1;
/** Large and small alike. */
const wholeNumber = (least: number): fc.Arbitrary<number> =>
    fc
        .tuple(fc.integer({ min: 0, max: 52 }), fc.maxSafeInteger())
        .map(([bits, n]) => Math.max(least, Math.abs(n) % 2 ** (bits + 1)));
const divisor = wholeNumber(1).filter((d) => d <= 2 ** 50);
/** Halves of the divisor, and one beside them. */
const nearHalf = fc
    .tuple(divisor, wholeNumber(0), fc.integer({ min: -1, max: 1 }))
    .map(([d, times, beside]): [number, number] => {
        const halves = BigInt(d) * BigInt(2 * (times % 2 ** 20) + 1);
        const n = Number(halves / 2n) + beside;
        return [n <= MOST ? n : MOST, d];
    });

describe.each(ROUNDING_MODES)('rounding %s', (mode) => {
    const check = (n: number, d: number): void => {
        const expected = roundTo(Ratio.of(BigInt(n), BigInt(d)), Ratio.ONE, mode);
        expect(`${n} / ${d}: ${BigInt(ROUNDINGS[mode](n, d))}`).toBe(`${n} / ${d}: ${expected}`);
    };

    test('is exact for whole numbers of any size below the guard', () => {
        fc.assert(
            fc.property(wholeNumber(0), divisor, fc.boolean(), (n, d, isNegative) =>
                check(isNegative ? -n : n, d)
            ),
            { seed: 20261121, numRuns: 2000 }
        );
    });

    test('is exact at halves and beside them', () => {
        fc.assert(
            fc.property(nearHalf, fc.boolean(), ([n, d], isNegative) => check(isNegative ? -n : n, d)),
            { seed: 20261121, numRuns: 2000 }
        );
    });
});
