// A small org in memory for the tests of the query side: the standard objects plus the package's DealHealth__c,
// PipelineFlag__c and PipelineFlagRule__mdt, and an easy way to put rows in. Rows go straight into the tables.
import Database from 'better-sqlite3';
import { to18 } from '../../ids.ts';
import type { ObjectAccess, Permissions, UserContext } from '../../org.ts';
import { fieldDef, objectDef, ownerField, picklist, systemFields } from '../../schema/definitions.ts';
import type { Feature } from '../../schema/standard-objects.ts';
import { createSchemaStore } from '../../schema/store.ts';
import type { SchemaStore } from '../../schema/store.ts';
import { quote, storedFields } from '../../schema/tables.ts';
import type { FieldDef, FieldType, ObjectDef } from '../../schema/types.ts';

export type Row = Record<string, string | number | boolean | null>;

export interface MiniOrg {
    db: Database.Database;
    schema: SchemaStore;
    /** Inserts a row and returns its id; `Id` may be given, otherwise the next one is made. */
    add(objectName: string, row: Row): string;
    set(id: string, row: Row): void;
}

export function createMiniOrg(features?: Feature[]): MiniOrg {
    const db = new Database(':memory:');
    const schema = createSchemaStore(db, features ? { features } : {});
    for (const object of packageObjects()) schema.apply(object);
    let counter = 0;
    const objectOf = (id: string): ObjectDef => schema.objectByKeyPrefix(id) as ObjectDef;
    return {
        db,
        schema,
        add(objectName, row) {
            const object = schema.object(objectName);
            if (!object) throw new Error(`The mini org has no object "${objectName}".`);
            counter += 1;
            const made = to18(`${object.keyPrefix}000000${String(counter).padStart(6, '0')}`);
            const stamps = { CreatedDate: STAMP, LastModifiedDate: STAMP, SystemModstamp: STAMP };
            const full: Row = { Id: made, IsDeleted: false, ...stamps, ...row };
            insert(db, object, full);
            return full.Id as string;
        },
        set(id, row) {
            const names = Object.keys(row);
            const sql = names.map((name) => `${quote(name)} = ?`).join(', ');
            const values = names.map((name) => toStored(row[name]));
            db.prepare(`UPDATE ${quote(objectOf(id).name)} SET ${sql} WHERE "Id" = ?`).run(...values, id);
        }
    };
}

const STAMP = '2026-01-02T03:04:05.000Z';

function insert(db: Database.Database, object: ObjectDef, row: Row): void {
    const known = new Set(storedFields(object).map((field) => field.name));
    const names = Object.keys(row).filter((name) => known.has(name));
    const unknown = Object.keys(row).find((name) => !known.has(name) && name !== 'IsDeleted');
    if (unknown) throw new Error(`${object.name} has no stored field "${unknown}".`);
    const marks = names.map(() => '?').join(', ');
    db.prepare(`INSERT INTO ${quote(object.name)} (${names.map(quote).join(', ')}) VALUES (${marks})`).run(
        ...names.map((name) => toStored(row[name]))
    );
}

function toStored(value: Row[string]): string | number | null {
    return typeof value === 'boolean' ? Number(value) : value;
}

/** A field of the package, open to permissions. */
export function customField(name: string, type: FieldType, given: Partial<FieldDef> = {}): FieldDef {
    return fieldDef(name, type, { custom: true, permissionable: true, ...given });
}

export function formulaField(
    name: string,
    type: FieldType,
    formula: string,
    given: Partial<FieldDef> = {}
): FieldDef {
    const readOnly = { createable: false, updateable: false, formulaTreatBlanksAs: 'BlankAsBlank' as const };
    return customField(name, type, { formula, ...readOnly, ...given });
}

export function lookup(name: string, to: string, relation: string, children: string | null): FieldDef {
    return customField(name, 'reference', {
        referenceTo: [to],
        relationshipName: relation,
        childRelationshipName: children
    });
}

export const BUSINESS_DAYS = `(5 * FLOOR((TODAY() - DATE(1900,1,8)) / 7) + MIN(5, MOD(TODAY() - DATE(1900,1,8), 7)))
    - (5 * FLOOR((ObservedSince__c - DATE(1900,1,8)) / 7) + MIN(5, MOD(ObservedSince__c - DATE(1900,1,8), 7)))`;

