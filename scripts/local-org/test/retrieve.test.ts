// What was deployed comes back: whole components as their bytes, objects and labels as all deploys together made them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { unzipSync, zipSync } from 'fflate';
import { parseMetadataXml } from '../metadata/metadata-xml.ts';
import { apexClass, deployZip, fieldXml, metadata, objectXml } from './support/deploy-zip.ts';
import { startTestOrg, TEAM } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

const TEXT = '<length>20</length>';
const TRICKY = 'a &lt; b &amp; &quot;c&quot;&#13;\n  d';
let server: TestOrg;

beforeAll(async () => {
    server = await startTestOrg();
    server.admin.metadata.pollInterval = 10;
    const label = (name: string): string =>
        metadata(
            'CustomLabels',
            `<labels><fullName>${name}</fullName><language>en_US</language><protected>true</protected>
             <shortDescription>${name}</shortDescription><value>${TRICKY}</value></labels>`
        );
    const labels = 'labels/CustomLabels.labels';
    await deploy(
        deployZip(
            { CustomObject: ['Thing__c'], ApexClass: ['Alpha'], CustomLabel: ['One'] },
            {
                'objects/Thing__c.object': objectXml('Thing', fieldXml('A__c', 'Text', TEXT)),
                ...apexClass('Alpha', 'public class Alpha {}'),
                [labels]: label('One')
            }
        )
    );
    const moreFields = metadata('CustomObject', fieldXml('B__c', 'Text', TEXT));
    await deploy(
        deployZip(
            { CustomField: ['Thing__c.B__c', 'Opportunity.Extra__c'], CustomLabel: ['Two'] },
            {
                'objects/Thing__c.object': moreFields,
                'objects/Opportunity.object': metadata('CustomObject', fieldXml('Extra__c', 'Text', TEXT)),
                [labels]: label('Two')
            }
        )
    );
});

afterAll(() => server.stop());

async function deploy(zip: Buffer): Promise<Record<string, any>> {
    const result = await server.admin.metadata.deploy(zip.toString('base64') as never, {}).complete(true);
    expect(result).toMatchObject({ success: true });
    return result as Record<string, any>;
}

interface Retrieved {
    files: Map<string, string>;
    messages: string[];
    zip: Record<string, Uint8Array>;
}

async function retrieve(members: Record<string, string[]>, options: object = {}): Promise<Retrieved> {
    const types = Object.entries(members).map(([name, names]) => ({ name, members: names }));
    const request = { apiVersion: '65.0', unpackaged: { types, version: '65.0' }, ...options };
    const { id } = await server.admin.metadata.retrieve(request as never);
    let result = (await server.admin.metadata.checkRetrieveStatus(id)) as Record<string, any>;
    while (!result.done)
        result = (await server.admin.metadata.checkRetrieveStatus(id)) as Record<string, any>;
    expect(result).toMatchObject({ status: 'Succeeded', success: true });
    const zip = unzipSync(Buffer.from(result.zipFile, 'base64'));
    const files = Object.entries(zip).map(([path, body]) => [path, Buffer.from(body).toString()] as const);
    return {
        files: new Map(files),
        messages: [result.messages ?? []].flat().map(({ problem }) => problem),
        zip
    };
}

const fieldsIn = (xml: string | undefined): unknown[] =>
    ((parseMetadataXml('CustomObject', xml!, true).content['fields'] ?? []) as any[]).map(
        (one) => one.fullName
    );

