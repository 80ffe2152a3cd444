// Who sees which rows: org-wide defaults, owners and managers, View All, control by parent; and that no query leaks a
// hidden row or field on any way there is.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { AccessMode, CallContext, OrgError } from '../org.ts';
import { createQueries } from '../queries.ts';
import type { PagedQueries } from '../queries.ts';
import { createSharing } from '../sharing.ts';
import type { Sharing } from '../sharing.ts';
import { EDIT, READ, createMiniOrg, user } from './support/mini-schema.ts';
import type { Grants, MiniOrg } from './support/mini-schema.ts';

let org: MiniOrg;
let queries: PagedQueries;
let sharing: Sharing;
let rep: string;
let colleague: string;
let manager: string;
let account: string;
let mine: string;
let theirs: string;

const OBJECTS: Grants['objects'] = {
    ...{ Account: READ, Contact: READ, Opportunity: EDIT, Task: EDIT },
    ...{ DealHealth__c: EDIT, PipelineFlag__c: READ }
};

beforeEach(() => {
    org = createMiniOrg();
    queries = createQueries({
        ...org,
        currency: 'USD',
        clock: () => new Date('2026-11-21T12:00:00Z')
    });
    sharing = createSharing(org);
    [rep, colleague, manager] = ['Rep', 'Colleague', 'Manager'].map((name) =>
        org.add('User', { LastName: name, Username: `${name}@example.com` })
    );
    account = org.add('Account', { Name: 'Acme', OwnerId: manager });
    mine = org.add('Opportunity', {
        Name: 'Mine',
        OwnerId: rep,
        AccountId: account,
        Amount: 10,
        CloseDate: '2026-12-01'
    });
    theirs = org.add('Opportunity', {
        Name: 'Theirs',
        OwnerId: colleague,
        AccountId: account,
        Amount: 99,
        CloseDate: '2026-12-31'
    });
});

function as(
    userId: string,
    grants: Grants = {},
    below: string[] = [],
    mode: AccessMode = 'user'
): CallContext {
    return { user: user(userId, { objects: OBJECTS, ...grants }, below), mode };
}

function names(ctx: CallContext, soql: string): unknown[] {
    return queries.query(ctx, soql).records.map((record) => record.Name);
}

function refusal(ctx: CallContext, soql: string): string {
    try {
        queries.query(ctx, soql);
    } catch (error) {
        return `${(error as OrgError).errorCode}: ${(error as OrgError).message.split('\n').pop()}`;
    }
    return 'answered';
}

const ALL = 'SELECT Name FROM Opportunity ORDER BY Name';

describe('rows of a private object', () => {
    test('are seen by their owner', () => {
        expect(names(as(rep), ALL)).toEqual(['Mine']);
    });

    test('are seen by managers above the owner', () => {
        expect(names(as(manager, {}, [rep, colleague]), ALL)).toEqual(['Mine', 'Theirs']);
        expect(names(as(manager), ALL)).toEqual([]);
    });

    test('are seen with View All on the object or on all data', () => {
        expect(names(as(rep, { objects: { Opportunity: { read: true, viewAll: true } } }), ALL)).toHaveLength(
            2
        );
        expect(names(as(rep, { viewAllData: true }), ALL)).toHaveLength(2);
        expect(names(as(rep, { modifyAllData: true }), ALL)).toHaveLength(2);
    });

    test('are all seen in system mode, and shared rows only in sharing mode', () => {
        expect(names(as(rep, {}, [], 'system'), ALL)).toHaveLength(2);
        expect(names(as(rep, { objects: {} }, [], 'sharing'), ALL)).toEqual(['Mine']);
    });

    test('are narrowed by WITH USER_MODE, and never widened by WITH SYSTEM_MODE', () => {
        const soql = 'SELECT Name FROM Opportunity WITH';
        expect(names(as(rep, {}, [], 'system'), `${soql} USER_MODE`)).toEqual(['Mine']);
        expect(names(as(rep), `${soql} SYSTEM_MODE`)).toEqual(['Mine']);
        expect(names(as(rep, {}, [], 'system'), `${soql} SYSTEM_MODE`)).toHaveLength(2);
    });
});

