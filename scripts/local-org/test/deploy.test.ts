import { beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { bootstrapOrg } from '../bootstrap.ts';
import { createSchemaAndMetadata } from '../foundation.ts';
import type { Foundation } from '../foundation.ts';
import { deploy } from '../metadata/deploy.ts';
import type { DeployOptions, DeployOutcome } from '../metadata/deploy.ts';
import { openDeployZip } from '../metadata/zip.ts';
import { insertSetupRow } from '../setup-rows.ts';
import {
    apexClass,
    deployZip,
    fieldXml,
    lookupXml,
    lwcBundle,
    metadata,
    objectXml
} from './support/deploy-zip.ts';

const clock = () => new Date('2026-11-21T09:00:00.000Z');
const TEXT_18 = '<length>18</length><externalId>true</externalId><unique>true</unique>';
let org: Foundation;
let admin: string;

beforeEach(() => {
    org = createSchemaAndMetadata(new Database(':memory:'), { clock });
    admin = bootstrapOrg(org.db, org).adminUserId;
});

const send = (zip: Buffer, options: DeployOptions = {}): DeployOutcome => deploy(org, zip, options, admin);
const problems = (outcome: DeployOutcome): string[] => outcome.errors.map(({ problem }) => problem);

function sendObject(name: string, fields: string): DeployOutcome {
    return send(
        deployZip({ CustomObject: [name] }, { [`objects/${name}.object`]: objectXml('Thing', fields) })
    );
}

describe('a custom object', () => {
    test('becomes a table with its fields, its relationships and a key prefix of its own', () => {
        const outcome = sendObject(
            'Flag__c',
            fieldXml('Key__c', 'Text', TEXT_18) + lookupXml('Deal__c', 'Opportunity', 'Flags')
        );
        expect(problems(outcome)).toEqual([]);
        const flag = org.schema.object('flag__C');
        expect(flag).toMatchObject({
            name: 'Flag__c',
            sharingModel: 'Private',
            keyPrefix: 'a00',
            custom: true
        });
        expect(org.schema.field('Flag__c', 'key__c')).toMatchObject({
            length: 18,
            unique: true,
            externalId: true
        });
        expect(org.schema.field('Flag__c', 'Name')).toMatchObject({
            autoNumber: true,
            displayFormat: 'X-{0000}'
        });
        expect(org.schema.childRelationship('Opportunity', 'Flags__r')?.field.name).toBe('Deal__c');
        expect(org.schema.parentField('Flag__c', 'Deal__r')?.referenceTo).toEqual(['Opportunity']);
        expect(org.db.prepare('SELECT "Key__c", "OwnerId" FROM "Flag__c"').all()).toEqual([]);
    });

    test('keeps the fields it had when a later deploy brings only new ones', () => {
        sendObject('Flag__c', fieldXml('Key__c', 'Text', TEXT_18));
        const before = org.schema.version;
        const object = metadata(
            'CustomObject',
            fieldXml('Points__c', 'Number', '<precision>4</precision><scale>1</scale>')
        );
        const outcome = send(
            deployZip({ CustomField: ['Flag__c.Points__c'] }, { 'objects/Flag__c.object': object })
        );
        expect(problems(outcome)).toEqual([]);
        expect(org.schema.field('Flag__c', 'Key__c')).toBeDefined();
        expect(org.schema.field('Flag__c', 'Points__c')).toMatchObject({
            type: 'double',
            precision: 4,
            scale: 1
        });
        expect(org.schema.version).toBe(before + 1);
    });

    test('can add fields to a standard object', () => {
        const object = metadata('CustomObject', fieldXml('Region__c', 'Text', '<length>40</length>'));
        expect(
            send(
                deployZip(
                    { CustomField: ['Opportunity.Region__c'] },
                    { 'objects/Opportunity.object': object }
                )
            ).success
        ).toBe(true);
        expect(org.schema.field('Opportunity', 'Region__c')).toMatchObject({
            custom: true,
            permissionable: true
        });
        expect(org.schema.field('Opportunity', 'Amount')).toBeDefined();
    });

    test('is still there after the org was closed and opened again', () => {
        sendObject('Flag__c', fieldXml('Key__c', 'Text', TEXT_18));
        const { version } = org.schema;
        const reopened = createSchemaAndMetadata(org.db, { clock });
        expect(reopened.schema.field('Flag__c', 'Key__c')).toMatchObject({ length: 18 });
        expect(reopened.schema.version).toBe(version);
        expect(reopened.metadata.content('CustomObject', 'Flag__c')).toMatchObject({ label: 'Thing' });
    });

    test('objects of one deploy may look each other up in any order', () => {
        const files = {
            'objects/A__c.object': objectXml('A', lookupXml('B__c', 'B__c', 'As')),
            'objects/B__c.object': objectXml('B', lookupXml('A__c', 'A__c', 'Bs'))
        };
        expect(problems(send(deployZip({ CustomObject: ['A__c', 'B__c'] }, files)))).toEqual([]);
    });

    test('reports every mistake of its fields with the field and the reason', () => {
        const outcome = sendObject(
            'Flag__c',
            fieldXml('NoLength__c', 'Text') +
                fieldXml('Secret__c', 'EncryptedText') +
                fieldXml('Flag__c', 'Checkbox') +
                lookupXml('Lost__c', 'Nowhere__c', 'Flags') +
                fieldXml(
                    'Sum__c',
                    'Number',
                    '<formula>Missing__c + 1</formula><precision>18</precision><scale>0</scale>'
                )
        );
        const found = Object.fromEntries(outcome.errors.map(({ fullName, problem }) => [fullName, problem]));
        expect(found['Flag__c.NoLength__c']).toContain("Must specify 'length'");
        expect(found['Flag__c.Secret__c']).toBe(
            'The local org does not support fields of type EncryptedText.'
        );
        expect(found['Flag__c.Flag__c']).toContain("Must specify 'defaultValue'");
        expect(found['Flag__c.Lost__c']).toBe(
            'In field: referenceTo - no CustomObject named Nowhere__c found'
        );
        expect(found['Flag__c.Sum__c']).toContain('Missing__c');
        expect(outcome.errors.every(({ fileName }) => fileName === 'objects/Flag__c.object')).toBe(true);
    });

    test('says on which line the wrong field begins', () => {
        const outcome = sendObject(
            'Flag__c',
            `${fieldXml('Key__c', 'Text', TEXT_18)}\n\n  ${lookupXml('Lost__c', 'Nowhere__c', 'Flags')}`
        );
        expect(outcome.errors).toEqual([
            expect.objectContaining({ fullName: 'Flag__c.Lost__c', lineNumber: 4, columnNumber: 3 })
        ]);
    });

    test('cannot make a field unique while records share a value', () => {
        sendObject('Flag__c', fieldXml('Key__c', 'Text', '<length>18</length>'));
        for (let i = 0; i < 2; i++)
            insertSetupRow(org.db, org, 'Flag__c', { Key__c: 'same', OwnerId: admin }, admin);
        expect(problems(sendObject('Flag__c', fieldXml('Key__c', 'Text', TEXT_18)))).toEqual([
            'Flag__c.Key__c cannot become unique: some records share a value. Change those records first.'
        ]);
    });
});

describe('all or nothing', () => {
    test('one wrong component leaves the org as it was', () => {
        const { version } = org.schema;
        const outcome = send(
            deployZip(
                { CustomObject: ['Good__c'], ApexClass: ['Broken'] },
                {
                    'objects/Good__c.object': objectXml('Good'),
                    ...apexClass('Broken', 'public class Broken {\n  void run( {}\n}')
                }
            )
        );
        expect(outcome.success).toBe(false);
        expect(outcome.errors[0]).toMatchObject({
            componentType: 'ApexClass',
            fileName: 'classes/Broken.cls',
            lineNumber: 2
        });
        expect(org.schema.object('Good__c')).toBeUndefined();
        expect(org.metadata.list('ApexClass')).toEqual([]);
        expect(org.schema.version).toBe(version);
        expect(
            org.db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'Good__c'`).pluck().get()
        ).toBe(0);
    });

    test('a check-only deploy tells the truth and changes nothing', () => {
        const zip = deployZip({ CustomObject: ['Good__c'] }, { 'objects/Good__c.object': objectXml('Good') });
        expect(send(zip, { checkOnly: true })).toMatchObject({ success: true });
        expect(org.schema.object('Good__c')).toBeUndefined();
    });

    test('the same package twice changes nothing the second time', () => {
        const zip = deployZip({ ApexClass: ['A'] }, apexClass('A', 'public with sharing class A {}'));
        expect(send(zip).components.map(({ state }) => state)).toEqual(['created']);
        expect(send(zip).components.map(({ state }) => state)).toEqual(['unchanged']);
    });
});

describe('metadata files', () => {
    const fieldsOf = (inner: string): DeployOutcome =>
        send(
            deployZip(
                { CustomPermission: ['P'] },
                { 'customPermissions/P.customPermission': metadata('CustomPermission', inner) }
            )
        );

    test.each([
        [
            'an unknown element',
            '\n<label>P</label>\n<colour>red</colour>',
            'colour invalid at this location in type CustomPermission',
            4
        ],
        ['a repeated element', '\n<label>P</label>\n<label>Q</label>', 'label is duplicated', 4],
        [
            'a wrong boolean',
            '\n<isLicensed>maybe</isLicensed><label>P</label>',
            "'maybe' is not a valid value for the type xsd:boolean",
            3
        ],
        ['a missing element', '<isLicensed>false</isLicensed>', 'Required field is missing: label', 2],
        ['XML that does not end', '<label>P', 'Expected closing tag', undefined]
    ])('%s is a problem with its place', (_what, inner, problem, lineNumber) => {
        const [error] = fieldsOf(inner as string).errors;
        expect(error.problem).toContain(problem);
        if (lineNumber) expect(error.lineNumber).toBe(lineNumber);
    });

    test('a wrong enum names the value and the enum', () => {
        const outcome = sendObject('Flag__c', fieldXml('Key__c', 'Txt', '<length>18</length>'));
        expect(problems(outcome)).toEqual([
            "Error parsing file: 'Txt' is not a valid value for the enum 'FieldType'"
        ]);
    });

    test('types the local org does not take are refused by name', () => {
        const outcome = send(deployZip({ Flow: ['Approve'] }, { 'flows/Approve.flow': '<Flow/>' }));
        expect(outcome.errors).toEqual([
            expect.objectContaining({
                componentType: 'Flow',
                fullName: 'Approve',
                problem: 'The local org does not support metadata type Flow.'
            })
        ]);
    });

    test('a component that package.xml names and the zip lacks is missing; one it does not name is left out with a warning', () => {
        const outcome = send(deployZip({ ApexClass: ['Lost'] }, apexClass('Extra', 'public class Extra {}')));
        expect(problems(outcome)[0]).toContain(
            "An object 'Lost' of type ApexClass was named in package.xml, but was not found"
        );
        expect(outcome.warnings).toEqual([
            expect.objectContaining({ fullName: 'Extra', problem: 'Not in package.xml' })
        ]);
    });

    test('a package inside one top folder is found', () => {
        const zip = deployZip({ ApexClass: ['A'] }, apexClass('A', 'public class A {}'), 'mdapi/');
        expect(send(zip).success).toBe(true);
        expect([...(org.metadata.files('ApexClass', 'a')?.keys() ?? [])]).toEqual([
            'classes/A.cls',
            'classes/A.cls-meta.xml'
        ]);
    });
});

describe('zips that must not be trusted', () => {
    test('something that is no zip, a zip without package.xml and a path out of the package are refused', () => {
        expect(send(Buffer.from('hello')).errorMessage).toContain('not a readable zip');
        expect(send(deployZip({}, {}, 'a/b/')).errorMessage).toBe('No package.xml found');
        expect(send(deployZip({}, { '../../etc/passwd': 'x' })).errorMessage).toContain(
            'a path outside the package'
        );
    });

    test('a small zip that unpacks to more than the limit is refused before it is unpacked', () => {
        const zip = deployZip({}, { 'staticresources/Zeros.resource': '0'.repeat(5_000_000) });
        expect(zip.length).toBeLessThan(20_000);
        const limits = { zipBytes: 1e6, unzippedBytes: 1e6, files: 10 };
        expect(() => openDeployZip(zip, limits)).toThrow('unpacks to more than 1000000 bytes');
    });

    test('entity declarations in metadata are refused', () => {
        const bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><CustomPermission/>';
        const outcome = send(
            deployZip({ CustomPermission: ['P'] }, { 'customPermissions/P.customPermission': bomb })
        );
        expect(problems(outcome)[0]).toContain('DOCTYPE is not allowed');
    });
});

describe('custom metadata', () => {
    const RULE =
        fieldXml('Threshold__c', 'Number', '<precision>6</precision><scale>2</scale>') +
        fieldXml('IsActive__c', 'Checkbox', '<defaultValue>true</defaultValue>');
    const type = metadata(
        'CustomObject',
        `${RULE}<label>Rule</label><pluralLabel>Rules</pluralLabel><visibility>Public</visibility>`
    );
    const record = (values: string): string =>
        metadata('CustomMetadata', `<label>Five days</label><protected>false</protected>${values}`).replace(
            'xmlns=',
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns='
        );
    const value = (field: string, xsdType: string, text: string): string =>
        `<values><field>${field}</field><value xsi:type="xsd:${xsdType}">${text}</value></values>`;
    const sendRecord = (values: string): DeployOutcome =>
        send(
            deployZip(
                { CustomObject: ['Rule__mdt'], CustomMetadata: ['Rule.Five'] },
                { 'objects/Rule__mdt.object': type, 'customMetadata/Rule.Five.md': record(values) }
            )
        );
    const rows = (): unknown[] =>
        org.db
            .prepare('SELECT "DeveloperName", "Label", "Threshold__c", "IsActive__c" FROM "Rule__mdt"')
            .all();

    test('records are rows of their type, and a later deploy replaces their values', () => {
        sendRecord(value('Threshold__c', 'double', '5.0') + value('IsActive__c', 'boolean', 'true'));
        expect(rows()).toEqual([
            { DeveloperName: 'Five', Label: 'Five days', Threshold__c: 5, IsActive__c: 1 }
        ]);
        sendRecord('<values><field>Threshold__c</field><value xsi:nil="true"/></values>');
        expect(rows()).toEqual([
            { DeveloperName: 'Five', Label: 'Five days', Threshold__c: null, IsActive__c: 0 }
        ]);
    });

    test('a value that does not fit its field is a problem', () => {
        expect(problems(sendRecord(value('Threshold__c', 'string', 'many')))).toEqual([
            'Threshold__c: many is not a number (xsd:double)'
        ]);
        expect(problems(sendRecord(value('Threshold__c', 'double', '12345')))).toEqual([
            'Threshold__c: value outside of valid range: 12345'
        ]);
        expect(problems(sendRecord(value('Nope__c', 'double', '1')))).toEqual([
            'In field: field - no CustomField named Rule__mdt.Nope__c found'
        ]);
    });
});

describe('a permission set', () => {
    const sendSet = (inner: string): DeployOutcome =>
        send(
            deployZip(
                { PermissionSet: ['Seller'] },
                {
                    'permissionsets/Seller.permissionset': metadata(
                        'PermissionSet',
                        `${inner}<label>Seller</label>`
                    )
                }
            )
        );
    const objectGrant = (object: string, edit: boolean, read = true): string =>
        `<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>${edit}</allowEdit>
         <allowRead>${read}</allowRead><modifyAllRecords>false</modifyAllRecords><object>${object}</object>
         <viewAllRecords>false</viewAllRecords></objectPermissions>`;
    const fieldGrant = (field: string, editable = false): string =>
        `<fieldPermissions><editable>${editable}</editable><field>${field}</field><readable>true</readable></fieldPermissions>`;

    const permissionsWith = (setName: string) => {
        const profile = org.db
            .prepare(`SELECT "Id" FROM "Profile" WHERE "Name" LIKE 'Minimum%'`)
            .pluck()
            .get();
        const id = insertSetupRow(
            org.db,
            org,
            'User',
            { Username: 'u@x.example', LastName: 'U', Alias: 'u', Email: 'u@x.example', ProfileId: profile },
            admin
        );
        const set = org.db.prepare('SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?').pluck().get(setName);
        insertSetupRow(
            org.db,
            org,
            'PermissionSetAssignment',
            { PermissionSetId: set, AssigneeId: id },
            admin
        );
        return () => org.users.context(id).permissions;
    };

    test('grants what it says to whoever has it, and a new version takes back what it no longer says', () => {
        send(deployZip({ ApexClass: ['A'] }, apexClass('A', 'public class A {}')));
        const grants = objectGrant('Opportunity', true) + fieldGrant('Opportunity.Amount', true);
        const classAccess = '<classAccesses><apexClass>A</apexClass><enabled>true</enabled></classAccesses>';
        expect(problems(sendSet(grants + classAccess))).toEqual([]);
        const permissions = permissionsWith('Seller');
        expect(permissions().objectAccess('Opportunity')).toMatchObject({
            read: true,
            edit: true,
            create: false
        });
        expect(permissions().fieldAccess('Opportunity', 'Amount')).toEqual({ read: true, edit: true });
        expect(permissions().apexClass('a')).toBe(true);

        sendSet(objectGrant('Opportunity', false));
        expect(permissions().objectAccess('Opportunity').edit).toBe(false);
        expect(permissions().fieldAccess('Opportunity', 'Amount').read).toBe(false);
        expect(permissions().apexClass('A')).toBe(false);
    });

    test.each([
        [
            'a field that does not exist',
            fieldGrant('Opportunity.Amont'),
            'In field: field - no CustomField named Opportunity.Amont found'
        ],
        [
            'a field everybody sees',
            fieldGrant('Opportunity.StageName'),
            'You cannot deploy to a required field: Opportunity.StageName'
        ],
        [
            'edit without read',
            objectGrant('Opportunity', true, false),
            'Permission Edit Opportunity depends on permission(s): Read Opportunity'
        ],
        [
            'tasks',
            objectGrant('Task', false),
            'Task has no object permissions: use the user permissions ActivitiesAccess and EditTask.'
        ],
        [
            'a class that is missing',
            '<classAccesses><apexClass>X</apexClass><enabled>true</enabled></classAccesses>',
            'In field: apexClass - no ApexClass named X found'
        ],
        [
            'an unknown user permission',
            '<userPermissions><enabled>true</enabled><name>FlyToMoon</name></userPermissions>',
            'The local org does not support user permission FlyToMoon.'
        ]
    ])('naming %s is refused', (_what, inner, problem) => {
        expect(problems(sendSet(inner))).toEqual([problem]);
    });
});

describe('references between components', () => {
    const CONTROLLER = apexClass(
        'Deals',
        `public with sharing class Deals {
            // public static String ghost() is only a comment
            @AuraEnabled(cacheable=true)
            public static String listDeals(Id id) { return null; }
        }`
    );
    const sendBundle = (js: string, html = '<template></template>'): DeployOutcome =>
        send(
            deployZip(
                {
                    ApexClass: ['*'],
                    LightningComponentBundle: ['board', 'tile'],
                    CustomLabels: ['CustomLabels']
                },
                {
                    ...CONTROLLER,
                    ...lwcBundle('tile', { 'tile.js': 'export default class {}' }),
                    ...lwcBundle('board', { 'board.js': js, 'board.html': html }),
                    'labels/CustomLabels.labels': metadata(
                        'CustomLabels',
                        '<labels><fullName>Late</fullName><language>en_US</language><protected>true</protected><shortDescription>Late</shortDescription><value>Late</value></labels>'
                    )
                }
            )
        );

    test('a component whose imports all lead somewhere is taken', () => {
        const outcome = sendBundle(
            `import list from '@salesforce/apex/Deals.listDeals';
             import LATE from '@salesforce/label/c.Late';
             import OWNER from '@salesforce/schema/Opportunity.Owner.Name';
             import { wire } from 'lwc';
             import { Tile } from 'c/tile';`,
            '<template><c-tile></c-tile></template>'
        );
        expect(problems(outcome)).toEqual([]);
    });

    test.each([
        [
            "import x from '@salesforce/apex/Deals.ghost';",
            "Unable to find Apex action method referenced as 'Deals.ghost'."
        ],
        [
            "import x from '@salesforce/apex/Nobody.listDeals';",
            "Unable to find Apex action class referenced as 'Nobody'."
        ],
        ["import x from '@salesforce/label/c.Early';", 'Invalid reference c.Early of type label'],
        [
            "import x from '@salesforce/schema/Opportunity.Amont';",
            'Invalid reference Opportunity.Amont of type sobjectField'
        ],
        ["import x from 'c/nothing';", 'No MODULE named markup://c:nothing found']
    ])('%s is refused with its line', (line, problem) => {
        const [error] = sendBundle(`// first line\n${line}`).errors;
        expect(error).toMatchObject({ problem, fileName: 'lwc/board/board.js', lineNumber: 2 });
    });

    test('a tag of a component that does not exist is refused', () => {
        expect(problems(sendBundle('', '<template>\n<c-price-tag></c-price-tag></template>'))).toEqual([
            'No MODULE named markup://c:priceTag found'
        ]);
    });

    test('a page may only show components that are there and exposed for it', () => {
        const page = (name: string): string =>
            metadata(
                'FlexiPage',
                `<flexiPageRegions><itemInstances><componentInstance><componentName>${name}</componentName></componentInstance></itemInstances>
                 <name>main</name><type>Region</type></flexiPageRegions><masterLabel>P</masterLabel>
                 <template><name>flexipage:defaultAppHomeTemplate</name></template><type>AppPage</type>`
            );
        const sendPage = (name: string, meta: string): string[] =>
            problems(
                send(
                    deployZip(
                        { LightningComponentBundle: ['*'], FlexiPage: ['P'] },
                        {
                            ...lwcBundle('tile', { 'tile.js': '' }, meta),
                            'flexipages/P.flexipage': page(name)
                        }
                    )
                )
            );
        const exposed = '<isExposed>true</isExposed><targets><target>lightning__AppPage</target></targets>';
        expect(sendPage('tile', exposed)).toEqual([]);
        expect(sendPage('tile', '<isExposed>false</isExposed>')).toEqual([
            'Component tile is not exposed for lightning__AppPage.'
        ]);
        expect(sendPage('c:gone', exposed)[0]).toContain('for component c:gone');
    });

    test('a named credential needs its external credential, whose principals can then be granted', () => {
        const credentials = {
            'namedCredentials/Spm.namedCredential': metadata(
                'NamedCredential',
                `<label>Spm</label><namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType><parameterValue>https://x.example</parameterValue></namedCredentialParameters>
                 <namedCredentialParameters><externalCredential>Spm</externalCredential><parameterName>Auth</parameterName><parameterType>Authentication</parameterType></namedCredentialParameters>
                 <namedCredentialType>SecuredEndpoint</namedCredentialType>`
            ),
            'externalCredentials/Spm.externalCredential': metadata(
                'ExternalCredential',
                `<authenticationProtocol>Basic</authenticationProtocol><externalCredentialParameters><parameterName>Main</parameterName>
                 <parameterType>NamedPrincipal</parameterType><sequenceNumber>1</sequenceNumber></externalCredentialParameters><label>Spm</label>`
            ),
            'permissionsets/Callout.permissionset': metadata(
                'PermissionSet',
                `<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>Spm-Main</externalCredentialPrincipal></externalCredentialPrincipalAccesses><label>Callout</label>`
            )
        };
        const alone = send(deployZip({ NamedCredential: ['Spm'], PermissionSet: ['Callout'] }, credentials));
        expect(problems(alone)).toEqual([
            'In field: externalCredentialPrincipal - no ExternalCredentialPrincipal named Spm-Main found',
            'In field: externalCredential - no ExternalCredential named Spm found'
        ]);
        expect(
            problems(
                send(
                    deployZip(
                        { NamedCredential: ['*'], ExternalCredential: ['*'], PermissionSet: ['*'] },
                        credentials
                    )
                )
            )
        ).toEqual([]);
    });

    test('labels of a later deploy add to those of an earlier one', () => {
        const label = (name: string): string =>
            metadata(
                'CustomLabels',
                `<labels><fullName>${name}</fullName><language>en_US</language><protected>true</protected><shortDescription>${name}</shortDescription><value>${name}</value></labels>`
            );
        for (const name of ['One', 'Two'])
            send(deployZip({ CustomLabel: [name] }, { 'labels/CustomLabels.labels': label(name) }));
        const { labels } = org.metadata.content('CustomLabels', 'CustomLabels') as {
            labels: { fullName: string }[];
        };
        expect(labels.map(({ fullName }) => fullName)).toEqual(['One', 'Two']);
    });
});
