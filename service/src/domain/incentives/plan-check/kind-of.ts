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

/** Whether the word is compared with something, as in `payee.role = AE`. */
export function isTextWanted(expression: Expression, word: string): boolean {
    if (
        expression.kind === 'binary' &&
        ['=', '!='].includes(expression.operator) &&
        isWord(expression.right, word)
    )
        return true;
    if (expression.kind === 'in') return expression.options.some((option) => isWord(option, word));
    const inner =
        expression.kind === 'binary'
            ? [expression.left, expression.right]
            : expression.kind === 'call'
              ? expression.arguments
              : expression.kind === 'not'
                ? [expression.of]
                : [];
    return inner.some((one) => isTextWanted(one, word));
}

function isWord(expression: Expression, word: string): boolean {
    return expression.kind === 'name' && expression.path.join('.') === word;
}
