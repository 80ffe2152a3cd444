// Transactions as columns, in order of date and id: amounts in whole units of the plan's rounding, shares over a common scale,
// fields that put transactions into kinds as codes. An amount too large for Float64 is NaN here and kept aside exactly.
import { parseDay } from '../../calendar.ts';
import { Ratio, sumOf } from '../../ratio.ts';
import { isOnPlan } from '../assignment.ts';
import { compareText, merged } from '../attribution.ts';
import { HISTORY } from '../books.ts';
import type { Value } from '../expression.ts';
import type { Transaction } from '../input.ts';
import type { People } from './cells.ts';
import { DoesNotFit } from './does-not-fit.ts';
import type { Shape } from './shape.ts';
import { isSafe, scaleOf, wholeAt } from './whole.ts';

export type Whole = Uint8Array | Uint16Array | Uint32Array;
export type Shares = Whole | Float64Array;

/** Index of no payee. */
export const NOBODY = 0xffffffff;

export interface FieldColumn {
    name: string;
    codes: Whole;
    values: (Value | undefined)[];
}

export interface TransactionColumns {
    count: number;
    /** in whole units; NaN where not below the guard with its shares */
    amount: Float64Array;
    /** amounts that are NaN, in whole units */
    large: Map<number, bigint>;
    period: Whole;
    /** day of the period, from 0, for order */
    day: Whole;
    fields: FieldColumn[];
    /** index of the first split of each, and of one after the last */
    splitStart: Uint32Array;
    splitPayee: Whole;
    /** parts of `shareScale` */
    splitShare: Shares;
    shareScale: number;
    /** every row has splits */
    isSplit: boolean;
    /** payees by target: owner, then roles in the order of the shape; NOBODY for none */
    holders: Whole[];
    idOf(row: number): string;
}

/** Shares are parts of a multiple of `leastScale`. Throws DoesNotFit for what the reference engine must judge. */
export function transactionColumns(
    shape: Shape,
    people: People,
    transactions: readonly Transaction[],
    leastScale = 1n
): TransactionColumns {
    const rows = transactions.toSorted((a, b) => compareText(a.date, b.date) || compareText(a.id, b.id));
    assertPlain(rows);
    const periods = rows.map(({ id, date }) => periodOf(people, id, date));
    const readsSplits = shape.rules.some(({ target }) => target.kind === 'splits');
    const splits = rows.map((row) => (readsSplits ? wholeSplits(row) : []));
    const flat = splits.flat();
    const scale = scaleOf(
        flat.map(({ share }) => share),
        leastScale
    );
    if (!isSafe(Number(scale))) throw new DoesNotFit('transactions', 'the shares have no common scale');
    const { amount, large } = amountsOf(shape, rows, splits, scale);
    const shares = flat.map(({ share }) => wholeAt(share, scale));
    const starts = new Uint32Array(rows.length + 1);
    for (const [row, own] of splits.entries()) starts[row + 1] = starts[row]! + own.length;
    const splitPayee = flat.map(({ payeeId }) => payeeOf(people, payeeId));
    const holders = holdersOf(shape, people, rows);
    assertOnPlan(people, rows, (row) => [
        ...splitPayee.slice(starts[row], starts[row + 1]),
        ...holders.flatMap((holder) =>
            holder[row] === undefined || holder[row] === NOBODY ? [] : [holder[row]]
        )
    ]);
    return {
        count: rows.length,
        amount,
        large,
        period: column(periods),
        day: column(rows.map(({ date }, row) => parseDay(date) - people.startDays[periods[row]!]!)),
        fields: shape.fields.map((name) => fieldColumn(name, rows)),
        splitStart: starts,
        splitPayee: column(splitPayee),
        splitShare: shares.every((share) => share >= 0 && share < NOBODY)
            ? column(shares)
            : Float64Array.from(shares),
        shareScale: Number(scale),
        isSplit: splits.every((own) => own.length > 0),
        holders,
        idOf: (row) => rows[row]!.id
    };
}

/** In the smallest whole numbers that hold them. */
export function column(values: readonly number[]): Whole {
    const most = values.reduce((a, b) => Math.max(a, b), 0);
    if (most < 2 ** 8) return Uint8Array.from(values);
    return most < 2 ** 16 ? Uint16Array.from(values) : Uint32Array.from(values);
}

