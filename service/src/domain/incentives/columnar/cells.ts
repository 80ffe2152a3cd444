// Payees and periods as columns: every name a plan reads of them becomes a column of codes, so that an expression is worked out
// once for each combination of values that occurs, by the same evaluator as in the reference engine. A cell is a payee and a
// period: `payee * periods + period`, so that what closes together lies together.
import { parseDay } from '../../calendar.ts';
import { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { assignedDays } from '../assignment.ts';
import type { Books } from '../books.ts';
import { Context } from '../context.ts';
import type { Scope } from '../evaluate.ts';
import type { Value } from '../expression.ts';
import type { CalculationInput } from '../input.ts';
import { PeriodScope } from '../scopes/period-scope.ts';
import { DoesNotFit } from './does-not-fit.ts';
import { cellNamesOfComponent, type Shape } from './shape.ts';

/** Codes of a name's values, by cell. */
interface Column {
    codes: Uint32Array;
    values: (Value | undefined | ProblemError)[];
}

export interface People {
    context: Context;
    /** in order */
    payeeIds: string[];
    payeeIndex: ReadonlyMap<string, number>;
    books: readonly Books[];
    /** cells of a payee */
    periods: number;
    /** by period, the number of its first day */
    startDays: readonly number[];
    cells: number;
    /** the input says when who is on the plan */
    hasAssignments: boolean;
    /** by cell, 1 where the payee is on the plan on some day */
    isOnPlan: Uint8Array;
    /** somebody is not, in some period */
    hasGaps: boolean;
    columns: ReadonlyMap<string, Column>;
    /** combinations of columns numbered already, by their names */
    combinations: Map<string, Combination>;
}

export interface Combination {
    /** null: one for all */
    index: Uint32Array | null;
    /** a cell of each */
    examples: number[];
}

/** Something found for every cell; a problem where it could not be found. */
export interface PerCell<T> {
    /** null: the same for all */
    index: Uint32Array | null;
    found: (T | ProblemError)[];
}

export function peopleOf({ plan, cellNames, components }: Shape, input: CalculationInput): People {
    refuseExtras(input);
    const context = new Context(plan, { ...input, transactions: [] });
    const books = [...context.books.values()];
    const payeeIds = books.map(({ payee }) => payee.id);
    if (input.assignments.length > 0 && books.some(({ assignments }) => assignments.length === 0))
        throw new DoesNotFit('assignments', 'leave a payee without plan');
    const perCredit = components.filter(({ component }) => component.per === 'credit');
    const readPerCredit = perCredit.flatMap(({ component, rateNames }) => [
        ...rateNames,
        ...cellNamesOfComponent(component)
    ]);
    if (readPerCredit.some(([first]) => first === 'param')) refuseChangesInPeriods(context);
    const columns = cellNames.map((path) => [path.join('.'), columnOf(context, books, path)] as const);
    const isOnPlan = Uint8Array.from(
        books.flatMap((one) => context.periods.map((period) => (assignedDays(one, period) > 0 ? 1 : 0)))
    );
    return {
        context,
        payeeIds,
        payeeIndex: new Map(payeeIds.map((id, index) => [id, index])),
        books,
        periods: context.periods.length,
        startDays: context.periods.map(({ start }) => parseDay(start)),
        cells: context.periods.length * books.length,
        hasAssignments: input.assignments.length > 0,
        isOnPlan,
        hasGaps: isOnPlan.includes(0),
        columns: new Map(columns),
        combinations: new Map()
    };
}

function refuseExtras(input: CalculationInput): void {
    const { wrongPayees, exceptions, paid, scheduled, malus, periods } = input;
    if (wrongPayees.length > 0) throw new DoesNotFit('payees', 'one has a problem');
    if (exceptions.length > 0) throw new DoesNotFit('exceptions', 'waive gates');
    if (paid.length > 0) throw new DoesNotFit('paid', 'says what earlier runs paid');
    if (scheduled.length > 0) throw new DoesNotFit('scheduled', 'says what earlier runs left open');
    if (malus.length > 0) throw new DoesNotFit('malus', 'takes from what is deferred');
    if (periods.length === 0) throw new DoesNotFit('periods', 'there are none');
}

/** A credit reads a parameter on its own day, a period on its last. */
function refuseChangesInPeriods({ plan, periods }: Context): void {
    for (const { key, values } of plan.parameters)
        for (const { from } of values)
            if (from !== null && periods.some(({ start, end }) => start < from && from <= end))
                throw new DoesNotFit(`parameters.${key}`, `changes on ${from}, inside a period`);
}

function columnOf(context: Context, books: readonly Books[], path: readonly string[]): Column {
    const codes = new Uint32Array(context.periods.length * books.length);
    const values: Column['values'] = [];
    const known = new Map<string, number>();
    let cell = 0;
    for (const one of books)
        for (const period of context.periods.keys()) {
            const value = read(() => new PeriodScope(context, one, period).name(path));
            const key =
                value instanceof Ratio
                    ? `#${value}`
                    : value instanceof Error
                      ? value.message
                      : `${typeof value} ${value}`;
            let code = known.get(key);
            if (code === undefined) {
                known.set(key, (code = values.length));
                values.push(value);
            }
            codes[cell++] = code;
        }
    return { codes, values };
}

function read<T>(work: () => T): T | ProblemError {
    try {
        return work();
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return error;
    }
}

export function isFound<T>(found: T | ProblemError): found is T {
    return !(found instanceof ProblemError);
}

/** Works something out for each combination of the named values. */
export function overCells<T>(
    people: People,
    names: readonly string[][],
    work: (scope: Scope) => T
): PerCell<T> {
    const keys = [...new Set(names.map((path) => path.join('.')))];
    const varying = keys.filter((key) => people.columns.get(key)!.values.length > 1);
    const { index, examples } = combined(people, varying);
    const found: PerCell<T>['found'] = [];
    for (const cell of examples) {
        const values = new Map(keys.map((key) => [key, valueAt(people.columns.get(key)!, cell)]));
        found.push(read(() => work(new NamedValues(whereOf(people, cell), values))));
    }
    return { index, found };
}

function valueAt({ codes, values }: Column, cell: number): Column['values'][number] {
    return values[codes[cell] ?? 0];
}

function whereOf({ payeeIds, context, periods }: People, cell: number): string {
    return payeeIds.length === 0
        ? ''
        : `payee ${payeeIds[Math.floor(cell / periods)]}, ${context.periods[cell % periods]!.key}`;
}

/** Combinations numbered in the order in which they come up. */
function combined(people: People, names: readonly string[]): Combination {
    const key = names.join(' ');
    const known = people.combinations.get(key);
    if (known) return known;
    let index: Uint32Array | null = null;
    let examples = [0];
    for (const name of names) {
        const { codes, values } = people.columns.get(name)!;
        const numbers = new Map<number, number>();
        const next = new Uint32Array(people.cells);
        examples = [];
        for (let cell = 0; cell < people.cells; cell++) {
            const pair = (index ? index[cell]! : 0) * values.length + codes[cell]!;
            const number = numbers.get(pair) ?? examples.push(cell) - 1;
            numbers.set(pair, number);
            next[cell] = number;
        }
        index = next;
    }
    const combination = { index: examples.length > 1 ? index : null, examples };
    people.combinations.set(key, combination);
    return combination;
}

/** A scope of names that are known already. */
export class NamedValues implements Scope {
    readonly where: string;
    readonly #values: ReadonlyMap<string, Value | undefined | ProblemError>;

    constructor(where: string, values: ReadonlyMap<string, Value | undefined | ProblemError>) {
        this.where = where;
        this.#values = values;
    }

    name(path: readonly string[]): Value | undefined {
        const value = this.#values.get(path.join('.'));
        if (value instanceof ProblemError) throw value;
        return value;
    }

    table(): Ratio {
        throw new Error('the plan was not compiled: a table is called in an expression');
    }

    group(): null {
        return null;
    }
}
