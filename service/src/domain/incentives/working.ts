// Steps of a working: figures of the plan worked out at a named place, with the names that went in. Problems gain the
// place on their way out.
import { ProblemError } from '../problem.ts';
import type { Ratio } from '../ratio.ts';
import { roundTo, ROUNDING_STAGES, type RoundingRule } from '../rounding.ts';
import { evaluate, figure, truth, type Scope } from './evaluate.ts';
import type { Expression, Value } from './expression.ts';
import type { Step } from './result.ts';

/** Functions whose arguments are read in another scope: told by their result. */
const GROUP_FUNCTIONS = ['sum', 'count', 'average', 'rank'];

export function figureAt(expression: Expression, scope: Scope, place: string): Ratio {
    return placed(place, () => figure(expression, scope));
}

export function truthAt(expression: Expression, scope: Scope, place: string): boolean {
    return placed(place, () => truth(expression, scope));
}

export function valueAt(expression: Expression, scope: Scope, place: string): Value {
    return placed(place, () => evaluate(expression, scope));
}

/** True where nothing is asked. */
export function holds(condition: Expression | null, scope: Scope, place: string): boolean {
    return condition === null || truthAt(condition, scope, place);
}

/** A figure and the step that shows it. */
export function workedFigure(
    what: string,
    expression: Expression,
    scope: Scope,
    rule: string
): { value: Ratio; step: Step } {
    const value = figureAt(expression, scope, rule);
    return { value, step: { what, rule, inputs: inputsOf(expression, scope), result: value } };
}

export function step(what: string, rule: string, inputs: Record<string, Value>, result: Value): Step {
    return { what, rule, inputs: Object.entries(inputs).map(([name, value]) => ({ name, value })), result };
}

/** Rounds where the plan rounds at this stage or an earlier one. */
export function roundAt(
    stage: (typeof ROUNDING_STAGES)[number],
    amount: Ratio,
    { unit, mode, at }: RoundingRule
): Ratio {
    return ROUNDING_STAGES.indexOf(stage) < ROUNDING_STAGES.indexOf(at)
        ? amount
        : roundTo(amount, unit, mode);
}

/** Names an expression mentions, with what they stand for; names it did not need and that are not given are left out. */
export function inputsOf(expression: Expression, scope: Scope): Step['inputs'] {
    const found = new Map<string, Value>();
    collect(expression, scope, found);
    return [...found].map(([name, value]) => ({ name, value }));
}

function collect(expression: Expression, scope: Scope, found: Map<string, Value>): void {
    switch (expression.kind) {
        case 'name':
            return note(expression.path.join('.'), () => scope.name(expression.path), found);
        case 'minus':
        case 'not':
            return collect(expression.of, scope, found);
        case 'binary':
            collect(expression.left, scope, found);
            return collect(expression.right, scope, found);
        case 'in':
            return [expression.left, ...expression.options].forEach((part) => collect(part, scope, found));
        case 'call':
            if (GROUP_FUNCTIONS.includes(expression.name)) {
                const group = expression.arguments[0];
                const name = group?.kind === 'name' ? group.path.join('.') : '';
                return note(`${expression.name}(${name}, ...)`, () => evaluate(expression, scope), found);
            }
            return expression.arguments.forEach((part) => collect(part, scope, found));
    }
}

function note(name: string, read: () => Value | undefined, found: Map<string, Value>): void {
    try {
        const value = read();
        if (value !== undefined) found.set(name, value);
    } catch (error) {
        // A name in the branch of an `if` that was not taken may have no value.
        if (!(error instanceof ProblemError)) throw error;
    }
}

function placed<T>(place: string, work: () => T): T {
    try {
        return work();
    } catch (error) {
        if (!(error instanceof ProblemError) || error.problem.where.endsWith(place)) throw error;
        throw new ProblemError({ ...error.problem, where: `${error.problem.where}, ${place}` });
    }
}
