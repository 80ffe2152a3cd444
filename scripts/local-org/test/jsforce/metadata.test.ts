// jsforce: the Metadata API for single components, lists and packages.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { Connection } from 'jsforce';
import { apexClass, deployZip, metadata } from '../support/deploy-zip.ts';
import { startTestOrg, TEAM, type TestOrg } from '../support/test-org.ts';
import { refusal } from './support.ts';

let local: TestOrg;
let conn: Connection;
beforeAll(async () => {
    local = await startTestOrg();
    conn = local.admin;
    conn.metadata.pollInterval = 20;
});
afterAll(() => local.stop());

type Results = { fullName: string; success: boolean; created?: boolean; errors: any[] }[];

const objectOf = (fullName: string, more: object = {}): any => ({
    fullName,
    label: fullName.replace('__c', ''),
    pluralLabel: `${fullName.replace('__c', '')}s`,
    nameField: { type: 'Text', label: 'Name' },
    deploymentStatus: 'Deployed',
    sharingModel: 'ReadWrite',
    ...more
});
const text = (fullName: string, more: object = {}): any => ({
    fullName,
    label: 'Text',
    type: 'Text',
    length: 40,
    ...more
});
const create = async (type: string, components: object[]): Promise<Results> =>
    (await conn.metadata.create(type as 'CustomObject', components as any)) as any;
const statusCodes = (results: Results): string[] =>
    results.map(({ success, errors }) => (success ? 'ok' : [errors].flat()[0].statusCode));

describe('a custom object', () => {
    test('is created, and records of it can be saved at once', async () => {
        const fields = [{ fullName: 'Size__c', label: 'Size', type: 'Number', precision: 6, scale: 2 }];
        expect(await create('CustomObject', [objectOf('Crate__c', { fields })])).toMatchObject([
            { fullName: 'Crate__c', success: true }
        ]);
        const { id } = await conn.sobject('Crate__c').create({ Name: 'First', Size__c: 2.5 });
        expect(await conn.sobject('Crate__c').retrieve(id!)).toMatchObject({ Name: 'First', Size__c: 2.5 });
    });

    test('is read as it was made, and null is read where there is none', async () => {
        await create('CustomObject', [objectOf('Barrel__c', { description: 'Holds <wine> & more' })]);
        const [barrel, nothing] = (await conn.metadata.read('CustomObject', [
            'Barrel__c',
            'Nothing__c'
        ])) as any[];
        expect(barrel).toMatchObject({
            fullName: 'Barrel__c',
            label: 'Barrel',
            description: 'Holds <wine> & more',
            nameField: { type: 'Text', label: 'Name' },
            sharingModel: 'ReadWrite'
        });
        expect(nothing.fullName ?? null).toBeNull();
    });

    test('is changed by what was read and changed', async () => {
        await create('CustomObject', [objectOf('Flask__c')]);
        const [flask] = (await conn.metadata.read('CustomObject', ['Flask__c'])) as any[];
        const results = await conn.metadata.update('CustomObject', [{ ...flask, label: 'Bottle' }]);
        expect(results).toMatchObject([{ success: true, fullName: 'Flask__c' }]);
        expect((await conn.describe('Flask__c')).label).toBe('Bottle');
    });

    test('is made or changed by an upsert, which says which', async () => {
        await create('CustomObject', [objectOf('Mug__c')]);
        const results = (await conn.metadata.upsert('CustomObject', [
            objectOf('Mug__c', { label: 'Cup' }),
            objectOf('Jug__c')
        ])) as Results;
        expect(results).toMatchObject([
            { fullName: 'Mug__c', success: true, created: false },
            { fullName: 'Jug__c', success: true, created: true }
        ]);
    });

    test('keeps its rows, fields and ids when it is renamed', async () => {
        await create('CustomObject', [
            objectOf('Keg__c', { fields: [text('Code__c', { externalId: true })] })
        ]);
        const { id } = await conn.sobject('Keg__c').create({ Name: 'Kept', Code__c: 'k-1' });
        const result = await conn.metadata.rename('CustomObject', 'Keg__c', 'Cask__c');
        expect(result).toMatchObject({ success: true, fullName: 'Keg__c' });
        expect(await conn.sobject('Cask__c').find({ Code__c: 'k-1' })).toMatchObject([
            { Id: id, Name: 'Kept' }
        ]);
        expect(
            await conn.sobject('Cask__c').upsert({ Code__c: 'k-1', Name: 'Same' }, 'Code__c')
        ).toMatchObject({ id });
        expect((await refusal(conn.query('SELECT Id FROM Keg__c').execute())).name).toBe('INVALID_TYPE');
        const listed = await conn.metadata.list([{ type: 'CustomObject' }, { type: 'CustomField' }]);
        expect(listed.map(({ fullName }) => fullName)).toEqual(
            expect.arrayContaining(['Cask__c', 'Cask__c.Code__c'])
        );
        expect(listed.map(({ fullName }) => fullName)).not.toContain('Keg__c.Code__c');
    });

    test('goes with its rows, and another may take its name', async () => {
        const field = text('Old__c');
        await create('CustomObject', [objectOf('Vat__c', { fields: [field] })]);
        await conn.sobject('Vat__c').create({ Name: 'Gone' });
        expect(await conn.metadata.delete('CustomObject', ['Vat__c'])).toMatchObject([{ success: true }]);
        expect((await conn.describeGlobal()).sobjects.map(({ name }) => name)).not.toContain('Vat__c');
        await create('CustomObject', [objectOf('Vat__c')]);
        expect(await conn.sobject('Vat__c').count()).toBe(0);
        expect((await conn.describe('Vat__c')).fields.map(({ name }) => name)).not.toContain('Old__c');
    });
});

