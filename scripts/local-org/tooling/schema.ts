// The schema the Tooling API shows: its own objects and those it shares with the data APIs. Owns which are shared.
import type { Database } from 'better-sqlite3';
import { applyTable } from '../schema/tables.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { TOOLING_OBJECTS } from './objects.ts';

/** In both APIs, over the same rows. */
const SHARED = ['ApexClass', 'User', 'Organization'];

/** Makes the tables of the objects that are the Tooling API's own. */
export function createToolingSchema(db: Database, shared: Schema): Schema {
    for (const object of TOOLING_OBJECTS) applyTable(db, object);
    const own = new Map(TOOLING_OBJECTS.map((object) => [object.name.toLowerCase(), object]));
    const isShared = (name: string): boolean =>
        SHARED.some((one) => one.toLowerCase() === name.toLowerCase());
    const object = (name: string): ObjectDef | undefined =>
        own.get(name.toLowerCase()) ?? (isShared(name) ? withoutFormulas(shared.object(name)) : undefined);
    const objects = (): ObjectDef[] =>
        [...TOOLING_OBJECTS, ...SHARED.map((name) => object(name))].filter((one) => one !== undefined);
    const findField = (objectName: string, fits: (field: FieldDef) => boolean): FieldDef | undefined =>
        object(objectName)?.fields.find(fits);
    return {
        objects,
        object,
        field: (objectName, name) => findField(objectName, (field) => isSame(field.name, name)),
        parentField: (objectName, name) =>
            findField(objectName, (field) => isSame(field.relationshipName ?? '', name)),
        childRelationship: () => undefined,
        objectByKeyPrefix: (prefix) => objects().find(({ keyPrefix }) => keyPrefix === prefix.slice(0, 3)),
        get version() {
            return shared.version;
        }
    };
}

/** Formulas are computed by the org's own queries only. */
function withoutFormulas(object: ObjectDef | undefined): ObjectDef | undefined {
    return object && { ...object, fields: object.fields.filter(({ formula }) => formula === null) };
}

function isSame(left: string, right: string): boolean {
    return left.toLowerCase() === right.toLowerCase();
}
