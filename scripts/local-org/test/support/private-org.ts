// An org with something to hide, deployed like a package: private pitches with a field and an object that reps may not
// see, Apex that reads deals in every sharing mode, and secrets of one rep that a peer tries to get at.
import type { LocalOrg } from '../../local-org.ts';
import { deploy } from '../../metadata/deploy.ts';
import type { InputRow } from '../../org.ts';
import { apexClass, deployZip, fieldXml, lookupXml, metadata, objectXml } from './deploy-zip.ts';
import { startTestOrg, TEAM, userId, type TestOrg } from './test-org.ts';

/** What a door is asked for. `nobody()` gives one of the same shape that leads nowhere. */
export interface Target {
    deal: string;
    deletedDeal: string;
    name: string;
    pitch: string;
    code: string;
    /** Unique key of the pitch. */
    key: string;
    /** A pitch of the asking peer, whose deal is the target's. */
    bridge: string;
    /** A task of the asking peer, about the target's deal. */
    task: string;
    /** An object and a field that the asking peer may not see. */
    object: string;
    field: string;
    /** Page and jobs of the owner. */
    locator: string;
    queryJob: string;
    ingestJob: string;
}

export interface PrivateOrg extends TestOrg {
    secret(): Promise<Target>;
    nobody(): Target;
    /** Everything stored of the target's rows, to see that nothing has changed. */
    rowsOf(target: Target): unknown[];
}

const CLASSES: Record<string, string> = {
    SharingDeals: `public with sharing class SharingDeals {
        @AuraEnabled public static List<Opportunity> named(String name) {
            return [SELECT Id, Name, Amount FROM Opportunity WHERE Name = :name];
        }
        @AuraEnabled public static void rename(String id) {
            update new Opportunity(Id = id, NextStep = 'Taken');
        }
        @AuraEnabled public static void remove(String id) { delete new Opportunity(Id = id); }
        @AuraEnabled public static void bringBack(String id) { undelete new Opportunity(Id = id); }
    }`,
    OpenDeals: `public without sharing class OpenDeals {
        @AuraEnabled public static List<Opportunity> named(String name) {
            return [SELECT Id, Name, Amount FROM Opportunity WHERE Name = :name WITH USER_MODE];
        }
        @AuraEnabled public static Integer counted(String name) {
            return Database.countQuery('SELECT COUNT() FROM Opportunity WHERE Name = :name', AccessLevel.USER_MODE);
        }
        @AuraEnabled public static void rename(String id) {
            update as user new Opportunity(Id = id, NextStep = 'Taken');
        }
    }`,
    AllDeals: `public without sharing class AllDeals {
        @AuraEnabled public static List<Opportunity> named(String name) {
            return [SELECT Id, Name, Amount FROM Opportunity WHERE Name = :name];
        }
    }`
};

export async function startPrivateOrg(): Promise<PrivateOrg> {
    const local = await startTestOrg();
    const { org } = local;
    deployPackage(org);
    assign(org, 'Pitching', TEAM.rep, TEAM.peer, TEAM.manager);
    assign(org, 'Leading', TEAM.manager);
    const account = save(org, 'Account', { Name: 'Meridian Bank' });
    // Enough rows for a result of two pages, which gives the owner a locator.
    const filler = { StageName: 'Prospecting', CloseDate: '2026-12-31', OwnerId: userId(org, TEAM.rep) };
    org.load(
        'Opportunity',
        Array.from({ length: 201 }, (_, index) => ({ ...filler, Name: `Filler ${index}` }))
    );
    let count = 0;
    return {
        ...local,
        secret: () => makeSecret(local, account, ++count),
        nobody() {
            const text = String(++count).padStart(4, '0');
            return {
                deal: org.ids.newId('006'),
                deletedDeal: org.ids.newId('006'),
                name: `Nightfall ${text}`,
                pitch: org.ids.newId(prefix(org, 'Pitch__c')),
                code: `code-${text}`,
                key: `key-${text}`,
                bridge: save(org, 'Pitch__c', { OwnerId: userId(org, TEAM.peer) }),
                task: save(org, 'Task', { Subject: 'Call', OwnerId: userId(org, TEAM.peer) }),
                object: 'Volta__c',
                field: 'Margot__c',
                locator: `${org.ids.newId('0r8')}-200`,
                queryJob: org.ids.newId('750'),
                ingestJob: org.ids.newId('750')
            };
        },
        rowsOf: (target) =>
            [
                ['Opportunity', target.deal],
                ['Opportunity', target.deletedDeal],
                ['Pitch__c', target.pitch]
            ].map(([table, id]) => org.db.prepare(`SELECT * FROM "${table}" WHERE "Id" = ?`).get(id))
    };
}

