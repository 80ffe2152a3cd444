import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { larger, Ratio, smaller, sumOf } from '../../src/domain/ratio.ts';

const ratios = fc
    .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
    .map(([over, under]) => Ratio.of(over, under));

describe('exact fractions', () => {
    test.each([
        ['1250.50', '1250.5'],
        ['-0.10', '-0.1'],
        ['+7', '7'],
        ['1.5e3', '1500'],
        ['25e-4', '0.0025'],
        ['123456789012345678901234567890.12', '123456789012345678901234567890.12']
    ])('%s is read digit by digit', (text, written) => {
        expect(Ratio.parseDecimal(text)?.toString()).toBe(written);
    });

    test.each(['', 'x', '1,000', '1.', '.5', '--1', '1 2', '0x10', 'NaN', '1e99999'])(
        '%j is no decimal',
        (text) => {
            expect(Ratio.parseDecimal(text)).toBeNull();
        }
    );

    test('a third stays a third, and three of them are one', () => {
        const third = Ratio.of(1, 3);
        expect(third.toString()).toBe('1/3');
        expect(sumOf([third, third, third]).equals(Ratio.ONE)).toBe(true);
    });

    test('the sign stands above the line, in lowest terms', () => {
        const ratio = Ratio.of(6, -4);
        expect([ratio.numerator, ratio.denominator]).toEqual([-3n, 2n]);
    });

    test('nothing can be divided by zero', () => {
        expect(() => Ratio.ONE.over(Ratio.ZERO)).toThrow(RangeError);
        expect(() => Ratio.of(1, 0)).toThrow(RangeError);
    });

    test('decimals that do not fit are refused, never cut off', () => {
        expect(Ratio.of(1, 8).toFixed(3)).toBe('0.125');
        expect(Ratio.of(-5, 100).toFixed(2)).toBe('-0.05');
        expect(Ratio.of(7).toFixed(0)).toBe('7');
        expect(() => Ratio.of(1, 8).toFixed(2)).toThrow('does not end after 2 decimals');
    });

    test('the floor lies below, also for negative numbers', () => {
        expect(Ratio.of(-7, 2).floor()).toBe(-4n);
        expect(Ratio.of(7, 2).floor()).toBe(3n);
        expect(Ratio.of(-4).floor()).toBe(-4n);
    });

    test('adding and multiplying keep the laws of arithmetic', () => {
        fc.assert(
            fc.property(ratios, ratios, ratios, (a, b, c) => {
                expect(a.plus(b).equals(b.plus(a))).toBe(true);
                expect(a.times(b.plus(c)).equals(a.times(b).plus(a.times(c)))).toBe(true);
                expect(a.minus(b).plus(b).equals(a)).toBe(true);
                if (!b.isZero) expect(a.over(b).times(b).equals(a)).toBe(true);
            })
        );
    });

    test('what is written is read as the same number', () => {
        fc.assert(
            fc.property(fc.bigInt(), fc.nat(30), (digits, places) => {
                const ratio = Ratio.of(digits, 10n ** BigInt(places));
                expect(Ratio.parseDecimal(ratio.toString())!.equals(ratio)).toBe(true);
                expect(Ratio.parseDecimal(ratio.toFixed(places))!.equals(ratio)).toBe(true);
            })
        );
    });

    test('smaller and larger agree with the order', () => {
        fc.assert(
            fc.property(ratios, ratios, (a, b) => {
                expect(smaller(a, b).compare(larger(a, b))).toBeLessThanOrEqual(0);
                expect(a.compare(b)).toBe(-b.compare(a) + 0);
                expect(a.absolute().sign).toBeGreaterThanOrEqual(0);
            })
        );
    });
});
