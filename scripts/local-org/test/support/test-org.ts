// An org in memory behind a real port, with a small sales team, for tests of the server side.
import { Connection } from 'jsforce';
import { createOrg, type CreateOrgOptions } from '../../create-org.ts';
import type { LocalOrg } from '../../local-org.ts';
import { fieldDef, objectDef, ownerField, picklist, systemFields } from '../../schema/definitions.ts';
import { startLocalOrg } from '../../server.ts';

export interface TestOrg {
    org: LocalOrg;
    url: string;
    /** Every route the running org answers. */
    routes: readonly string[];
    /** The administrator. */
    admin: Connection;
    as(username: string): Connection;
    /** The raw HTTP door as that user. */
    fetchAs(username: string, path: string, init?: RequestInit): Promise<Response>;
    stop(): Promise<void>;
}

export const ADMIN = 'admin@local.org';
/** Sally manages Ray and Pia; Ray and Pia are peers; Ivan has left. */
export const TEAM = {
    manager: 'sally@local.org',
    rep: 'ray@local.org',
    peer: 'pia@local.org',
    leaver: 'ivan@local.org'
};

export async function startTestOrg(options: Partial<CreateOrgOptions> = {}): Promise<TestOrg> {
    const org = createOrg({ file: ':memory:', ...options });
    org.schema.apply(rating());
    org.schema.bumpVersion();
    loadTeam(org);
    const server = await startLocalOrg({ org });
    const tokenOf = (username: string): string => org.auth.issueToken(org.users.byUsername(username)!.userId);
    const as = (username: string): Connection =>
        new Connection({ instanceUrl: server.url, accessToken: tokenOf(username), version: '65.0' });
    return {
        org,
        url: server.url,
        routes: server.routes,
        admin: as(ADMIN),
        as,
        fetchAs: (username, path, init = {}) =>
            fetch(server.url + path, {
                ...init,
                headers: {
                    Authorization: `Bearer ${tokenOf(username)}`,
                    'Content-Type': 'application/json',
                    ...init.headers
                }
            }),
        async stop() {
            await server.close();
            org.close();
        }
    };
}

export function userId(org: LocalOrg, username: string): string {
    return org.users.byUsername(username)!.userId;
}

function loadTeam(org: LocalOrg): void {
    const profileId = org.db
        .prepare(`SELECT "Id" FROM "Profile" WHERE "Name" = 'Standard User'`)
        .pluck()
        .get() as string;
    const [head, field] = [org.ids.newId('00E'), org.ids.newId('00E')];
    org.load('UserRole', [
        { Id: head, Name: 'Head of Sales' },
        { Id: field, Name: 'Field Sales', ParentRoleId: head }
    ]);
    org.load(
        'User',
        Object.entries(TEAM).map(([part, username], index) => ({
            Username: username,
            FirstName: username.split('@')[0]!,
            LastName: part,
            Alias: part,
            CommunityNickname: `nick${index}`,
            Email: username,
            ProfileId: profileId,
            UserRoleId: part === 'manager' ? head : field,
            IsActive: part !== 'leaver',
            TimeZoneSidKey: 'Europe/London',
            LocaleSidKey: 'en_GB',
            LanguageLocaleKey: 'en_US',
            EmailEncodingKey: 'UTF-8'
        }))
    );
}

/** A custom object with one field of every kind that saving treats differently. */
function rating() {
    const custom = { custom: true, permissionable: true };
    return objectDef('Rating__c', {
        keyPrefix: 'a0R',
        custom: true,
        label: 'Rating',
        sharingModel: 'Private',
        fields: [
            ...systemFields(),
            ownerField(),
            fieldDef('Name', 'string', {
                autoNumber: true,
                displayFormat: 'RAT-{0000}',
                nameField: true,
                createable: false,
                updateable: false
            }),
            fieldDef('ExternalKey__c', 'string', { ...custom, length: 40, unique: true, externalId: true }),
            fieldDef('Opportunity__c', 'reference', {
                ...custom,
                referenceTo: ['Opportunity'],
                relationshipName: 'Opportunity__r',
                childRelationshipName: 'Ratings'
            }),
            fieldDef('Parent__c', 'reference', {
                ...custom,
                referenceTo: ['Rating__c'],
                relationshipName: 'Parent__r',
                childRelationshipName: 'Children',
                deleteConstraint: 'Cascade'
            }),
            fieldDef('Band__c', 'picklist', {
                ...custom,
                picklistValues: picklist(['Good', 'Bad'], 'Good'),
                restrictedPicklist: true
            }),
            fieldDef('Points__c', 'double', { ...custom, precision: 4, scale: 1 }),
            fieldDef('Note__c', 'string', { ...custom, length: 10 }),
            fieldDef('On__c', 'date', custom),
            fieldDef('IsFinal__c', 'boolean', custom),
            fieldDef('Double__c', 'double', {
                ...custom,
                formula: 'Points__c * 2',
                createable: false,
                updateable: false
            })
        ],
        validationRules: [
            {
                name: 'NotNegative',
                condition: 'Points__c < 0',
                message: 'Points cannot be negative.',
                field: 'Points__c',
                active: true
            }
        ]
    });
}
