// One object in FROM, and what hangs on it: resolves field paths to SQL columns and keeps the joins they need.
// Every path a query names is checked against the user's permissions, and a parent row the user cannot see joins as
// nothing. Formula fields read their parents without that check, as Salesforce's do.
import { notSupported } from '../org.ts';
import { fieldDef } from '../schema/definitions.ts';
import { quote } from '../schema/tables.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { rowPredicate } from '../sharing.ts';
import { mayReadField, mayReadObject } from './access.ts';
import type { Access } from './access.ts';
import { addressSql } from './addresses.ts';
import type { FieldPath } from './ast.ts';
import { noSuchColumn, noSuchParent, errorAt } from './errors.ts';
import type { Params } from './params.ts';
import { globalSql } from './formula-globals.ts';
import { isNameField } from './name-object.ts';
import type { OrgFacts } from './org-facts.ts';
import type { TimeZone } from './time-zone.ts';

/** Everything one statement is compiled with. */
export interface Compilation {
    source: string;
    schema: Schema;
    access: Access;
    params: Params;
    formulas: FormulaColumns;
    /** The user's. */
    zone: TimeZone;
    /** The moment the query runs at, in ms. */
    now: number;
    facts: OrgFacts;
    binds: Record<string, unknown> | null;
    allRows: boolean;
    nextAlias: (letter: string) => string;
}

/** Turns a formula field into SQL: `moment` is the SQL of now and of the user's time zone, `reference` gives the SQL of each
 *  field path the formula reads. */
export interface FormulaColumns {
    sql(object: ObjectDef, field: FieldDef, moment: string, reference: (path: string[]) => string): string;
}

export interface Column {
    sql: string;
    field: FieldDef;
    /** True for a table's own column, which has its collation and perhaps an index. */
    stored: boolean;
    /** SQL of the currency code of the row, for amounts in an org with several currencies. */
    currency: string | null;
}

/** Where a relationship leads: one row of one object, or a row of one of several. */
type Place =
    | { kind: 'row'; object: ObjectDef; alias: string }
    | { kind: 'any'; rows: { object: ObjectDef; alias: string }[] };

const DEEPEST = 5;

export class Scope {
    readonly object: ObjectDef;
    readonly alias: string;
    private readonly compilation: Compilation;
    private readonly prefixes: Set<string>;
    private readonly joins = new Map<string, { sql: string; place: Place }>();

    constructor(compilation: Compilation, object: ObjectDef, fromAlias: string | null) {
        this.compilation = compilation;
        this.object = object;
        this.alias = compilation.nextAlias('t');
        this.prefixes = new Set([fromAlias ?? object.name].map((name) => name.toLowerCase()));
    }

    /** `"Opportunity" t1 LEFT JOIN ...`: to be asked for after all columns are resolved. */
    fromSql(): string {
        return [`${quote(this.object.name)} ${this.alias}`, ...this.joinSql()].join(' ');
    }

    joinSql(): string[] {
        return [...this.joins.values()].map((join) => join.sql);
    }

    /** True for the object's own name or alias, and where no name is given. */
    isNamed(name: string | null): boolean {
        return name === null || this.prefixes.has(name.toLowerCase());
    }

    /** The path without the object's own name or alias in front. */
    ownPath(expression: FieldPath): string[] {
        const [first, ...rest] = expression.path;
        const isPrefix = rest.length > 0 && this.prefixes.has(first.toLowerCase());
        return isPrefix && !this.compilation.schema.parentField(this.object.name, first)
            ? rest
            : expression.path;
    }

    column(expression: FieldPath): Column {
        const path = this.ownPath(expression);
        const place = this.placeOf(path.slice(0, -1), expression.position);
        return this.columnAt(place, path[path.length - 1], expression.position, path.slice(0, -1));
    }

    /** A field of this object itself, without permission checks: Id and other columns the machinery needs. */
    own(name: string): string {
        return `${this.alias}.${quote(name)}`;
    }