describe('rows controlled by their parent', () => {
    beforeEach(() => {
        org.add('Task', { Subject: 'on mine', OwnerId: colleague, WhatId: mine });
        org.add('Task', { Subject: 'on theirs', OwnerId: colleague, WhatId: theirs });
        org.add('Task', { Subject: 'on the account', OwnerId: colleague, WhatId: account });
        org.add('Task', { Subject: 'on nothing', OwnerId: colleague });
        org.add('Task', { Subject: 'my own', OwnerId: rep, WhatId: theirs });
    });

    const subjects = (ctx: CallContext): unknown[] =>
        queries
            .query(ctx, 'SELECT Subject FROM Task ORDER BY Subject')
            .records.map((record) => record.Subject);

    test('are seen with the parent, whatever object that is, and by their owner', () => {
        expect(subjects(as(rep))).toEqual(['my own', 'on mine', 'on the account']);
    });

    test('are not opened by a parent whose object the user cannot read', () => {
        expect(subjects(as(rep, { objects: { Task: READ, Opportunity: READ } }))).toEqual([
            'my own',
            'on mine'
        ]);
    });

    test('are seen by the manager of their owner', () => {
        expect(subjects(as(manager))).toEqual(['on the account']);
        expect(subjects(as(manager, {}, [colleague]))).toContain('on nothing');
    });

    test('follow two levels up', () => {
        const history = org.add('OpportunityHistory', { OpportunityId: theirs, StageName: 'Won' });
        expect(sharing.canReadRow(as(rep), 'OpportunityHistory', history)).toBe(false);
        expect(sharing.canReadRow(as(colleague), 'OpportunityHistory', history)).toBe(true);
    });
});