describe('a field', () => {
    test('is added to a standard object, filled, and taken away with its values', async () => {
        expect(await create('CustomField', [text('Account.Nick__c', { unique: true })])).toMatchObject([
            { success: true, fullName: 'Account.Nick__c' }
        ]);
        const { id } = await conn.sobject('Account').create({ Name: 'Nicked', Nick__c: 'N' });
        expect(await conn.metadata.read('CustomField', 'Account.Nick__c')).toMatchObject({
            fullName: 'Account.Nick__c',
            type: 'Text'
        });
        expect(await conn.metadata.delete('CustomField', ['Account.Nick__c'])).toMatchObject([
            { success: true }
        ]);
        expect(await conn.sobject('Account').retrieve(id!)).not.toHaveProperty('Nick__c');
        await create('CustomField', [
            { fullName: 'Account.Nick__c', label: 'N', type: 'Number', precision: 3, scale: 0 }
        ]);
        expect(await conn.sobject('Account').retrieve(id!)).toMatchObject({ Nick__c: null });
    });

    test('of a wrong kind is refused with the reason, and the good one beside it is saved', async () => {
        const results = await create('CustomField', [
            text('Contact.Long__c', { length: 4000 }),
            text('Contact.Good__c'),
            {
                fullName: 'Contact.Look__c',
                label: 'L',
                type: 'Lookup',
                referenceTo: 'Nowhere__c',
                relationshipName: 'Looks'
            }
        ]);
        expect(statusCodes(results)).toEqual([
            'FIELD_INTEGRITY_EXCEPTION',
            'ok',
            'INVALID_CROSS_REFERENCE_KEY'
        ]);
        const { fields } = await conn.describe('Contact');
        expect(fields.filter(({ custom }) => custom).map(({ name }) => name)).toEqual(['Good__c']);
    });

    test('stays while a formula, a rule or code needs it', async () => {
        const fields = [
            text('Base__c'),
            { fullName: 'Shout__c', label: 'S', type: 'Text', formula: 'UPPER(Base__c)' },
            text('Ruled__c'),
            text('Coded__c'),
            text('Free__c')
        ];
        const validationRules = [
            {
                fullName: 'Rule',
                active: true,
                errorConditionFormula: 'ISBLANK(Ruled__c)',
                errorMessage: 'Fill it'
            }
        ];
        await create('CustomObject', [objectOf('Tank__c', { fields, validationRules })]);
        const source = 'public class TankCode { String f(Tank__c t) { return t.Coded__c; } }';
        const zip = deployZip({ ApexClass: ['TankCode'] }, apexClass('TankCode', source));
        expect(await conn.metadata.deploy(zip, {}).complete()).toMatchObject({ success: true });
        const names = ['Base__c', 'Ruled__c', 'Coded__c', 'Free__c'].map((name) => `Tank__c.${name}`);
        const results = (await conn.metadata.delete('CustomField', names)) as Results;
        expect(statusCodes(results)).toEqual([
            'DEPENDENCY_EXISTS',
            'DEPENDENCY_EXISTS',
            'DEPENDENCY_EXISTS',
            'ok'
        ]);
        expect([results[2]!.errors].flat()[0].message).toContain('ApexClass TankCode');
        expect(statusCodes((await conn.metadata.delete('CustomObject', ['Tank__c'])) as Results)).toEqual([
            'DEPENDENCY_EXISTS'
        ]);
    });
});