    /** The id of the parent a relationship leads to, null when there is none or the user cannot see it. */
    parent(path: string[], position: number): { idSql: string; type: string; fieldName: string } {
        const place = this.placeOf(path, position);
        const holder = this.placeOf(path.slice(0, -1), position);
        const owner = holder.kind === 'row' ? holder.object.name : '';
        const relation = this.compilation.schema.parentField(owner, path[path.length - 1]);
        const fieldName = relation?.relationshipName ?? path[path.length - 1];
        if (place.kind === 'row') return { idSql: `${place.alias}."Id"`, type: place.object.name, fieldName };
        return { idSql: coalesce(place.rows.map((row) => `${row.alias}."Id"`)), type: 'Name', fieldName };
    }

    /** The rows TYPEOF chooses from, by object, and the relationship's name in canonical case. */
    typesOf(expression: FieldPath): { key: string; rows: { object: ObjectDef; alias: string }[] } | null {
        const path = this.ownPath(expression);
        if (path.length !== 1) return null;
        const place = this.placeOf(path, expression.position);
        if (place.kind === 'row') return null;
        const field = this.compilation.schema.parentField(this.object.name, path[0]);
        return { key: field?.relationshipName ?? path[0], rows: place.rows };
    }

    /** A field of one of those rows, or of whichever row it is (`null`). */
    columnOfType(
        rows: { object: ObjectDef; alias: string }[],
        row: { object: ObjectDef; alias: string } | null,
        expression: FieldPath
    ): Column {
        const [name, step] = expression.path;
        if (step) throw notSupported(`parents inside TYPEOF (${expression.path.join('.')} in SOQL)`);
        if (!row) return this.columnOfAny(rows, name, expression.position);
        return this.columnAt({ kind: 'row', ...row }, name, expression.position, []);
    }

    private placeOf(path: string[], position: number): Place {
        if (path.length > DEEPEST) {
            const message = `A field path can go up at most ${DEEPEST} parents: ${path.join('.')}`;
            throw errorAt(this.compilation.source, position, 'MALFORMED_QUERY', message);
        }
        return path.reduce<Place>((place, relationship, depth) => {
            const key = path
                .slice(0, depth + 1)
                .join('.')
                .toLowerCase();
            return this.follow(place, relationship, key, position);
        }, this.root());
    }

    private root(): Place {
        return { kind: 'row', object: this.object, alias: this.alias };
    }

    private follow(from: Place, relationship: string, key: string, position: number): Place {
        const known = this.joins.get(key);
        if (known) return known.place;
        const { schema, access, source } = this.compilation;
        if (from.kind === 'any') {
            throw notSupported(
                `a second step after a relationship to several objects (${relationship} in SOQL)`
            );
        }
        const field = schema.parentField(from.object.name, relationship);
        if (!field || !mayReadField(access, from.object, field))
            throw noSuchParent(source, position, relationship);
        const targets = this.targetsOf(field).filter((target) => mayReadObject(access, target));
        if (!targets.length) throw noSuchParent(source, position, relationship);
        const rows = targets.map((target) => ({ object: target, alias: this.compilation.nextAlias('j') }));
        const sql = rows.map((row) => this.joinOf(from.alias, field, row, true)).join(' ');
        const place: Place =
            field.referenceTo.length > 1 ? { kind: 'any', rows } : { kind: 'row', ...rows[0] };
        this.joins.set(key, { sql, place });
        return place;
    }

    private targetsOf(field: FieldDef): ObjectDef[] {
        return field.referenceTo
            .map((name) => this.compilation.schema.object(name))
            .filter((target): target is ObjectDef => target !== undefined && target.queryable);
    }

    private joinOf(
        from: string,
        field: FieldDef,
        row: { object: ObjectDef; alias: string },
        guarded: boolean
    ): string {
        const rule = { ...this.compilation, need: 'read' as const };
        const open = guarded ? rowPredicate(rule, row.object, row.alias) : null;
        const guard = open ? ` AND ${open}` : '';
        return `LEFT JOIN ${quote(row.object.name)} ${row.alias} ON ${row.alias}."Id" = ${from}.${quote(field.name)}${guard}`;
    }

