// Transactions as they count: in the plan's currency, amendments as differences, reversals with the part they take back.
import { asNumber, asText, isExact, isTable, type Data, type Table } from './data.ts';
import { compare, divide, multiply, negative, ONE, sign, subtract, ZERO, type Exact } from './exact.ts';
import { numberIn, type InputData } from './input-data.ts';
import { CannotDerive } from './values.ts';
import type { PlanData } from './plan-data.ts';

export interface Sale {
    id: string;
    date: string;
    /** with the words of the transaction it amends */
    row: Table;
    /** in the plan's currency; null where none was given */
    amount: Exact | null;
    exchangeRate: Exact;
    /** index of its period, -1 before the first */
    period: number;
    /** id of what it amends first, or its own */
    root: string;
}

export interface Reversal {
    id: string;
    date: string;
    row: Table;
    period: number;
    root: string;
    /** null where an earlier run calculated it */
    original: Sale | null;
    /** of the original */
    part: Exact;
}

export interface Booked {
    sales: Sale[];
    reversals: Reversal[];
    /** transactions that cannot count as they stand */
    left: { row: Table; period: number }[];
}

interface Standing {
    first: Sale;
    /** as last amended: as written, and in the plan's currency */
    given: Exact | null;
    currency: string;
    amount: Exact | null;
    /** part that reversals have left */
    left: Exact;
}

export function bookSales(plan: PlanData, input: InputData): Booked {
    const booked: Booked = { sales: [], reversals: [], left: [] };
    const standing = new Map<string, Standing>();
    const byId = Map.groupBy(input.transactions, (row) => asText(row['id']));
    for (const row of input.transactions) {
        const period = input.periodOf(asText(row['date']));
        if (period === undefined || (period >= 0 && !isInForce(plan, asText(row['date'])))) continue;
        const isAlone = byId.get(asText(row['id']))!.length === 1;
        const isBooked = isAlone && readable(() => book(row, period, { plan, input, booked, standing }));
        if (!isBooked) booked.left.push({ row, period });
    }
    return booked;
}

/** A figure that is none makes a transaction that cannot count. */
function readable(work: () => boolean): boolean {
    try {
        return work();
    } catch (error) {
        if (!(error instanceof CannotDerive)) throw error;
        return false;
    }
}

interface Desk {
    plan: PlanData;
    input: InputData;
    booked: Booked;
    standing: Map<string, Standing>;
}

/** False where it cannot count. */
function book(row: Table, period: number, desk: Desk): boolean {
    const [id, date] = [asText(row['id']), asText(row['date'])];
    const [reverses, amends] = [asText(row['reverses']), asText(row['amends'])];
    if (reverses !== '') return reverse(row, period, desk);
    const earlier = desk.standing.get(amends);
    const currency = asText(row['currency']) || (earlier?.currency ?? '');
    const exchangeRate = exchangeRateOf(currency, date, desk);
    const given = numberIn(row, 'amount');
    const isReversed = earlier !== undefined && compare(earlier.left, ONE) < 0;
    if (exchangeRate === null || isReversed || (amends !== '' && (!earlier || !given))) return false;
    if (amends === '' && given && sign(given) < 0 && !desk.plan.allowsNegative) return false;
    const amount = given && multiply(given, exchangeRate);
    const sale: Sale = {
        id,
        date,
        row: earlier ? amended(earlier.first.row, row) : row,
        amount: earlier ? subtract(amount!, earlier.amount ?? ZERO) : amount,
        exchangeRate,
        period,
        root: earlier?.first.root ?? id
    };
    const standing: Standing = earlier ?? { first: sale, given, currency, amount, left: ONE };
    Object.assign(standing, { given, currency, amount });
    desk.standing.set(id, standing);
    desk.booked.sales.push(sale);
    return true;
}

function reverse(row: Table, period: number, desk: Desk): boolean {
    const [id, date, reverses] = [asText(row['id']), asText(row['date']), asText(row['reverses'])];
    const original = desk.standing.get(reverses);
    const wasPaid = desk.input.list('paid').some((paid) => paid['transaction'] === reverses);
    if (!original && !wasPaid) return false;
    const part = original ? partOf(original, row, desk) : ONE;
    const left = original?.left ?? ONE;
    if (part === null || sign(left) === 0 || compare(part, left) > 0) return false;
    if (original) original.left = subtract(left, part);
    const root = original?.first.root ?? reverses;
    desk.booked.reversals.push({ id, date, row, period, root, original: original?.first ?? null, part });
    return true;
}

/** All that is left, or what its amount is of the original's: as written in one currency, by what each was worth in two. */
function partOf(original: Standing, row: Table, desk: Desk): Exact | null {
    const amount = numberIn(row, 'amount');
    if (!amount || !original.amount || sign(original.amount) === 0) return original.left;
    const currency = asText(row['currency']) || original.currency;
    if (currency === original.currency) return size(divide(amount, original.given!));
    const rate = exchangeRateOf(currency, asText(row['date']), desk);
    return rate && size(divide(multiply(amount, rate), original.amount));
}

function isInForce({ effective: { from, to } }: PlanData, date: string): boolean {
    return from <= date && date <= to;
}

const size = (value: Exact): Exact => (sign(value) < 0 ? negative(value) : value);

/** Null where no rate is in force. */
function exchangeRateOf(currency: string, date: string, { plan, input }: Desk): Exact | null {
    if (currency === '' || currency === plan.currency) return ONE;
    const rates = input
        .list('rates')
        .filter((rate) => rate['from'] === currency && rate['to'] === plan.currency);
    const latest = rates
        .filter((rate) => asText(rate['date']) <= date)
        .sort((a, b) => (asText(a['date']) < asText(b['date']) ? -1 : 1))
        .at(-1);
    return latest ? asNumber(latest['rate'], 'rate') : null;
}

/** What the amendment does not say is the original's, except figures. */
function amended(original: Table, amendment: Table): Table {
    const merged: Record<string, Data> = {};
    for (const [field, value] of Object.entries(original))
        if (!isExact(value) && field !== 'amount') merged[field] = value;
    for (const [field, value] of Object.entries(amendment)) {
        const before = merged[field];
        const isSilent = value === null || value === '' || (Array.isArray(value) && value.length === 0);
        const isEmptyMap = isTable(value) && Object.keys(value).length === 0;
        if (isSilent || isEmptyMap) continue;
        const isJoined =
            ['team', 'coalitions', 'events'].includes(field) && isTable(before) && isTable(value);
        merged[field] = isJoined ? { ...before, ...value } : value;
    }
    return merged;
}
