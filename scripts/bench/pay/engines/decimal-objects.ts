// The pay bench the usual way: transactions, credits and explanations as objects, figures as decimal.js. Months in order, so that
// the sum of the year can be kept per payee and product; amounts in money.
import { Decimal } from 'decimal.js';
import {
    CELL_NAMES,
    cellWeight,
    CREDIT_NAMES,
    creditWeight,
    lineWeight,
    PRIME,
    WeightedSums,
    type Checksums
} from '../checksums.ts';
import { costOf, type Engine } from './engine.ts';
import { capOf, isCertified, makeRows, PAYEES, PERIODS, PRODUCTS, SHARES } from '../workload.ts';

interface Transaction {
    row: number;
    period: number;
    product: number;
    amount: Decimal;
    splits: { payee: number; share: Decimal }[];
}

interface Explanation {
    row: number;
    payee: number;
    credit: Decimal;
    before: Decimal;
    commission: Decimal;
    from: number;
    to: number;
}

interface Tier {
    from: Decimal;
    rate: Decimal;
}

interface PayeeMonth {
    earnings: Decimal[];
    due: Decimal;
    tranches: Decimal[];
    paid: Decimal;
}

const tiers = (...rows: [number, string][]): Tier[] =>
    rows.map(([from, rate]) => ({ from: new Decimal(from), rate: new Decimal(rate) }));
const TIERS = [
    tiers([-1e9, '0.04'], [200_000, '0.055'], [400_000, '0.07'], [600_000, '0.0825'], [800_000, '0.10125']),
    tiers([-1e9, '0.06'], [150_000, '0.075'], [300_000, '0.09'], [500_000, '0.1135'], [750_000, '0.130625']),
    tiers(
        [-1e9, '0.02'],
        [250_000, '0.0275'],
        [450_000, '0.035'],
        [650_000, '0.04125'],
        [850_000, '0.050125']
    )
];
const CENTS = 2;
const HALF = new Decimal('0.5');
const DEFERRED = new Decimal('0.4');
const NOTHING = new Decimal(0);

export function decimalObjects(count: number): Engine {
    Decimal.set({ precision: 40 });
    const transactions = transactionObjects(count);
    let explanations: Explanation[] = [];
    let months: PayeeMonth[][] = [];
    return {
        run: () =>
            costOf(() => {
                explanations = [];
                months = calculate(transactions, explanations);
            }),
        sums: async () => checksumsOf(months, explanations)
    };
}

function transactionObjects(count: number): Transaction[] {
    const rows = makeRows(count);
    return Array.from({ length: count }, (_, row) => {
        const [start, end] = [rows.splitStart[row]!, rows.splitStart[row + 1]!];
        const splits = Array.from(rows.splitPayee.subarray(start, end), (payee, place) => ({
            payee,
            share: new Decimal(rows.splitShare[start + place]!).div(SHARES)
        }));
        const amount = new Decimal(rows.amount[row]!).div(100);
        return { row, period: rows.period[row]!, product: rows.product[row]!, amount, splits };
    });
}

function calculate(transactions: readonly Transaction[], explanations: Explanation[]): PayeeMonth[][] {
    const byPeriod = Map.groupBy(transactions, ({ period }) => period);
    let toDate = new Map<string, Decimal>();
    const months: PayeeMonth[][] = [];
    for (let period = 0; period < PERIODS; period++) {
        if (period % 12 === 0) toDate = new Map();
        const earned = new Map<string, Decimal>();
        for (const transaction of byPeriod.get(period) ?? [])
            credit(transaction, toDate, earned, explanations);
        months.push(Array.from({ length: PAYEES }, (_, payee) => monthOf(payee, period, earned, months)));
    }
    return months;
}

