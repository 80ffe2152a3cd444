// The numbers of a plan that pays: every number written in its tables, components, parameters, measures and credit rules, and the
// quotas as a whole. A number that stands in two places, such as the end of one band and the beginning of the next, is one number.
import type { Expression } from '../expression.ts';
import type { Component, Plan, RateTable } from '../plan.ts';
import { placedExpressions, tableExpressions, type Placed } from '../plan-check/placed-expressions.ts';
import { writeExpression } from '../plan-file/write-expression.ts';
import type { Scenario } from './simulation.ts';

export type NumberNode = Expression & { kind: 'number' };

export interface PlanNumber {
    /** where the plan says it, e.g. `tables.grid.rows[2].value` */
    place: string;
    /** as it stands; of one figure, however often it is written; empty for a quota, which is moved as a whole */
    nodes: NumberNode[];
    /** measure whose quotas it is; null for numbers that are written */
    quota: string | null;
}

/** Functions whose arguments say how something is counted, not how much. */
const NOT_AMOUNTS: Readonly<Record<string, number>> = { round: 1 };

/** Those that pay most directly first. Zero has no tenth, and numbers that are asked for exactly are names of something. */
export function numbersOf({ plan, input }: Scenario): PlanNumber[] {
    const hasQuota = new Set([...plan.quotas, ...input.quotas].map(({ measure }) => measure));
    const quotas = plan.measures.filter(({ key }) => hasQuota.has(key));
    const placed = placedExpressions(plan).filter((one) => isMoved(plan, one));
    const ofPart = (part: string): PlanNumber[] =>
        placed.filter(({ place }) => place.startsWith(`${part}.`)).flatMap(numbersAt);
    return [
        ...quotas.map(({ key }) => ({ place: `quotas.${key}`, nodes: [], quota: key })),
        ...plan.tables.filter(({ key }) => isUsed(plan, key)).flatMap(numbersOfTable),
        ...ofPart('components'),
        ...ofPart('parameters'),
        ...ofPart('crediting'),
        ...ofPart('measures')
    ];
}

/** Shares that make up a whole cannot move alone, and schedules and amortisation decide when, not how much. */
function isMoved({ crediting }: Plan, { place, standing }: Placed): boolean {
    if (standing === 'payout' || standing === 'leaving' || standing === 'figure') return false;
    const [part, key, name = ''] = place.split('.');
    if (part === 'components') return !['schedule', 'amortisation'].includes(name);
    if (part !== 'crediting') return true;
    const isFree = crediting.find((rule) => rule.key === key)?.total === 'any';
    return name === 'share' ? isFree : name !== 'to';
}

function isUsed(plan: Plan, table: string): boolean {
    const isLooked = ({ rates }: Component): boolean =>
        rates.some((rate) => rate.kind === 'table' && rate.table === table);
    return (
        plan.components.some(isLooked) ||
        placedExpressions(plan).some(
            (one) => isMoved(plan, one) && tablesCalled(one.expression).includes(table)
        )
    );
}

/** Tables an expression looks up by `table('name', ...)`. */
export function tablesCalled(expression: Expression): string[] {
    const [first] = expression.kind === 'call' ? expression.arguments : [];
    const own =
        expression.kind === 'call' && expression.name === 'table' && first?.kind === 'text'
            ? [first.value]
            : [];
    return [...own, ...childrenOf(expression).flatMap(tablesCalled)];
}

function numbersAt({ place, expression }: Pick<Placed, 'place' | 'expression'>): PlanNumber[] {
    return numbersIn(expression).map((node) => ({ place, nodes: [node], quota: null }));
}

/** Values, then bounds; where one band ends and the next begins stands once. */
function numbersOfTable(table: RateTable): PlanNumber[] {
    const placed = tableExpressions(table);
    const isBound = ({ place }: { place: string }): boolean => /\.(from|to)$/.test(place);
    return [
        ...placed.filter((one) => !isBound(one)).flatMap(numbersAt),
        ...[...table.rows.entries()].flatMap(([index, { from }]) =>
            boundNumbers(`tables.${table.key}.rows[${index + 1}].from`, from, table.rows[index - 1]?.to)
        ),
        ...[...table.columns.entries()].flatMap(([index, { from }]) =>
            boundNumbers(`tables.${table.key}.columns[${index + 1}].from`, from, table.columns[index - 1]?.to)
        ),
        ...lastEnds(table, placed)
    ];
}

function boundNumbers(place: string, from: Expression, before: Expression | null | undefined): PlanNumber[] {
    const isSame = before && writeExpression(before) === writeExpression(from);
    const others = isSame ? numbersIn(before) : [];
    return numbersIn(from).map((node, index) => ({
        place,
        nodes: others[index] ? [node, others[index]] : [node],
        quota: null
    }));
}

/** Ends no other band begins at. */
function lastEnds(
    { key, rows, columns }: RateTable,
    placed: ReturnType<typeof tableExpressions>
): PlanNumber[] {
    const lasts = [`tables.${key}.rows[${rows.length}].to`, `tables.${key}.columns[${columns.length}].to`];
    return placed.filter(({ place }) => lasts.includes(place)).flatMap(numbersAt);
}

/** Numbers in an expression that say how much; not zero. */
function numbersIn(expression: Expression): NumberNode[] {
    if (expression.kind === 'number') return expression.value.isZero ? [] : [expression];
    return movedParts(expression).flatMap(numbersIn);
}

/** Of what is asked for exactly (`level = 2`) only what is no plain number. */
function movedParts(expression: Expression): Expression[] {
    const parts = childrenOf(expression);
    if (expression.kind === 'in') return [expression.left];
    if (expression.kind === 'call') return parts.slice(0, NOT_AMOUNTS[expression.name] ?? Infinity);
    const isExact =
        expression.kind === 'binary' && (expression.operator === '=' || expression.operator === '!=');
    return isExact ? parts.filter(({ kind }) => kind !== 'number') : parts;
}

export function childrenOf(expression: Expression): Expression[] {
    switch (expression.kind) {
        case 'minus':
        case 'not':
            return [expression.of];
        case 'binary':
            return [expression.left, expression.right];
        case 'in':
            return [expression.left, ...expression.options];
        case 'call':
            return expression.arguments;
        default:
            return [];
    }
}
