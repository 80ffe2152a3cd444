// COUNT() and queries with GROUP BY or aggregate functions. Their results have no ids, no sharing of their own and no
// paging: the rows below them are already those the user may see.
import { notSupported } from '../org.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Expression, Query, SelectItem } from './ast.ts';
import { conditionSql } from './conditions.ts';
import { errorAt } from './errors.ts';
import { folded, isAggregate, sortKeys } from './expressions.ts';
import type { Value } from './expressions.ts';
import { groupingOf } from './grouping.ts';
import type { GroupSet, Grouping } from './grouping.ts';
import { limitSql } from './limit.ts';
import { DISPLAY_FUNCTIONS } from './names.ts';
import { isId, isNumber } from './operands.ts';
import type { Statement } from './params.ts';
import { Scope } from './scope.ts';
import type { Compilation } from './scope.ts';
import { display, displayRounded } from './shape.ts';
import type { Cell } from './shape.ts';

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

/** One SELECT for each set of groups; the sets together are sorted and cut. */
export function compileAggregate(
    compilation: Compilation,
    query: Query,
    object: ObjectDef,
    tail: (scope: Scope) => string
): AggregatePlan {
    if (!query.groupBy.length && query.limit) {
        const message = 'Non-grouped query that uses overall aggregate functions cannot also use LIMIT';
        throw errorAt(compilation.source, query.limit.position, 'MALFORMED_QUERY', message);
    }
    const scope = new Scope(compilation, object, query.from.alias);
    const grouping = groupingOf(compilation, scope, query);
    const columns = columnsOf(compilation, query, grouping.sets[0]);
    const where = tail(scope);
    const orders = grouping.sets.map((set) => sortKeysOf(compilation, query, grouping, set));
    const selects = grouping.sets.map((set, index) => {
        const having = query.having ? `HAVING ${havingSql(compilation, scope, query, set)}` : '';
        const keys = orders[index].map((key, position) => `${key.sql} AS k${position}`);
        const cells = expressions(query).map((one, position) => `${set.valueOf(one).sql} AS c${position}`);
        const groupBy = set.groupBy ? `GROUP BY ${set.groupBy}` : '';
        return `SELECT ${[...cells, ...keys].join(', ')} FROM ${scope.fromSql()} ${where} ${groupBy} ${having}`;
    });
    const list = columns.map((_, index) => `c${index}`).join(', ');
    const order = orders[0].map((key, index) => `k${index} ${key.how}`).join(', ');
    const sql = `SELECT ${list} FROM (${selects.join(' UNION ALL ')}) ${order && `ORDER BY ${order}`} ${limitSql(compilation, query)}`;
    return { kind: 'aggregate', rows: { sql, params: compilation.params.values }, columns };
}

function columnsOf(compilation: Compilation, query: Query, set: GroupSet): AggregatePlan['columns'] {
    let unnamed = 0;
    const keys = new Set<string>();
    return query.select.map((item) => {
        const { expression, alias } = expressionOf(item);
        const value = set.valueOf(expression);
        const key = alias ?? (expression.kind === 'field' ? value.name : `expr${unnamed++}`);
        if (keys.has(key.toLowerCase())) {
            const message = `duplicate alias: ${key}`;
            throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
        }
        keys.add(key.toLowerCase());
        const rounds = expression.kind === 'call' && isNumber(value.type) && value.scale !== null;
        return { key, show: rounds ? displayRounded(value.scale as number) : display(value.type) };
    });
}

function expressions(query: Query): Expression[] {
    return query.select.map((item) => expressionOf(item).expression);
}

function expressionOf(item: SelectItem): Extract<SelectItem, { kind: 'expression' }> {
    if (item.kind === 'children') throw notSupported('a child subquery together with GROUP BY');
    if (item.kind !== 'expression') throw notSupported(`${item.kind.toUpperCase()} together with GROUP BY`);
    const { expression } = item;
    if (expression.kind === 'call' && DISPLAY_FUNCTIONS.has(expression.name)) {
        throw notSupported(`${expression.name}() together with GROUP BY`);
    }
    return item;
}

function havingSql(compilation: Compilation, scope: Scope, query: Query, set: GroupSet): string {
    const semiJoin = (): string => {
        throw errorAt(
            compilation.source,
            query.from.position,
            'MALFORMED_QUERY',
            'Semi-joins are only supported in WHERE clauses'
        );
    };
    return conditionSql(
        { compilation, scope, having: set.valueOf, semiJoin },
        query.having as NonNullable<Query['having']>
    );
}

interface SortKey {
    sql: string;
    /** What follows the key in ORDER BY. */
    how: string;
}

/** What was asked for, then the groups with their subtotals below them, so that the same query gives the same order. */
function sortKeysOf(compilation: Compilation, query: Query, grouping: Grouping, set: GroupSet): SortKey[] {
    const asked = query.orderBy.flatMap(({ expression, descending, nullsLast }) => {
        const value = set.valueOf(expression);
        const how = `${collation(value)} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'}`;
        // All sets have as many keys as the first: a subtotal without a value has none in any of them.
        const isLeftOut = value.sql === 'NULL';
        const keys = sortKeys(compilation, isLeftOut ? grouping.sets[0].valueOf(expression) : value);
        return keys.map((key) => ({ sql: isLeftOut ? 'NULL' : key, how }));
    });
    const nulls = query.subtotals ? 'LAST' : 'FIRST';
    const groups = query.groupBy.map((expression) => {
        const value = set.valueOf(expression);
        return { sql: folded(value), how: `${collation(value)} ASC NULLS ${nulls}` };
    });
    return [...asked, ...groups];
}

/** Columns of a sub-select have lost theirs. */
function collation({ type }: Value): string {
    return isId(type) ? '' : 'COLLATE NOCASE';
}
