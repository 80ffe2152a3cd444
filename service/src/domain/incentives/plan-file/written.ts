// What a plan is written as before it becomes YAML: maps, lists and texts. Undefined is left out.
import type { Expression } from '../expression.ts';
import { writeExpression } from './write-expression.ts';

export type Written = string | undefined | Written[] | { [key: string]: Written };

export function figureOf(expression: Expression | null): string | undefined {
    return expression === null ? undefined : writeExpression(expression);
}

/** Left out when it is what would be understood anyway. */
export function unless(text: string, otherwise: string): string | undefined {
    return text === otherwise ? undefined : text;
}

export function listOrNothing<T>(items: readonly T[], write: (item: T) => Written): Written {
    return items.length === 0 ? undefined : items.map(write);
}