describe('what cannot be done', () => {
    test('says why, component by component', async () => {
        await create('CustomObject', [objectOf('Twice__c')]);
        expect(statusCodes(await create('CustomObject', [objectOf('Twice__c')]))).toEqual([
            'DUPLICATE_DEVELOPER_NAME'
        ]);
        expect(
            statusCodes((await conn.metadata.update('CustomObject', [objectOf('Never__c')])) as Results)
        ).toEqual(['INVALID_CROSS_REFERENCE_KEY']);
        const removed = (await conn.metadata.delete('CustomObject', ['Never__c', 'Account'])) as Results;
        expect(statusCodes(removed)).toEqual([
            'INVALID_CROSS_REFERENCE_KEY',
            'INSUFFICIENT_ACCESS_OR_READONLY'
        ]);
        const nameless = await create('CustomObject', [objectOf('Noname__c', { nameField: undefined })]);
        expect([nameless[0]!.errors].flat()[0]).toMatchObject({
            statusCode: 'FIELD_INTEGRITY_EXCEPTION',
            message: 'Must specify a nameField of type Text or AutoNumber'
        });
    });

    test('renames nothing onto another name, or while it is mentioned', async () => {
        await create('CustomObject', [objectOf('Here__c'), objectOf('There__c')]);
        const lookup = {
            fullName: 'There__c.Here__c',
            label: 'H',
            type: 'Lookup',
            referenceTo: 'Here__c',
            relationshipName: 'Theres'
        };
        expect(statusCodes(await create('CustomField', [lookup]))).toEqual(['ok']);
        const rename = async (to: string) =>
            statusCodes([(await conn.metadata.rename('CustomObject', 'Here__c', to)) as any]);
        expect(await rename('There__c')).toEqual(['DUPLICATE_DEVELOPER_NAME']);
        expect(await rename('Elsewhere__c')).toEqual(['DEPENDENCY_EXISTS']);
        expect(await rename('no name')).toEqual(['INVALID_FIELD']);
    });

    test('is refused by name when the local org does not do it', async () => {
        const flow = refusal(create('Flow', [{ fullName: 'Go' }]));
        expect((await flow).message).toContain('does not support metadata type Flow');
        const code = refusal(create('ApexClass', [{ fullName: 'Solo', content: '' }]));
        expect((await code).message).toContain('does not support saving a single ApexClass');
    });

    test('is refused to a rep, whatever it is', async () => {
        const rep = local.as(TEAM.rep);
        const calls: (() => Promise<unknown>)[] = [
            () => rep.metadata.read('CustomObject', ['Account']),
            () => rep.metadata.create('CustomObject', objectOf('Mine__c')),
            () => rep.metadata.delete('CustomObject', ['Rating__c'])
        ];
        for (const call of calls) expect((await refusal(call())).name).toBe('sf:INSUFFICIENT_ACCESS');
    });

    test('of more than ten components at once is refused as a whole', async () => {
        const many = Array.from({ length: 11 }, (_, index) => objectOf(`Many${index}__c`));
        expect((await refusal(create('CustomObject', many))).name).toBe('sf:LIMIT_EXCEEDED');
        expect((await conn.describeGlobal()).sobjects.map(({ name }) => name)).not.toContain('Many0__c');
    });
});

describe('a package', () => {
    const box = (): Buffer =>
        deployZip(
            { ApexClass: ['BoxTest'] },
            {
                ...apexClass(
                    'BoxTest',
                    '@IsTest private class BoxTest { @IsTest static void adds() { System.assertEquals(2, 1 + 1); } }'
                ),
                'package.xml': metadata(
                    'Package',
                    `<fullName>Box</fullName><types><members>BoxTest</members><name>ApexClass</name></types><version>65.0</version>`
                )
            }
        );

    test('is deployed with its tests, and retrieved by its name', async () => {
        const options = { testLevel: 'RunSpecifiedTests' as const, runTests: ['BoxTest'] };
        const result = await conn.metadata.deploy(box(), options).complete();
        expect(result).toMatchObject({ success: true, numberTestsCompleted: 1, numberComponentErrors: 0 });
        const request = { packageNames: ['Box'], apiVersion: '65.0' } as any;
        const { zipFile } = await conn.metadata.retrieve(request).complete();
        const files = Object.keys(unzipSync(Buffer.from(zipFile, 'base64')));
        expect(files).toEqual(expect.arrayContaining(['Box/classes/BoxTest.cls', 'Box/package.xml']));
    });

    test('that nobody deployed is an empty answer with the reason', async () => {
        const request = { packageNames: ['Nobody'], apiVersion: '65.0' } as any;
        const { messages } = await conn.metadata.retrieve(request).complete();
        expect([messages].flat()).toMatchObject([{ problem: `No package named 'Nobody' found` }]);
    });

    test('goes the REST way as well', async () => {
        const result = await conn.metadata.deployRest(box(), { checkOnly: true }).complete();
        expect(result).toMatchObject({ success: true, checkOnly: true });
    });
});

test('describe lists the types that the org takes, and list finds none of a type nobody deployed', async () => {
    const { metadataObjects } = await conn.metadata.describe();
    const object = metadataObjects.find(({ xmlName }) => xmlName === 'CustomObject')!;
    expect(object).toMatchObject({ directoryName: 'objects', suffix: 'object', metaFile: false });
    expect(object.childXmlNames).toEqual(expect.arrayContaining(['CustomField', 'ValidationRule']));
    expect(await conn.metadata.list({ type: 'StaticResource' })).toEqual([]);
});