function credit(
    { row, product, amount, splits }: Transaction,
    toDate: Map<string, Decimal>,
    earned: Map<string, Decimal>,
    explanations: Explanation[]
): void {
    const parts = splits.map(({ share }) => amount.times(share).toDecimalPlaces(CENTS, Decimal.ROUND_DOWN));
    parts[0] = parts.slice(1).reduce((left, part) => left.minus(part), amount);
    for (const [place, { payee }] of splits.entries()) {
        const key = `${payee}/${product}`;
        const before = toDate.get(key) ?? NOTHING;
        const after = before.plus(parts[place]!);
        const [from, to] = [tierAt(product, before), tierAt(product, after)];
        const commission = along(product, before, after, from, to);
        toDate.set(key, after);
        earned.set(key, (earned.get(key) ?? NOTHING).plus(commission));
        explanations.push({
            row,
            payee,
            credit: parts[place]!,
            before,
            commission,
            from: from + 1,
            to: to + 1
        });
    }
}

function tierAt(product: number, amount: Decimal): number {
    return TIERS[product]!.findLastIndex(({ from }) => amount.gte(from));
}

/** Each part of the movement at its tier's rate. */
function along(product: number, before: Decimal, after: Decimal, first: number, last: number): Decimal {
    if (first === last) return after.minus(before).times(TIERS[product]![first]!.rate);
    if (first > last) return along(product, after, before, last, first).neg();
    let sum = NOTHING;
    let from = before;
    for (let tier = first; tier <= last; tier++) {
        const to = tier === last ? after : TIERS[product]![tier + 1]!.from;
        sum = sum.plus(to.minus(from).times(TIERS[product]![tier]!.rate));
        from = to;
    }
    return sum;
}

function monthOf(
    payee: number,
    period: number,
    earned: ReadonlyMap<string, Decimal>,
    months: readonly PayeeMonth[][]
): PayeeMonth {
    const earnings = PRODUCTS.map((_, product) => {
        const commission = earned.get(`${payee}/${product}`) ?? NOTHING;
        const held = isCertified(payee, period) ? commission : commission.times(HALF);
        return Decimal.min(held, capOf(payee)).toDecimalPlaces(CENTS, Decimal.ROUND_HALF_EVEN);
    });
    const due = earnings.reduce((sum, earning) => sum.plus(earning), NOTHING);
    const deferred = due.gt(0)
        ? due.times(DEFERRED).toDecimalPlaces(CENTS, Decimal.ROUND_HALF_EVEN)
        : NOTHING;
    const third = deferred.div(3).toDecimalPlaces(CENTS, Decimal.ROUND_DOWN);
    const tranches = [deferred.minus(third).minus(third), third, third];
    let paid = due.minus(deferred);
    for (let ago = 1; ago <= Math.min(3, period); ago++)
        paid = paid.plus(months[period - ago]![payee]!.tranches[ago - 1]!);
    return { earnings, due, tranches, paid };
}

function checksumsOf(months: readonly PayeeMonth[][], explanations: readonly Explanation[]): Checksums {
    const ofCells = new WeightedSums(CELL_NAMES);
    for (const [period, payees] of months.entries())
        for (const [payee, { earnings, due, tranches, paid }] of payees.entries()) {
            const cell = period * PAYEES + payee;
            for (const [product, earning] of earnings.entries())
                ofCells.add(0, units(earning, 100), lineWeight(cell, product));
            for (const [name, figure] of [due, ...tranches, paid].entries())
                ofCells.add(1 + name, units(figure, 100), cellWeight(cell));
        }
    const ofCredits = new WeightedSums(CREDIT_NAMES);
    for (const { row, payee, credit: amount, before, commission, from, to } of explanations) {
        const figures = [units(amount, 100), units(before, 100), units(commission, 1e8), from, to];
        for (const [name, figure] of figures.entries()) ofCredits.add(name, figure, creditWeight(row, payee));
    }
    return { ...ofCells.sums, ...ofCredits.sums };
}

/** What is left of so many parts of a unit by the prime, which is all a checksum needs. */
function units(amount: Decimal, parts: number): number {
    return amount.times(parts).mod(PRIME).toNumber();
}
