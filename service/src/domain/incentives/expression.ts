// What an expression of a plan is, once parsed. Behaviour is elsewhere: parse-expression.ts, evaluate.ts.
import type { Ratio } from '../ratio.ts';

export type Expression =
    /** `text` as it was written, e.g. `5%` */
    | { kind: 'number'; value: Ratio; text: string }
    | { kind: 'text'; value: string }
    | { kind: 'truth'; value: boolean }
    /** `quota.bookings` is ['quota', 'bookings'] */
    | { kind: 'name'; path: string[] }
    | { kind: 'minus' | 'not'; of: Expression }
    | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
    | { kind: 'in'; left: Expression; options: Expression[] }
    | { kind: 'call'; name: string; arguments: Expression[] };

export const BINARY_OPERATORS = ['or', 'and', '=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/'] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

/** What an expression can amount to. ISO days are text. */
export type Value = Ratio | string | boolean;

/** Every name an expression mentions, in order of writing. */
export function namesIn(expression: Expression): string[][] {
    switch (expression.kind) {
        case 'name':
            return [expression.path];
        case 'minus':
        case 'not':
            return namesIn(expression.of);
        case 'binary':
            return [...namesIn(expression.left), ...namesIn(expression.right)];
        case 'in':
            return [expression.left, ...expression.options].flatMap(namesIn);
        case 'call':
            return expression.arguments.flatMap(namesIn);
        default:
            return [];
    }
}