describe('a row the user cannot see', () => {
    let health: string;

    beforeEach(() => {
        health = org.add('DealHealth__c', {
            Name: 'Health',
            OwnerId: rep,
            Opportunity__c: theirs,
            Band__c: 'AtRisk'
        });
        org.add('PipelineFlag__c', {
            Name: 'Hidden flag',
            OwnerId: colleague,
            DealHealth__c: health,
            RuleKey__c: 'R1'
        });
    });

    const count = (soql: string): number => queries.query(as(rep), soql).totalSize;

    test('leaves its fields empty in the rows below it', () => {
        const [row] = queries.query(
            as(rep),
            'SELECT Opportunity__c, Opportunity__r.Name, Opportunity__r.Owner.Name FROM DealHealth__c'
        ).records;
        expect(row.Opportunity__c).toBe(theirs);
        expect(row.Opportunity__r).toBeNull();
    });

    test('cannot be found out by a condition on a parent', () => {
        expect(count("SELECT Id FROM DealHealth__c WHERE Opportunity__r.Name = 'Theirs'")).toBe(0);
        expect(count('SELECT Id FROM DealHealth__c WHERE Opportunity__r.Amount > 0')).toBe(0);
        expect(count("SELECT Id FROM DealHealth__c WHERE Opportunity__r.Owner.Name LIKE 'C%'")).toBe(0);
    });

    test('does not change the order', () => {
        const own = org.add('DealHealth__c', { OwnerId: rep, Opportunity__c: mine });
        const rows = queries.query(
            as(rep),
            'SELECT Id FROM DealHealth__c ORDER BY Opportunity__r.Amount DESC NULLS LAST'
        ).records;
        expect(rows.map((row) => row.Id)).toEqual([own, health]);
    });

    test('is in no semi-join and no anti-join', () => {
        expect(
            count(
                "SELECT Id FROM DealHealth__c WHERE Opportunity__c IN (SELECT Id FROM Opportunity WHERE Name = 'Theirs')"
            )
        ).toBe(0);
        expect(
            count('SELECT Id FROM DealHealth__c WHERE Id IN (SELECT DealHealth__c FROM PipelineFlag__c)')
        ).toBe(0);
        expect(
            count('SELECT Id FROM DealHealth__c WHERE Id NOT IN (SELECT DealHealth__c FROM PipelineFlag__c)')
        ).toBe(1);
    });

    test('is in no child subquery', () => {
        const [row] = queries.query(
            as(rep),
            'SELECT Id, (SELECT Name FROM Flags__r) FROM DealHealth__c'
        ).records;
        expect(row.Flags__r).toBeNull();
        const [seen] = queries.query(
            as(colleague, { viewAllData: true }),
            'SELECT Id, (SELECT Name FROM Flags__r) FROM DealHealth__c'
        ).records;
        expect(seen.Flags__r).toMatchObject({ totalSize: 1 });
    });

    test('is in no count, sum or group', () => {
        expect(count('SELECT COUNT() FROM Opportunity')).toBe(1);
        const [sum] = queries.query(
            as(rep),
            'SELECT SUM(Amount) total, MAX(Amount) most FROM Opportunity'
        ).records;
        expect(sum).toMatchObject({ total: 10, most: 10 });
        const [group] = queries.query(
            as(rep),
            'SELECT Opportunity__r.Name, SUM(Opportunity__r.Amount) s FROM DealHealth__c GROUP BY Opportunity__r.Name'
        ).records;
        expect(group).toMatchObject({ Name: null, s: null });
    });

    test('is on no page of a cursor', () => {
        const cursor = queries.openCursor(as(rep), ALL);
        expect(cursor.totalSize).toBe(1);
        expect(cursor.page(0, 10).map((row) => row.Name)).toEqual(['Mine']);
        expect([...queries.iterate(as(rep), ALL)]).toHaveLength(1);
    });

    test('still counts in a formula field, as in Salesforce', () => {
        const [row] = queries.query(as(rep), 'SELECT DaysToClose__c FROM DealHealth__c').records;
        expect(row.DaysToClose__c).toBe(40);
    });

    test('of a task is neither named nor typed', () => {
        const task = org.add('Task', { Subject: 'x', OwnerId: rep, WhatId: theirs });
        const [row] = queries.query(
            as(rep),
            `SELECT What.Name, What.Type FROM Task WHERE Id = '${task}'`
        ).records;
        expect(row.What).toBeNull();
        expect(count("SELECT Id FROM Task WHERE What.Name = 'Theirs'")).toBe(0);
        expect(count("SELECT Id FROM Task WHERE What.Type = 'Opportunity'")).toBe(0);
    });
});

describe('a field the user cannot read', () => {
    const ctx = (): CallContext =>
        as(rep, { hiddenFields: ['Opportunity.Amount', 'DealHealth__c.Opportunity__c'] });
    const noSuchColumn =
        /^INVALID_FIELD: No such column 'Amount' on entity 'Opportunity'\. If you are attempting/;

    test.each([
        'SELECT Amount FROM Opportunity',
        'SELECT Id FROM Opportunity WHERE Amount > 5',
        'SELECT Id FROM Opportunity ORDER BY Amount',
        'SELECT SUM(Amount) FROM Opportunity',
        'SELECT StageName FROM Opportunity GROUP BY StageName HAVING SUM(Amount) > 5',
        'SELECT Amount, COUNT(Id) FROM Opportunity GROUP BY Amount',
        'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE Amount > 5)',
        'SELECT Id, (SELECT Amount FROM Opportunities) FROM Account',
        'SELECT Opportunity.Amount FROM OpportunityHistory'
    ])('is no column in %s', (soql) => {
        const objects = { ...OBJECTS, OpportunityHistory: READ };
        expect(refusal(as(rep, { objects, hiddenFields: ['Opportunity.Amount'] }), soql)).toMatch(
            noSuchColumn
        );
    });

    test('does not lead to a parent or to children', () => {
        expect(refusal(ctx(), 'SELECT Opportunity__r.Name FROM DealHealth__c')).toMatch(
            /^INVALID_FIELD: Didn't understand relationship/
        );
        expect(refusal(ctx(), 'SELECT Id, (SELECT Id FROM DealHealths__r) FROM Opportunity')).toMatch(
            /^INVALID_TYPE: Didn't understand/
        );
    });

    test('is left out of FIELDS(ALL)', () => {
        const [row] = queries.query(ctx(), 'SELECT FIELDS(ALL) FROM Opportunity LIMIT 1').records;
        expect(row).toHaveProperty('CloseDate');
        expect(row).not.toHaveProperty('Amount');
    });

    test('is read in sharing and system mode', () => {
        const hidden = { hiddenFields: ['Opportunity.Amount'] };
        expect(refusal(as(rep, hidden, [], 'sharing'), 'SELECT Amount FROM Opportunity')).toBe('answered');
        expect(
            refusal(as(rep, hidden, [], 'system'), 'SELECT Amount FROM Opportunity WITH SECURITY_ENFORCED')
        ).toMatch(/No such column/);
    });
});