async function makeSecret(local: TestOrg, account: string, number: number): Promise<Target> {
    const { org } = local;
    const text = String(number).padStart(4, '0');
    const [OwnerId, peer] = [userId(org, TEAM.rep), userId(org, TEAM.peer)];
    const name = `Nightfall ${text}`;
    const common = { OwnerId, AccountId: account, StageName: 'Prospecting', CloseDate: '2026-12-31' };
    const deal = save(org, 'Opportunity', { ...common, Name: name, Amount: 987_000 });
    const deletedDeal = save(org, 'Opportunity', { ...common, Name: name });
    org.records.delete(system(org), [deletedDeal], { allOrNone: true });
    const [code, key] = [`code-${text}`, `key-${text}`];
    const api = async (path: string, body?: object, headers = {}): Promise<any> => {
        const init = body ? { method: 'POST', body: JSON.stringify(body), headers } : { headers };
        return (await local.fetchAs(TEAM.rep, `/services/data/v65.0${path}`, init)).json();
    };
    const soql = 'SELECT Id, Name FROM Opportunity';
    const page = await api(`/query?q=${encodeURIComponent(soql)}`, undefined, {
        'Sforce-Query-Options': 'batchSize=200'
    });
    return {
        deal,
        deletedDeal,
        name,
        pitch: save(org, 'Pitch__c', { OwnerId, Code__c: code, Key__c: key, Deal__c: deal, Margin__c: 7 }),
        code,
        key,
        bridge: save(org, 'Pitch__c', { OwnerId: peer, Deal__c: deal }),
        task: save(org, 'Task', { Subject: 'Call', OwnerId: peer, WhatId: deal }),
        object: 'Vault__c',
        field: 'Margin__c',
        locator: page.nextRecordsUrl.split('/').at(-1),
        queryJob: (await api('/jobs/query', { operation: 'query', query: soql })).id,
        ingestJob: (await api('/jobs/ingest', { operation: 'insert', object: 'Pitch__c' })).id
    };
}

function deployPackage(org: LocalOrg): void {
    const text = (name: string, more = ''): string => fieldXml(name, 'Text', `${more}<length>40</length>`);
    const fields = [
        text('Code__c', '<externalId>true</externalId>'),
        text('Key__c', '<externalId>true</externalId><unique>true</unique>'),
        text('Note__c'),
        fieldXml('Margin__c', 'Number', '<precision>8</precision><scale>0</scale>'),
        lookupXml('Deal__c', 'Opportunity', 'Pitches')
    ];
    const names = Object.keys(CLASSES);
    const zip = deployZip(
        {
            CustomObject: ['Pitch__c', 'Vault__c'],
            CustomTab: ['Vault__c'],
            ApexClass: names,
            PermissionSet: ['Pitching', 'Leading']
        },
        {
            'tabs/Vault__c.tab': metadata(
                'CustomTab',
                '<customObject>true</customObject><motif>Custom1: Heart</motif>'
            ),
            'objects/Pitch__c.object': objectXml('Pitch', fields.join('')),
            'objects/Vault__c.object': objectXml('Vault', lookupXml('Deal__c', 'Opportunity', 'Vaults')),
            ...Object.assign({}, ...names.map((name) => apexClass(name, CLASSES[name]!))),
            'permissionsets/Pitching.permissionset': permissionSet(
                'Pitching',
                ['Pitch__c'],
                ['Code__c', 'Key__c', 'Note__c', 'Deal__c'].map((name) => `Pitch__c.${name}`),
                ['SharingDeals', 'OpenDeals'],
                // A tab that is switched on shows nothing as long as the object may not be read.
                { tabs: ['Vault__c'] }
            ),
            'permissionsets/Leading.permissionset': permissionSet(
                'Leading',
                ['Vault__c'],
                ['Vault__c.Deal__c', 'Pitch__c.Margin__c'],
                ['AllDeals']
            )
        }
    );
    const outcome = deploy(org, zip, {}, org.adminUserId);
    if (!outcome.success) throw new Error(JSON.stringify(outcome.errors));
}

export function permissionSet(
    label: string,
    objects: string[],
    fields: string[],
    classes: string[] = [],
    { viewAll = false, tabs = [] }: { viewAll?: boolean; tabs?: string[] } = {}
): string {
    const tabAccess = (name: string): string =>
        `<tabSettings><tab>${name}</tab><visibility>Visible</visibility></tabSettings>`;
    const classXml = (name: string): string =>
        `<classAccesses><apexClass>${name}</apexClass><enabled>true</enabled></classAccesses>`;
    const fieldAccess = (name: string): string =>
        `<fieldPermissions><editable>true</editable><field>${name}</field><readable>true</readable></fieldPermissions>`;
    const objectAccess = (name: string): string =>
        `<objectPermissions><allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit>` +
        `<allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${name}</object>` +
        `<viewAllRecords>${viewAll}</viewAllRecords></objectPermissions>`;
    return metadata(
        'PermissionSet',
        classes.map(classXml).join('') +
            fields.map(fieldAccess).join('') +
            `<label>${label}</label>` +
            objects.map(objectAccess).join('') +
            tabs.map(tabAccess).join('')
    );
}

export function assign(org: LocalOrg, setName: string, ...usernames: string[]): void {
    const PermissionSetId = org.db
        .prepare(`SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?`)
        .pluck()
        .get(setName) as string;
    for (const username of usernames)
        save(org, 'PermissionSetAssignment', { PermissionSetId, AssigneeId: userId(org, username) });
}

/** Saves past all permissions, and gives the id. */
export function save(org: LocalOrg, objectName: string, row: InputRow): string {
    const [result] = org.records.insert(system(org), objectName, [row], { allOrNone: true });
    if (!result!.success) throw new Error(`${objectName}: ${result!.errors[0]!.message}`);
    return result!.id!;
}

function system(org: LocalOrg) {
    return { user: org.users.context(org.adminUserId), mode: 'system' as const };
}

function prefix(org: LocalOrg, objectName: string): string {
    return org.schema.object(objectName)!.keyPrefix;
}
