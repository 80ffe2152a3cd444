// What a generated case is, and how it is written. Money stands as cents until it is written, so that a whole case can be told in
// other units, and days are written in any year.
import fc from 'fast-check';

/** An amount in cents. */
export interface Money {
    cents: number;
}
export type Tree = string | number | boolean | Money | Tree[] | { [key: string]: Tree };
export type Part = { [key: string]: Tree };

export interface GeneratedCase {
    plan: Part;
    input: { transactions: Part[]; payees: Part[]; facts: Part[] } & Part;
}

/** What a property needs the plan to be; anything else may be. */
export interface Wishes {
    /** nothing is taken back or restated */
    salesOnly?: boolean;
    /** only what falls due at once */
    atOnce?: boolean;
    /** no steps after what is due */
    noPayout?: boolean;
    /** more credit never means a lower rate, a smaller limit or a lower factor; nothing but the pay is rounded */
    neverLess?: boolean;
    /** nothing that happened before the first period */
    noHistory?: boolean;
    /** earnings of transactions are not changed by limits of a period */
    noPeriodLimits?: boolean;
    /** figures are rounded line by line */
    roundedLines?: boolean;
    /** what one period leaves for the next can be told in the input: everybody has a first day */
    carried?: boolean;
}

export const money = (most: number): fc.Arbitrary<Money> =>
    fc.integer({ min: 1, max: most }).map((cents) => ({ cents }));

/** As text; JSON is YAML. `times` multiplies every amount of money, `years` moves every day. */
export function written(
    tree: Tree,
    { times = 1, years = 0 }: { times?: number; years?: number } = {}
): string {
    const moved = (text: string): string =>
        /^20\d\d-/.test(text) ? String(Number(text.slice(0, 4)) + years) + text.slice(4) : text;
    const plain = (part: Tree): unknown => {
        if (typeof part === 'string') return moved(part);
        if (Array.isArray(part)) return part.map(plain);
        if (typeof part !== 'object') return part;
        if (isMoney(part)) return inUnits(BigInt(part.cents) * BigInt(times));
        return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, plain(value)]));
    };
    return JSON.stringify(plain(tree), null, 1);
}

function isMoney(part: Money | Part): part is Money {
    return typeof part['cents' as keyof typeof part] === 'number';
}

function inUnits(cents: bigint): string {
    const text = cents.toString().padStart(3, '0');
    return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
