// The schema in the shape of Salesforce's describe calls, reduced to what the caller may see. Owns shapes only; fields
// of objects are describe-field.ts, permissions come from the caller's context.
import type { Database } from 'better-sqlite3';
import type { Permissions } from '../org.ts';
import { describeField } from './describe-field.ts';
import type { FieldDef, ObjectDef, Schema } from './types.ts';

type Described = Record<string, unknown>;

const MASTER_RECORD_TYPE = '012000000000000AAA';

export function describeGlobal(schema: Schema, permissions: Permissions, version: string): Described {
    const sobjects = schema
        .objects()
        .filter((object) => isDescribed(object) && permissions.objectAccess(object.name).read)
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((object) => describeSummary(permissions, object, version));
    return { encoding: 'UTF-8', maxBatchSize: 200, sobjects };
}

/** What has a describe: all that can be queried, if only as a child list. */
export function isDescribed(object: ObjectDef): boolean {
    return object.queryable || object.readFrom !== undefined;
}

/** One row of describe global, and the head of a full describe. */
export function describeSummary(permissions: Permissions, object: ObjectDef, version: string): Described {
    const access = permissions.objectAccess(object.name);
    const isRecord = !object.setupObject && !object.customMetadata;
    return {
        activateable: false,
        associateEntityType: null,
        associateParentEntity: null,
        createable: object.createable && access.create,
        custom: object.custom,
        customSetting: false,
        deepCloneable: false,
        deletable: object.deletable && access.delete,
        deprecatedAndHidden: false,
        feedEnabled: false,
        hasSubtypes: false,
        isInterface: false,
        isSubtype: false,
        keyPrefix: object.keyPrefix || null,
        label: object.label,
        labelPlural: object.labelPlural,
        layoutable: isRecord,
        mergeable: false,
        mruEnabled: isRecord,
        name: object.name,
        queryable: object.queryable,
        replicateable: isRecord,
        retrieveable: object.queryable,
        searchable: false,
        triggerable: isRecord,
        undeletable: object.deletable && access.delete,
        updateable: object.updateable && access.edit,
        urls: urlsOf(object, version)
    };
}

export function describeObject(
    { db, schema }: { db: Database; schema: Schema },
    permissions: Permissions,
    object: ObjectDef,
    version: string
): Described {
    return {
        actionOverrides: [],
        ...describeSummary(permissions, object, version),
        childRelationships: childRelationships(schema, permissions, object),
        compactLayoutable: false,
        defaultImplementation: null,
        extendedBy: null,
        extendsInterfaces: null,
        fields: visibleFields(permissions, object).map((field) => describeField(permissions, object, field)),
        implementedBy: null,
        implementsInterfaces: null,
        listviewable: null,
        lookupLayoutable: null,
        namedLayoutInfos: [],
        networkScopeFieldName: null,
        recordTypeInfos: recordTypeInfos(db, object, version),
        searchLayoutable: false,
        sobjectDescribeOption: 'FULL',
        supportedScopes: [
            { label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' },
            { label: `My ${object.labelPlural.toLowerCase()}`, name: 'mine' }
        ]
    };
}

function visibleFields(permissions: Permissions, object: ObjectDef): FieldDef[] {
    return object.fields.filter((field) => permissions.fieldAccess(object.name, field.name).read);
}

/** The history of an account holds what is about its contacts and deals, too: one list, though two fields lead to it. */
function isFirstOfItsName(field: FieldDef, index: number, all: FieldDef[]): boolean {
    const { childRelationshipName: name } = field;
    return name === null || all.findIndex((one) => one.childRelationshipName === name) === index;
}

function childRelationships(schema: Schema, permissions: Permissions, parent: ObjectDef): Described[] {
    return schema
        .objects()
        .filter((child) => isDescribed(child) && permissions.objectAccess(child.name).read)
        .flatMap((child) =>
            visibleFields(permissions, child)
                .filter((field) => field.referenceTo.includes(parent.name))
                .filter(isFirstOfItsName)
                .map((field) => ({
                    cascadeDelete: field.deleteConstraint === 'Cascade',
                    childSObject: child.name,
                    deprecatedAndHidden: false,
                    field: field.name,
                    junctionIdListNames: [],
                    junctionReferenceTo: [],
                    relationshipName: field.childRelationshipName,
                    restrictedDelete: field.deleteConstraint === 'Restrict'
                }))
        );
}

/** The record types of the object, and the master record type every object has. */
function recordTypeInfos(db: Database, object: ObjectDef, version: string): Described[] {
    const rows = db
        .prepare(
            `SELECT "Id" AS recordTypeId, "Name" AS name, "DeveloperName" AS developerName, "IsActive" AS active
             FROM "RecordType" WHERE "SobjectType" = ? AND "IsDeleted" = 0 ORDER BY "Name"`
        )
        .all(object.name) as { recordTypeId: string; name: string; developerName: string; active: number }[];
    const master = { recordTypeId: MASTER_RECORD_TYPE, name: 'Master', developerName: 'Master', active: 1 };
    return [...rows, master].map((row) => ({
        ...row,
        active: row.active === 1,
        available: row.active === 1,
        defaultRecordTypeMapping: row === master && rows.length === 0,
        master: row === master,
        urls: { layout: `${base(object, version)}/describe/layouts/${row.recordTypeId}` }
    }));
}

function urlsOf(object: ObjectDef, version: string): Described {
    const url = base(object, version);
    return {
        rowTemplate: `${url}/{ID}`,
        describe: `${url}/describe`,
        sobject: url
    };
}

function base(object: ObjectDef, version: string): string {
    return `/services/data/${version}/sobjects/${object.name}`;
}
