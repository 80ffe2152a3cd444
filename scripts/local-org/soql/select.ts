// The SELECT list: which SQL columns it needs, and the shape of the record they make. Each column is fetched once, however
// often its parents' ids are needed.
import { notSupported } from '../org.ts';
import type { OrgError } from '../org.ts';
import { mayReadField } from './access.ts';
import type { Expression, FieldPath, Query, SelectItem } from './ast.ts';
import { errorAt } from './errors.ts';
import { countOf } from './operands.ts';
import type { Compilation, Scope } from './scope.ts';
import { display } from './shape.ts';
import type { RecordShape, Slot } from './shape.ts';

/** A child subquery in the list. */
export type ChildrenItem = Extract<SelectItem, { kind: 'children' }>;

interface Selection {
    columns: string[];
    shape: RecordShape;
}

export function compileSelect(
    compilation: Compilation,
    scope: Scope,
    query: Query,
    childrenSlot: (item: ChildrenItem) => Slot
): Selection {
    const columns: string[] = [];
    const columnOf = (sql: string): number => {
        const known = columns.indexOf(sql);
        return known === -1 ? columns.push(sql) - 1 : known;
    };
    const shape: RecordShape = { type: scope.object.name, idColumn: columnOf(scope.own('Id')), slots: [] };
    for (const item of query.select.flatMap((one) => expandFields(compilation, scope, query, one))) {
        if (item.kind === 'children') shape.slots.push(childrenSlot(item));
        else addField(compilation, scope, shape, columnOf, plainField(compilation, item));
    }
    return { columns, shape };
}

function plainField(compilation: Compilation, item: SelectItem): FieldPath {
    if (item.kind !== 'expression') throw new Error(`Not a field: ${item.kind}`);
    const { expression } = item;
    if (expression.kind === 'call') throw notSupportedInSelect(expression);
    if (item.alias) {
        const message = 'only aggregate expressions use field aliasing';
        throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
    }
    return expression;
}

function notSupportedInSelect(expression: Expression & { kind: 'call' }): OrgError {
    return notSupported(`${expression.name}() in SELECT without GROUP BY`);
}

const FIELDS_LIMIT = 200;

/** FIELDS(ALL) and its like: what the user may read, in the order of the describe. */
function expandFields(compilation: Compilation, scope: Scope, query: Query, item: SelectItem): SelectItem[] {
    if (item.kind !== 'fields') return [item];
    const limit = query.limit ? countOf(compilation, query.limit) : Number.POSITIVE_INFINITY;
    if (item.group !== 'STANDARD' && limit > FIELDS_LIMIT) {
        const message = `The SOQL FIELDS function must have a LIMIT of at most ${FIELDS_LIMIT}`;
        throw errorAt(compilation.source, item.position, 'MALFORMED_QUERY', message);
    }
    return scope.object.fields
        .filter((field) => item.group === 'ALL' || field.custom === (item.group === 'CUSTOM'))
        .filter((field) => field.type !== 'address' && mayReadField(compilation.access, scope.object, field))
        .map((field) => ({
            kind: 'expression',
            expression: { kind: 'field', path: [field.name], position: item.position },
            alias: null
        }));
}

/** Puts the field into the record, under its parents when it has any. */
function addField(
    compilation: Compilation,
    scope: Scope,
    shape: RecordShape,
    columnOf: (sql: string) => number,
    expression: FieldPath
): void {
    const path = scope.ownPath(expression);
    const column = scope.column(expression);
    let holder = shape;
    for (let depth = 1; depth < path.length; depth++) {
        holder = parentShape(scope, holder, columnOf, path.slice(0, depth), expression.position);
    }
    const key = path.length > 1 && column.field.name === 'Type' ? 'Type' : column.field.name;
    if (holder.slots.some((slot) => slot.key === key)) {
        throw errorAt(
            compilation.source,
            expression.position,
            'MALFORMED_QUERY',
            `duplicate field selected: ${key}`
        );
    }
    holder.slots.push({ kind: 'value', key, column: columnOf(column.sql), show: display(column.field.type) });
}

function parentShape(
    scope: Scope,
    holder: RecordShape,
    columnOf: (sql: string) => number,
    path: string[],
    position: number
): RecordShape {
    const parent = scope.parent(path, position);
    const known = holder.slots.find((slot) => slot.key === parent.fieldName);
    if (known?.kind === 'parent') return known.shape;
    const shape: RecordShape = { type: parent.type, idColumn: columnOf(parent.idSql), slots: [] };
    holder.slots.push({ kind: 'parent', key: parent.fieldName, shape });
    return shape;
}
