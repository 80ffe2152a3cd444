// The work of the pay bench: transactions of 24 months in random order of months, shared among 2,000 payees. Every figure comes
// from one hash of the row's number, so that each engine makes its own storage of the same rows (the SQL and the C form of the
// hash stand beside their engines). Owns the data only; the plan is plan.yaml.
import type {
    FieldColumn,
    TransactionColumns
} from '../../../service/src/domain/incentives/columnar/transactions.ts';
import { addDays, addMonths } from '../../../service/src/domain/incentives/dates.ts';
import type { CalculationInput, Transaction } from '../../../service/src/domain/incentives/input.ts';
import { Ratio } from '../../../service/src/domain/ratio.ts';

export const PAYEES = 2000;
export const PERIODS = 24;
export const PRODUCTS = ['hardware', 'software', 'services'];
export const SHARES = 10_000;
const FIRST = '2025-01-01';
/** Amounts get smaller as rows get more, so that payees reach the same bands whatever the size. */
const MOST_CENTS = 2e12;

/** The same 32 bits everywhere: multiplications are modulo 2^32, so SQL and C can do them too. */
export function mix(row: number, what: number): number {
    let x = (Math.imul(row, 0x9e3779b1) + Math.imul(what, 0x85ebca77)) >>> 0;
    x ^= x >>> 15;
    x = Math.imul(x, 0x2c1b3c6d) >>> 0;
    x ^= x >>> 12;
    x = Math.imul(x, 0x297a2d39) >>> 0;
    return (x ^ (x >>> 15)) >>> 0;
}

export interface RowColumns {
    count: number;
    amount: Float64Array;
    period: Uint8Array;
    product: Uint8Array;
    day: Uint8Array;
    splitStart: Uint32Array;
    splitPayee: Uint16Array;
    splitShare: Uint16Array;
}

export function mostCents(count: number): number {
    return Math.floor(MOST_CENTS / count);
}

/** 15 % of the rows have one payee, 35 % two, 35 % three, 15 % four. */
function splitsOf(row: number): number {
    const place = mix(row, 4) % 100;
    return place < 15 ? 1 : place < 50 ? 2 : place < 85 ? 3 : 4;
}

export function creditsOf(count: number): number {
    let credits = 0;
    for (let row = 0; row < count; row++) credits += splitsOf(row);
    return credits;
}

/** `memory` where threads share it. */
export function makeRows(
    count: number,
    memory: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes)
): RowColumns {
    const splitStart = new Uint32Array(memory((count + 1) * 4));
    for (let row = 0; row < count; row++) splitStart[row + 1] = splitStart[row]! + splitsOf(row);
    const splits = splitStart[count]!;
    const rows: RowColumns = {
        count,
        amount: new Float64Array(memory(count * 8)),
        period: new Uint8Array(memory(count)),
        product: new Uint8Array(memory(count)),
        day: new Uint8Array(memory(count)),
        splitStart,
        splitPayee: new Uint16Array(memory(splits * 2)),
        splitShare: new Uint16Array(memory(splits * 2))
    };
    const most = mostCents(count);
    for (let row = 0; row < count; row++) {
        rows.day[row] = Math.floor((row * 28) / count);
        fillRow(rows, row, row, most);
    }
    return rows;
}

/** Everything but the day and the number of splits, from the hash of `seed`. */
function fillRow(rows: RowColumns, row: number, seed: number, most: number): void {
    fillAmount(rows, row, seed, most);
    rows.period[row] = mix(seed, 1) % PERIODS;
    rows.product[row] = mix(seed, 5) % PRODUCTS.length;
    const [first, step] = [mix(seed, 10) % PAYEES, 1 + (mix(seed, 11) % 499)];
    const start = rows.splitStart[row]!;
    const own = rows.splitStart[row + 1]! - start;
    let others = 0;
    for (let place = 0; place < own; place++) {
        rows.splitPayee[start + place] = (first + place * step) % PAYEES;
        if (place === 0) continue;
        const share = 500 + (mix(seed, 20 + place) % 20) * 100;
        rows.splitShare[start + place] = share;
        others += share;
    }
    rows.splitShare[start] = SHARES - others;
}

function fillAmount(rows: RowColumns, row: number, seed: number, most: number): void {
    const cents = 10_000 + (mix(seed, 2) % most);
    rows.amount[row] = mix(seed, 3) % 100 < 3 ? -cents : cents;
}

/** Gives a row the amount of another number, or also its month, product, payees and shares. */
export function changeRow(rows: RowColumns, row: number, seed: number, what: 'amount' | 'everything'): void {
    const change = what === 'amount' ? fillAmount : fillRow;
    change(rows, row, seed, mostCents(rows.count));
}

/** A row as a transaction of an input. */
export function transactionOf(rows: RowColumns, row: number): Transaction {
    const [start, end] = [rows.splitStart[row]!, rows.splitStart[row + 1]!];
    const splits = Array.from(rows.splitPayee.subarray(start, end), (payee, place) => ({
        payeeId: payeeId(payee),
        share: Ratio.of(rows.splitShare[start + place]!, SHARES)
    }));
    return {
        id: rowId(row),
        date: addDays(addMonths(FIRST, rows.period[row]!), rows.day[row]!),
        amount: Ratio.of(rows.amount[row]!, 100),
        currency: '',
        owner: '',
        owners: [],
        team: {},
        splits,
        touches: [],
        coalitions: {},
        events: {},
        reverses: '',
        amends: '',
        fields: { product: PRODUCTS[rows.product[row]!]! }
    };
}

/** Numbers with leading zeros: rows of a day stand in order of their ids. */
function rowId(row: number): string {
    return `t${String(row).padStart(8, '0')}`;
}

export function columnsOf({ product, ...rows }: RowColumns): TransactionColumns {
    const field: FieldColumn = { name: 'product', codes: product, values: PRODUCTS };
    return {
        ...rows,
        large: new Map(),
        fields: [field],
        shareScale: SHARES,
        isSplit: true,
        holders: [],
        idOf: rowId
    };
}

export function isCertified(payee: number, period: number): boolean {
    return mix(payee * PERIODS + period, 6) % 10 !== 0;
}

/** In money a month and product. */
export function capOf(payee: number): number {
    return 4000 + (mix(payee, 7) % 8) * 1000;
}

/** Numbers with leading zeros: payees stand in order of their ids. */
export function payeeId(payee: number): string {
    return `p${String(payee).padStart(4, '0')}`;
}

/** Everything but the transactions. */
export function peopleInput(): CalculationInput {
    const periods = Array.from({ length: PERIODS }, (_, period) => {
        const start = addMonths(FIRST, period);
        return { key: start.slice(0, 7), start, end: addDays(addMonths(start, 1), -1) };
    });
    const payees = Array.from({ length: PAYEES }, (_, payee) => payee);
    return {
        periods,
        payees: payees.map((payee) => ({
            id: payeeId(payee),
            managerId: '',
            start: '',
            end: '',
            fields: { cap: Ratio.of(capOf(payee)) }
        })),
        assignments: [],
        transactions: [],
        quotas: [],
        facts: payees.flatMap((payee) =>
            periods.map(({ key }, period) => ({
                name: 'certified',
                payeeId: payeeId(payee),
                period: key,
                value: isCertified(payee, period)
            }))
        ),
        openings: [],
        paid: [],
        scheduled: [],
        malus: [],
        exchangeRates: [],
        exceptions: [],
        wrongPayees: []
    };
}
