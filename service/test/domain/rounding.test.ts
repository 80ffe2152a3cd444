import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ratio, sumOf } from '../../src/domain/ratio.ts';
import { allocate, RESIDUAL_OWNERS, roundTo, ROUNDING_MODES } from '../../src/domain/rounding.ts';
import type { RoundingMode, RoundingRule } from '../../src/domain/rounding.ts';

const CENT = Ratio.of(1, 100);
const units = fc.constantFrom(CENT, Ratio.ONE, Ratio.of(5, 100), Ratio.of(1, 1000), Ratio.of(10));
const amounts = fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 999_983n }))
    .map(([over, under]) => Ratio.of(over, under));

function decimal(text: string): Ratio {
    return Ratio.parseDecimal(text)!;
}

describe('rounding to a unit', () => {
    // Halves in both directions are where the modes differ.
    test.each<[RoundingMode, string, string]>([
        ['half-even', '0.125', '0.12'],
        ['half-even', '0.135', '0.14'],
        ['half-even', '-0.125', '-0.12'],
        ['half-up', '0.125', '0.13'],
        ['half-up', '-0.125', '-0.13'],
        ['half-down', '0.125', '0.12'],
        ['half-down', '-0.125', '-0.12'],
        ['half-down', '0.1251', '0.13'],
        ['up', '0.121', '0.13'],
        ['up', '-0.121', '-0.13'],
        ['down', '0.129', '0.12'],
        ['down', '-0.129', '-0.12'],
        ['ceiling', '-0.129', '-0.12'],
        ['ceiling', '0.121', '0.13'],
        ['floor', '-0.121', '-0.13'],
        ['floor', '0.129', '0.12']
    ])('%s makes %s to %s', (mode, amount, rounded) => {
        expect(roundTo(decimal(amount), CENT, mode).toFixed(2)).toBe(rounded);
    });

    test('to five cents and to tens', () => {
        expect(roundTo(decimal('1.03'), Ratio.of(5, 100), 'half-even').toString()).toBe('1.05');
        expect(roundTo(decimal('15'), Ratio.of(10), 'half-even').toString()).toBe('20');
    });

    test('gives whole units, less than one unit away; twice is once', () => {
        fc.assert(
            fc.property(amounts, units, fc.constantFrom(...ROUNDING_MODES), (amount, unit, mode) => {
                const rounded = roundTo(amount, unit, mode);
                expect(rounded.over(unit).denominator).toBe(1n);
                expect(rounded.minus(amount).absolute().compare(unit)).toBeLessThan(0);
                expect(roundTo(rounded, unit, mode).equals(rounded)).toBe(true);
            })
        );
    });

    test('half modes never move by more than half a unit', () => {
        fc.assert(
            fc.property(
                amounts,
                units,
                fc.constantFrom('half-even', 'half-up', 'half-down'),
                (amount, unit, mode) => {
                    const moved = roundTo(amount, unit, mode).minus(amount).absolute();
                    expect(moved.times(Ratio.of(2)).compare(unit)).toBeLessThanOrEqual(0);
                }
            )
        );
    });

    test('modes that look from zero treat gains and losses alike', () => {
        fc.assert(
            fc.property(
                amounts,
                fc.constantFrom('half-even', 'half-up', 'half-down', 'up', 'down'),
                (amount, mode) => {
                    const mirrored = roundTo(amount.negated(), CENT, mode).negated();
                    expect(mirrored.equals(roundTo(amount, CENT, mode))).toBe(true);
                }
            )
        );
    });
});

describe('sharing a rounded total', () => {
    test('a hundred in thirds leaves a cent, and the first of equal ones has it', () => {
        const thirds = allocate(Ratio.of(100), [Ratio.ONE, Ratio.ONE, Ratio.ONE], {
            unit: CENT,
            residual: 'largestRemainder'
        });
        expect(thirds.map((part) => part.toFixed(2))).toEqual(['33.34', '33.33', '33.33']);
    });

    test.each<[RoundingRule['residual'], string[]]>([
        ['first', ['14.29', '28.57', '57.14']],
        ['last', ['14.28', '28.57', '57.15']],
        ['largest', ['14.28', '28.57', '57.15']],
        ['largestRemainder', ['14.29', '28.57', '57.14']]
    ])('sevenths of a hundred: the %s owner takes what is left', (residual, expected) => {
        const parts = allocate(Ratio.of(100), [Ratio.of(1), Ratio.of(2), Ratio.of(4)], {
            unit: CENT,
            residual
        });
        expect(parts.map((part) => part.toFixed(2))).toEqual(expected);
    });

    test('parts are whole units and sum to the total, whoever owns the rest, also of a loss', () => {
        fc.assert(
            fc.property(
                fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
                fc
                    .array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 })
                    .filter((list) => list.some((w) => w > 0)),
                units,
                fc.constantFrom(...RESIDUAL_OWNERS),
                (count, weights, unit, residual) => {
                    const total = Ratio.of(count).times(unit);
                    const parts = allocate(
                        total,
                        weights.map((weight) => Ratio.of(weight)),
                        { unit, residual }
                    );
                    expect(sumOf(parts).equals(total)).toBe(true);
                    expect(parts.every((part) => part.over(unit).denominator === 1n)).toBe(true);
                }
            )
        );
    });

    test('by the largest remainder nobody is a whole unit away from their exact share', () => {
        fc.assert(
            fc.property(
                fc.bigInt({ min: 0n, max: 10n ** 12n }),
                fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 10 }),
                (cents, weights) => {
                    const total = Ratio.of(cents, 100);
                    const sum = Ratio.of(weights.reduce((a, b) => a + b));
                    const parts = allocate(
                        total,
                        weights.map((weight) => Ratio.of(weight)),
                        { unit: CENT, residual: 'largestRemainder' }
                    );
                    for (const [index, weight] of weights.entries()) {
                        const exact = total.times(Ratio.of(weight)).over(sum);
                        expect(parts[index]!.minus(exact).absolute().compare(CENT)).toBeLessThan(0);
                    }
                }
            )
        );
    });
});
