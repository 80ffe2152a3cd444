import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { minorUnits } from '../../../src/domain/money.ts';
import { LateValues } from '../../../src/salesforce/bulk/late-values.ts';

const ID = '0088d0000000001AAA';

/** The amount of a row of history whose bytes are these. */
function amountOf(text: string, after = '"', late = new LateValues('history')): number {
    const before = after.startsWith('"') ? '"' : ',';
    const bytes = Buffer.from(`${ID}${before}${text}${after}`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return late.amount(view, 0, text === '' ? -1 : ID.length + 1, 'Amount');
}

test.each([
    ['1250.5', 125_050],
    ['-0.01', -1],
    ['0', 0],
    ['999999999999.99', 99_999_999_999_999],
    ['1.5e3', 150_000],
    ['12.345', 1235],
    ['.5', 50]
])('reads %s to the cent', (text, minor) => {
    expect(amountOf(text)).toBe(minor);
});

test('blank is no amount', () => {
    expect(amountOf('')).toBeNaN();
});

test('an unquoted amount ends with its field or its line', () => {
    expect(amountOf('12.5', ',next')).toBe(1250);
    expect(amountOf('12.5', '\n')).toBe(1250);
});

test('says the same as the careful reading, for every amount as Bulk writes it', () => {
    fc.assert(
        fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), fc.nat(99), (units, cents) => {
            const text = `${units}.${String(cents).padStart(2, '0')}`;
            expect(amountOf(text)).toBe(minorUnits(text, 'Amount'));
        })
    );
});

test.each([
    ['1,000', '"'],
    ['1\n000', '"'],
    ['1""', '"'],
    ['1""5', '"']
])('refuses %j, which is not the amount it begins with', (text, after) => {
    expect(() => amountOf(text, after)).toThrow(/AMOUNT_INVALID/);
});

test('an amount that is none is told with its row, and is then blank', () => {
    expect(() => amountOf('12a')).toThrow(/AMOUNT_INVALID at history 0088d0000000001AAA, Amount/);
    const heard: string[] = [];
    const late = new LateValues('history');
    late.onBadValue = (name, problem) => heard.push(`${name} ${problem.value}`);
    expect(amountOf('1e15', '"', late)).toBeNaN();
    expect(heard).toEqual(['Amount 1e15']);
});
