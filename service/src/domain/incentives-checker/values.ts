// What formulas work with: figures, texts and truths, read from one another as plan-language.md lets them.
import { compare, isSame, readExact, written, type Exact } from './exact.ts';

export type Value = Exact | string | boolean;

/** Something the plan or input does not give, or that cannot be worked out. */
export class CannotDerive extends Error {}

export function asExact(value: Value): Exact {
    const number = figureIn(value);
    if (number === null) throw new CannotDerive(`${String(value)} is no figure`);
    return number;
}

export function asTruth(value: Value): boolean {
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw new CannotDerive(`${shown(value)} is no condition`);
}

/** As results write it. */
export function shown(value: Value): string {
    return typeof value === 'object' ? written(value) : String(value);
}

export function isSameValue(a: Value, b: Value): boolean {
    if (typeof a === 'string' && typeof b === 'string') return a === b;
    const [x, y] = [figureIn(a), figureIn(b)];
    return x && y ? isSame(x, y) : shown(a) === shown(b);
}

function figureIn(value: Value): Exact | null {
    if (typeof value === 'object') return value;
    return typeof value === 'string' ? readExact(value) : null;
}

export function inOrder(a: Value, b: Value): number {
    const [x, y] = [figureIn(a), figureIn(b)];
    if (x && y) return compare(x, y);
    if (typeof a !== 'string' || typeof b !== 'string')
        throw new CannotDerive(`${shown(a)} and ${shown(b)} cannot be compared`);
    return a === b ? 0 : a < b ? -1 : 1;
}
