// The org's schema: standard objects plus what was deployed. Owns persistence (a restart has the same schema) and
// lookups by name; tables.ts owns the DDL, metadata/ owns how definitions come out of a deploy.
import type { Database } from 'better-sqlite3';
import { createActivityViews } from './activity-views.ts';
import { fieldDef } from './definitions.ts';
import { getSetting, setSetting } from './settings.ts';
import { FEATURES, picklistsFromRows, standardObjects } from './standard-objects.ts';
import type { Feature, ValueSource } from './standard-objects.ts';
import { applyTable, dropColumn, dropTable, quote, renameTable } from './tables.ts';
import type { FieldDef, ObjectDef, PicklistValue, Schema } from './types.ts';

export interface SchemaOptions {
    /** Optional platform features of this org, fixed when its database is created. */
    features?: Feature[];
}

export interface SchemaStore extends Schema {
    features: ReadonlySet<Feature>;
    /** Creates or replaces one object: definition and table. Inside a transaction of the caller. */
    apply(definition: ObjectDef): void;
    /** Forgets a custom object, its table and its rows. Inside a transaction of the caller. */
    removeObject(name: string): void;
    /** Forgets a custom field and its values. Inside a transaction of the caller. */
    removeField(objectName: string, fieldName: string): void;
    /** A custom object under another name, with its rows. Inside a transaction of the caller. */
    renameObject(name: string, newName: string): void;
    /** Counts a finished deploy. */
    bumpVersion(): void;
    /** Reads all back from the database, after a rolled back transaction. */
    reload(): void;
    /** Key prefix for the next custom object, e.g. `a00`. */
    nextKeyPrefix(customMetadata: boolean): string;
}

interface Index {
    objects: Map<string, ObjectDef>;
    fields: Map<string, Map<string, FieldDef>>;
    prefixes: Map<string, ObjectDef>;
}

export function createSchemaStore(db: Database, options: SchemaOptions = {}): SchemaStore {
    createOwnTables(db);
    const features = persistedFeatures(db, options.features);
    let index = readIndex(db, features);
    for (const object of index.objects.values()) if (object.queryable) applyTable(db, object);
    createActivityViews(db, index.objects);

    const store: SchemaStore = {
        features,
        version: readVersion(db),
        objects: () => [...index.objects.values()],
        object: (name) => index.objects.get(name.toLowerCase()),
        field: (objectName, fieldName) =>
            index.fields.get(objectName.toLowerCase())?.get(fieldName.toLowerCase()),
        parentField(objectName, relationship) {
            const wanted = relationship.toLowerCase();
            return store
                .object(objectName)
                ?.fields.find((field) => field.relationshipName?.toLowerCase() === wanted);
        },
        childRelationship: (parentName, relationship) => findChild(index, parentName, relationship),
        objectByKeyPrefix: (prefix) => index.prefixes.get(prefix.slice(0, 3)),
        apply(given) {
            const definition = features.has('multiCurrency') ? withCurrency(given) : given;
            if (definition.queryable) applyTable(db, definition);
            db.prepare(
                `INSERT INTO local_org_object (name, definition) VALUES (?, ?)
                 ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`
            ).run(definition.name, JSON.stringify(definition));
            index = readIndex(db, features);
        },
        removeObject(name) {
            const object = customObject(store, name);
            if (object.queryable) dropTable(db, object.name);
            db.prepare('DELETE FROM local_org_object WHERE name = ?').run(object.name);
            index = readIndex(db, features);
        },
        removeField(objectName, fieldName) {
            const object = store.object(objectName);
            const field = store.field(objectName, fieldName);
            if (!object || !field?.custom) throw new Error(`${objectName} has no custom field ${fieldName}.`);
            if (field.formula === null) dropColumn(db, object, field);
            store.apply({ ...object, fields: object.fields.filter((one) => one.name !== field.name) });
        },
        renameObject(name, newName) {
            const object = customObject(store, name);
            renameTable(db, object.name, newName);
            db.prepare('DELETE FROM local_org_object WHERE name = ?').run(object.name);
            store.apply({ ...object, name: newName, fields: object.fields.map(pointingTo(name, newName)) });
        },
        bumpVersion() {
            store.version += 1;
            setSetting(db, 'schemaVersion', String(store.version));
        },
        reload() {
            index = readIndex(db, features);
            store.version = readVersion(db);
        },
        nextKeyPrefix: (customMetadata) => nextKeyPrefix(index, customMetadata)
    };
    return store;
}

function customObject(store: SchemaStore, name: string): ObjectDef {
    const object = store.object(name);
    if (!object?.custom) throw new Error(`${name} is no custom object.`);
    return object;
}

/** A lookup of the renamed object to itself follows it. */
function pointingTo(name: string, newName: string): (field: FieldDef) => FieldDef {
    return (field) => ({
        ...field,
        referenceTo: field.referenceTo.map((target) => (target === name ? newName : target))
    });
}

function createOwnTables(db: Database): void {
    db.exec(`CREATE TABLE IF NOT EXISTS local_org_object
             (name TEXT PRIMARY KEY COLLATE NOCASE, definition TEXT NOT NULL)`);
}

