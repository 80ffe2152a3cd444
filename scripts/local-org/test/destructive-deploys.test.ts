// destructiveChanges.xml: what a deploy takes away, what it may not, and that all goes or nothing.
import { beforeEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { bootstrapOrg } from '../bootstrap.ts';
import { createSchemaAndMetadata, type Foundation } from '../foundation.ts';
import { deploy, type DeployOutcome } from '../metadata/deploy.ts';
import { apexClass, deployZip, fieldXml, metadata, objectXml } from './support/deploy-zip.ts';

const clock = () => new Date('2026-11-21T09:00:00.000Z');
let org: Foundation;
let admin: string;

beforeEach(() => {
    org = createSchemaAndMetadata(new Database(':memory:'), { clock });
    admin = bootstrapOrg(org.db, org).adminUserId;
    const files = {
        'objects/Flag__c.object': objectXml('Thing', fieldXml('Text__c', 'Text', '<length>20</length>')),
        ...apexClass('Reader', 'public class Reader { public Flag__c flag; }'),
        'tabs/Flag__c.tab': metadata(
            'CustomTab',
            '<customObject>true</customObject><motif>Custom1: Heart</motif>'
        ),
        'labels/CustomLabels.labels': metadata('CustomLabels', ['One', 'Two'].map(label).join('')),
        'permissionsets/Readers.permissionset': permissionSet()
    };
    const outcome = deploy(
        org,
        deployZip(
            {
                CustomObject: ['Flag__c'],
                ApexClass: ['Reader'],
                CustomTab: ['Flag__c'],
                CustomLabel: ['One', 'Two'],
                PermissionSet: ['Readers']
            },
            files
        ),
        {},
        admin
    );
    expect(outcome.errors).toEqual([]);
});

const label = (name: string): string =>
    `<labels><fullName>${name}</fullName><language>en_US</language><protected>false</protected>
     <shortDescription>${name}</shortDescription><value>Reader</value></labels>`;

function permissionSet(): string {
    const grants = ['Create', 'Delete', 'Edit', 'Read'].map(
        (what) => `<allow${what}>${what === 'Read'}</allow${what}>`
    );
    return metadata(
        'PermissionSet',
        `<hasActivationRequired>false</hasActivationRequired><label>Readers</label><objectPermissions>${grants.join('')}
         <modifyAllRecords>false</modifyAllRecords><object>Flag__c</object><viewAllRecords>false</viewAllRecords></objectPermissions>`
    );
}

function takeAway(types: Record<string, string[]>, file = 'destructiveChanges.xml'): DeployOutcome {
    const blocks = Object.entries(types).map(
        ([name, members]) =>
            `<types>${members.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`
    );
    const list = metadata('Package', `${blocks.join('')}<version>65.0</version>`);
    return deploy(org, deployZip({}, { [file]: list }), {}, admin);
}

test('an object goes with its table and with what permission sets granted of it', () => {
    const outcome = takeAway({ CustomObject: ['Flag__c'], CustomTab: ['Flag__c'], ApexClass: ['Reader'] });
    expect(outcome.errors).toEqual([]);
    expect(outcome.components.map(({ fullName, state }) => [fullName, state])).toEqual([
        ['Flag__c', 'deleted'],
        ['Flag__c', 'deleted'],
        ['Reader', 'deleted']
    ]);
    expect(org.schema.object('Flag__c')).toBeUndefined();
    expect(org.metadata.row('ApexClass', 'Reader')).toBeUndefined();
    const granted = org.db.prepare(
        `SELECT COUNT(*) FROM "ObjectPermissions" WHERE "SobjectType" = 'Flag__c'`
    );
    expect(granted.pluck().get()).toBe(0);
});

test('what stays must not mention what goes; then nothing goes', () => {
    const outcome = takeAway({ CustomObject: ['Flag__c'] }, 'destructiveChangesPre.xml');
    expect(outcome.success).toBe(false);
    expect(outcome.errors[0]!.problem).toContain('ApexClass Reader');
    expect(org.schema.object('Flag__c')).toBeDefined();
});

test('a permission set that somebody holds stays, one that nobody holds goes', () => {
    const { id } = org.metadata.row('PermissionSet', 'Readers')!;
    const assign = org.db.prepare(
        'INSERT INTO "PermissionSetAssignment" ("Id", "PermissionSetId", "AssigneeId") VALUES (?, ?, ?)'
    );
    assign.run('0Pa000000000001AAA', id, admin);
    expect(takeAway({ PermissionSet: ['Readers'] }).errors[0]!.problem).toContain('assigned');
    org.db.prepare('DELETE FROM "PermissionSetAssignment" WHERE "PermissionSetId" = ?').run(id);
    expect(takeAway({ PermissionSet: ['Readers'] }).success).toBe(true);
    expect(org.db.prepare('SELECT 1 FROM "PermissionSet" WHERE "Id" = ?').get(id)).toBeUndefined();
});

test('labels go one by one, and the words of those that stay hold nothing back', () => {
    expect(takeAway({ CustomLabel: ['One'] }).errors).toEqual([]);
    const content = org.metadata.content('CustomLabels', 'CustomLabels') as any;
    expect(content.labels.map(({ fullName }: any) => fullName)).toEqual(['Two']);
    expect(takeAway({ ApexClass: ['Reader'] }).errors).toEqual([]);
});

test('names that the org does not have are warnings, types it does not know are refused by name', () => {
    const outcome = takeAway({ ApexClass: ['Nobody'] });
    expect(outcome.success).toBe(true);
    expect(outcome.warnings.map(({ problem }) => problem)).toEqual(['No ApexClass named: Nobody found']);
    expect(takeAway({ Flow: ['Anything'] }).errorStatusCode).toBe('LOCAL_ORG_NOT_SUPPORTED');
    expect(takeAway({ ApexClass: ['*'] }).errorMessage).toContain('wildcard');
});
