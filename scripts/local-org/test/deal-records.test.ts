// Records around a deal that follow from each other: products and its amount, splits, team, contact roles, cases.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CallContext, InputRow, SaveResult } from '../org.ts';
import { ADMIN, startTestOrg, TEAM, userId, type TestOrg } from './support/test-org.ts';

let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg({ clock: () => new Date('2026-11-21T10:00:00.000Z') });
});
afterAll(() => local.stop());

const caller = (username: string): CallContext => ({
    user: local.org.users.byUsername(username)!,
    mode: 'user'
});
const insert = (objectName: string, ...rows: InputRow[]): SaveResult[] =>
    local.org.records.insert(caller(ADMIN), objectName, rows, { allOrNone: false });
const update = (objectName: string, ...rows: InputRow[]): SaveResult[] =>
    local.org.records.update(caller(ADMIN), objectName, rows, { allOrNone: false });
const remove = (...ids: string[]): SaveResult[] =>
    local.org.records.delete(caller(ADMIN), ids, { allOrNone: false });
const made = (objectName: string, row: InputRow): string => {
    const [result] = insert(objectName, row);
    expect(result!.errors).toEqual([]);
    return result!.id!;
};
const row = (objectName: string, id: string): Record<string, unknown> =>
    local.org.db.prepare(`SELECT * FROM "${objectName}" WHERE "Id" = ?`).get(id) as Record<string, unknown>;
const rowsOf = (objectName: string, deal: string): Record<string, unknown>[] =>
    local.org.db
        .prepare(`SELECT * FROM "${objectName}" WHERE "OpportunityId" = ? AND "IsDeleted" = 0 ORDER BY "Id"`)
        .all(deal) as Record<string, unknown>[];
const codes = (results: SaveResult[]): string[] => results.map(({ errors }) => errors[0]?.statusCode ?? 'ok');

let deal: string;
beforeEach(() => {
    deal = made('Opportunity', {
        Name: 'Deal',
        StageName: 'Prospecting',
        CloseDate: '2026-12-31',
        Amount: 1000
    });
});

