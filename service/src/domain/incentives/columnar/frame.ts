// The typed arrays both executions of a plan work on: columns of transactions, the plan as numbers, sums per cell, and what comes
// out for every credit.
import { FLAT_ROWS } from './flat-source.ts';
import type { Kind, Pool } from './pool.ts';
import type { FieldColumn, Shares, TransactionColumns, Whole } from './transactions.ts';

export interface Frame {
    // ---- transactions ----
    amount: Float64Array;
    period: Whole;
    splitStart: Uint32Array;
    splitPayee: Whole;
    splitShare: Shares;
    shareScale: number;
    codes: FieldColumn['codes'][];
    /** what a code of each field counts in the number of the kind */
    radices: number[];
    holders: Whole[];

    // ---- the plan as numbers ----
    /** cells of a payee */
    periods: number;
    /** by kind and group: first of `entries`, and one after the last */
    entryStart: Uint32Array;
    /** numbers `kind * rules + rule` of rules that apply */
    entries: Uint32Array;
    fixedPayee: Uint32Array;
    /** parts of the amount a credit is, where a rule gives a share */
    creditParts: Float64Array;
    /** by entry and slot: first cell of the sum, and what a credit is multiplied by */
    slotFirst: Uint32Array;
    slotWeight: Float64Array;
    /** by entry and line: first cell of the component, whether it pays */
    lineFirst: Uint32Array;
    linePays: Uint8Array;
    /** by kind, first cell of the sum of its only entry; null where kinds have other entries (flat-source.ts) */
    kindFirst: Uint32Array | null;
    /** by line, from the cell of the sum to that of the component */
    lineShift: number[];
    /** tables one after the other, each as long as `mask` + 1 */
    low: Float64Array;
    rate: Float64Array;
    intercept: Float64Array;
    mask: number;
    /** by cell of components per credit: what its lines are multiplied by before rounding; empty where lines are not rounded */
    multiplier: Float64Array;
    /** of a unit, in which amounts are counted before rounding */
    parts: number;

    // ---- sums per cell, one sum after the other ----
    total: Float64Array;
    /** what negative credits take off */
    below: Float64Array;
    /** where the interval stands before each credit */
    running: Float64Array;
    /** per cell of components per credit: place in the tables of the band the last credit reached */
    band: Whole;
    /** per cell of components per credit, sum of its lines; empty where nobody asks for it */
    value: Float64Array;

    // ---- for every credit and every line ----
    credit: Float64Array;
    before: Float64Array;
    worth: Float64Array;
    /** band before and after: `before << 8 | after` */
    bands: Uint16Array;
    /** scratch of flat loops: where cells of rows begin, and cells of credits in the room of their lines */
    places: Int32Array;
    cellRoom: Uint32Array;
    /** gives what truncation left of a split amount to the residual's owners */
    settle(row: number, firstCredit: number, left: number): void;
}

export type Pass = (frame: Frame, from: number, to: number, firstCredit: number, firstLine: number) => number;

/** Both passes over a range of rows; the second tells a sum that is NaN when any line is. */
export interface Kernel {
    first: Pass;
    second: Pass;
}

export type Outputs = Pick<Frame, 'credit' | 'before' | 'worth' | 'bands' | 'places' | 'cellRoom'>;

/** Room for so many credits and lines. */
export function outputsFor(credits: number, lines: number, pool: Pool): Outputs {
    const worth = pool.take('worth', Float64Array, lines);
    return {
        credit: pool.take('credit', Float64Array, credits),
        before: pool.take('before', Float64Array, lines),
        worth,
        bands: pool.take('bands', Uint16Array, lines),
        places: pool.take('places', Int32Array, FLAT_ROWS),
        cellRoom: new Uint32Array(worth.buffer, worth.byteOffset, worth.length * 2)
    };
}

export type Sums = Pick<Frame, 'total' | 'below' | 'running' | 'band' | 'value'>;

/** Totals begin at zero. `places`: length of the tables; `isAddedUp`: whether sums of lines are needed. */
export function sumsFor(
    sumCells: number,
    lineCells: number,
    places: number,
    isAddedUp: boolean,
    pool: Pool
): Sums {
    return {
        total: pool.take('total', Float64Array, sumCells).fill(0),
        below: pool.take('below', Float64Array, sumCells).fill(0),
        running: pool.take('running', Float64Array, sumCells),
        // Looked up for every credit, in random order: what is smaller stays nearer.
        band: pool.take('band', placeKind(places), lineCells),
        value: pool.take('value', Float64Array, isAddedUp ? lineCells : 0)
    };
}

/** Looked up for every credit, in random order: what is smaller stays nearer. */
function placeKind(places: number): Kind<Whole> {
    return places <= 2 ** 8 ? Uint8Array : places <= 2 ** 16 ? Uint16Array : Uint32Array;
}

export function columnsFor(
    columns: TransactionColumns
): Pick<
    Frame,
    | 'amount'
    | 'period'
    | 'splitStart'
    | 'splitPayee'
    | 'splitShare'
    | 'shareScale'
    | 'codes'
    | 'radices'
    | 'holders'
> {
    const { amount, period, splitStart, splitPayee, splitShare, shareScale, fields, holders } = columns;
    let radix = 1;
    const radices = fields.map(({ values }) => {
        const own = radix;
        radix *= Math.max(values.length, 1);
        return own;
    });
    const codes = fields.map((field) => field.codes);
    return { amount, period, splitStart, splitPayee, splitShare, shareScale, codes, radices, holders };
}