describe('a retrieve', () => {
    test('gives a class as the bytes that were deployed, and says in package.xml what there is', async () => {
        const { files } = await retrieve({ ApexClass: ['*'] });
        expect([...files.keys()].sort()).toEqual([
            'unpackaged/classes/Alpha.cls',
            'unpackaged/classes/Alpha.cls-meta.xml',
            'unpackaged/package.xml'
        ]);
        expect(files.get('unpackaged/classes/Alpha.cls')).toBe('public class Alpha {}');
        expect(files.get('unpackaged/package.xml')).toContain('<members>Alpha</members>');
    });

    test('gives an object with the fields of all deploys', async () => {
        const { files } = await retrieve({ CustomObject: ['Thing__c'] });
        const xml = files.get('unpackaged/objects/Thing__c.object');
        expect(fieldsIn(xml)).toEqual(['A__c', 'B__c']);
        expect(parseMetadataXml('CustomObject', xml!)).toMatchObject({
            problems: [],
            content: { label: 'Thing', sharingModel: 'Private', deploymentStatus: 'Deployed' }
        });
    });

    test('gives only the named field, and no other part of its object', async () => {
        const { files } = await retrieve({ CustomField: ['Thing__c.B__c', 'Opportunity.Extra__c'] });
        expect(
            parseMetadataXml('CustomObject', files.get('unpackaged/objects/Thing__c.object')!, true).content
        ).toEqual({
            fields: [{ fullName: 'B__c', label: 'B__c', length: 20, type: 'Text' }]
        });
        expect(fieldsIn(files.get('unpackaged/objects/Opportunity.object'))).toEqual(['Extra__c']);
    });

    test('gives all custom objects for *, and a standard object when it is named', async () => {
        const all = await retrieve({ CustomObject: ['*'] });
        expect([...all.files.keys()]).toContain('unpackaged/objects/Thing__c.object');
        expect([...all.files.keys()]).not.toContain('unpackaged/objects/Opportunity.object');
        const standard = await retrieve({ CustomObject: ['Opportunity', 'Account'] });
        expect(fieldsIn(standard.files.get('unpackaged/objects/Opportunity.object'))).toEqual(['Extra__c']);
        expect(fieldsIn(standard.files.get('unpackaged/objects/Account.object'))).toEqual([]);
    });

    test('gives labels of all deploys in every letter', async () => {
        const { files } = await retrieve({ CustomLabels: ['CustomLabels'] });
        const { content } = parseMetadataXml(
            'CustomLabels',
            files.get('unpackaged/labels/CustomLabels.labels')!
        );
        expect(content['labels']).toMatchObject([
            { fullName: 'One', value: 'a < b & "c"\r\n  d' },
            { fullName: 'Two', value: 'a < b & "c"\r\n  d' }
        ]);
    });

    test('can be deployed again and changes nothing', async () => {
        const { zip } = await retrieve(
            { CustomObject: ['*'], ApexClass: ['*'], CustomLabels: ['*'] },
            { singlePackage: true }
        );
        const { details } = await deploy(Buffer.from(zipSync(zip)));
        const changed = details.componentSuccesses.filter(
            (one: any) => one.fullName !== 'package.xml' && one.changed
        );
        expect(changed).toEqual([]);
    });

    test('names what it did not find and types that this org does not have', async () => {
        const { messages, files } = await retrieve({
            ApexClass: ['Alpha', 'Nobody'],
            CustomField: ['Thing__c.Nothing__c'],
            Flow: ['*']
        });
        expect(messages.sort()).toEqual([
            "Entity of type 'ApexClass' named 'Nobody' cannot be found",
            "Entity of type 'CustomField' named 'Thing__c.Nothing__c' cannot be found",
            'The local org does not support metadata type Flow.'
        ]);
        expect([...files.keys()]).toContain('unpackaged/classes/Alpha.cls');
    });

    test('of several packages at once is refused by name', async () => {
        await expect(retrieve({}, { packageNames: ['One', 'Two'] })).rejects.toThrow(
            'retrieving more than one package at once'
        );
    });

    test('is closed to users who may not change the setup, and unknown ids are unknown', async () => {
        const rep = server.as(TEAM.rep);
        const request = { apiVersion: '65.0', unpackaged: { types: [], version: '65.0' } };
        await expect(rep.metadata.retrieve(request as never)).rejects.toThrow('ModifyAllData');
        await expect(server.admin.metadata.checkRetrieveStatus('09S000000000001AAA')).rejects.toMatchObject({
            name: 'sf:INVALID_CROSS_REFERENCE_KEY'
        });
    });
});
