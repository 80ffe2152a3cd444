// WHERE and HAVING as SQL. A condition is true or false, never unknown: a field without a value is different from every
// value, so `!=` and NOT find it, as in Salesforce.
import { notSupported } from '../org.ts';
import type { OrgError } from '../org.ts';
import type { Comparison, Condition, Expression, ListValues, Literal, Query } from './ast.ts';
import { inCorporateCurrency, literalAmount } from './currencies.ts';
import { errorAt } from './errors.ts';
import { collated, isAggregate, isOpaque, valueOf } from './expressions.ts';
import type { Value } from './expressions.ts';
import { boundList, isId, isText, operand } from './operands.ts';
import type { Operand, Target } from './operands.ts';
import type { SqlValue } from './params.ts';
import type { Compilation, Scope } from './scope.ts';

/** Functions that show a value and cannot filter by it. */
const UNFILTERED = new Set(['FORMAT', 'CONVERTCURRENCY']);

export interface ConditionContext {
    compilation: Compilation;
    scope: Scope;
    /** HAVING: what an expression is in the groups it filters; null in WHERE. */
    having: ((expression: Expression) => Value) | null;
    /** SQL of the ids a semi-join selects, for the id or reference field `left`. */
    semiJoin: (left: Value, query: Query) => string;
}

/** Where a condition stands: alone or joined by AND at the top of WHERE, joined by OR there, or deeper. */
type Place = 'whole' | 'top' | 'or' | 'nested';

export function conditionSql(
    context: ConditionContext,
    condition: Condition,
    place: Place = 'whole'
): string {
    switch (condition.kind) {
        case 'and':
        case 'or': {
            const inner = place !== 'whole' ? 'nested' : condition.kind === 'and' ? 'top' : 'or';
            const operands = condition.operands.map((one) => conditionSql(context, one, inner));
            return `(${operands.join(condition.kind === 'and' ? ' AND ' : ' OR ')})`;
        }
        case 'not':
            return not(conditionSql(context, condition.operand, 'nested'));
        case 'compare':
            return comparisonSql(context, condition);
        case 'in':
            return inSql(context, condition, place);
        case 'includes':
            return includesSql(context, condition);
    }
}

function comparisonSql(context: ConditionContext, condition: Comparison): string {
    const { compilation } = context;
    const left = filterable(context, condition.left);
    if (condition.operator === 'LIKE') return likeSql(context, condition, left);
    if (condition.value.kind === 'money') return moneySql(context, condition, left, condition.value);
    const right = operand(compilation, target(left, condition.position), condition.value);
    if (right.kind === 'range') return rangeSql(compilation, left, condition.operator, right);
    if (condition.operator === '=') return equals(compilation, left, right.value);
    if (condition.operator === '!=')
        return right.value === null ? `${left.sql} IS NOT NULL` : not(equals(compilation, left, right.value));
    if (left.type === 'boolean' || left.type === 'multipicklist')
        throw invalidOperator(context, condition.position, left);
    if (right.value === null) return '0';
    return `${collated(left)} ${condition.operator} ${compilation.params.add(right.value)}`;
}

/** `Amount > USD5000`: both sides in the corporate currency. */
function moneySql(
    context: ConditionContext,
    condition: Comparison,
    left: Value,
    literal: Extract<Literal, { kind: 'money' }>
): string {
    const { compilation } = context;
    const right = literalAmount(compilation, literal);
    const { sql, currency } = left;
    if (currency === null) throw invalidOperator(context, condition.position, left);
    const compared = `${inCorporateCurrency(compilation, { sql, currency })} ${condition.operator} ${right}`;
    return condition.operator === '!=' ? `COALESCE(${compared}, 1)` : compared;
}

function likeSql(context: ConditionContext, condition: Comparison, left: Value): string {
    const { compilation } = context;
    if (!isText(left.type) || isId(left.type) || left.type === 'multipicklist') {
        throw invalidOperator(context, condition.position, left);
    }
    const pattern = operand(compilation, target(left, condition.position), condition.value, true);
    if (pattern.kind === 'range' || pattern.value === null) return `${left.sql} IS NULL`;
    const text = String(pattern.value);
    if (isAscii(text)) return `${left.sql} LIKE ${compilation.params.add(text)} ESCAPE '\\'`;
    return `org_fold(${left.sql}) LIKE ${compilation.params.add(text.toLowerCase())} ESCAPE '\\'`;
}

function rangeSql(
    compilation: Compilation,
    left: Value,
    operator: string,
    range: { from: string; until: string }
): string {
    const from = compilation.params.add(range.from);
    const until = compilation.params.add(range.until);
    const within = `(${left.sql} >= ${from} AND ${left.sql} < ${until})`;
    switch (operator) {
        case '=':
            return within;
        case '!=':
            return not(within);
        case '<':
            return `${left.sql} < ${from}`;
        case '<=':
            return `${left.sql} < ${until}`;
        case '>':
            return `${left.sql} >= ${until}`;
        default:
            return `${left.sql} >= ${from}`;
    }
}