    private columnAt(place: Place, name: string, position: number, path: string[]): Column {
        if (place.kind === 'any') return this.columnOfAny(place.rows, name, position);
        const { schema, access, source } = this.compilation;
        const field = schema.field(place.object.name, name);
        if (!field || !mayReadField(access, place.object, field)) {
            if (path.length && name.toLowerCase() === 'type' && !field) return typeColumn([place]);
            throw noSuchColumn(source, position, name, place.object.name);
        }
        if (field.type === 'time') {
            throw notSupported(`fields of type ${field.type} in SOQL (${place.object.name}.${field.name})`);
        }
        const stored = field.formula === null && field.type !== 'address';
        return {
            sql: this.fieldSql(place, field, path),
            field,
            stored,
            currency: this.currencyOf(place, field)
        };
    }

    private currencyOf(row: { object: ObjectDef; alias: string }, field: FieldDef): string | null {
        const code = this.compilation.schema.field(row.object.name, 'CurrencyIsoCode');
        return code && field.type === 'currency' ? `${row.alias}.${quote(code.name)}` : null;
    }

    /** Reached through Task.What and the like: the fields of Salesforce's Name object, from whichever row it is. */
    private columnOfAny(
        rows: { object: ObjectDef; alias: string }[],
        name: string,
        position: number
    ): Column {
        if (name.toLowerCase() === 'type') return typeColumn(rows);
        const { schema, access, source } = this.compilation;
        if (!isNameField(name)) throw noSuchColumn(source, position, name, 'Name');
        const found = rows.flatMap((row) => {
            const field = schema.field(row.object.name, name);
            if (!field || field.formula !== null || !mayReadField(access, row.object, field)) return [];
            return [{ sql: `${row.alias}.${quote(field.name)}`, field }];
        });
        if (!found.length) throw noSuchColumn(source, position, name, 'Name');
        const sql = coalesce(found.map((column) => column.sql));
        return { sql, field: found[0].field, stored: false, currency: null };
    }

    private fieldSql(row: { object: ObjectDef; alias: string }, field: FieldDef, path: string[]): string {
        if (field.type === 'address') return addressSql(this.compilation, row, field);
        // What a value of field history is, stands beside it.
        if (field.type === 'anyType')
            return `org_any(${row.alias}."DataType", ${row.alias}.${quote(field.name)})`;
        if (field.formula === null) return `${row.alias}.${quote(field.name)}`;
        const { formulas, params, now } = this.compilation;
        const reference = (inner: string[]): string => this.formulaReference(row, inner, path);
        const zone = params.named('zone', this.compilation.access.user.timeZone);
        return formulas.sql(row.object, field, `${params.named('now', now)}, ${zone}`, reference);
    }

    /** A field read by a formula of `row`; `path` is how the query got to that row. */
    private formulaReference(
        row: { object: ObjectDef; alias: string },
        inner: string[],
        path: string[]
    ): string {
        const { access, params } = this.compilation;
        if (inner[0].startsWith('$')) return globalSql(inner, access.user, params);
        let current = row;
        for (const [depth, relationship] of inner.slice(0, -1).entries()) {
            const key = `${row.alias} formula ${inner.slice(0, depth + 1).join('.')}`.toLowerCase();
            current = this.followUnguarded(current, relationship, key);
        }
        const name = inner[inner.length - 1];
        const field = this.compilation.schema.field(current.object.name, name) as FieldDef;
        return this.fieldSql(current, field, [...path, ...inner.slice(0, -1)]);
    }

    private followUnguarded(
        from: { object: ObjectDef; alias: string },
        relationship: string,
        key: string
    ): { object: ObjectDef; alias: string } {
        const known = this.joins.get(key);
        if (known?.place.kind === 'row') return known.place;
        const field = this.compilation.schema.parentField(from.object.name, relationship) as FieldDef;
        const row = { object: this.targetsOf(field)[0], alias: this.compilation.nextAlias('f') };
        this.joins.set(key, {
            sql: this.joinOf(from.alias, field, row, false),
            place: { kind: 'row', ...row }
        });
        return row;
    }
}

function typeColumn(rows: { object: ObjectDef; alias: string }[]): Column {
    const cases = rows.map((row) => `WHEN ${row.alias}."Id" IS NOT NULL THEN '${row.object.name}'`);
    const sql = `(CASE ${cases.join(' ')} END)`;
    return { sql, field: fieldDef('Type', 'string'), stored: false, currency: null };
}

function coalesce(columns: string[]): string {
    return columns.length === 1 ? columns[0] : `COALESCE(${columns.join(', ')})`;
}
