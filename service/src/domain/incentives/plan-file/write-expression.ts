// An expression as text again, with as few brackets as reading it back needs.
import type { BinaryOperator, Expression } from '../expression.ts';

/** Binding of what stands alone: numbers, names, calls. */
const TIGHTEST = 7;
const SIGN = 6;
const COMPARISON = 3;
const NOT = 2;
const BINDING: Record<BinaryOperator, number> = {
    or: 0,
    and: 1,
    '=': COMPARISON,
    '!=': COMPARISON,
    '<': COMPARISON,
    '<=': COMPARISON,
    '>': COMPARISON,
    '>=': COMPARISON,
    '+': 4,
    '-': 4,
    '*': 5,
    '/': 5
};

export function writeExpression(expression: Expression): string {
    switch (expression.kind) {
        case 'number':
            return expression.text;
        case 'text':
            return `'${expression.value.replaceAll("'", "''")}'`;
        case 'truth':
            return String(expression.value);
        case 'name':
            return expression.path.join('.');
        case 'minus':
            return `-${bound(expression.of, SIGN)}`;
        case 'not':
            return `not ${bound(expression.of, NOT)}`;
        case 'in':
            return `${bound(expression.left, COMPARISON + 1)} in (${list(expression.options)})`;
        case 'call':
            return `${expression.name}(${list(expression.arguments)})`;
        case 'binary': {
            const { operator, left, right } = expression;
            const binding = BINDING[operator];
            // What stands right of an operator must bind tighter; comparisons stand between sums on both sides.
            const leftBinding = binding === COMPARISON ? COMPARISON + 1 : binding;
            return `${bound(left, leftBinding)} ${operator} ${bound(right, binding + 1)}`;
        }
    }
}

function bound(expression: Expression, least: number): string {
    const text = writeExpression(expression);
    return bindingOf(expression) < least ? `(${text})` : text;
}

function bindingOf(expression: Expression): number {
    switch (expression.kind) {
        case 'binary':
            return BINDING[expression.operator];
        case 'in':
            return COMPARISON;
        case 'not':
            return NOT;
        case 'minus':
            return SIGN;
        default:
            return TIGHTEST;
    }
}

function list(expressions: Expression[]): string {
    return expressions.map(writeExpression).join(', ');
}
