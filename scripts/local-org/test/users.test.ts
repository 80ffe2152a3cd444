import { beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { bootstrapOrg } from '../bootstrap.ts';
import type { BootstrappedOrg } from '../bootstrap.ts';
import { createSchemaAndMetadata } from '../foundation.ts';
import type { Foundation } from '../foundation.ts';
import { insertSetupRow } from '../setup-rows.ts';

const clock = () => new Date('2026-11-21T09:00:00.000Z');
let org: Foundation;
let booted: BootstrappedOrg;

beforeEach(() => {
    org = createSchemaAndMetadata(new Database(':memory:'), { clock });
    booted = bootstrapOrg(org.db, org, { adminUsername: 'admin@firm.example' });
});

const insert = (objectName: string, values: Record<string, unknown>): string =>
    insertSetupRow(org.db, { ...org, clock }, objectName, values, booted.adminUserId);

const profileId = (name: string): string =>
    org.db.prepare('SELECT "Id" FROM "Profile" WHERE "Name" = ?').pluck().get(name) as string;

function addUser(username: string, given: Record<string, unknown> = {}): string {
    return insert('User', {
        Username: username,
        FirstName: 'Sam',
        LastName: username.split('@')[0],
        Alias: 'x',
        Email: username,
        ProfileId: profileId('Standard User'),
        TimeZoneSidKey: 'Europe/London',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        ...given
    });
}

describe('a new org', () => {
    test('is made once: opening its database again finds the same org and administrator', () => {
        expect(bootstrapOrg(org.db, org, { name: 'Another' })).toEqual(booted);
        expect(org.db.prepare('SELECT count(*) FROM "Organization"').pluck().get()).toBe(1);
    });

    test('has twelve months, four quarters and one year for every fiscal year', () => {
        const count = org.db.prepare(
            `SELECT count(*) FROM "Period" WHERE "FullyQualifiedLabel" LIKE '%FY 2026'`
        );
        expect(count.pluck().get()).toBe(17);
    });

    test('offers its sales stages as the values of Opportunity.StageName, also after a seed replaced them', () => {
        const stages = () =>
            org.schema.field('Opportunity', 'StageName')?.picklistValues.map((one) => one.value);
        expect(stages()).toContain('Negotiation/Review');
        org.db.exec('DELETE FROM "OpportunityStage"');
        insert('OpportunityStage', {
            ApiName: 'Mandate',
            MasterLabel: 'Mandate',
            IsActive: true,
            SortOrder: 1
        });
        expect(stages()).toEqual(['Mandate']);
    });
});

describe('permissions', () => {
    test('the administrator may read and change everything', () => {
        const { permissions } = org.users.context(booted.adminUserId);
        expect(permissions.modifyAllData).toBe(true);
        expect(permissions.objectAccess('opportunity').modifyAll).toBe(true);
        expect(permissions.fieldAccess('Opportunity', 'amount')).toEqual({ read: true, edit: true });
    });

    test('a standard user works on sales objects without seeing all of them', () => {
        const { permissions } = org.users.context(addUser('rep@firm.example'));
        expect(permissions.objectAccess('Opportunity')).toEqual({
            read: true,
            create: true,
            edit: true,
            delete: true,
            viewAll: false,
            modifyAll: false
        });
        expect(permissions.objectAccess('OpportunityContactRole').create).toBe(true);
        expect(permissions.objectAccess('Task').create).toBe(true);
        expect(permissions.objectAccess('User')).toMatchObject({ read: true, edit: false });
        expect(permissions.fieldAccess('Opportunity', 'NextStep')).toEqual({ read: true, edit: true });
        expect(permissions.fieldAccess('Opportunity', 'IsClosed')).toEqual({ read: true, edit: false });
        expect(permissions.apexClass('DealHealthController')).toBe(false);
    });

    test('an API-only integration user sees no customer data until a permission set grants it', () => {
        const id = addUser('robot@firm.example', {
            ProfileId: profileId('Minimum Access - API Only Integrations')
        });
        expect(org.users.context(id).permissions.objectAccess('Opportunity').read).toBe(false);
        expect(org.users.context(id).permissions.objectAccess('Task').read).toBe(false);

        const set = insert('PermissionSet', { Name: 'CrmRead', Label: 'CRM read' });
        insert('ObjectPermissions', {
            ParentId: set,
            SobjectType: 'Opportunity',
            PermissionsRead: true,
            PermissionsViewAllRecords: true
        });
        insert('FieldPermissions', {
            ParentId: set,
            SobjectType: 'Opportunity',
            Field: 'Opportunity.Amount',
            PermissionsRead: true
        });
        insert('PermissionSetAssignment', { PermissionSetId: set, AssigneeId: id });
        const { permissions } = org.users.context(id);
        expect(permissions.objectAccess('OpportunityHistory')).toMatchObject({ read: true, viewAll: true });
        expect(permissions.fieldAccess('Opportunity', 'Amount')).toEqual({ read: true, edit: false });
        expect(permissions.fieldAccess('Opportunity', 'NextStep').read).toBe(false);
        expect(permissions.fieldAccess('Opportunity', 'StageName').read).toBe(true);
    });

    test('an assignment that has expired grants nothing', () => {
        const id = addUser('temp@firm.example');
        const set = insert('PermissionSet', { Name: 'All', Label: 'All', PermissionsViewAllData: true });
        insert('PermissionSetAssignment', {
            PermissionSetId: set,
            AssigneeId: id,
            ExpirationDate: '2026-11-20T00:00:00.000Z'
        });
        expect(org.users.context(id).permissions.viewAllData).toBe(false);
    });
});

describe('the role hierarchy', () => {
    test('a manager sees those below, at any depth, leavers too, but not peers', () => {
        const head = insert('UserRole', { Name: 'Head' });
        const team = insert('UserRole', { Name: 'Team', ParentRoleId: head });
        const desk = insert('UserRole', { Name: 'Desk', ParentRoleId: team });
        const manager = addUser('manager@firm.example', { UserRoleId: head });
        addUser('peer@firm.example', { UserRoleId: head });
        const lead = addUser('lead@firm.example', { UserRoleId: team });
        const leaver = addUser('leaver@firm.example', { UserRoleId: desk, IsActive: false });
        expect([...org.users.context(manager).subordinateIds].sort()).toEqual([lead, leaver].sort());
        expect([...org.users.context(lead).subordinateIds]).toEqual([leaver]);
    });

    test('a cycle in the roles ends the walk and never makes a user his own subordinate', () => {
        const a = insert('UserRole', { Name: 'A' });
        const b = insert('UserRole', { Name: 'B', ParentRoleId: a });
        org.db.prepare('UPDATE "UserRole" SET "ParentRoleId" = ? WHERE "Id" = ?').run(b, a);
        const upper = addUser('a@firm.example', { UserRoleId: a });
        const lower = addUser('b@firm.example', { UserRoleId: b });
        expect([...org.users.context(upper).subordinateIds]).toEqual([lower]);
    });
});

test('users are found by username without regard to case, and unknown ids are refused', () => {
    addUser('Rep@Firm.example');
    expect(org.users.byUsername('rep@firm.EXAMPLE')?.name).toBe('Sam Rep');
    expect(org.users.byUsername('nobody@firm.example')).toBeUndefined();
    expect(() => org.users.context('005000000000000AAA')).toThrow('No user has the id 005000000000000AAA');
});

describe('what a user may do', () => {
    const mayReadDeals = (userId: string): boolean =>
        org.users.context(userId).permissions.objectAccess('Opportunity').read;
    let rep: string;
    let setId: string;
    const grant = (): void => {
        insert('ObjectPermissions', {
            ParentId: setId,
            SobjectType: 'Opportunity',
            PermissionsRead: true
        });
    };
    beforeEach(() => {
        const profile = org.db.prepare(
            'SELECT "Id" FROM "Profile" WHERE "Name" LIKE \'Minimum Access - API%\''
        );
        rep = addUser('rep@firm.example', { ProfileId: profile.pluck().get() });
        setId = insert('PermissionSet', { Name: 'Deals', Label: 'Deals' });
        insert('PermissionSetAssignment', { AssigneeId: rep, PermissionSetId: setId });
        expect(mayReadDeals(rep)).toBe(false);
    });

    test('changes with the rows that grant it, at once', () => {
        grant();
        expect(mayReadDeals(rep)).toBe(true);
        org.db
            .prepare('UPDATE "ObjectPermissions" SET "PermissionsRead" = 0 WHERE "ParentId" = ?')
            .run(setId);
        expect(mayReadDeals(rep)).toBe(false);
    });

    test('is what it was when rows that would grant it are taken back', () => {
        const takeBack = (): void =>
            org.db.transaction(() => {
                grant();
                expect(mayReadDeals(rep)).toBe(true);
                throw new Error('taken back');
            })();
        expect(takeBack).toThrow('taken back');
        expect(mayReadDeals(rep)).toBe(false);
        grant();
        expect(mayReadDeals(rep)).toBe(true);
    });
});
