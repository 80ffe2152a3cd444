// What an expression amounts to, exactly. The caller's scope answers names, tables and groups; a name that is not given, a
// division by zero or a text where a figure is wanted is a ProblemError that says so.
import { ProblemError, type Problem } from '../problem.ts';
import { larger, Ratio, smaller, sumOf } from '../ratio.ts';
import { ROUNDING_MODES, roundTo, type RoundingMode } from '../rounding.ts';
import type { BinaryOperator, Expression, Value } from './expression.ts';
import { addMonths, daysBetween, wholeMonths } from './dates.ts';
import { parseNumber } from './parse-expression.ts';
import { notGiven } from './scopes/not-given.ts';

/** What names stand for at one place: a transaction, a credit, or a payee's period. */
export interface Scope {
    /** for problems, e.g. `payee A, 2026-Q1, components.commission.base` */
    where: string;
    /** undefined: not given */
    name(path: readonly string[]): Value | undefined;
    /** what to say of a name that was not given, where there is more to say than that */
    missing?(path: readonly string[]): Problem | undefined;
    table(key: string, x: Ratio, y: Ratio | null): Ratio;
    /** scopes of the members, or null for a group that does not exist here */
    group(name: string): Scope[] | null;
}

export function evaluate(expression: Expression, scope: Scope): Value {
    switch (expression.kind) {
        case 'number':
        case 'text':
        case 'truth':
            return expression.value;
        case 'name':
            return nameIn(expression.path, scope);
        case 'minus':
            return figure(expression.of, scope).negated();
        case 'not':
            return !truth(expression.of, scope);
        case 'in': {
            const left = evaluate(expression.left, scope);
            return expression.options.some((option) => isEqual(left, evaluate(option, scope)));
        }
        case 'binary':
            return binary(expression.operator, expression.left, expression.right, scope);
        case 'call':
            return call(expression.name, expression.arguments, scope);
    }
}

/** A figure; text that is written as one counts. */
export function figure(expression: Expression, scope: Scope): Ratio {
    const value = evaluate(expression, scope);
    const number = asFigure(value);
    if (number === null)
        throw wrong('FIGURE_WANTED', scope, String(value), 'Give a figure here, e.g. 1250.50 or 5%.');
    return number;
}

export function truth(expression: Expression, scope: Scope): boolean {
    const value = evaluate(expression, scope);
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw wrong('CONDITION_WANTED', scope, String(value), 'Write a condition here, e.g. units > 10.');
}

export function asFigure(value: Value): Ratio | null {
    if (value instanceof Ratio) return value;
    return typeof value === 'string' ? parseNumber(value) : null;
}

function nameIn(path: readonly string[], scope: Scope): Value {
    const value = scope.name(path);
    if (value !== undefined) return value;
    throw new ProblemError(scope.missing?.(path) ?? notGiven(path, scope.where, []));
}

function binary(operator: BinaryOperator, left: Expression, right: Expression, scope: Scope): Value {
    switch (operator) {
        case 'and':
            return truth(left, scope) && truth(right, scope);
        case 'or':
            return truth(left, scope) || truth(right, scope);
        case '=':
            return isEqual(evaluate(left, scope), evaluate(right, scope));
        case '!=':
            return !isEqual(evaluate(left, scope), evaluate(right, scope));
        case '<':
            return order(left, right, scope) < 0;
        case '<=':
            return order(left, right, scope) <= 0;
        case '>':
            return order(left, right, scope) > 0;
        case '>=':
            return order(left, right, scope) >= 0;
        case '+':
            return figure(left, scope).plus(figure(right, scope));
        case '-':
            return figure(left, scope).minus(figure(right, scope));
        case '*':
            return figure(left, scope).times(figure(right, scope));
        case '/': {
            const divisor = figure(right, scope);
            if (divisor.isZero)
                throw wrong(
                    'DIVISION_BY_ZERO',
                    scope,
                    '0',
                    'Nothing can be divided by zero: correct the quota or figure below the line.'
                );
            return figure(left, scope).over(divisor);
        }
    }
}

function isEqual(a: Value, b: Value): boolean {
    if (typeof a === 'string' && typeof b === 'string') return a === b;
    const [x, y] = [asFigure(a), asFigure(b)];
    return x && y ? x.equals(y) : String(a) === String(b);
}

/** Figures by size; texts (days) by their letters. */
function order(left: Expression, right: Expression, scope: Scope): number {
    const [a, b] = [evaluate(left, scope), evaluate(right, scope)];
    const [x, y] = [asFigure(a), asFigure(b)];
    if (x && y) return x.compare(y);
    if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
    throw wrong(
        'NOT_COMPARABLE',
        scope,
        `${String(a)} and ${String(b)}`,
        'Compare figures with figures and days with days.'
    );
}