describe('products of a deal', () => {
    let entry: string;
    let product: string;
    beforeEach(() => {
        const standard = local.org.db
            .prepare('SELECT "Id" FROM "Pricebook2" WHERE "IsStandard" = 1')
            .pluck()
            .get() as string;
        product = made('Product2', { Name: 'Loan', ProductCode: 'L-1', IsActive: true });
        entry = made('PricebookEntry', {
            Pricebook2Id: standard,
            Product2Id: product,
            UnitPrice: 40,
            IsActive: true
        });
    });
    const item = (more: InputRow = {}): InputRow => ({
        OpportunityId: deal,
        PricebookEntryId: entry,
        Quantity: 3,
        UnitPrice: 40,
        ...more
    });

    test('take names and list price from the price book, and give the deal its amount', () => {
        const id = made('OpportunityLineItem', item({ UnitPrice: 33.335 }));
        expect(row('OpportunityLineItem', id)).toMatchObject({
            Name: 'Deal Loan',
            ProductCode: 'L-1',
            Product2Id: product,
            ListPrice: 40,
            UnitPrice: 33.34,
            TotalPrice: 100.02
        });
        made('OpportunityLineItem', item({ Discount: 50 }));
        expect(row('Opportunity', deal)).toMatchObject({
            Amount: 160.02,
            ExpectedRevenue: 16,
            HasOpportunityLineItem: 1,
            TotalOpportunityQuantity: 6,
            Pricebook2Id: expect.stringMatching(/^01s/)
        });
    });

    test('are found by their product as well, and their price by the total', () => {
        const [found] = insert('OpportunityLineItem', {
            OpportunityId: deal,
            Product2Id: product,
            Quantity: 4,
            TotalPrice: 100
        });
        expect(row('OpportunityLineItem', found!.id!)).toMatchObject({
            PricebookEntryId: entry,
            UnitPrice: 25,
            TotalPrice: 100
        });
    });

    test('write the history of the amount and keep a client from changing it', () => {
        const id = made('OpportunityLineItem', item());
        expect(codes(update('Opportunity', { Id: deal, Amount: 5, NextStep: 'Call' }))).toEqual(['ok']);
        expect(row('Opportunity', deal)).toMatchObject({ Amount: 120, NextStep: 'Call' });
        update('OpportunityLineItem', { Id: id, Quantity: 1 });
        expect(rowsOf('OpportunityHistory', deal).map((one) => one['Amount'])).toEqual([1000, 120, 40]);
    });

    test('count no more when deleted; the last one leaves the amount as it was', () => {
        const [first, second] = [made('OpportunityLineItem', item()), made('OpportunityLineItem', item())];
        remove(first);
        expect(row('Opportunity', deal)['Amount']).toBe(120);
        remove(second);
        expect(row('Opportunity', deal)).toMatchObject({ Amount: 120, HasOpportunityLineItem: 0 });
        local.org.records.undelete(caller(ADMIN), [second], { allOrNone: false });
        expect(row('Opportunity', deal)['HasOpportunityLineItem']).toBe(1);
    });

    test.each<[string, InputRow, string]>([
        ['no price', { UnitPrice: null }, 'REQUIRED_FIELD_MISSING'],
        ['two prices', { TotalPrice: 10 }, 'FIELD_INTEGRITY_EXCEPTION'],
        ['no quantity', { Quantity: null }, 'REQUIRED_FIELD_MISSING'],
        ['nothing of it', { Quantity: 0 }, 'FIELD_INTEGRITY_EXCEPTION'],
        ['no product', { PricebookEntryId: null }, 'REQUIRED_FIELD_MISSING'],
        [
            'a price book entry that does not exist',
            { PricebookEntryId: '01u000000000001AAA' },
            'INVALID_CROSS_REFERENCE_KEY'
        ]
    ])('are refused with %s', (_what, more, code) => {
        expect(codes(insert('OpportunityLineItem', item(more)))).toEqual([code]);
        expect(row('Opportunity', deal)['Amount']).toBe(1000);
    });

    test('come from one price book', () => {
        made('OpportunityLineItem', item());
        const other = made('Pricebook2', { Name: 'Other', IsActive: true });
        const custom = made('PricebookEntry', {
            Pricebook2Id: other,
            Product2Id: product,
            UnitPrice: 30,
            IsActive: true
        });
        const [result] = insert('OpportunityLineItem', item({ PricebookEntryId: custom }));
        expect(result!.errors[0]).toMatchObject({
            statusCode: 'FIELD_INTEGRITY_EXCEPTION',
            message: expect.stringContaining('different pricebook than the one assigned')
        });
    });

    test('have one price in a book, and a standard price before any other', () => {
        const book = made('Pricebook2', { Name: 'Custom', IsActive: true });
        const fresh = made('Product2', { Name: 'New', IsActive: true });
        const price = (given: InputRow): SaveResult[] =>
            insert('PricebookEntry', { UnitPrice: 1, IsActive: true, ...given });
        expect(codes(price({ Pricebook2Id: book, Product2Id: fresh }))).toEqual([
            'STANDARD_PRICE_NOT_DEFINED'
        ]);
        const follows = { Pricebook2Id: book, Product2Id: product, UseStandardPrice: true, UnitPrice: null };
        expect(row('PricebookEntry', made('PricebookEntry', follows))).toMatchObject({
            UnitPrice: 40,
            Name: 'Loan'
        });
        expect(price(follows)[0]!.errors[0]).toMatchObject({
            statusCode: 'DUPLICATE_VALUE',
            message: 'This price definition already exists in this price book'
        });
    });
});

