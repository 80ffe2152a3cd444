// Which rows a user may read or edit, as an SQL predicate: org-wide default, owner and role hierarchy, View All and
// Modify All, and control by parent. Object and field permissions are not decided here, except that a parent whose
// object the user cannot read opens nothing. There are no sharing rules, teams or manual shares in the local org.
import type { Database } from 'better-sqlite3';
import type { CallContext, UserContext } from './org.ts';
import { prepared } from './prepared.ts';
import { quote } from './schema/tables.ts';
import type { FieldDef, ObjectDef, Schema } from './schema/types.ts';
import { accessOf, mayReadField, mayReadObject } from './soql/access.ts';
import type { Access } from './soql/access.ts';
import { Params } from './soql/params.ts';

export type Need = 'read' | 'edit';

export interface RowRule {
    schema: Schema;
    access: Access;
    params: Params;
    need: Need;
}

const NONE = '0';

/** SQL that is true for the rows of `object` (in scope as `alias`) open to the user; null when all are. */
export function rowPredicate(rule: RowRule, object: ObjectDef, alias: string): string | null {
    if (!rule.access.checksSharing) return null;
    return predicate(rule, object, alias, []);
}

function predicate(rule: RowRule, object: ObjectDef, alias: string, path: string[]): string | null {
    if (opensAll(rule, object)) return null;
    if (object.setupObject || object.customMetadata) return rule.need === 'read' ? null : NONE;
    switch (object.sharingModel) {
        case 'ReadWrite':
            return null;
        case 'Read':
            return rule.need === 'read' ? null : ownedBy(rule, object, alias);
        case 'Private':
            return ownedBy(rule, object, alias);
        case 'ControlledByParent':
            return openedByParent(rule, object, alias, path);
    }
}

function opensAll(rule: RowRule, object: ObjectDef): boolean {
    const { permissions } = rule.access.user;
    if (permissions.modifyAllData) return true;
    if (object.setupObject && permissions.customizeApplication) return true;
    const granted = permissions.objectAccess(object.permissionParent ?? object.name);
    if (granted.modifyAll) return true;
    return rule.need === 'read' && (permissions.viewAllData || granted.viewAll);
}

function ownedBy(rule: RowRule, object: ObjectDef, alias: string): string {
    if (!object.fields.some((field) => field.name === 'OwnerId')) return NONE;
    const owners = rule.params.named('owners', ownersOf(rule.access.user));
    return `${alias}."OwnerId" IN (SELECT value FROM json_each(${owners}))`;
}

/** The user and everyone below, as JSON; contexts live for one request, so the text is kept with them. */
const ownerLists = new WeakMap<UserContext, string>();

function ownersOf(user: UserContext): string {
    let owners = ownerLists.get(user);
    if (!owners) ownerLists.set(user, (owners = JSON.stringify([user.userId, ...user.subordinateIds])));
    return owners;
}

function openedByParent(rule: RowRule, object: ObjectDef, alias: string, path: string[]): string {
    if (path.includes(object.name)) return NONE;
    const parents = object.sharingParents.flatMap((name) => {
        const field = rule.schema.field(object.name, name);
        return field ? parentsOpen(rule, field, alias, [...path, object.name]) : [];
    });
    const owned = ownedBy(rule, object, alias);
    const open = owned === NONE ? parents : [...parents, owned];
    return open.length ? `(${open.join(' OR ')})` : NONE;
}

/** One condition per object the reference can point to. */
function parentsOpen(rule: RowRule, field: FieldDef, alias: string, path: string[]): string[] {
    return field.referenceTo.flatMap((name) => {
        const parent = rule.schema.object(name);
        if (!parent || !parent.queryable || !mayReadObject(rule.access, parent)) return [];
        const parentAlias = `s${path.length}`;
        const open = predicate(rule, parent, parentAlias, path);
        if (open === NONE) return [];
        const reference = `${alias}.${quote(field.name)}`;
        const ofThisObject =
            field.referenceTo.length > 1 ? `substr(${reference}, 1, 3) = '${parent.keyPrefix}' AND ` : '';
        const condition = open ? ` AND ${open}` : '';
        return [
            `(${ofThisObject}EXISTS (SELECT 1 FROM ${quote(parent.name)} ${parentAlias} ` +
                `WHERE ${parentAlias}."Id" = ${reference}${condition}))`
        ];
    });
}

export interface RowOptions {
    /** Rows in the recycle bin count as well. */
    evenDeleted?: boolean;
}

export interface Sharing {
    /** True when the row exists, is not deleted, and the caller's mode lets the user see it. */
    canReadRow(ctx: CallContext, objectName: string, id: string, options?: RowOptions): boolean;
    /** Row access only: the caller checks object and field permissions for editing himself. */
    canEditRow(ctx: CallContext, objectName: string, id: string, options?: RowOptions): boolean;
    /** True when nothing of the object is hidden from the caller. */
    seesAllRows(ctx: CallContext, objectName: string): boolean;
    /** Looks rows up by a key: gives the ids of at most two live rows with that value that the caller sees. */
    finder(ctx: CallContext, object: ObjectDef, key: FieldDef): (value: string | number | null) => string[];
}

export function createSharing({ db, schema }: { db: Database; schema: Schema }): Sharing {
    const objectOf = (name: string): ObjectDef => {
        const object = schema.object(name);
        if (!object) throw new Error(`The org has no object "${name}".`);
        return object;
    };
    const open = (
        ctx: CallContext,
        objectName: string,
        id: string,
        need: Need,
        { evenDeleted = false }: RowOptions = {}
    ): boolean => {
        const object = objectOf(objectName);
        const access = accessOf(ctx);
        if (!mayReadObject(access, object)) return false;
        const params = new Params();
        const rows = rowPredicate({ schema, access, params, need }, object, 't0');
        const row = `SELECT 1 FROM ${quote(object.name)} t0 WHERE t0."Id" = ${params.named('id', id)}`;
        const live = evenDeleted ? '' : ' AND t0."IsDeleted" = 0';
        const sql = `${row}${live} AND ${rows ?? '1'}`;
        return prepared(db, sql).get(params.values) !== undefined;
    };
    return {
        canReadRow: (ctx, objectName, id, options) => open(ctx, objectName, id, 'read', options),
        canEditRow: (ctx, objectName, id, options) => open(ctx, objectName, id, 'edit', options),
        seesAllRows(ctx, objectName) {
            const object = objectOf(objectName);
            const access = accessOf(ctx);
            const rule: RowRule = { schema, access, params: new Params(), need: 'read' };
            return mayReadObject(access, object) && rowPredicate(rule, object, 't0') === null;
        },
        finder(ctx, object, key) {
            const access = accessOf(ctx);
            if (!mayReadObject(access, object) || !mayReadField(access, object, key)) return () => [];
            const params = new Params();
            const rows = rowPredicate({ schema, access, params, need: 'read' }, object, 't0') ?? '1';
            const found = prepared(
                db,
                `SELECT t0."Id" FROM ${quote(object.name)} t0 WHERE t0.${quote(key.name)} = @key ` +
                    `AND t0."IsDeleted" = 0 AND ${rows} LIMIT 2`
            ).pluck();
            return (value) => found.all({ ...params.values, key: value }) as string[];
        }
    };
}