type Function = (args: Expression[], scope: Scope) => Value;

/** Functions by name, with the least and most arguments. */
export const FUNCTIONS: Record<string, { least: number; most: number; run: Function }> = {
    if: fn(3, 3, ([condition, then, otherwise], scope) =>
        evaluate(truth(condition!, scope) ? then! : otherwise!, scope)
    ),
    default: fn(2, 2, ([first, second], scope) => evaluate(isGiven(first!, scope) ? first! : second!, scope)),
    given: fn(1, 1, ([first], scope) => isGiven(first!, scope)),
    min: fn(1, 99, (args, scope) => figures(args, scope).reduce(smaller)),
    max: fn(1, 99, (args, scope) => figures(args, scope).reduce(larger)),
    abs: fn(1, 1, ([x], scope) => figure(x!, scope).absolute()),
    floor: fn(1, 1, ([x], scope) => Ratio.of(figure(x!, scope).floor())),
    ceil: fn(1, 1, ([x], scope) => Ratio.of(figure(x!, scope).negated().floor()).negated()),
    round: fn(2, 3, ([x, unit, mode], scope) =>
        roundTo(figure(x!, scope), figure(unit!, scope), modeOf(mode, scope))
    ),
    days: fn(2, 2, ([from, to], scope) => Ratio.of(daysBetween(text(from!, scope), text(to!, scope)))),
    months: fn(2, 2, ([from, to], scope) => Ratio.of(wholeMonths(text(from!, scope), text(to!, scope)))),
    addMonths: fn(2, 2, ([day, count], scope) =>
        addMonths(text(day!, scope), Number(figure(count!, scope).floor()))
    ),
    year: fn(1, 1, ([day], scope) => Ratio.of(Number(text(day!, scope).slice(0, 4)))),
    month: fn(1, 1, ([day], scope) => Ratio.of(Number(text(day!, scope).slice(5, 7)))),
    table: fn(2, 3, ([key, x, y], scope) =>
        scope.table(text(key!, scope), figure(x!, scope), y ? figure(y, scope) : null)
    ),
    sum: fn(2, 2, ([group, x], scope) => sumOf(members(group!, scope).map((member) => figure(x!, member)))),
    count: fn(2, 2, ([group, condition], scope) =>
        Ratio.of(members(group!, scope).filter((member) => truth(condition!, member)).length)
    ),
    rank: fn(2, 2, ([group, x], scope) =>
        rank(
            members(group!, scope).map((member) => figure(x!, member)),
            figure(x!, scope)
        )
    ),
    average: fn(2, 2, ([group, x], scope) =>
        average(members(group!, scope).map((member) => figure(x!, member)))
    )
};

function fn(least: number, most: number, run: Function): { least: number; most: number; run: Function } {
    return { least, most, run };
}

function call(name: string, args: Expression[], scope: Scope): Value {
    const known = FUNCTIONS[name];
    if (!known || args.length < known.least || args.length > known.most)
        throw new Error(`the plan was not validated: function ${name} with ${args.length} arguments`);
    return known.run(args, scope);
}

function figures(args: Expression[], scope: Scope): Ratio[] {
    return args.map((argument) => figure(argument, scope));
}

function text(expression: Expression, scope: Scope): string {
    const value = evaluate(expression, scope);
    return value instanceof Ratio ? value.toString() : String(value);
}

/** Only a name can be not given; anything else is. */
function isGiven(expression: Expression, scope: Scope): boolean {
    return expression.kind !== 'name' || scope.name(expression.path) !== undefined;
}

function members(group: Expression, scope: Scope): Scope[] {
    const name = group.kind === 'name' ? group.path.join('.') : '';
    const found = scope.group(name);
    if (!found)
        throw wrong(
            'GROUP_UNKNOWN',
            scope,
            name,
            'Name a group that exists here: team, organisation, everyone, days, credits or transactions.'
        );
    return found;
}

/** 1 for the largest; equal ones share a rank, and the next after two firsts is third. */
function rank(values: Ratio[], own: Ratio): Ratio {
    return Ratio.of(values.filter((value) => value.compare(own) > 0).length + 1);
}

function average(values: Ratio[]): Ratio {
    return values.length === 0 ? Ratio.ZERO : sumOf(values).over(Ratio.of(values.length));
}

function modeOf(mode: Expression | undefined, scope: Scope): RoundingMode {
    const name = mode ? text(mode, scope) : 'half-even';
    const known = ROUNDING_MODES.find((one) => one === name);
    if (!known)
        throw wrong('ROUNDING_MODE_UNKNOWN', scope, name, `Write one of ${ROUNDING_MODES.join(', ')}.`);
    return known;
}

function wrong(code: string, scope: Scope, value: string, fix: string): ProblemError {
    return new ProblemError({ code, where: scope.where, value, fix });
}
