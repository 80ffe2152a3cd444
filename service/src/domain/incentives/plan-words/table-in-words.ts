// A table as lines a rep can read: one for each band.
import type { Expression } from '../expression.ts';
import type { RateTable, TableMode, TableRow } from '../plan.ts';
import { inWords } from './expression-in-words.ts';
import { words } from './words.ts';

const HOW: Record<TableMode, string> = {
    marginal: 'each part at the rate of its band',
    slab: 'everything at the rate of the band reached',
    step: 'the value of the band reached',
    interpolated: 'straight lines between these points, flat outside them',
    proportional: 'the full rates of the bands passed, and part of the rate of the band reached'
};

export function tableHeading({ key, mode, boundary, scale }: RateTable): string {
    const parts = scale ? `, in parts of ${inWords(scale)}` : '';
    const bound =
        mode === 'interpolated'
            ? ''
            : `; a value on a bound belongs to the band ${boundary === 'lower' ? 'above' : 'below'}`;
    return `Table “${words(key)}”: ${HOW[mode]}${parts}${bound}`;
}

export function tableLines({ mode, rows, columns }: RateTable): string[] {
    return rows.map((row) => {
        const values =
            columns.length === 0
                ? inWords(row.values[0]!)
                : row.values
                      .map((value, index) => `${inWords(value)} (${bandInWords(columns[index]!)})`)
                      .join(', ');
        return `${mode === 'interpolated' ? `at ${inWords(row.from)}` : bandInWords(row)}: ${values}`;
    });
}

export function bandInWords({ from, to }: Pick<TableRow, 'from' | 'to'>): string {
    if (to === null) return `from ${inWords(from)}`;
    return isZero(from) ? `up to ${inWords(to)}` : `${inWords(from)} to ${inWords(to)}`;
}

function isZero(expression: Expression): boolean {
    return expression.kind === 'number' && expression.value.isZero;
}