describe('an object the user cannot read', () => {
    const ctx = (): CallContext => as(rep, { objects: { Account: READ, DealHealth__c: READ } });

    test('does not exist for the query', () => {
        const expected = /^INVALID_TYPE: sObject type 'Opportunity' is not supported\./;
        expect(refusal(ctx(), 'SELECT Id FROM Opportunity')).toMatch(expected);
        expect(
            refusal(ctx(), 'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity)')
        ).toMatch(expected);
        expect(refusal(ctx(), 'SELECT Opportunity__r.Name FROM DealHealth__c')).toMatch(
            /Didn't understand relationship/
        );
        expect(refusal(ctx(), 'SELECT Id, (SELECT Id FROM Opportunities) FROM Account')).toMatch(
            /Didn't understand relationship/
        );
    });

    test('is found when it is a setup object or custom metadata', () => {
        org.add('PipelineFlagRule__mdt', { DeveloperName: 'R1', RuleKey__c: 'R1' });
        expect(queries.query(ctx(), 'SELECT RuleKey__c FROM PipelineFlagRule__mdt').totalSize).toBe(1);
        expect(queries.query(ctx(), 'SELECT Name FROM User').totalSize).toBe(3);
    });
});

describe('editing a row', () => {
    const edits = (ctx: CallContext, object: string, id: string): boolean =>
        sharing.canEditRow(ctx, object, id);

    test('is for the owner, those above and those who modify all', () => {
        expect(edits(as(rep), 'Opportunity', mine)).toBe(true);
        expect(edits(as(rep), 'Opportunity', theirs)).toBe(false);
        expect(edits(as(manager, {}, [colleague]), 'Opportunity', theirs)).toBe(true);
        expect(edits(as(rep, { viewAllData: true }), 'Opportunity', theirs)).toBe(false);
        expect(edits(as(rep, { modifyAllData: true }), 'Opportunity', theirs)).toBe(true);
        expect(edits(as(rep, {}, [], 'system'), 'Opportunity', theirs)).toBe(true);
    });

    test('of a public read-only object is for its owner', () => {
        expect(sharing.canReadRow(as(rep), 'Account', account)).toBe(true);
        expect(edits(as(rep), 'Account', account)).toBe(false);
        expect(edits(as(manager), 'Account', account)).toBe(true);
    });

    test('of a child goes by its parent', () => {
        const task = org.add('Task', { Subject: 'x', OwnerId: colleague, WhatId: mine });
        expect(edits(as(rep), 'Task', task)).toBe(true);
        org.set(task, { WhatId: account });
        expect(edits(as(rep), 'Task', task)).toBe(false);
    });

    test('of custom metadata and setup is not for users', () => {
        const rule = org.add('PipelineFlagRule__mdt', { DeveloperName: 'R1' });
        expect(edits(as(rep), 'PipelineFlagRule__mdt', rule)).toBe(false);
        expect(edits(as(rep), 'User', colleague)).toBe(false);
    });

    test('ends when the row is deleted or unknown', () => {
        org.set(mine, { IsDeleted: true });
        expect(edits(as(rep), 'Opportunity', mine)).toBe(false);
        expect(sharing.canReadRow(as(rep), 'Opportunity', '006000000000999AAA')).toBe(false);
    });
});
