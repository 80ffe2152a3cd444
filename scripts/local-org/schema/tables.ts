// Object definitions to SQLite tables: the only place that writes DDL for records (layout: at the end of types.ts).
// A deploy only ever adds tables, columns and indexes; a change of storage is refused with the reason.
import type { Database } from 'better-sqlite3';
import type { FieldDef, ObjectDef } from './types.ts';

/** Stored fields in column order; formula fields and compound addresses are put together at every read. */
export function storedFields(object: ObjectDef): FieldDef[] {
    return object.fields.filter((field) => field.formula === null && field.type !== 'address');
}

/** Creates or widens the table of `object`. Throws when an existing column would need other storage. */
export function applyTable(db: Database, object: ObjectDef): void {
    const existing = columnsOf(db, object.name);
    if (existing.size === 0) createTable(db, object);
    else for (const field of storedFields(object)) addOrCheckColumn(db, object, field, existing);
    applyIndexes(db, object);
    if (isPerson(object)) composePersonName(db, object.name);
}

export function dropTable(db: Database, table: string): void {
    db.exec(`DROP TABLE ${quote(table)}`);
}

/** SQLite drops no column that an index still needs. */
export function dropColumn(db: Database, object: ObjectDef, field: FieldDef): void {
    for (const name of [quote(`${object.name}.${field.name}`), uniqueIndexName(object, field)])
        db.exec(`DROP INDEX IF EXISTS ${name}`);
    db.exec(`ALTER TABLE ${quote(object.name)} DROP COLUMN ${quote(field.name)}`);
}

/** Indexes carry the name of their table, so they are made anew when the object is applied. */
export function renameTable(db: Database, table: string, newName: string): void {
    const indexes = db
        .prepare(`SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`)
        .pluck()
        .all(table) as string[];
    for (const name of indexes) db.exec(`DROP INDEX ${quote(name)}`);
    db.exec(`ALTER TABLE ${quote(table)} RENAME TO ${quote(newName)}`);
}

/** SQLite storage class and collation of a field. */
export function columnType(field: FieldDef): string {
    switch (field.type) {
        case 'boolean':
        case 'int':
            return 'INTEGER';
        case 'double':
        case 'currency':
        case 'percent':
            return 'REAL';
        default:
            return field.caseSensitive ? 'TEXT' : 'TEXT COLLATE NOCASE';
    }
}

function createTable(db: Database, object: ObjectDef): void {
    const columns = storedFields(object).map((field) => columnDefinition(field));
    db.exec(`CREATE TABLE ${quote(object.name)} (${columns.join(', ')})`);
}

function columnDefinition(field: FieldDef): string {
    const key = field.name === 'Id' ? ' PRIMARY KEY' : '';
    const flag = field.type === 'boolean' ? ` NOT NULL DEFAULT ${field.defaultValue ? 1 : 0}` : '';
    return `${quote(field.name)} ${columnType(field)}${key}${flag}`;
}

function addOrCheckColumn(
    db: Database,
    object: ObjectDef,
    field: FieldDef,
    existing: Map<string, string>
): void {
    const stored = existing.get(field.name.toLowerCase());
    if (stored === undefined) {
        db.exec(`ALTER TABLE ${quote(object.name)} ADD COLUMN ${columnDefinition(field)}`);
        return;
    }
    const wanted = columnType(field).split(' ')[0];
    if (stored !== wanted) {
        throw new Error(
            `${object.name}.${field.name} is stored as ${stored}, and type ${field.type} needs ${wanted}. ` +
                'The local org does not convert stored values: give the field another name, or start a new org.'
        );
    }
}

function applyIndexes(db: Database, object: ObjectDef): void {
    index(db, object, 'modstamp', ['SystemModstamp', 'Id']);
    for (const field of storedFields(object)) {
        if (field.unique) uniqueIndex(db, object, field);
        else db.exec(`DROP INDEX IF EXISTS ${uniqueIndexName(object, field)}`);
        if (field.externalId || isLookup(field)) index(db, object, field.name, [field.name]);
    }
}

function isLookup(field: FieldDef): boolean {
    return field.type === 'reference' && field.name !== 'CreatedById' && field.name !== 'LastModifiedById';
}

function index(db: Database, object: ObjectDef, name: string, columns: string[]): void {
    const list = columns.map(quote).join(', ');
    db.exec(
        `CREATE INDEX IF NOT EXISTS ${quote(`${object.name}.${name}`)} ON ${quote(object.name)} (${list})`
    );
}

/** Deleted rows do not hold their key: it may be used again while they wait in the recycle bin. */
function uniqueIndex(db: Database, object: ObjectDef, field: FieldDef): void {
    try {
        db.exec(
            `CREATE UNIQUE INDEX IF NOT EXISTS ${uniqueIndexName(object, field)}
             ON ${quote(object.name)} (${quote(field.name)}) WHERE "IsDeleted" = 0`
        );
    } catch (error) {
        if ((error as { code?: string }).code !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
        throw new Error(
            `${object.name}.${field.name} cannot become unique: some records share a value. Change those records first.`
        );
    }
}

function uniqueIndexName(object: ObjectDef, field: FieldDef): string {
    return quote(`${object.name}.${field.name}.unique`);
}

function isPerson(object: ObjectDef): boolean {
    const names = new Set(object.fields.map((field) => field.name));
    return !object.custom && names.has('FirstName') && names.has('LastName') && names.has('Name');
}

/** Name of a person is first and last name; a trigger keeps it so for every writer. */
function composePersonName(db: Database, table: string): void {
    const compose = `UPDATE ${quote(table)} SET "Name" = trim(coalesce(NEW."FirstName", '') || ' ' || NEW."LastName")
                     WHERE rowid = NEW.rowid;`;
    db.exec(`CREATE TRIGGER IF NOT EXISTS ${quote(`${table}.name.insert`)} AFTER INSERT ON ${quote(table)}
             BEGIN ${compose} END`);
    db.exec(`CREATE TRIGGER IF NOT EXISTS ${quote(`${table}.name.update`)}
             AFTER UPDATE OF "FirstName", "LastName" ON ${quote(table)} BEGIN ${compose} END`);
}

function columnsOf(db: Database, table: string): Map<string, string> {
    const rows = db.prepare('SELECT name, type FROM pragma_table_info(?)').all(table) as {
        name: string;
        type: string;
    }[];
    return new Map(rows.map((row) => [row.name.toLowerCase(), row.type.split(' ')[0]]));
}

export function quote(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
}
