// A parsed query to SQL: one parameterised statement for its rows and the shape to show them in. Main path of the
// query side: parse.ts -> compileQuery -> queries.ts runs it. Columns come from scope.ts, conditions from conditions.ts.
import { OrgError, notSupported } from '../org.ts';
import type { QueriedRecord } from '../org.ts';
import { quote } from '../schema/tables.ts';
import type { ObjectDef } from '../schema/types.ts';
import { rowPredicate } from '../sharing.ts';
import { mayReadField, mayReadObject } from './access.ts';
import { activityCondition } from './activities.ts';
import { compileAggregate, compileCount, isAggregateQuery } from './aggregate.ts';
import type { AggregatePlan, CountPlan } from './aggregate.ts';
import type { Query } from './ast.ts';
import { errorAt, noSuchChildren, noSuchObject } from './errors.ts';
import { isAggregate, isOpaque, sortKeys, valueOf } from './expressions.ts';
import { limitSql } from './limit.ts';
import { DISPLAY_FUNCTIONS } from './names.ts';
import { Params } from './params.ts';
import type { Statement } from './params.ts';
import { Scope } from './scope.ts';
import type { Compilation } from './scope.ts';
import { compileSelect } from './select.ts';
import { whereSql } from './semi-joins.ts';
import type { ChildrenItem } from './select.ts';
import type { RecordShape, Slot } from './shape.ts';

export interface RecordsPlan {
    kind: 'records';
    object: ObjectDef;
    shape: RecordShape;
    /** All rows at once. */
    rows: Statement;
    /** Only the ids, in order: what a cursor keeps. */
    ids: () => Statement;
    /** The rows of `@ids`, a JSON list, in its order, as far as the user may see them. */
    page: () => { statement: Statement; shape: RecordShape };
}

export type Plan = RecordsPlan | AggregatePlan | CountPlan;

/** Runs the statement of a child subquery for one parent. */
export type RunChildren = (plan: RecordsPlan, parentId: string) => QueriedRecord[];

export function compileQuery(compilation: Compilation, query: Query, runChildren: RunChildren): Plan {
    if (query.from.of !== null) {
        throw notSupported('relationship names in FROM (FROM Contact c, c.Account a)');
    }
    const object = queriedObject(compilation, query.from.name, query.from.position);
    if (query.allRows !== null && !compilation.binds) {
        throw errorAt(
            compilation.source,
            query.allRows,
            'MALFORMED_QUERY',
            'ALL ROWS not allowed in this context'
        );
    }
    const rows = query.allRows === null ? compilation : { ...compilation, allRows: true };
    const tail = (scope: Scope): string => tailSql(rows, scope, query, object);
    if (query.select.some((item) => item.kind === 'count')) return compileCount(rows, query, object, tail);
    if (isAggregateQuery(query)) return compileAggregate(rows, query, object, tail);
    return compileRecords(rows, query, object, runChildren);
}

export function queriedObject(compilation: Compilation, name: string, position: number): ObjectDef {
    const object = compilation.schema.object(name);
    if (!object || !mayReadObject(compilation.access, object))
        throw noSuchObject(compilation.source, position, name);
    if (!object.queryable) {
        throw new OrgError(
            400,
            'INVALID_TYPE_FOR_OPERATION',
            `entity type ${object.name} does not support query`
        );
    }
    return object;
}

function compileRecords(
    compilation: Compilation,
    query: Query,
    object: ObjectDef,
    runChildren: RunChildren,
    extraCondition: (scope: Scope) => string | null = () => null
): RecordsPlan {
    const scope = new Scope(compilation, object, query.from.alias);
    const { columns, shape } = compileSelect(compilation, scope, query, (item) =>
        childrenSlot(compilation, scope, item, runChildren)
    );
    const tail = tailSql(compilation, scope, query, object, extraCondition(scope));
    const sql = `SELECT ${columns.join(', ')} FROM ${scope.fromSql()} ${tail}`;
    return {
        kind: 'records',
        object,
        shape,
        rows: { sql, params: compilation.params.values },
        ids: () => compileIds(compilation, query, object),
        page: () => compilePage(compilation, query, object, runChildren)
    };
}

function compileIds(compilation: Compilation, query: Query, object: ObjectDef): Statement {
    const own = { ...compilation, params: new Params() };
    const scope = new Scope(own, object, query.from.alias);
    const tail = tailSql(own, scope, query, object);
    return { sql: `SELECT ${scope.own('Id')} FROM ${scope.fromSql()} ${tail}`, params: own.params.values };
}

