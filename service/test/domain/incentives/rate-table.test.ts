import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Scope } from '../../../src/domain/incentives/evaluate.ts';
import { parseExpression } from '../../../src/domain/incentives/parse-expression.ts';
import type { RateTable } from '../../../src/domain/incentives/plan.ts';
import { bandsOf, movementByBand, tableValue } from '../../../src/domain/incentives/rate-table.ts';
import { Ratio, sumOf } from '../../../src/domain/ratio.ts';

const NO_NAMES: Scope = {
    where: 'payee rep',
    name: () => undefined,
    table: () => Ratio.ZERO,
    group: () => null
};
const figure = (text: string): ReturnType<typeof parseExpression> => parseExpression(text, 'test');

/** Rows as `from-to value ...`; without end where nothing follows the dash. */
function table(mode: RateTable['mode'], rows: string[], rest: Partial<RateTable> = {}): RateTable {
    return {
        key: 'grid',
        mode,
        boundary: 'lower',
        scale: null,
        columns: [],
        rows: rows.map((row) => {
            const [bounds, ...values] = row.split(' ');
            const [from, to] = bounds!.split('-');
            return { from: figure(from!), to: to ? figure(to) : null, values: values.map(figure) };
        }),
        ...rest
    };
}

const value = (one: RateTable, x: number, y: number | null = null): string =>
    tableValue(one, Ratio.of(x), y === null ? null : Ratio.of(y), NO_NAMES).toString();

function parts(one: RateTable, from: number, to: number): string[] {
    const bands = bandsOf(one, null, NO_NAMES);
    return movementByBand(one, bands, Ratio.of(from), Ratio.of(to), NO_NAMES).map(
        ({ quantity, value: rate }) => `${quantity} at ${rate}`
    );
}

const GRADUATED = ['0-3000 6%', '3000-8000 8%', '8000- 10%'];

describe('rate tables', () => {
    test('a marginal table pays each band its own rate', () => {
        // 3,000 x 6% + 5,000 x 8% + 1,000 x 10%
        expect(value(table('marginal', GRADUATED), 9000)).toBe('680');
    });

    test('a movement is divided where it crosses a bound, and walks back the same way', () => {
        expect(parts(table('marginal', GRADUATED), 2000, 8500)).toEqual([
            '1000 at 0.06',
            '5000 at 0.08',
            '500 at 0.1'
        ]);
        expect(parts(table('marginal', GRADUATED), 8500, 2000)).toEqual([
            '-500 at 0.1',
            '-5000 at 0.08',
            '-1000 at 0.06'
        ]);
    });

    test('however a movement is cut, its parts by band add up to the same', () => {
        const grid = table('marginal', GRADUATED);
        const worth = (from: number, to: number): Ratio =>
            sumOf(
                movementByBand(
                    grid,
                    bandsOf(grid, null, NO_NAMES),
                    Ratio.of(from),
                    Ratio.of(to),
                    NO_NAMES
                ).map((band) => band.quantity.times(band.value))
            );
        const amount = fc.integer({ min: 0, max: 20_000 });
        fc.assert(
            fc.property(amount, amount, amount, (a, b, c) => {
                expect(worth(a, b).plus(worth(b, c))).toEqual(worth(a, c));
            })
        );
    });

    test('a slab and a step give the value of the band reached; each boundary has its side', () => {
        const rows = ['0-500000 1%', '500000- 1.2%'];
        expect(value(table('slab', rows), 499_999)).toBe('0.01');
        expect(value(table('slab', rows), 500_000)).toBe('0.012');
        expect(value(table('step', rows, { boundary: 'upper' }), 500_000)).toBe('0.01');
        expect(value(table('step', rows, { boundary: 'upper' }), 500_001)).toBe('0.012');
    });

    test('the outermost bounds belong to their bands, whatever the boundary', () => {
        expect(value(table('slab', ['0-100 1%', '100-200 2%']), 200)).toBe('0.02');
        expect(value(table('slab', ['0-100 1%', '100-200 2%'], { boundary: 'upper' }), 0)).toBe('0.01');
    });

    test('an interpolated table draws straight lines, flat outside', () => {
        const curve = table('interpolated', ['93 65%', '100 100%', '110 150%']);
        expect([90, 93, 94, 100, 105, 110, 115].map((x) => value(curve, x))).toEqual([
            '0.65',
            '0.65',
            '0.7',
            '1',
            '1.25',
            '1.5',
            '1.5'
        ]);
    });

    test('a proportional table adds full rates and the filled part of the next', () => {
        // 1% + 1,000 / 4,000 of 2%
        expect(value(table('proportional', ['0-1000 1%', '1000-5000 2%']), 2000)).toBe('0.015');
        expect(() => value(table('proportional', ['0-1000 1%', '1000- 2%']), 2000)).toThrow(
            /BAND_WITHOUT_END/
        );
    });

    test('a second input chooses the column', () => {
        const columns = [
            { from: figure('0'), to: figure('250') },
            { from: figure('250'), to: null }
        ];
        const grid = table('step', ['0-100000 30% 35%', '100000- 40% 45%'], { columns });
        expect([value(grid, 50_000, 249), value(grid, 50_000, 250), value(grid, 100_000, 0)]).toEqual([
            '0.3',
            '0.35',
            '0.4'
        ]);
        expect(() => value(grid, 50_000)).toThrow(/COLUMN_NOT_GIVEN/);
    });

    test('bounds are scaled by a quota, so that a repeating attainment loses nothing', () => {
        const scaled = table('marginal', ['0-1 6%', '1-1.25 8%', '1.25- 10%'], { scale: figure('375000') });
        expect(value(scaled, 500_000)).toBe('33125');
    });

    test.each([
        ['below the first band', ['10-20 1%'], 9],
        ['above the last band', ['10-20 1%'], 21]
    ])('a value %s is a problem that names the table', (_, rows, x) => {
        expect(() => value(table('slab', rows), x)).toThrow(/VALUE_OUTSIDE_TABLE at payee rep, tables.grid/);
        expect(() => parts(table('marginal', rows), 15, x)).toThrow(/VALUE_OUTSIDE_TABLE/);
    });

    test.each([
        ['overlap', ['0-10 1%', '9-20 2%']],
        ['leave a gap', ['0-10 1%', '11-20 2%']],
        ['fall', ['10-20 1%', '0-10 2%']],
        ['end in the middle', ['0- 1%', '10-20 2%']]
    ])('bands that %s are a problem', (_, rows) => {
        expect(() => value(table('slab', rows), 5)).toThrow(/BANDS_NOT_TOUCHING/);
    });
});
