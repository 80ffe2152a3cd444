// The SELECT list: which SQL columns it needs, and the shape of the record they make. Each column is fetched once, however
// often its parents' ids are needed.
import { OrgError } from '../org.ts';
import { mayReadField } from './access.ts';
import type { Expression, FieldPath, Query, SelectItem, TypeOf } from './ast.ts';
import { errorAt, noSuchObject } from './errors.ts';
import { valueOf } from './expressions.ts';
import { DISPLAY_FUNCTIONS } from './names.ts';
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
        else if (item.kind === 'typeof') addTypeOf(compilation, scope, shape, columnOf, item);
        else addExpression(compilation, scope, shape, columnOf, item);
    }
    return { columns, shape };
}

/** A field, or a field as a display function shows it: under its own name, or under an alias. */
function addExpression(
    compilation: Compilation,
    scope: Scope,
    shape: RecordShape,
    columnOf: (sql: string) => number,
    item: SelectItem
): void {
    if (item.kind !== 'expression') throw new Error(`Not a field: ${item.kind}`);
    const { expression, alias } = item;
    if (expression.kind === 'call' && !DISPLAY_FUNCTIONS.has(expression.name)) {
        const message = `${expression.name}() in SELECT needs GROUP BY`;
        throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
    }
    const value = valueOf(compilation, scope, expression);
    const show = display(value.type);
    if (alias && expression.kind === 'field') {
        const message = 'only aggregate expressions use field aliasing';
        throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
    }
    if (alias) {
        addSlot(shape, { kind: 'value', key: alias, column: columnOf(value.sql), show });
        return;
    }
    const field = fieldIn(expression);
    const path = scope.ownPath(field);
    let holder = shape;
    for (let depth = 1; depth < path.length; depth++) {
        holder = parentShape(scope, holder, columnOf, path.slice(0, depth), field.position);
    }
    const key = scope.column(field).field.name;
    addSlot(holder, { kind: 'value', key, column: columnOf(value.sql), show });
}

/** The field inside of toLabel(field), FORMAT(convertCurrency(field)) and the like. */
function fieldIn(expression: Expression): FieldPath {
    return expression.kind === 'field' ? expression : fieldIn(expression.argument as Expression);
}

function addSlot(holder: RecordShape, slot: Slot): void {
    if (holder.slots.some((one) => one.key === slot.key)) {
        throw new OrgError(400, 'INVALID_FIELD', `duplicate field selected: ${slot.key}`);
    }
    holder.slots.push(slot);
}

function addTypeOf(
    compilation: Compilation,
    scope: Scope,
    shape: RecordShape,
    columnOf: (sql: string) => number,
    item: TypeOf
): void {
    const { source } = compilation;
    const chosen = scope.typesOf(item.path);
    if (!chosen) {
        const message = `TYPEOF takes a relationship to several objects: ${item.path.path.join('.')}`;
        throw errorAt(source, item.path.position, 'MALFORMED_QUERY', message);
    }
    const { key, rows } = chosen;
    const valueSlot = (field: FieldPath, row: (typeof rows)[number] | null): Slot => {
        const column = scope.columnOfType(rows, row, field);
        const name = column.field.name;
        return { kind: 'value', key: name, column: columnOf(column.sql), show: display(column.field.type) };
    };
    const shapes = rows.map((row): RecordShape => {
        const match = item.cases.find((one) => sameName(one.type, row.object.name));
        const fields = match?.fields ?? item.otherwise;
        return {
            type: row.object.name,
            idColumn: columnOf(`${row.alias}."Id"`),
            slots: fields.map((field) => valueSlot(field, match ? row : null))
        };
    });
    const unknown = item.cases.find(({ type }) => !shapes.some((one) => sameName(one.type, type)));
    if (unknown) throw noSuchObject(source, unknown.position, unknown.type);
    addSlot(shape, { kind: 'oneOf', key, shapes });
}

function sameName(one: string, other: string): boolean {
    return one.toLowerCase() === other.toLowerCase();
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