function packageObjects(): ObjectDef[] {
    const own = { custom: true, sharingModel: 'Private' as const };
    const name = (): FieldDef => fieldDef('Name', 'string', { length: 80, nameField: true });
    const dealHealth = objectDef('DealHealth__c', {
        ...own,
        keyPrefix: 'a00',
        fields: [
            ...systemFields(),
            ownerField(),
            name(),
            customField('ExternalKey__c', 'string', { length: 18, unique: true, externalId: true }),
            lookup('Opportunity__c', 'Opportunity', 'Opportunity__r', 'DealHealths__r'),
            customField('Band__c', 'picklist', {
                picklistValues: picklist(['Healthy', 'Watch', 'AtRisk', 'Stalled'])
            }),
            customField('PriorityPoints__c', 'double', { precision: 4, scale: 0 }),
            customField('DataAsOf__c', 'datetime'),
            customField('Notes__c', 'textarea', { length: 32768 }),
            formulaField('DaysToClose__c', 'double', 'Opportunity__r.CloseDate - TODAY()', { scale: 0 }),
            formulaField('IsStale__c', 'boolean', 'NOW() - DataAsOf__c > 26 / 24')
        ]
    });
    const flag = objectDef('PipelineFlag__c', {
        ...own,
        keyPrefix: 'a01',
        fields: [
            ...systemFields(),
            ownerField(),
            name(),
            lookup('DealHealth__c', 'DealHealth__c', 'DealHealth__r', 'Flags__r'),
            customField('RuleKey__c', 'string', { length: 10 }),
            customField('Channels__c', 'multipicklist'),
            customField('ObservedSince__c', 'date'),
            customField('ObservedValue__c', 'double', { scale: 2 }),
            formulaField('ObservedDays__c', 'double', 'TODAY() - ObservedSince__c', { scale: 0 }),
            formulaField('ObservedBusinessDays__c', 'double', BUSINESS_DAYS, { scale: 0 })
        ]
    });
    const rule = objectDef('PipelineFlagRule__mdt', {
        custom: true,
        customMetadata: true,
        keyPrefix: 'm00',
        fields: [...systemFields(), fieldDef('DeveloperName', 'string'), customField('RuleKey__c', 'string')]
    });
    return [dealHealth, flag, rule];
}

/** What a user may do, in a few words; everything not named is forbidden. */
export interface Grants {
    viewAllData?: boolean;
    modifyAllData?: boolean;
    /** Objects with read and edit; `viewAll` and `modifyAll` by name. */
    objects?: Record<string, Partial<ObjectAccess>>;
    /** Fields the user cannot read: `Opportunity.Amount`. */
    hiddenFields?: string[];
}

const NOTHING: ObjectAccess = {
    read: false,
    create: false,
    edit: false,
    delete: false,
    viewAll: false,
    modifyAll: false
};
export const READ: Partial<ObjectAccess> = { read: true };
export const EDIT: Partial<ObjectAccess> = { read: true, create: true, edit: true, delete: true };

export function permissions(grants: Grants): Permissions {
    const objects = new Map(
        Object.entries(grants.objects ?? {}).map(([name, access]) => [name.toLowerCase(), access])
    );
    const hidden = new Set((grants.hiddenFields ?? []).map((name) => name.toLowerCase()));
    return {
        viewAllData: grants.viewAllData ?? false,
        modifyAllData: grants.modifyAllData ?? false,
        customizeApplication: false,
        viewSetup: false,
        objectAccess: (name) => ({ ...NOTHING, ...objects.get(name.toLowerCase()) }),
        fieldAccess: (object, field) => {
            const read = !hidden.has(`${object}.${field}`.toLowerCase());
            return { read, edit: read };
        },
        apexClass: () => false,
        tab: () => false,
        app: () => false,
        customPermission: () => false,
        externalCredentialPrincipal: () => false
    };
}

export function user(userId: string, grants: Grants, subordinateIds: string[] = []): UserContext {
    return {
        userId,
        username: `${userId}@example.com`,
        name: userId,
        profileName: 'Standard User',
        roleId: null,
        isActive: true,
        timeZone: 'Europe/London',
        subordinateIds: new Set(subordinateIds),
        permissions: permissions(grants)
    };
}