describe('splits of a deal', () => {
    const typeId = (name: string): string =>
        local.org.db
            .prepare('SELECT "Id" FROM "OpportunitySplitType" WHERE "DeveloperName" = ?')
            .pluck()
            .get(name) as string;
    const splits = (): Record<string, unknown>[] => rowsOf('OpportunitySplit', deal);
    const rep = (): string => userId(local.org, TEAM.rep);
    const joined = (): string => made('OpportunityTeamMember', { OpportunityId: deal, UserId: rep() });
    const UNBALANCED = "Can't update splits: percentages don't add up to 100.00%.";

    test('start with all of it for the owner, who joins the team', () => {
        expect(splits()).toMatchObject([
            {
                SplitOwnerId: local.org.adminUserId,
                SplitPercentage: 100,
                SplitAmount: 1000,
                SplitTypeId: typeId('Revenue')
            }
        ]);
        expect(rowsOf('OpportunityTeamMember', deal)).toMatchObject([
            { UserId: local.org.adminUserId, Name: 'Ada Admin' }
        ]);
    });

    test('are shared in one call that adds up', () => {
        joined();
        const [own] = splits();
        const results = local.org.records.upsert(
            caller(ADMIN),
            'OpportunitySplit',
            'Id',
            [
                { Id: own!['Id'] as string, SplitPercentage: 75 },
                { OpportunityId: deal, SplitOwnerId: rep(), SplitPercentage: 25 }
            ],
            { allOrNone: false }
        );
        expect(codes(results)).toEqual(['ok', 'ok']);
        expect(splits().map((one) => one['SplitAmount'])).toEqual([750, 250]);
        update('Opportunity', { Id: deal, Amount: 200 });
        expect(splits().map((one) => one['SplitAmount'])).toEqual([150, 50]);
    });

    test('that do not add up fail together, those of other deals are saved', () => {
        joined();
        const other = made('Opportunity', {
            Name: 'Other',
            StageName: 'Prospecting',
            CloseDate: '2026-12-31'
        });
        const overlay = {
            OpportunityId: other,
            SplitOwnerId: local.org.adminUserId,
            SplitTypeId: typeId('Overlay'),
            SplitPercentage: 300
        };
        const results = insert(
            'OpportunitySplit',
            { OpportunityId: deal, SplitOwnerId: rep(), SplitPercentage: 25 },
            overlay
        );
        expect(results.map(({ errors }) => errors[0]?.message ?? 'ok')).toEqual([UNBALANCED, 'ok']);
        expect(splits()).toHaveLength(1);
        expect(remove(splits()[0]!['Id'] as string)[0]!.errors[0]!.message).toBe(UNBALANCED);
    });

    test('belong to members of the team, once', () => {
        const [outsider] = insert('OpportunitySplit', {
            OpportunityId: deal,
            SplitOwnerId: rep(),
            SplitTypeId: typeId('Overlay'),
            SplitPercentage: 1
        });
        expect(outsider!.errors[0]!.message).toBe(UNBALANCED);
        joined();
        const overlay = {
            OpportunityId: deal,
            SplitOwnerId: rep(),
            SplitTypeId: typeId('Overlay'),
            SplitPercentage: 1
        };
        expect(
            codes([...insert('OpportunitySplit', overlay), ...insert('OpportunitySplit', overlay)])
        ).toEqual(['ok', 'DUPLICATE_VALUE']);
        expect(codes(insert('OpportunitySplit', { ...overlay, SplitPercentage: 1001 }))).toEqual([
            'NUMBER_OUTSIDE_VALID_RANGE'
        ]);
    });

    test('go with the deal to a new owner', () => {
        expect(codes(update('Opportunity', { Id: deal, OwnerId: rep() }))).toEqual(['ok']);
        expect(splits()).toMatchObject([{ SplitOwnerId: rep(), SplitPercentage: 100 }]);
        expect(rowsOf('OpportunityTeamMember', deal)).toHaveLength(2);
    });

    test('and teams do not exist where they are switched off', async () => {
        const plain = await startTestOrg({ features: [] });
        const [result] = plain.org.records.insert(
            { user: plain.org.users.byUsername(ADMIN)!, mode: 'user' },
            'Opportunity',
            [{ Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31' }],
            { allOrNone: true }
        );
        expect(result!.success).toBe(true);
        await expect(plain.admin.query('SELECT Id FROM OpportunitySplit')).rejects.toMatchObject({
            errorCode: 'INVALID_TYPE'
        });
        await plain.stop();
    });
});

describe('contact roles', () => {
    test('have one primary contact, whom the deal names', () => {
        const [ann, ben] = ['Ann', 'Ben'].map((LastName) => made('Contact', { LastName }));
        const first = made('OpportunityContactRole', {
            OpportunityId: deal,
            ContactId: ann!,
            IsPrimary: true
        });
        expect(row('Opportunity', deal)['ContactId']).toBe(ann);
        const second = made('OpportunityContactRole', {
            OpportunityId: deal,
            ContactId: ben!,
            IsPrimary: true
        });
        expect(row('OpportunityContactRole', first)['IsPrimary']).toBe(0);
        expect(row('Opportunity', deal)['ContactId']).toBe(ben);
        remove(second);
        expect(row('Opportunity', deal)['ContactId']).toBeNull();
    });

    test('begin with the contact a deal is made with', () => {
        const contact = made('Contact', { LastName: 'Cay' });
        const id = made('Opportunity', {
            Name: 'D',
            StageName: 'Prospecting',
            CloseDate: '2026-12-31',
            ContactId: contact
        });
        expect(rowsOf('OpportunityContactRole', id)).toMatchObject([{ ContactId: contact, IsPrimary: 1 }]);
    });
});

test('a member of a campaign responds by status, on a day that stays, and is in it once', () => {
    const [contact, lead] = [
        made('Contact', { LastName: 'Gus' }),
        made('Lead', { LastName: 'H', Company: 'H' })
    ];
    const campaign = made('Campaign', { Name: 'Fair' });
    const member = made('CampaignMember', { CampaignId: campaign, ContactId: contact, LeadId: lead });
    expect(row('CampaignMember', member)).toMatchObject({
        ...{ Status: 'Sent', HasResponded: 0, FirstRespondedDate: null },
        ...{ ContactId: contact, LeadId: null }
    });
    update('CampaignMember', { Id: member, Status: 'Responded' });
    const responded = { HasResponded: 1, FirstRespondedDate: '2026-11-21' };
    expect(row('CampaignMember', member)).toMatchObject(responded);
    update('CampaignMember', { Id: member, Status: 'Sent' });
    expect(row('CampaignMember', member)).toMatchObject({ ...responded, HasResponded: 0 });
    const results = insert(
        'CampaignMember',
        { CampaignId: campaign, ContactId: contact },
        { CampaignId: campaign, LeadId: lead },
        { CampaignId: campaign },
        { CampaignId: campaign, LeadId: lead, Status: 'Attended' }
    );
    expect(codes(results)).toEqual([
        ...['DUPLICATE_VALUE', 'ok'],
        ...['LOCAL_ORG_NOT_SUPPORTED', 'LOCAL_ORG_NOT_SUPPORTED']
    ]);
});

test('a permission set is assigned to a user once', () => {
    const set = made('PermissionSet', { Name: 'Once', Label: 'Once' });
    const assignment = { PermissionSetId: set, AssigneeId: userId(local.org, TEAM.rep) };
    const results = insert('PermissionSetAssignment', assignment, assignment);
    expect(codes(results)).toEqual(['ok', 'DUPLICATE_VALUE']);
    expect(results[1]!.errors[0]!.message).toBe(
        `Duplicate PermissionSetAssignment. Assignee: ${assignment.AssigneeId}; Permission Set: ${set}`
    );
    remove(results[0]!.id!);
    expect(codes(insert('PermissionSetAssignment', assignment))).toEqual(['ok']);
});

test('a case is closed by its status, has a number and the account of its contact', () => {
    const account = made('Account', { Name: 'Acme' });
    const contact = made('Contact', { LastName: 'Dee', AccountId: account });
    const id = made('Case', { Subject: 'Help', ContactId: contact });
    expect(row('Case', id)).toMatchObject({
        CaseNumber: '00000001',
        Status: 'New',
        IsClosed: 0,
        AccountId: account
    });
    update('Case', { Id: id, Status: 'Closed' });
    expect(row('Case', id)).toMatchObject({ IsClosed: 1, ClosedDate: '2026-11-21T10:00:00.000Z' });
});

test('a deleted task is no last activity any more, of deal, contact and lead', () => {
    const contact = made('Contact', { LastName: 'Eve' });
    const lead = made('Lead', { LastName: 'Fay', Company: 'Fay Ltd' });
    const done = { Status: 'Completed', ActivityDate: '2026-11-10', Subject: 'Call' };
    const task = made('Task', { ...done, WhatId: deal, WhoId: contact });
    made('Task', { ...done, WhoId: lead });
    const last = (objectName: string, id: string): unknown => row(objectName, id)['LastActivityDate'];
    expect([last('Opportunity', deal), last('Contact', contact), last('Lead', lead)]).toEqual(
        Array(3).fill('2026-11-10')
    );
    remove(task);
    expect([last('Opportunity', deal), last('Contact', contact)]).toEqual([null, null]);
});
