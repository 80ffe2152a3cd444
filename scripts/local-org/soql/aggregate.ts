// COUNT() and queries with GROUP BY or aggregate functions. Their results have no ids, no sharing of their own and no
// paging: the rows below them are already those the user may see.
import type { ObjectDef } from '../schema/types.ts';
import type { Query, SelectItem } from './ast.ts';
import { conditionSql } from './conditions.ts';
import { errorAt } from './errors.ts';
import { collated, isAggregate, isLongText, sortKeys, valueOf } from './expressions.ts';
import type { Value } from './expressions.ts';
import { notSupported } from '../org.ts';
import { isNumber } from './operands.ts';
import { Scope } from './scope.ts';
import type { Compilation } from './scope.ts';
import { display, displayRounded } from './shape.ts';
import type { Cell } from './shape.ts';
import { limitSql } from './limit.ts';
import type { Statement } from './params.ts';

export interface AggregatePlan {
    kind: 'aggregate';
    rows: Statement;
    columns: { key: string; show: (cell: Cell) => unknown }[];
}

export interface CountPlan {
    kind: 'count';
    rows: Statement;
}

export function isAggregateQuery(query: Query): boolean {
    if (query.groupBy.length) return true;
    return query.select.some((item) => item.kind === 'expression' && isAggregate(item.expression));
}

/** `tail` gives WHERE. */
export function compileCount(
    compilation: Compilation,
    query: Query,
    object: ObjectDef,
    tail: (scope: Scope) => string
): CountPlan {
    if (query.select.length > 1 || query.groupBy.length || query.orderBy.length) {
        const message = 'COUNT() stands alone: no other field, no GROUP BY, no ORDER BY';
        throw errorAt(compilation.source, query.from.position, 'MALFORMED_QUERY', message);
    }
    const scope = new Scope(compilation, object, query.from.alias);
    const where = tail(scope);
    const matching = `SELECT 1 FROM ${scope.fromSql()} ${where} ${limitSql(compilation, query)}`;
    return {
        kind: 'count',
        rows: { sql: `SELECT COUNT(*) FROM (${matching})`, params: compilation.params.values }
    };
}

export function compileAggregate(
    compilation: Compilation,
    query: Query,
    object: ObjectDef,
    tail: (scope: Scope) => string
): AggregatePlan {
    const scope = new Scope(compilation, object, query.from.alias);
    const groups = query.groupBy.map((expression) => {
        const value = valueOf(compilation, scope, expression);
        if (value.field && (isLongText(value.field) || value.field.type === 'multipicklist')) {
            const message = `field '${value.name}' can not be grouped in a query call`;
            throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
        }
        return collated(value);
    });
    const selected = selectedValues(compilation, scope, query, groups);
    const where = tail(scope);
    const grouping = groups.length ? `GROUP BY ${groups.join(', ')}` : '';
    const order = orderSql(compilation, scope, query, groups);
    const list = selected.map((one) => one.sql).join(', ');
    const having = query.having ? `HAVING ${havingSql(compilation, scope, query)}` : '';
    const sql = `SELECT ${list} FROM ${scope.fromSql()} ${where} ${grouping} ${having} ${order} ${limitSql(compilation, query)}`;
    return { kind: 'aggregate', rows: { sql, params: compilation.params.values }, columns: selected };
}

function selectedValues(
    compilation: Compilation,
    scope: Scope,
    query: Query,
    groups: string[]
): { key: string; sql: string; show: (cell: Cell) => unknown }[] {
    let unnamed = 0;
    const keys = new Set<string>();
    return query.select.map((item) => {
        const { expression, alias } = expressionOf(item);
        const value = valueOf(compilation, scope, expression);
        requireGrouped(compilation, expression, value, groups);
        const key = alias ?? (expression.kind === 'field' ? value.name : `expr${unnamed++}`);
        if (keys.has(key.toLowerCase())) {
            throw errorAt(
                compilation.source,
                expression.position,
                'MALFORMED_QUERY',
                `duplicate alias: ${key}`
            );
        }
        keys.add(key.toLowerCase());
        const rounds = expression.kind === 'call' && isNumber(value.type) && value.scale !== null;
        return {
            key,
            sql: value.sql,
            show: rounds ? displayRounded(value.scale as number) : display(value.type)
        };
    });
}

function expressionOf(item: SelectItem): Extract<SelectItem, { kind: 'expression' }> {
    if (item.kind === 'expression') return item;
    if (item.kind === 'children') throw notSupported('a child subquery together with GROUP BY');
    throw notSupported('FIELDS() together with GROUP BY');
}

function requireGrouped(
    compilation: Compilation,
    expression: Extract<SelectItem, { kind: 'expression' }>['expression'],
    value: Value,
    groups: string[]
): void {
    if (isAggregate(expression) || groups.includes(collated(value))) return;
    const message = `Field must be grouped or aggregated: ${value.name}`;
    throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
}

function havingSql(compilation: Compilation, scope: Scope, query: Query): string {
    const semiJoin = (): string => {
        throw notSupported('a semi-join in HAVING');
    };
    return query.having ? conditionSql({ compilation, scope, having: true, semiJoin }, query.having) : '1';
}

function orderSql(compilation: Compilation, scope: Scope, query: Query, groups: string[]): string {
    const keys = query.orderBy.flatMap((ordering) => {
        const value = valueOf(compilation, scope, ordering.expression);
        requireGrouped(compilation, ordering.expression, value, groups);
        const direction = `${ordering.descending ? 'DESC' : 'ASC'} NULLS ${ordering.nullsLast ? 'LAST' : 'FIRST'}`;
        return sortKeys(compilation, value).map((key) => `${key} ${direction}`);
    });
    const all = [...keys, ...groups];
    return all.length ? `ORDER BY ${all.join(', ')}` : '';
}