function compilePage(
    compilation: Compilation,
    query: Query,
    object: ObjectDef,
    runChildren: RunChildren
): { statement: Statement; shape: RecordShape } {
    const own = { ...compilation, params: new Params() };
    const scope = new Scope(own, object, query.from.alias);
    const { columns, shape } = compileSelect(own, scope, query, (item) =>
        childrenSlot(own, scope, item, runChildren)
    );
    const from = `json_each(@ids) k CROSS JOIN ${quote(object.name)} ${scope.alias} ON ${scope.own('Id')} = k.value`;
    const open = rowPredicate({ ...own, need: 'read' }, object, scope.alias);
    const where = open ? `WHERE ${open} ` : '';
    const sql = `SELECT ${columns.join(', ')} FROM ${from} ${scope.joinSql().join(' ')} ${where}ORDER BY k.key`;
    return { statement: { sql, params: own.params.values }, shape };
}

/** WHERE, ORDER BY, LIMIT and OFFSET, with deleted rows and rows of others left out. */
function tailSql(
    compilation: Compilation,
    scope: Scope,
    query: Query,
    object: ObjectDef,
    extraCondition: string | null = null
): string {
    const conditions = rowConditions(compilation, scope, query, object);
    if (extraCondition) conditions.push(extraCondition);
    const where = conditions.length ? `WHERE ${conditions.join(' AND ')}` : '';
    const grouped = isAggregateQuery(query) || query.select.some((item) => item.kind === 'count');
    const order = grouped ? '' : orderSql(compilation, scope, query);
    return [where, order, grouped ? '' : limitSql(compilation, query)].filter(Boolean).join(' ');
}

/** The rows a query may give: not deleted, open to the user, inside its scope, matching its WHERE. */
export function rowConditions(
    compilation: Compilation,
    scope: Scope,
    query: Query,
    object: ObjectDef
): string[] {
    const conditions: string[] = [];
    if (!compilation.allRows) conditions.push(`${scope.own('IsDeleted')} = 0`);
    const open = rowPredicate({ ...compilation, need: 'read' }, object, scope.alias);
    if (open) conditions.push(open);
    const past = activityCondition(object, scope.alias, compilation);
    if (past) conditions.push(past);
    if (query.scope) conditions.push(...scopeSql(compilation, scope, query.scope));
    if (query.where) conditions.push(whereSql(compilation, scope, query.where));
    return conditions;
}

/** USING SCOPE: only the user's own rows, or all. */
function scopeSql(
    compilation: Compilation,
    scope: Scope,
    { name, position }: NonNullable<Query['scope']>
): string[] {
    if (name === 'everything') return [];
    if (name !== 'mine') throw notSupported(`USING SCOPE ${name} in SOQL`);
    const owner = compilation.schema.field(scope.object.name, 'OwnerId');
    if (!owner) {
        const message = `entity type ${scope.object.name} does not support the scope ${name}`;
        throw errorAt(compilation.source, position, 'MALFORMED_QUERY', message);
    }
    return [`${scope.own(owner.name)} = ${compilation.params.add(compilation.access.user.userId)}`];
}

/** Ends with the id, so that the same query gives the same order. */
function orderSql(compilation: Compilation, scope: Scope, query: Query): string {
    if (!query.orderBy.length) return query.offset ? `ORDER BY ${scope.own('Id')}` : '';
    const keys = query.orderBy.flatMap((ordering) => {
        const { expression } = ordering;
        const value = valueOf(compilation, scope, expression);
        if (
            isAggregate(expression) ||
            (expression.kind === 'call' && DISPLAY_FUNCTIONS.has(expression.name)) ||
            value.field?.type === 'multipicklist' ||
            (value.field && isOpaque(value.field))
        ) {
            const message = `field '${value.name}' can not be sorted in a query call`;
            throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
        }
        const direction = `${ordering.descending ? 'DESC' : 'ASC'} NULLS ${ordering.nullsLast ? 'LAST' : 'FIRST'}`;
        return sortKeys(compilation, value).map((key) => `${key} ${direction}`);
    });
    return `ORDER BY ${[...keys, scope.own('Id')].join(', ')}`;
}

function childrenSlot(
    compilation: Compilation,
    scope: Scope,
    item: ChildrenItem,
    runChildren: RunChildren
): Slot {
    const { query } = item;
    const found = scope.isNamed(query.from.of)
        ? compilation.schema.childRelationship(scope.object.name, query.from.name)
        : undefined;
    const { access, source } = compilation;
    if (!found || !mayReadObject(access, found.child) || !mayReadField(access, found.child, found.field)) {
        throw noSuchChildren(source, query.from.position, query.from.name);
    }
    if (query.groupBy.length || query.select.some((one) => one.kind === 'count')) {
        throw notSupported('aggregates in a child subquery');
    }
    const own = { ...compilation, params: new Params() };
    own.params.named('parent', null);
    const ofParent = (child: Scope): string => `${child.own(found.field.name)} = @parent`;
    const plan = compileRecords(own, query, found.child, runChildren, ofParent);
    const key = found.field.childRelationshipName ?? query.from.name;
    return { kind: 'children', key, rows: (parentId) => runChildren(plan, parentId) };
}