const SEMI_JOIN_PLACES = {
    or: "not allowed with the 'OR' operator",
    nested: 'only allowed at the top level WHERE expressions and not in nested WHERE expressions.'
};

function inSql(
    context: ConditionContext,
    condition: Extract<Condition, { kind: 'in' }>,
    place: Place
): string {
    const left = filterable(context, condition.left);
    const { values } = condition;
    if (values.kind === 'query') {
        if (place === 'or' || place === 'nested') {
            const message = `Semi join sub-selects are ${SEMI_JOIN_PLACES[place]}`;
            throw errorAt(context.compilation.source, condition.position, 'MALFORMED_QUERY', message);
        }
        if (!isId(left.type)) throw invalidOperator(context, condition.position, left);
        const within = `${left.sql} IN ${context.semiJoin(left, values.query)}`;
        return condition.negated ? not(within) : within;
    }
    const any = anyOf(context, left, operands(context, left, values, condition.position));
    return condition.negated ? not(any) : any;
}

function operands(
    context: ConditionContext,
    left: Value,
    values: Exclude<ListValues, { kind: 'query' }>,
    position: number
): Operand[] {
    const { compilation } = context;
    const to = target(left, position);
    if (values.kind === 'bind') return boundList(compilation, to, values.bind);
    return values.values.flatMap((literal) =>
        literal.kind === 'bind' ? boundList(compilation, to, literal) : [operand(compilation, to, literal)]
    );
}

/** Equal to one of the operands: plain values as one list, so that an index serves them. */
function anyOf(context: ConditionContext, left: Value, all: Operand[]): string {
    const { compilation } = context;
    const plain: SqlValue[] = [];
    const others: string[] = [];
    for (const one of all) {
        if (one.kind === 'range') others.push(rangeSql(compilation, left, '=', one));
        else if (one.value === null || !comparesAsIs(left, one.value))
            others.push(equals(compilation, left, one.value));
        else plain.push(one.value);
    }
    if (plain.length) others.unshift(`${collated(left)} IN ${compilation.params.list(plain)}`);
    return others.length ? `(${others.join(' OR ')})` : '0';
}

function includesSql(context: ConditionContext, condition: Extract<Condition, { kind: 'includes' }>): string {
    const left = filterable(context, condition.left);
    if (left.type !== 'multipicklist') throw invalidOperator(context, condition.position, left);
    if (condition.values.kind === 'query') throw invalidOperator(context, condition.position, left);
    const { params } = context.compilation;
    const chosen = `(';' || org_fold(${left.sql}) || ';')`;
    const alternatives = operands(context, left, condition.values, condition.position).map((one) => {
        if (one.kind === 'range' || one.value === null) return `${left.sql} IS NULL`;
        const wanted = String(one.value).toLowerCase().split(';');
        const all = wanted.map((value) => `instr(${chosen}, ${params.add(`;${value};`)}) > 0`);
        return `(${all.join(' AND ')})`;
    });
    const any = `(${alternatives.join(' OR ') || '0'})`;
    return condition.negated ? not(any) : any;
}

function equals(compilation: Compilation, left: Value, value: SqlValue): string {
    if (value === null) return `${left.sql} IS NULL`;
    if (comparesAsIs(left, value)) return `${collated(left)} = ${compilation.params.add(value)}`;
    return `org_fold(${left.sql}) = ${compilation.params.add(String(value).toLowerCase())}`;
}

/** SQLite folds the case of ASCII letters only; other text goes through org_fold. */
function comparesAsIs(left: Value, value: SqlValue): boolean {
    return typeof value !== 'string' || isAscii(value) || Boolean(left.field?.caseSensitive);
}

function filterable(context: ConditionContext, expression: Expression): Value {
    const { compilation, scope } = context;
    if (isAggregate(expression) && !context.having) {
        throw notSupported('an aggregate function in WHERE; use HAVING with GROUP BY');
    }
    if (expression.kind === 'call' && UNFILTERED.has(expression.name)) {
        const message = `${expression.name}() can not be used in a filter`;
        throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
    }
    const value = context.having ? context.having(expression) : valueOf(compilation, scope, expression);
    if (value.field && isOpaque(value.field)) {
        const message = `field '${value.name}' can not be filtered in a query call`;
        throw errorAt(compilation.source, expression.position, 'INVALID_FIELD', message);
    }
    return value;
}

function invalidOperator(context: ConditionContext, position: number, left: Value): OrgError {
    const message = `invalid operator on ${left.type} field`;
    return errorAt(context.compilation.source, position, 'INVALID_QUERY_FILTER_OPERATOR', message);
}

function target(value: Value, position: number): Target {
    return { type: value.type, name: value.name, position };
}

function not(sql: string): string {
    return `NOT COALESCE(${sql}, 0)`;
}

function isAscii(text: string): boolean {
    return Buffer.byteLength(text) === text.length;
}
