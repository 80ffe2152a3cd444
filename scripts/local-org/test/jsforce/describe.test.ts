// jsforce: what the org says of itself must be true: whatever describe names can be queried.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { startTestOrg, TEAM, type TestOrg } from '../support/test-org.ts';
import { refusal } from './support.ts';

let local: TestOrg;
let conn: Connection;
beforeAll(async () => {
    local = await startTestOrg();
    conn = local.admin;
});
afterAll(() => local.stop());

test('every field of every object can be selected, and every filterable one filtered by', async () => {
    const { sobjects } = await conn.describeGlobal();
    for (const { name } of sobjects.filter(({ queryable }) => queryable)) {
        const { fields } = await conn.describe(name);
        const filters = fields.filter(({ filterable }) => filterable).map((field) => `${field.name} != null`);
        const soql = `SELECT ${fields.map((field) => field.name).join(', ')} FROM ${name}`;
        await conn.query(`${soql} WHERE ${filters.slice(0, 100).join(' OR ')} LIMIT 1`);
    }
});

test('every sortable field sorts and every groupable one groups', async () => {
    for (const name of ['Account', 'Contact', 'Opportunity', 'Task', 'Rating__c']) {
        for (const field of (await conn.describe(name)).fields) {
            if (field.sortable) await conn.query(`SELECT Id FROM ${name} ORDER BY ${field.name} LIMIT 1`);
            if (field.groupable)
                await conn.query(`SELECT ${field.name} FROM ${name} GROUP BY ${field.name} LIMIT 1`);
        }
    }
});

test('every child relationship and every parent can be walked', async () => {
    const { childRelationships, fields } = await conn.describe('Account');
    for (const { relationshipName, childSObject } of childRelationships) {
        if (!relationshipName) continue;
        const child = await conn.describe(childSObject);
        const names = child.fields.map(({ name }) => name).join(', ');
        await conn.query(`SELECT Id, (SELECT ${names} FROM ${relationshipName}) FROM Account LIMIT 1`);
    }
    for (const { relationshipName } of fields)
        if (relationshipName) await conn.query(`SELECT ${relationshipName}.Id FROM Account LIMIT 1`);
});

test('what may be created is what describe says', async () => {
    const { fields } = await conn.describe('Account');
    const fixed = fields.find((field) => !field.createable && field.name === 'LastActivityDate')!;
    const refused = await refusal(conn.sobject('Account').create({ Name: 'A', [fixed.name]: '2026-01-01' }));
    expect(refused.name).toBe('INVALID_FIELD_FOR_INSERT_UPDATE');
    const required = fields.filter(
        (field) => field.createable && !field.nillable && !field.defaultedOnCreate
    );
    expect(required.map(({ name }) => name)).toEqual(['Name']);
});

test('a picklist lists its values and a formula is calculated', async () => {
    const { fields } = await conn.describe('Rating__c');
    const byName = new Map(fields.map((field) => [field.name, field]));
    expect(byName.get('Band__c')).toMatchObject({
        type: 'picklist',
        restrictedPicklist: true,
        picklistValues: [
            { value: 'Good', active: true, defaultValue: true },
            { value: 'Bad', active: true, defaultValue: false }
        ]
    });
    expect(byName.get('Double__c')).toMatchObject({ calculated: true, createable: false, updateable: false });
    expect(byName.get('Opportunity__c')).toMatchObject({
        type: 'reference',
        referenceTo: ['Opportunity'],
        relationshipName: 'Opportunity__r'
    });
});

test('parts of an address name the address they are part of', async () => {
    const { fields } = await conn.describe('Contact');
    const parts = fields.filter(({ compoundFieldName }) => compoundFieldName === 'MailingAddress');
    expect(parts.map(({ name }) => name).sort()).toEqual([
        'MailingCity',
        'MailingCountry',
        'MailingPostalCode',
        'MailingState',
        'MailingStreet'
    ]);
    expect(fields.find(({ name }) => name === 'MailingAddress')).toMatchObject({
        type: 'address',
        createable: false,
        sortable: false
    });
});

test('a describe is kept until it is asked for anew', async () => {
    const account = conn.sobject('Account');
    const first = await account.describe();
    expect(await account.describe$()).toBe(first);
    expect(account.describe$$()).toBe(first);
    expect(await account.describe()).not.toBe(first);
    const global = await conn.describeGlobal();
    expect(await conn.describeGlobal$()).toBe(global);
});

test('an object deployed a moment ago is there, with its field', async () => {
    const later = local.as('admin@local.org');
    const nameField = { type: 'Text', label: 'Name' };
    const labels = {
        label: 'Fresh',
        pluralLabel: 'Fresh',
        deploymentStatus: 'Deployed',
        sharingModel: 'Private'
    };
    await later.metadata.create('CustomObject', { fullName: 'Fresh__c', nameField, ...labels } as any);
    const { sobjects } = await later.describeGlobal();
    expect(sobjects.find(({ name }) => name === 'Fresh__c')).toMatchObject({ custom: true, label: 'Fresh' });
    expect((await later.describe('Fresh__c')).fields.map(({ name }) => name)).toContain('OwnerId');
});

test('what a user may not see is not described to him', async () => {
    const rep = local.as(TEAM.rep);
    const { sobjects } = await rep.describeGlobal();
    expect(sobjects.map(({ name }) => name)).not.toContain('Rating__c');
    expect((await refusal(rep.describe('Rating__c'))).name).toBe('NOT_FOUND');
});
