import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { minorUnits, toUnits } from '../../src/domain/money.ts';

describe('minor units', () => {
    test.each([
        ['0', 0],
        ['1234.5', 123_450],
        ['-0.01', -1],
        ['.5', 50],
        ['1.2345678E7', 1_234_567_800],
        ['1e-2', 1],
        ['0.005', 1],
        ['1.005', 101],
        ['-1.005', -101],
        ['0.0049', 0],
        ['8999999999999.99', 899_999_999_999_999]
    ])('of %s are %d', (text, minor) => {
        expect(minorUnits(text, 'Amount')).toBe(minor);
    });

    test('are none for no amount', () => {
        expect([null, undefined, ''].map((value) => minorUnits(value, 'Amount'))).toEqual([null, null, null]);
    });

    test('are exact for every amount with cents, as text and as number', () => {
        fc.assert(
            fc.property(fc.integer({ min: -899_999_999_999_999, max: 899_999_999_999_999 }), (minor) => {
                const whole = Math.trunc(Math.abs(minor) / 100);
                const text = `${minor < 0 ? '-' : ''}${whole}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
                return (
                    minorUnits(text, 'Amount') === minor + 0 &&
                    minorUnits(Number(text), 'Amount') === minor + 0
                );
            })
        );
    });

    test('are the same for a number and its text, however many digits it has', () => {
        fc.assert(
            fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (value) => {
                return minorUnits(value, 'Amount') === minorUnits(String(value), 'Amount');
            })
        );
    });

    test.each(['9000000000000', '1e15', '-9e12', '1e999'])('refuse %s, which would lose cents', (text) => {
        expect(() => minorUnits(text, 'Opportunity 006, Amount')).toThrow(
            'AMOUNT_TOO_LARGE at Opportunity 006, Amount'
        );
    });

    test.each(['12,50', 'abc', '.', '-', '1.2.3', 'NaN'])('refuse %s, which is no amount', (text) => {
        expect(() => minorUnits(text, 'Amount')).toThrow('AMOUNT_INVALID');
    });

    test('refuse numbers that are none', () => {
        expect(() => minorUnits(Number.NaN, 'Amount')).toThrow('AMOUNT_INVALID');
        expect(() => minorUnits(1e15, 'Amount')).toThrow('AMOUNT_TOO_LARGE');
    });

    test('are shown as units with cents', () => {
        expect(toUnits(123_450)).toBe(1234.5);
    });
});
