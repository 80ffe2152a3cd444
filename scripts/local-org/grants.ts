// What a set of permission sets grants together, from the same rows Salesforce keeps (ObjectPermissions, FieldPermissions,
// SetupEntityAccess, PermissionSetTabSetting). Kept until one of those rows changes: every call of every user asks for it.
import type { Database } from 'better-sqlite3';
import type { ObjectAccess } from './org.ts';

export interface FieldAccess {
    read: boolean;
    edit: boolean;
}

export interface Grants {
    /** Names of the Permissions… columns that any set switches on, without the prefix. */
    user: Set<string>;
    objects: Map<string, ObjectAccess>;
    fields: Map<string, FieldAccess>;
    setup: Set<string>;
    tabs: Set<string>;
}

interface Kept {
    /** Goes up with every change of a row that grants are read from, and never down: a rollback does not count it back. */
    version: number;
    keptAt: number;
    bySets: Map<string, Grants>;
}

const TABLES = [
    'PermissionSet',
    'ObjectPermissions',
    'FieldPermissions',
    'SetupEntityAccess',
    'PermissionSetTabSetting',
    'local_org_component'
];
const keptOf = new WeakMap<Database, Kept>();

export function grantsOf(db: Database, sets: string[]): Grants {
    const key = JSON.stringify(sets);
    const known = keptOf.get(db);
    // What an open transaction changed may be taken back, and triggers made in it too: nothing is kept of it.
    if (db.inTransaction && (!known || known.keptAt !== known.version)) return readGrants(db, key);
    const kept = known ?? watch(db);
    if (kept.keptAt !== kept.version) {
        kept.bySets.clear();
        kept.keptAt = kept.version;
    }
    let grants = kept.bySets.get(key);
    if (!grants) kept.bySets.set(key, (grants = readGrants(db, key)));
    return grants;
}

/** By triggers of this connection only, so that no way of writing such a row is forgotten. */
function watch(db: Database): Kept {
    const kept: Kept = { version: 0, keptAt: -1, bySets: new Map() };
    keptOf.set(db, kept);
    db.function('grants_changed', () => {
        kept.version += 1;
        return null;
    });
    for (const table of TABLES)
        for (const change of ['INSERT', 'UPDATE', 'DELETE'])
            db.exec(
                `CREATE TEMP TRIGGER "grants_${table}_${change}" AFTER ${change} ON main."${table}"
                 BEGIN SELECT grants_changed(); END`
            );
    return kept;
}

/** @param sets ids as a JSON array */
function readGrants(db: Database, sets: string): Grants {
    const grants: Grants = {
        user: new Set(),
        objects: new Map(),
        fields: new Map(),
        setup: new Set(),
        tabs: new Set()
    };
    const rowsOf = (sql: string): Record<string, string | number>[] =>
        db.prepare(`${sql} IN (SELECT value FROM json_each(?))`).all(sets) as never;

    for (const row of rowsOf('SELECT * FROM "PermissionSet" WHERE "Id"')) {
        for (const [column, value] of Object.entries(row)) {
            if (value === 1 && column.startsWith('Permissions'))
                grants.user.add(column.slice('Permissions'.length));
        }
    }
    for (const row of rowsOf('SELECT * FROM "ObjectPermissions" WHERE "IsDeleted" = 0 AND "ParentId"')) {
        addObjectRow(grants.objects, row);
    }
    for (const row of rowsOf('SELECT * FROM "FieldPermissions" WHERE "IsDeleted" = 0 AND "ParentId"')) {
        const key = String(row.Field).toLowerCase();
        const before = grants.fields.get(key);
        grants.fields.set(key, {
            read: row.PermissionsRead === 1 || (before?.read ?? false),
            edit: row.PermissionsEdit === 1 || (before?.edit ?? false)
        });
    }
    const setup = `SELECT a."SetupEntityType" AS type, c.full_name AS name FROM "SetupEntityAccess" a
                   JOIN local_org_component c ON c.id = a."SetupEntityId" WHERE a."IsDeleted" = 0 AND a."ParentId"`;
    for (const row of rowsOf(setup)) grants.setup.add(`${row.type}:${row.name}`.toLowerCase());
    for (const row of rowsOf(
        'SELECT "Name" FROM "PermissionSetTabSetting" WHERE "IsDeleted" = 0 AND "ParentId"'
    )) {
        grants.tabs.add(String(row.Name).toLowerCase());
    }
    return grants;
}

function addObjectRow(objects: Map<string, ObjectAccess>, row: Record<string, string | number>): void {
    const key = String(row.SobjectType).toLowerCase();
    const before = objects.get(key);
    const grants = (flag: keyof ObjectAccess, column: string): boolean =>
        (before?.[flag] ?? false) || row[`Permissions${column}`] === 1;
    objects.set(key, {
        read: grants('read', 'Read'),
        create: grants('create', 'Create'),
        edit: grants('edit', 'Edit'),
        delete: grants('delete', 'Delete'),
        viewAll: grants('viewAll', 'ViewAllRecords'),
        modifyAll: grants('modifyAll', 'ModifyAllRecords')
    });
}
