// The typed arrays both executions of a plan work on: columns of transactions, the plan as numbers, sums per cell, and what comes
// out for every credit. Arrays are kept from run to run: fresh memory costs more than the calculation.
import type { FieldColumn, Shares, TransactionColumns, Whole } from './transactions.ts';

/** Bytes of memory that threads share where the environment has them. */
export type Memory = (bytes: number) => ArrayBufferLike;

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
    payees: number;
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
    /** by entry and line: first cell of the component, its table, whether it pays */
    lineFirst: Uint32Array;
    lineTable: Uint32Array;
    linePays: Uint8Array;
    /** tables one after the other, each as long as the longest */
    low: Float64Array;
    rate: Float64Array;
    intercept: Float64Array;
    /** by cell of components per credit: its table, where it differs; and what its lines are multiplied by before rounding */
    tableOf: Uint32Array;
    multiplier: Float64Array;
    /** of a unit, in which amounts are counted before rounding */
    parts: number;

    // ---- sums per cell, one sum after the other ----
    total: Float64Array;
    /** what negative credits take off */
    below: Float64Array;
    /** where the interval stands before each credit */
    running: Float64Array;
    /** per cell of components per credit: band the last credit reached, sum of its lines */
    band: Uint8Array;
    value: Float64Array;

    // ---- for every credit and every line ----
    credit: Float64Array;
    before: Float64Array;
    worth: Float64Array;
    /** band before and after: `before << 8 | after` */
    bands: Uint16Array;
    /** gives what truncation left of a split amount to the residual's owners */
    settle(row: number, firstCredit: number, left: number): void;
}

export type Pass = (frame: Frame, from: number, to: number, firstCredit: number, firstLine: number) => number;

/** Both passes over a range of rows; the second tells a sum that is NaN when any line is. */
export interface Kernel {
    first: Pass;
    second: Pass;
}

export type Outputs = Pick<Frame, 'credit' | 'before' | 'worth' | 'bands'>;

/** Room for so many credits and lines. */
export function outputsFor(credits: number, lines: number, memory: Memory): Outputs {
    return {
        credit: new Float64Array(memory(credits * 8)),
        before: new Float64Array(memory(lines * 8)),
        worth: new Float64Array(memory(lines * 8)),
        bands: new Uint16Array(memory(lines * 2))
    };
}

export type Sums = Pick<Frame, 'total' | 'below' | 'running' | 'band' | 'value'>;

export function sumsFor(sumCells: number, lineCells: number, memory: Memory): Sums {
    return {
        total: new Float64Array(memory(sumCells * 8)),
        below: new Float64Array(memory(sumCells * 8)),
        running: new Float64Array(memory(sumCells * 8)),
        band: new Uint8Array(memory(lineCells)),
        value: new Float64Array(memory(lineCells * 8))
    };
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
