// WHERE with its semi-joins: `Id IN (SELECT AccountId FROM Contact WHERE ...)`. Owns what Salesforce allows of them: two
// in a query, none inside another, one id field, and not the object that is asked for.
import type { OrgError } from '../org.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Condition, Query } from './ast.ts';
import { conditionSql } from './conditions.ts';
import { errorAt } from './errors.ts';
import type { Value } from './expressions.ts';
import { isId } from './operands.ts';
import { Scope } from './scope.ts';
import type { Compilation } from './scope.ts';
import { queriedObject, rowConditions } from './to-sql.ts';

const MOST = 2;

export function whereSql(compilation: Compilation, scope: Scope, where: Condition): string {
    let count = 0;
    const semiJoin = (left: Value, query: Query): string => {
        if (++count > MOST) {
            const message = `Maximum ${MOST} semi join sub-selects are allowed`;
            throw errorOf(compilation, query, 'EXCEEDED_MAX_SEMIJOIN_SUBSELECTS', message);
        }
        return semiJoinSql(compilation, scope.object, left, query);
    };
    return conditionSql({ compilation, scope, having: null, semiJoin }, where);
}

/** The ids, of rows the user may see; nulls left out. */
function semiJoinSql(compilation: Compilation, outer: ObjectDef, left: Value, query: Query): string {
    const object = queriedObject(compilation, query.from.name, query.from.position);
    checkForm(compilation, query);
    if (object.name === outer.name) {
        throw malformed(
            compilation,
            query,
            'The inner and outer selects should not be on the same object type'
        );
    }
    const scope = new Scope(compilation, object, query.from.alias);
    const column = scope.column(selectedField(compilation, query));
    const { field } = column;
    if (!isId(field.type)) {
        throw malformed(
            compilation,
            query,
            `Semi join sub-select can only query id fields, cannot use: '${field.name}'`
        );
    }
    const inner = field.type === 'id' ? [object.name] : field.referenceTo;
    const wanted = left.field?.type === 'id' ? [outer.name] : (left.field?.referenceTo ?? []);
    if (!inner.some((name) => wanted.includes(name))) {
        throw malformed(
            compilation,
            query,
            `The selected field '${field.name}' in the subquery and the left operand field in the where expression in ` +
                `the outer query '${left.name}' should point to the same object type`
        );
    }
    const conditions = [...rowConditions(compilation, scope, query, object), `${column.sql} IS NOT NULL`];
    return `(SELECT ${column.sql} FROM ${scope.fromSql()} WHERE ${conditions.join(' AND ')})`;
}

function selectedField(compilation: Compilation, query: Query) {
    const [item, second] = query.select;
    if (second || item.kind !== 'expression' || item.expression.kind !== 'field' || query.groupBy.length) {
        throw malformed(compilation, query, 'A semi join sub-select selects exactly one field');
    }
    return item.expression;
}

function checkForm(compilation: Compilation, query: Query): void {
    if (query.orderBy.length || query.offset)
        throw malformed(compilation, query, 'A semi join sub-select has no ORDER BY and no OFFSET');
    if (query.limit) throw malformed(compilation, query, 'LIMIT is not allowed in a semi join sub-select');
    if (query.where && hasSemiJoin(query.where))
        throw malformed(compilation, query, 'Nesting of semi join sub-selects is not supported');
}

function hasSemiJoin(condition: Condition): boolean {
    switch (condition.kind) {
        case 'and':
        case 'or':
            return condition.operands.some(hasSemiJoin);
        case 'not':
            return hasSemiJoin(condition.operand);
        default:
            return condition.kind === 'in' && condition.values.kind === 'query';
    }
}

function malformed(compilation: Compilation, query: Query, message: string): OrgError {
    return errorOf(compilation, query, 'MALFORMED_QUERY', message);
}

function errorOf(compilation: Compilation, query: Query, code: string, message: string): OrgError {
    return errorAt(compilation.source, query.from.position, code, message);
}
