// Operators of formulas: arithmetic on numbers and dates, comparison, text, AND, OR and NOT, with what blanks do to them.
import { checkCount, checkType, typeName } from './builders.ts';
import type { Part } from './builders.ts';
import { FormulaProblem } from './parse.ts';
import type { BinaryOperator } from './parse.ts';
import { DAY_MS } from '../soql/time-zone.ts';
import type { FormulaType, FormulaValue } from './values.ts';

export function logical(name: 'AND' | 'OR', args: Part[]): Part {
    checkCount(name, args, 1, Number.POSITIVE_INFINITY);
    for (const arg of args) checkType(name, arg, ['boolean']);
    return name === 'AND'
        ? { type: 'boolean', run: (env) => args.every((arg) => arg.run(env) === true) }
        : { type: 'boolean', run: (env) => args.some((arg) => arg.run(env) === true) };
}

export function unary(operator: '-' | '+' | '!', operand: Part): Part {
    if (operator === '!') {
        checkType('NOT', operand, ['boolean']);
        return { type: 'boolean', run: (env) => operand.run(env) !== true };
    }
    if (operand.type !== 'number') throw wrongOperand(operator, 'number', operand.type);
    if (operator === '+') return operand;
    return { type: 'number', run: (env) => mapNumber(operand.run(env), (value) => -value) };
}

function mapNumber(value: FormulaValue, compute: (value: number) => number): FormulaValue {
    return value === null ? null : compute(value as number);
}

export function binary(operator: BinaryOperator, left: Part, right: Part): Part {
    switch (operator) {
        case '&&':
            return logical('AND', [left, right]);
        case '||':
            return logical('OR', [left, right]);
        case '&':
            return concatenate(operator, left, right);
        case '=':
        case '<>':
            return equality(operator, left, right);
        case '<':
        case '<=':
        case '>':
        case '>=':
            return ordering(operator, left, right);
        default:
            return arithmetic(operator, left, right);
    }
}

function concatenate(operator: string, left: Part, right: Part): Part {
    for (const side of [left, right]) {
        if (side.type !== 'text' && side.type !== 'null') throw wrongOperand(operator, 'text', side.type);
    }
    return { type: 'text', run: (env) => `${left.run(env) ?? ''}${right.run(env) ?? ''}` };
}

function equality(operator: '=' | '<>', left: Part, right: Part): Part {
    requireSame(operator, left, right);
    return operator === '='
        ? { type: 'boolean', run: (env) => same(left.run(env), right.run(env)) }
        : { type: 'boolean', run: (env) => !same(left.run(env), right.run(env)) };
}

/** Empty text and null are the same blank. */
export function same(left: FormulaValue, right: FormulaValue): boolean {
    return (left === '' ? null : left) === (right === '' ? null : right);
}

const COMPARE: Record<'<' | '<=' | '>' | '>=', (left: number | string, right: number | string) => boolean> = {
    '<': (left, right) => left < right,
    '<=': (left, right) => left <= right,
    '>': (left, right) => left > right,
    '>=': (left, right) => left >= right
};

/** A comparison with a blank is false. */
function ordering(operator: '<' | '<=' | '>' | '>=', left: Part, right: Part): Part {
    requireSame(operator, left, right);
    if (left.type === 'boolean') throw wrongOperand(operator, 'number', 'boolean');
    const compare = COMPARE[operator];
    return {
        type: 'boolean',
        run: (env) => {
            const [first, second] = [left.run(env), right.run(env)];
            return first !== null && second !== null && compare(first as number, second as number);
        }
    };
}

function requireSame(operator: string, left: Part, right: Part): void {
    for (const side of [left, right]) {
        if (side.type === 'picklist' || side.type === 'multipicklist') {
            throw new FormulaProblem(
                `Picklist fields are only supported in certain functions. Use ISPICKVAL() or TEXT() with '${operator}'.`
            );
        }
    }
    if (left.type === 'null' || right.type === 'null' || left.type === right.type) return;
    throw wrongOperand(operator, left.type, right.type);
}

function arithmetic(operator: '+' | '-' | '*' | '/' | '^', left: Part, right: Part): Part {
    if (operator === '+' && (left.type === 'text' || right.type === 'text'))
        return concatenate(operator, left, right);
    const type = arithmeticType(operator, left, right);
    const compute = computation(operator, left.type, right.type);
    return {
        type,
        run: (env) => {
            const [first, second] = [left.run(env), right.run(env)];
            if (first === null || second === null) return null;
            const value = compute(first as number, second as number);
            return Number.isFinite(value) ? value : null;
        }
    };
}

function arithmeticType(operator: string, left: Part, right: Part): FormulaType {
    const [first, second] = [
        left.type === 'null' ? 'number' : left.type,
        right.type === 'null' ? 'number' : right.type
    ];
    if (first === 'number' && second === 'number') return 'number';
    const isMoment = (type: FormulaType): boolean => type === 'date' || type === 'datetime';
    if (operator === '-' && isMoment(first) && first === second) return 'number';
    if ((operator === '-' || operator === '+') && isMoment(first) && second === 'number') return first;
    if (operator === '+' && first === 'number' && isMoment(second)) return second;
    throw wrongOperand(
        operator,
        isMoment(first) ? first : 'number',
        isMoment(first) || first === 'number' ? second : first
    );
}

/** Days between dates are whole; between datetimes they have fractions. */
function computation(
    operator: string,
    left: FormulaType,
    right: FormulaType
): (left: number, right: number) => number {
    if (left === 'datetime' && right === 'datetime') return (first, second) => (first - second) / DAY_MS;
    if (left === 'datetime')
        return (first, days) => (operator === '+' ? first + days * DAY_MS : first - days * DAY_MS);
    if (right === 'datetime') return (days, second) => second + days * DAY_MS;
    if (left === 'date' && right !== 'date') {
        return (first, days) => (operator === '+' ? first + Math.trunc(days) : first - Math.trunc(days));
    }
    if (right === 'date' && left !== 'date') return (days, second) => second + Math.trunc(days);
    switch (operator) {
        case '+':
            return (first, second) => decimal(first + second, Math.max(digitsOf(first), digitsOf(second)));
        case '-':
            return (first, second) => decimal(first - second, Math.max(digitsOf(first), digitsOf(second)));
        case '*':
            return (first, second) => decimal(first * second, digitsOf(first) + digitsOf(second));
        case '/':
            return (first, second) => first / second;
        default:
            return (first, second) => first ** second;
    }
}

/** As many digits as a number of Salesforce has after the point at most. */
const MOST_DIGITS = 18;

/** Salesforce counts in decimals: 0.1 + 0.2 is 0.3, so that figures that tie are found to tie. */
function decimal(value: number, digits: number): number {
    return digits <= MOST_DIGITS && Number.isFinite(value) ? Number(value.toFixed(digits)) : value;
}

function digitsOf(value: number): number {
    const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
    return Math.max(0, fraction.length - Number(exponent));
}

function wrongOperand(operator: string, expected: FormulaType, received: FormulaType): FormulaProblem {
    return new FormulaProblem(
        `Incorrect parameter type for operator '${operator}'. Expected ${typeName(expected)}, received ${typeName(received)}`
    );
}
