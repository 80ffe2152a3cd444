// `?columns=true`: what the columns of a query are, as `sf data query` asks before it prints a table.
import type { LocalOrg } from '../local-org.ts';
import { notSupported } from '../org.ts';
import type { CallContext } from '../org.ts';
import type { FieldDef, FieldType, ObjectDef } from '../schema/types.ts';
import type { Expression, SelectItem } from '../soql/ast.ts';
import { DISPLAY_FUNCTIONS } from '../soql/names.ts';
import { parseQuery } from '../soql/parse.ts';

const APEX_TYPES: Partial<Record<FieldType, string>> = {
    id: 'Id',
    reference: 'Id',
    boolean: 'Boolean',
    int: 'Integer',
    double: 'Double',
    percent: 'Double',
    currency: 'Decimal',
    date: 'Date',
    datetime: 'Datetime'
};
const NUMBERS = new Set<FieldType>(['int', 'double', 'percent', 'currency']);

export function columnMetadata(org: LocalOrg, ctx: CallContext, soql: string): object {
    // Run with no rows, so that a wrong query fails with the same error as the query itself.
    org.queries.openCursor(ctx, soql);
    const query = parseQuery(soql);
    const object = org.schema.object(query.from.name)!;
    const names = new Names(query.from.alias);
    return {
        columnMetadata: query.select.map((item) => columnOf(org, object, item, names)),
        entityName: object.name,
        groupBy: query.groupBy.length > 0,
        idSelected: query.select.some(
            (item) => item.kind === 'expression' && pathOf(item.expression)?.join() === 'Id'
        ),
        keyPrefix: object.keyPrefix
    };
}

/** Unnamed aggregates are expr0, expr1 ... in order; a leading FROM alias is no part of a path. */
class Names {
    private unnamed = 0;
    private readonly fromAlias: string | null;
    constructor(fromAlias: string | null) {
        this.fromAlias = fromAlias;
    }
    next(): string {
        return `expr${this.unnamed++}`;
    }
    path(path: string[]): string[] {
        const isAlias = path.length > 1 && path[0]!.toLowerCase() === this.fromAlias?.toLowerCase();
        return isAlias ? path.slice(1) : path;
    }
}

function columnOf(org: LocalOrg, object: ObjectDef, item: SelectItem, names: Names): object {
    if (item.kind === 'count')
        return column(null, { aggregate: true, columnName: 'count', apexType: 'Integer', numberType: true });
    if (item.kind === 'fields') return column(null, { columnName: `FIELDS(${item.group})` });
    if (item.kind === 'children') return childColumn(org, object, item.query);
    if (item.kind === 'typeof') throw notSupported('column metadata of TYPEOF');
    const path = pathOf(item.expression);
    if (!path || item.alias) {
        const columnName = item.alias ?? names.next();
        return column(null, { aggregate: true, columnName, apexType: 'Decimal', numberType: true });
    }
    return pathColumn(org, object, names.path(path));
}

/** The field itself, or as toLabel() and the like show it. */
function pathOf(expression: Expression): string[] | null {
    if (expression.kind === 'field') return expression.path;
    const isShown = DISPLAY_FUNCTIONS.has(expression.name) && expression.argument;
    return isShown ? pathOf(isShown) : null;
}

/** A parent's field is a chain of join columns, one per step. */
function pathColumn(org: LocalOrg, object: ObjectDef, path: string[]): object {
    const [first, ...rest] = path as [string, ...string[]];
    if (rest.length === 0) return column(org.schema.field(object.name, first) ?? null, {});
    const reference = org.schema.parentField(object.name, first);
    const parent = reference && org.schema.object(reference.referenceTo[0]!);
    if (!parent) return column(null, { columnName: path.join('.') });
    const displayName = reference.relationshipName;
    return column(null, {
        columnName: displayName,
        displayName,
        joinColumns: [pathColumn(org, parent, rest)]
    });
}

function childColumn(
    org: LocalOrg,
    object: ObjectDef,
    query: { from: { name: string; alias: string | null }; select: SelectItem[] }
): object {
    const relation = org.schema.childRelationship(object.name, query.from.name)!;
    const names = new Names(query.from.alias);
    const joinColumns = query.select.map((item) => columnOf(org, relation.child, item, names));
    const columnName = relation.field.childRelationshipName;
    return column(null, { aggregate: true, columnName, displayName: columnName, joinColumns });
}

function column(field: FieldDef | null, given: Record<string, unknown>): object {
    const type = field?.type ?? 'string';
    return {
        aggregate: false,
        apexType: APEX_TYPES[type] ?? 'String',
        booleanType: type === 'boolean',
        columnName: field?.name ?? null,
        custom: field?.custom ?? false,
        displayName: field?.name ?? given['columnName'] ?? null,
        foreignKeyName: field?.relationshipName ?? null,
        insertable: field?.createable ?? false,
        joinColumns: [],
        numberType: NUMBERS.has(type),
        textType: !NUMBERS.has(type) && type !== 'boolean',
        updatable: field?.updateable ?? false,
        ...given
    };
}
