// Which names an expression may read in the fast engine, and figures that are an amount of a credit times a factor.
import { namesIn, type Expression } from '../expression.ts';
import { writeExpression } from '../plan-file/write-expression.ts';
import { DoesNotFit } from './does-not-fit.ts';

/** What a credit counts as: money for pay or quota, or a part of a deal; `one` for figures that no credit is part of. */
export type CreditPart = 'payable' | 'quotaCredit' | 'countCredit' | 'one';

/** A part of a credit times a factor (null: 1) that fields of the transaction decide. */
export interface CreditFigure {
    part: CreditPart;
    factor: Expression | null;
}

/** Names that are the same for a payee all through a period. */
const CELL_NAMES = ['param', 'payee', 'fact', 'period', 'assigned', 'quota'];
/** Fields with a value of its own for nearly every transaction, and what the credit itself is. */
const NOT_A_KIND = [
    'amount',
    'id',
    'date',
    'owner',
    'currency',
    'exchangeRate',
    'reverses',
    'amends',
    'payable',
    'quotaCredit',
    'countCredit',
    'share',
    'level',
    'elapsedMonths',
    'elapsedDays',
    'monthsInForce',
    'paidToDate',
    'due'
];
/** Functions of nothing but their arguments. */
const PLAIN_FUNCTIONS = [
    'if',
    'default',
    'given',
    'min',
    'max',
    'abs',
    'floor',
    'ceil',
    'round',
    'days',
    'months',
    'addMonths',
    'year',
    'month'
];

/** Refuses what is not the same for a payee all through a period. */
export function needCellFigure(expression: Expression | null, place: string): void {
    needPlainCalls(expression, place);
    for (const path of namesOf(expression))
        if (path.length !== 2 || !CELL_NAMES.includes(path[0]!))
            throw new DoesNotFit(place, `${path.join('.')} is not the same for a payee all through a period`);
}

/** Refuses what fields of few values do not decide. */
export function needKindFigure(expression: Expression | null, place: string): void {
    needPlainCalls(expression, place);
    for (const path of namesOf(expression))
        if (path.length !== 1 || NOT_A_KIND.includes(path[0]!))
            throw new DoesNotFit(place, `${path.join('.')} is not a field that puts transactions into kinds`);
}

/** `payable`, `quotaCredit * 50%`, `weight * countCredit`; anything else does not fit. */
export function creditFigure(expression: Expression, place: string): CreditFigure {
    const own = partNamed(expression);
    if (own) return { part: own, factor: null };
    if (expression.kind === 'binary' && expression.operator === '*') {
        const { left, right } = expression;
        const [part, factor] = partNamed(left) ? [partNamed(left), right] : [partNamed(right), left];
        if (part) {
            needKindFigure(factor, place);
            return { part, factor };
        }
    }
    throw new DoesNotFit(
        place,
        `${writeExpression(expression)} is not payable, quotaCredit or countCredit times a factor`
    );
}

export function isSameFigure(a: CreditFigure, b: CreditFigure): boolean {
    return a.part === b.part && isSameExpression(a.factor, b.factor);
}

export function isSameExpression(a: Expression | null, b: Expression | null): boolean {
    return (a && writeExpression(a)) === (b && writeExpression(b));
}

/** `measure.x` or `inPeriod.x`, whichever is asked for: x. */
export function keyNamed(expression: Expression, first: string): string | null {
    const isOne = expression.kind === 'name' && expression.path.length === 2 && expression.path[0] === first;
    return isOne ? expression.path[1]! : null;
}

export function namesOf(...expressions: (Expression | null)[]): string[][] {
    return expressions.flatMap((expression) => (expression ? namesIn(expression) : []));
}

function partNamed(expression: Expression): CreditPart | null {
    if (expression.kind !== 'name' || expression.path.length !== 1) return null;
    const [name] = expression.path;
    return name === 'payable' || name === 'quotaCredit' || name === 'countCredit' ? name : null;
}

/** Refuses functions of anything but their arguments. */
export function needPlainCalls(expression: Expression | null, place: string): void {
    if (!expression) return;
    switch (expression.kind) {
        case 'minus':
        case 'not':
            return needPlainCalls(expression.of, place);
        case 'binary':
            needPlainCalls(expression.left, place);
            return needPlainCalls(expression.right, place);
        case 'in':
            return [expression.left, ...expression.options].forEach((part) => needPlainCalls(part, place));
        case 'call':
            if (!PLAIN_FUNCTIONS.includes(expression.name))
                throw new DoesNotFit(place, `calls ${expression.name}(...)`);
            return expression.arguments.forEach((part) => needPlainCalls(part, place));
    }
}