function persistedFeatures(db: Database, asked: Feature[] | undefined): ReadonlySet<Feature> {
    const stored = getSetting(db, 'features');
    const features: Feature[] = stored ? JSON.parse(stored) : (asked ?? defaultFeatures());
    const unknown = features.filter((feature) => !FEATURES.includes(feature));
    if (unknown.length)
        throw new Error(`Unknown org feature "${unknown[0]}". Known: ${FEATURES.join(', ')}.`);
    if (!stored) setSetting(db, 'features', JSON.stringify(features));
    return new Set(features);
}

function defaultFeatures(): Feature[] {
    return ['opportunitySplits', 'opportunityTeams'];
}

/** Standard objects always come from the JSON files; the database adds their custom fields and the custom objects. */
function readIndex(db: Database, features: ReadonlySet<Feature>): Index {
    const objects = new Map(standardObjects(features).map((object) => [object.name.toLowerCase(), object]));
    const rows = db
        .prepare('SELECT definition FROM local_org_object ORDER BY rowid')
        .pluck()
        .all() as string[];
    for (const row of rows) {
        const deployed: ObjectDef = JSON.parse(row);
        const standard = objects.get(deployed.name.toLowerCase());
        objects.set(deployed.name.toLowerCase(), standard ? withCustomParts(standard, deployed) : deployed);
    }
    for (const object of objects.values()) addActivityParents(objects, object);
    for (const dynamic of picklistsFromRows()) readValuesFromRows(db, objects, dynamic);
    return {
        objects,
        fields: new Map([...objects].map(([name, object]) => [name, byName(object.fields)])),
        prefixes: new Map([...objects.values()].map((object) => [object.keyPrefix, object]))
    };
}

/** In an org with several currencies every record has one. */
function withCurrency(object: ObjectDef): ObjectDef {
    const has = object.fields.some((field) => field.name === 'CurrencyIsoCode');
    if (!object.custom || object.customMetadata || has) return object;
    const field = fieldDef('CurrencyIsoCode', 'picklist', { length: 3, label: 'Currency ISO Code' });
    return { ...object, fields: [...object.fields, field] };
}

function withCustomParts(standard: ObjectDef, deployed: ObjectDef): ObjectDef {
    return {
        ...standard,
        fields: [...standard.fields, ...deployed.fields.filter((field) => field.custom)],
        validationRules: deployed.validationRules,
        ...(deployed.history ? { history: deployed.history } : {})
    };
}

/** Tasks and events can be about any custom object deployed with activities enabled. */
function addActivityParents(objects: Map<string, ObjectDef>, object: ObjectDef): void {
    if (!object.custom || !object.activities) return;
    for (const activity of ['task', 'event', 'activityhistory', 'openactivity']) {
        const what = objects.get(activity)?.fields.find((field) => field.name === 'WhatId');
        if (what && !what.referenceTo.includes(object.name)) what.referenceTo.push(object.name);
    }
}

const VALUE_COLUMNS: Record<ValueSource, { value: string; label: string; order: string }> = {
    OpportunityStage: { value: 'ApiName', label: 'MasterLabel', order: 'SortOrder' },
    CurrencyType: { value: 'IsoCode', label: 'IsoCode', order: 'IsoCode' }
};

function readValuesFromRows(
    db: Database,
    objects: Map<string, ObjectDef>,
    dynamic: { object: string; field: string; source: ValueSource }
): void {
    const field = objects.get(dynamic.object.toLowerCase())?.fields.find((one) => one.name === dynamic.field);
    if (!field) return;
    const { value, label, order } = VALUE_COLUMNS[dynamic.source];
    const sql = `SELECT ${quote(value)} AS value, ${quote(label)} AS label, "IsActive" AS active
                 FROM ${quote(dynamic.source)} WHERE "IsDeleted" = 0 ORDER BY ${quote(order)}`;
    Object.defineProperty(field, 'picklistValues', {
        enumerable: true,
        get: (): PicklistValue[] =>
            (db.prepare(sql).all() as { value: string; label: string; active: number }[]).map((row) => ({
                value: row.value,
                label: row.label,
                active: row.active === 1,
                defaultValue: false
            }))
    });
}

function findChild(
    index: Index,
    parentName: string,
    relationship: string
): { child: ObjectDef; field: FieldDef } | undefined {
    const parent = index.objects.get(parentName.toLowerCase());
    const wanted = relationship.toLowerCase();
    if (!parent) return undefined;
    for (const child of index.objects.values()) {
        const field = child.fields.find(
            (one) =>
                one.childRelationshipName?.toLowerCase() === wanted && one.referenceTo.includes(parent.name)
        );
        if (field) return { child, field };
    }
    return undefined;
}

function byName(fields: FieldDef[]): Map<string, FieldDef> {
    return new Map(fields.map((field) => [field.name.toLowerCase(), field]));
}

function nextKeyPrefix(index: Index, customMetadata: boolean): string {
    const letter = customMetadata ? 'm' : 'a';
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    for (const high of digits) {
        for (const low of digits) if (!index.prefixes.has(letter + high + low)) return letter + high + low;
    }
    throw new Error('No key prefix is left: this org already has 3844 custom objects.');
}

function readVersion(db: Database): number {
    return Number(getSetting(db, 'schemaVersion') ?? 1);
}
