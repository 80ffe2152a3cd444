import { beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { createIds, isRecordId, to18 } from '../ids.ts';
import { fieldDef, objectDef, systemFields } from '../schema/definitions.ts';
import { createSchemaStore } from '../schema/store.ts';
import type { FieldDef } from '../schema/types.ts';

let db: Database.Database;

beforeEach(() => {
    db = new Database(':memory:');
});

const thing = (...fields: FieldDef[]) =>
    objectDef('Thing__c', { keyPrefix: 'a00', custom: true, fields: [...systemFields(), ...fields] });

describe('record ids', () => {
    test('carry the checksum Salesforce computes', () => {
        expect(to18('001A0000006Vm9u')).toBe('001A0000006Vm9uIAC');
        expect(isRecordId('001A0000006Vm9uIAC')).toBe(true);
        expect(isRecordId('001A0000006Vm9uIAD')).toBe(false);
        expect(() => to18('short')).toThrow('"short" is no record id');
    });

    test('go on counting after a restart and give back what a rolled back transaction took', () => {
        const first = createIds(db).newId('006');
        const rolledBack: string[] = [];
        try {
            db.transaction(() => {
                rolledBack.push(createIds(db).newId('006'));
                throw new Error('undo');
            })();
        } catch {
            // the transaction is meant to fail
        }
        const next = createIds(db).newId('006');
        expect(first).toMatch(/^006.{15}$/);
        expect(next).not.toBe(first);
        expect(next).toBe(rolledBack[0]);
    });

    test('are different when only the case of the counter differs', () => {
        const ids = createIds(db);
        const made = Array.from({ length: 4000 }, () => ids.newId('00T').toLowerCase());
        expect(new Set(made).size).toBe(4000);
    });
});

describe('standard objects', () => {
    test('have the names real queries use', () => {
        const schema = createSchemaStore(db);
        const childOf = (parent: string, name: string) => schema.childRelationship(parent, name)?.child.name;
        expect(childOf('Opportunity', 'OpportunityHistories')).toBe('OpportunityHistory');
        expect(childOf('opportunity', 'tasks')).toBe('Task');
        expect(childOf('Account', 'Opportunities')).toBe('Opportunity');
        expect(childOf('Contact', 'OpportunityContactRoles')).toBe('OpportunityContactRole');
        expect(schema.parentField('Opportunity', 'Owner')?.name).toBe('OwnerId');
        expect(schema.parentField('User', 'Manager')?.referenceTo).toEqual(['User']);
        expect(schema.objectByKeyPrefix('00T8d0000000001AAA')?.name).toBe('Task');
    });

    test('are private or follow their parent as in a sales org', () => {
        const schema = createSchemaStore(db);
        const sharingOf = (name: string) => schema.object(name)?.sharingModel;
        expect(sharingOf('Opportunity')).toBe('Private');
        expect(sharingOf('Account')).toBe('Read');
        expect(schema.object('Task')).toMatchObject({
            sharingModel: 'ControlledByParent',
            sharingParents: ['WhatId']
        });
    });

    test('every reference names an object of the org, and every key prefix is used once', () => {
        const schema = createSchemaStore(db, {
            features: ['multiCurrency', 'personAccounts', 'opportunitySplits', 'opportunityTeams']
        });
        const targets = schema
            .objects()
            .flatMap((object) => object.fields.flatMap((field) => field.referenceTo));
        expect(targets.filter((name) => !schema.object(name))).toEqual([]);
        const withRows = schema.objects().filter(({ readFrom }) => !readFrom);
        const prefixes = withRows.map(({ keyPrefix }) => keyPrefix);
        expect(new Set(prefixes).size).toBe(prefixes.length);
    });

    test('of a feature that is off do not exist, and the choice stays with the database', () => {
        const plain = createSchemaStore(db, { features: [] });
        expect(plain.object('OpportunitySplit')).toBeUndefined();
        expect(plain.field('Opportunity', 'CurrencyIsoCode')).toBeUndefined();
        expect(
            createSchemaStore(db, { features: ['opportunitySplits'] }).object('OpportunitySplit')
        ).toBeUndefined();
        const rich = createSchemaStore(new Database(':memory:'), {
            features: ['multiCurrency', 'personAccounts']
        });
        expect(rich.field('Opportunity', 'CurrencyIsoCode')).toBeDefined();
        expect(rich.field('Account', 'IsPersonAccount')).toBeDefined();
        expect(rich.object('CurrencyType')).toBeDefined();
    });

    test('name people after their parts, whoever writes the row', () => {
        createSchemaStore(db);
        db.exec(
            `INSERT INTO "Contact" ("Id", "FirstName", "LastName") VALUES ('c1', 'Zoë', 'O''Brien'), ('c2', NULL, 'Solo')`
        );
        db.exec(`UPDATE "Contact" SET "LastName" = 'Nguyễn' WHERE "Id" = 'c1'`);
        expect(db.prepare('SELECT "Name" FROM "Contact" ORDER BY "Id"').pluck().all()).toEqual([
            'Zoë Nguyễn',
            'Solo'
        ]);
    });
});

describe('tables', () => {
    test('text is compared without case, unless the field is case sensitive; ids always with it', () => {
        const schema = createSchemaStore(db);
        schema.apply(
            thing(fieldDef('Any__c', 'string'), fieldDef('Exact__c', 'string', { caseSensitive: true }))
        );
        db.exec(`INSERT INTO "Thing__c" ("Id", "Any__c", "Exact__c") VALUES ('a00X', 'Ab', 'Ab')`);
        const count = (where: string) =>
            db.prepare(`SELECT count(*) FROM "Thing__c" WHERE ${where}`).pluck().get();
        expect(count(`"Any__c" = 'aB'`)).toBe(1);
        expect(count(`"Exact__c" = 'aB'`)).toBe(0);
        expect(count(`"Id" = 'A00x'`)).toBe(0);
    });

    test('a unique key cannot be used twice, without regard to case, but is free again after a delete', () => {
        const schema = createSchemaStore(db);
        schema.apply(thing(fieldDef('Key__c', 'string', { unique: true, externalId: true })));
        const insert = db.prepare('INSERT INTO "Thing__c" ("Id", "Key__c") VALUES (?, ?)');
        insert.run('1', 'abc');
        expect(() => insert.run('2', 'ABC')).toThrow('UNIQUE');
        db.exec(`UPDATE "Thing__c" SET "IsDeleted" = 1 WHERE "Id" = '1'`);
        expect(insert.run('2', 'ABC').changes).toBe(1);
    });

    test('formula fields have no column', () => {
        const schema = createSchemaStore(db);
        schema.apply(thing(fieldDef('Twice__c', 'double', { formula: '1 + 1' })));
        expect(() => db.prepare('SELECT Twice__c FROM "Thing__c"')).toThrow('no such column');
    });

    test('a field may grow or change its rules, but not change how it is stored', () => {
        const schema = createSchemaStore(db);
        schema.apply(thing(fieldDef('Value__c', 'string', { length: 10, unique: true })));
        schema.apply(thing(fieldDef('Value__c', 'picklist', { length: 255 })));
        db.exec(`INSERT INTO "Thing__c" ("Id", "Value__c") VALUES ('1', 'x'), ('2', 'x')`);
        expect(() => schema.apply(thing(fieldDef('Value__c', 'double')))).toThrow(
            'Thing__c.Value__c is stored as TEXT, and type double needs REAL'
        );
        schema.reload();
        expect(schema.field('Thing__c', 'Value__c')?.type).toBe('picklist');
    });
});
