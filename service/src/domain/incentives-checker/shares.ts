// Who has which share of a transaction by its own lists: splits, owners by time, channels that touched it, Shapley values.
import { asNumber, asText, tables, type Table } from './data.ts';
import { daysFrom } from './days.ts';
import { add, divide, exact, multiply, ONE, sign, subtract, total, ZERO, type Exact } from './exact.ts';
import { CannotDerive } from './values.ts';
import { wordsOf } from './input-data.ts';

export type Shares = Map<string, Exact>;

/** The shares of a payee named twice add up. */
function gathered(parts: readonly (readonly [string, Exact])[]): Shares {
    const shares: Shares = new Map();
    for (const [payee, share] of parts) shares.set(payee, add(shares.get(payee) ?? ZERO, share));
    return shares;
}

function inParts(weights: Shares): Shares {
    const sum = total(weights.values());
    if (sign(sum) === 0) throw new CannotDerive('all shares are zero');
    return new Map([...weights].map(([payee, weight]) => [payee, divide(weight, sum)]));
}

export function splitShares(row: Table): Shares {
    return gathered(
        wordsOf(row['splits']).map(([payee, share]) => [payee, asNumber(share, `the split of ${payee}`)])
    );
}

export function handOverShares(row: Table, by: string): Shares {
    const date = asText(row['date']);
    const owners = inTime(tables(row['owners']), 'from');
    if (owners.length === 0) return new Map();
    if (by === 'date') {
        const holding = owners.filter(
            (one) => asText(one['from']) <= date && (asText(one['to']) || date) >= date
        );
        if (holding.length === 0) throw new CannotDerive(`nobody owned it on ${date}`);
        if (holding.every((one) => (one['share'] ?? null) === null))
            return new Map([[asText(holding[0]!['payee']), ONE]]);
        return inParts(gathered(holding.map((one) => [asText(one['payee']), partOf(one)])));
    }
    const weight = (owner: Table): Exact =>
        by === 'stages' ? asNumber(owner['stages'], 'stages') : daysOwned(owner, date);
    return inParts(
        gathered(owners.map((owner) => [asText(owner['payee']), multiply(weight(owner), partOf(owner))]))
    );
}

/** What an owner had of it while it was theirs: all of it where no share is written. */
function partOf(owner: Table): Exact {
    const share = owner['share'] ?? null;
    return share === null ? ONE : asNumber(share, 'the share of an owner');
}

function daysOwned(owner: Table, date: string): Exact {
    const from = asText(owner['from']);
    const last = [asText(owner['to']) || date, date].sort()[0]!;
    if (from === '') throw new CannotDerive('an owner has no first day');
    return exact(Math.max(0, daysFrom(from, last) + 1));
}

export function touchShares(row: Table, method: string): Shares {
    const payees = touching(row);
    if (payees.length === 0) return new Map();
    if (method === 'linear') return gathered(payees.map((payee) => [payee, exact(1, payees.length)]));
    return new Map([[payees.at(method === 'first' ? 0 : -1)!, ONE]]);
}

/** Given parts to the first and the last, the rest to those between. */
export function positionShares(row: Table, first: Exact, last: Exact): Shares {
    const payees = touching(row);
    if (payees.length === 0) return new Map();
    if (payees.length === 1) return new Map([[payees[0]!, ONE]]);
    const between = exact(Math.max(1, payees.length - 2));
    const rest = divide(subtract(ONE, add(first, last)), between);
    const weights = payees.map((_, index) =>
        index === 0 ? first : index === payees.length - 1 ? last : rest
    );
    return inParts(gathered(payees.map((payee, index) => [payee, weights[index]!])));
}

/** Every order of arrival is walked through its sets: what a payee adds to a set, times the orders in which that happens. */
export function shapleyShares(row: Table): Shares {
    const worth = new Map(
        wordsOf(row['coalitions']).map(([ids, value]) => [
            members(ids).join(','),
            asNumber(value, 'coalitions')
        ])
    );
    const payees = [
        ...new Set([...touching(row), ...[...worth.keys()].flatMap((ids) => ids.split(','))])
    ].sort();
    if (payees.length === 0) return new Map();
    const worthOf = (set: number): Exact =>
        worth.get(payees.filter((_, i) => set & (1 << i)).join(',')) ?? ZERO;
    const added = payees.map((_, i) => {
        let sum = ZERO;
        for (let set = 0; set < 1 << payees.length; set++) {
            if (set & (1 << i)) continue;
            const orders = factorial(bits(set)) * factorial(payees.length - bits(set) - 1);
            sum = add(sum, multiply(exact(orders), subtract(worthOf(set | (1 << i)), worthOf(set))));
        }
        return sum;
    });
    return inParts(new Map(payees.map((payee, i) => [payee, added[i]!])));
}

function touching(row: Table): string[] {
    return inTime(tables(row['touches']), 'at').map((touch) => asText(touch['payee']));
}

function inTime(rows: Table[], field: string): Table[] {
    const key = (row: Table): string => `${asText(row[field])} ${asText(row['payee'])}`;
    return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const members = (ids: string): string[] =>
    ids
        .split(',')
        .map((id) => id.trim())
        .sort();
const bits = (set: number): number => set.toString(2).replaceAll('0', '').length;
const factorial = (count: number): bigint => (count < 2 ? 1n : BigInt(count) * factorial(count - 1));
