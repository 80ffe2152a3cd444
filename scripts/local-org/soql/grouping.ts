// The groups of a query: what GROUP BY names, and which of them each set of subtotals keeps (ROLLUP and CUBE). A group
// that a set leaves out has no value in its rows, which is what GROUPING() tells apart from an empty field.
import { notSupported } from '../org.ts';
import { isGroupable } from '../schema/describe-field.ts';
import type { Call, Expression, Query } from './ast.ts';
import { errorAt } from './errors.ts';
import { folded, isAggregate, valueOf } from './expressions.ts';
import type { Value } from './expressions.ts';
import { DISPLAY_FUNCTIONS } from './names.ts';
import type { Compilation, Scope } from './scope.ts';

const MOST_SUBTOTALS = 3;

/** The value an expression of SELECT, HAVING or ORDER BY has in the rows of one set. */
export type ValueIn = (expression: Expression) => Value;

export interface GroupSet {
    /** SQL of GROUP BY, empty when everything is one group. */
    groupBy: string;
    valueOf: ValueIn;
}

export interface Grouping {
    /** The first one keeps all groups. */
    sets: GroupSet[];
}

export function groupingOf(compilation: Compilation, scope: Scope, query: Query): Grouping {
    const groups = query.groupBy.map((expression) => groupOf(compilation, scope, expression));
    if (query.subtotals && groups.length > MOST_SUBTOTALS) {
        const message = `GROUP BY ${query.subtotals} takes at most ${MOST_SUBTOTALS} fields`;
        throw errorAt(compilation.source, query.groupBy[0].position, 'MALFORMED_QUERY', message);
    }
    const all = groups.map((_, index) => index);
    const sets = keptGroups(query.subtotals, all).map((kept): GroupSet => {
        const valueIn: ValueIn = (expression) =>
            valueInSet(compilation, scope, query, groups, new Set(kept), expression);
        return { groupBy: kept.map((index) => groups[index].key).join(', '), valueOf: valueIn };
    });
    return { sets };
}

interface Group {
    value: Value;
    key: string;
}

function groupOf(compilation: Compilation, scope: Scope, expression: Expression): Group {
    if (expression.kind === 'call' && DISPLAY_FUNCTIONS.has(expression.name)) {
        throw notSupported(`GROUP BY ${expression.name}() in SOQL`);
    }
    const value = valueOf(compilation, scope, expression);
    if (isAggregate(expression) || (value.field && !isGroupable(value.field))) {
        const message = `field '${value.name}' can not be grouped in a query call`;
        throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
    }
    return { value, key: folded(value) };
}

/** ROLLUP leaves out groups from the right, CUBE any of them. */
function keptGroups(subtotals: Query['subtotals'], all: number[]): number[][] {
    if (subtotals === 'ROLLUP') return [...all, all.length].map((left) => all.slice(0, all.length - left));
    if (subtotals === null) return [all];
    return Array.from({ length: 2 ** all.length }, (_, bits) =>
        all.filter((index) => !(bits & (1 << (all.length - 1 - index))))
    );
}

function valueInSet(
    compilation: Compilation,
    scope: Scope,
    query: Query,
    groups: Group[],
    kept: ReadonlySet<number>,
    expression: Expression
): Value {
    const isGrouping = expression.kind === 'call' && expression.name === 'GROUPING' && query.subtotals;
    if (isAggregate(expression)) return valueOf(compilation, scope, expression);
    const wanted = isGrouping ? (expression as Call).argument : expression;
    const value = valueOf(compilation, scope, wanted as Expression);
    const index = groups.findIndex((group) => group.value.sql === value.sql);
    if (index === -1) {
        const message = `Field must be grouped or aggregated: ${value.name}`;
        throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
    }
    if (isGrouping) return { ...value, sql: kept.has(index) ? '0' : '1', type: 'int', field: null };
    return kept.has(index) ? value : { ...value, sql: 'NULL', field: null };
}
