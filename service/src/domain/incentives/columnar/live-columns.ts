// Columns that change: a changed transaction takes the place of its row where it fits there, and becomes a new row at the end where
// it does not; then its old row stays where it is and is taken out of its cells. Doubles in size when full. A value the columns
// have no code or scale for does not fit: the caller runs anew.
import type { Transaction } from '../input.ts';
import type { People } from './cells.ts';
import { DoesNotFit } from './does-not-fit.ts';
import { columnsFor, type Frame } from './frame.ts';
import type { Shape } from './shape.ts';
import {
    NOBODY,
    transactionColumns,
    type FieldColumn,
    type Shares,
    type TransactionColumns,
    type Whole
} from './transactions.ts';

type Numbers = Whole | Float64Array;

/** A transaction as codes and whole numbers. */
export interface LiveRow {
    id: string;
    amount: number;
    /** an amount that is NaN */
    large: bigint | undefined;
    period: number;
    day: number;
    codes: number[];
    /** undefined for those the plan does not ask for */
    holders: (number | undefined)[];
    splitPayee: Whole;
    splitShare: Shares;
}

export class LiveColumns {
    readonly #shape: Shape;
    readonly #people: People;
    readonly #idOf: (row: number) => string;
    readonly #newIds: string[] = [];
    readonly #first: number;
    readonly columns: TransactionColumns;

    constructor(shape: Shape, people: People, columns: TransactionColumns) {
        this.#shape = shape;
        this.#people = people;
        this.#idOf = columns.idOf;
        this.#first = columns.count;
        const idOf = (row: number): string =>
            row < this.#first ? this.#idOf(row) : this.#newIds[row - this.#first]!;
        this.columns = { ...columns, large: new Map(columns.large), idOf };
        this.#grow(columns.count + 1024, columns.splitPayee.length + 4096);
    }

    /** A transaction as a row of these columns. Throws DoesNotFit. */
    read(transaction: Transaction): LiveRow {
        const { splitShare, shareScale } = this.columns;
        // At the scale of all, so that an amount too large for its shares there is found too.
        const one = transactionColumns(this.#shape, this.#people, [transaction], BigInt(shareScale));
        const isCounted = splitShare instanceof Float64Array || one.splitShare.every((share) => share >= 0);
        if (one.shareScale !== shareScale || !isCounted)
            throw new DoesNotFit(`transaction ${transaction.id}`, 'has shares that need another scale');
        return {
            id: transaction.id,
            amount: one.amount[0]!,
            large: one.large.get(0),
            period: one.period[0]!,
            day: one.day[0]!,
            codes: one.fields.map((field, index) => codeOf(this.columns.fields[index]!, field)),
            holders: one.holders.map(([holder]) => holder),
            splitPayee: one.splitPayee,
            splitShare: one.splitShare
        };
    }

    /** Whether it can stand where a row stands: the same place in order, and the same room for splits. */
    canReplace(row: number, { id, period, day, splitShare }: LiveRow): boolean {
        const { columns } = this;
        return (
            columns.period[row] === period &&
            columns.day[row] === day &&
            columns.splitStart[row + 1]! - columns.splitStart[row]! === splitShare.length &&
            columns.idOf(row) === id
        );
    }

    /** The row it is added at, after all others. */
    append(own: LiveRow): number {
        const { columns } = this;
        const row = columns.count;
        const splits = own.splitShare.length;
        if (row + 1 > columns.amount.length || columns.splitStart[row]! + splits > columns.splitPayee.length)
            this.#grow(row * 2 + 1, columns.splitPayee.length * 2 + splits);
        columns.splitStart[row + 1] = columns.splitStart[row]! + splits;
        columns.count++;
        this.#newIds.push(own.id);
        this.replace(row, own);
        return row;
    }

    replace(
        row: number,
        { amount, large, period, day, codes, holders, splitPayee, splitShare }: LiveRow
    ): void {
        const { columns } = this;
        columns.amount[row] = amount;
        if (large === undefined) columns.large.delete(row);
        else columns.large.set(row, large);
        columns.period[row] = period;
        columns.day[row] = day;
        for (const [index, code] of codes.entries()) columns.fields[index]!.codes[row] = code;
        for (const [index, holder] of holders.entries())
            if (holder !== undefined) columns.holders[index]![row] = holder;
        const first = columns.splitStart[row]!;
        for (let split = 0; split < splitShare.length; split++) {
            columns.splitPayee[first + split] = splitPayee[split]!;
            columns.splitShare[first + split] = splitShare[split]!;
        }
        columns.isSplit &&= splitShare.length > 0;
    }

    /** Hands the columns to the frame, after they grew. */
    fill(frame: Frame): void {
        if (frame.amount !== this.columns.amount) Object.assign(frame, columnsFor(this.columns));
    }

    /** Whether the row comes after another in the order of date and id. */
    isAfter(row: number, other: number): boolean {
        const { period, day, idOf } = this.columns;
        const order = period[row]! - period[other]! || day[row]! - day[other]!;
        return order !== 0 ? order > 0 : idOf(row) > idOf(other);
    }

    #grow(rows: number, splits: number): void {
        const { columns } = this;
        columns.amount = longer(columns.amount, rows);
        columns.period = longer(columns.period, rows);
        columns.day = longer(columns.day, rows);
        columns.fields = columns.fields.map((field) => ({ ...field, codes: longer(field.codes, rows) }));
        columns.splitStart = longer(columns.splitStart, rows + 1);
        columns.splitPayee = wide(longer(columns.splitPayee, splits), this.#people.payeeIds.length);
        columns.splitShare = longer(wide(columns.splitShare, columns.shareScale), splits) as Shares;
        const hasOwners = this.#shape.rules.some(({ target }) => target.kind === 'owner');
        columns.holders = columns.holders.map((holder, place) =>
            place === 0 && !hasOwners ? holder : longer(wide(holder, NOBODY), rows)
        );
    }
}

function codeOf(column: FieldColumn, { name, values: [value] }: FieldColumn): number {
    const code = column.values.findIndex(
        (one) => String(one) === String(value) && typeof one === typeof value
    );
    if (code === -1) throw new DoesNotFit(name, `has a new value, ${String(value)}`);
    return code;
}

function longer<T extends Numbers>(values: T, length: number): T {
    const grown = new (values.constructor as new (length: number) => T)(length);
    grown.set(values.subarray(0, length));
    return grown;
}

/** In numbers that can hold as much. */
function wide<T extends Numbers>(values: T, most: number): T | Whole {
    if (values instanceof Float64Array || values instanceof Uint32Array) return values;
    if (most < 2 ** (values.BYTES_PER_ELEMENT * 8)) return values;
    return most < 2 ** 16 ? Uint16Array.from(values) : Uint32Array.from(values);
}
