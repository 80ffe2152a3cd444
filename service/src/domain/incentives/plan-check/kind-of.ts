// What an expression can only amount to, as far as that shows without calculating it.
import type { Expression } from '../expression.ts';

const FIGURE_FUNCTIONS = [
    ...['min', 'max', 'abs', 'floor', 'ceil', 'round', 'days', 'months', 'year', 'month'],
    ...['table', 'sum', 'count', 'average', 'rank']
];
const ARITHMETIC = ['+', '-', '*', '/'];

export function kindOf(expression: Expression): 'figure' | 'condition' | 'unknown' {
    switch (expression.kind) {
        case 'number':
        case 'minus':
            return 'figure';
        case 'truth':
        case 'not':
        case 'in':
            return 'condition';
        case 'binary':
            return ARITHMETIC.includes(expression.operator) ? 'figure' : 'condition';
        case 'call':
            if (FIGURE_FUNCTIONS.includes(expression.name)) return 'figure';
            return expression.name === 'given' ? 'condition' : 'unknown';
        default:
            return 'unknown';
    }
}