function assertPlain(rows: readonly Transaction[]): void {
    const ids = new Set<string>();
    for (const { id, problem, reverses, amends } of rows) {
        const place = `transaction ${id}`;
        if (problem) throw new DoesNotFit(place, 'has a problem');
        if (reverses !== '' || amends !== '') throw new DoesNotFit(place, 'reverses or amends another');
        if (ids.has(id)) throw new DoesNotFit(place, 'is given twice');
        ids.add(id);
    }
}

function periodOf({ context }: People, id: string, date: string): number {
    const period = context.periodOn(date);
    if (period === null || period === HISTORY)
        throw new DoesNotFit(`transaction ${id}`, 'is outside the periods');
    return period;
}

function wholeSplits({ id, splits }: Transaction): ReturnType<typeof merged> {
    const own = merged(splits);
    if (own.length === 0 || sumOf(own.map(({ share }) => share)).equals(Ratio.ONE)) return own;
    throw new DoesNotFit(`transaction ${id}`, 'has splits that do not sum to 100 %');
}

function amountsOf(
    { plan }: Shape,
    rows: readonly Transaction[],
    splits: readonly { share: Ratio }[][],
    scale: bigint
): Pick<TransactionColumns, 'amount' | 'large'> {
    const large = new Map<number, bigint>();
    const amount = Float64Array.from(rows, ({ id, amount: given, currency }, row) => {
        if (currency !== '' && currency !== plan.currency)
            throw new DoesNotFit(`transaction ${id}`, 'is in another currency');
        if (!given) throw new DoesNotFit(`transaction ${id}`, 'has no amount');
        const units = given.over(plan.rounding.unit);
        if (units.denominator !== 1n)
            throw new DoesNotFit(`transaction ${id}`, 'has parts of the smallest unit');
        const widest = splits[row]!.reduce(
            (most, { share }) => (share.absolute().compare(most) > 0 ? share.absolute() : most),
            Ratio.ONE
        );
        const product = units.times(widest).times(Ratio.of(scale));
        const whole = Number(units.numerator);
        if (isSafe(whole) && isSafe(Number(product.numerator / product.denominator))) return whole;
        large.set(row, units.numerator);
        return NaN;
    });
    return { amount, large };
}

function fieldColumn(name: string, rows: readonly Transaction[]): FieldColumn {
    const known = new Map<string, number>();
    const values: FieldColumn['values'] = [];
    const codes = rows.map(({ fields }) => {
        const value = fields[name];
        const key = value instanceof Ratio ? `#${value}` : `${typeof value} ${value}`;
        const code = known.get(key) ?? values.push(value) - 1;
        known.set(key, code);
        return code;
    });
    return { name, codes: column(codes), values };
}

function holdersOf({ rules, roles }: Shape, people: People, rows: readonly Transaction[]): Whole[] {
    const indexOf = (id: string | undefined): number => (id ? payeeOf(people, id) : NOBODY);
    const hasOwner = rules.some(({ target }) => target.kind === 'owner');
    const owners = hasOwner ? Uint32Array.from(rows, ({ owner }) => indexOf(owner)) : new Uint32Array(0);
    return [owners, ...roles.map((role) => Uint32Array.from(rows, ({ team }) => indexOf(team[role])))];
}

function payeeOf({ payeeIndex }: People, id: string): number {
    const index = payeeIndex.get(id);
    if (index === undefined) throw new DoesNotFit(`payee ${id}`, 'is credited and is not among the payees');
    return index;
}

/** Credits outside an assignment are the reference engine's to tell. */
function assertOnPlan(
    people: People,
    rows: readonly Transaction[],
    payeesOf: (row: number) => number[]
): void {
    if (!people.hasAssignments) return;
    for (const [row, { date }] of rows.entries())
        for (const payee of payeesOf(row))
            if (!isOnPlan(people.books[payee]!, date))
                throw new DoesNotFit(
                    `payee ${people.payeeIds[payee]}`,
                    `is credited on ${date}, not being on the plan`
                );
}
