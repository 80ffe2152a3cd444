// Triggers: what they see, what they may change, and that no door saves past them.
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import type { CallContext, InputRow, SaveResult } from '../org.ts';
import { createApexOrg } from './support/apex-org.ts';

const apexOrg = createApexOrg();
const { org, admin } = apexOrg;
const ctx: CallContext = { user: admin, mode: 'user' };

afterAll(() => apexOrg.close());
afterEach(() => {
    apexOrg.classes();
    org.db.exec('DELETE FROM "Account"; DELETE FROM "Contact"');
});

const insert = (rows: InputRow[], allOrNone = false): SaveResult[] =>
    org.records.insert(ctx, 'Account', rows, { allOrNone });
const update = (rows: InputRow[], allOrNone = false): SaveResult[] =>
    org.records.update(ctx, 'Account', rows, { allOrNone });
const rows = (soql: string): Record<string, unknown>[] =>
    org.queries.query(ctx, soql).records.map(({ attributes: _attributes, ...fields }) => fields);
const errorOf = ([first]: SaveResult[]): unknown => first!.errors[0];

describe('a before trigger', () => {
    test('sets fields of the rows that are saved, defaults and all', () => {
        apexOrg.classes(`trigger Fills on Account (before insert) {
            for (Account one : Trigger.new) {
                one.Description = one.Name + ' of ' + (one.OwnerId == UserInfo.getUserId()) + ' ' + one.Id;
            }
        }`);
        insert([{ Name: 'Acme' }, { Name: 'Beta' }]);
        expect(rows('SELECT Description FROM Account ORDER BY Name')).toEqual([
            { Description: 'Acme of true null' },
            { Description: 'Beta of true null' }
        ]);
    });

    test('sees what a row was and what it will be', () => {
        apexOrg.classes(`trigger Compares on Account (before update) {
            for (Account one : Trigger.new) {
                Account old = Trigger.oldMap.get(one.Id);
                one.Description = old.Name + ' > ' + one.Name + ', ' + one.Industry + ' ' + Trigger.size;
            }
        }`);
        const [{ id }] = insert([{ Name: 'Acme', Industry: 'Banking' }]) as [SaveResult];
        update([{ Id: id, Name: 'Beta' }]);
        expect(rows('SELECT Description FROM Account')).toEqual([{ Description: 'Acme > Beta, Banking 1' }]);
    });

    test('hands its operation to a class', () => {
        apexOrg.classes(
            `trigger Hands on Account (before insert) { Takes.rows(Trigger.operationType, Trigger.new); }`,
            `public with sharing class Takes {
                public static void rows(System.TriggerOperation operation, List<SObject> rows) {
                    TriggerOperation same = operation;
                    for (SObject row : rows) row.put('Description', same.name());
                }
            }`
        );
        insert([{ Name: 'Acme' }]);
        expect(rows('SELECT Description FROM Account')).toEqual([{ Description: 'BEFORE_INSERT' }]);
    });

    test('refuses single rows, and the others are saved', () => {
        apexOrg.classes(`trigger Refuses on Account (before insert) {
            for (Account one : Trigger.new) {
                if (one.Name == 'Bad') one.addError('not this one');
                if (one.Name == 'Worse') one.Name.addError('not that name');
            }
        }`);
        const results = insert([{ Name: 'Bad' }, { Name: 'Good' }, { Name: 'Worse' }]);
        expect(results.map(({ success }) => success)).toEqual([false, true, false]);
        expect(results[0]!.errors).toEqual([
            { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'not this one', fields: [] }
        ]);
        expect(results[2]!.errors).toEqual([
            { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'not that name', fields: ['Name'] }
        ]);
        expect(rows('SELECT Name FROM Account')).toEqual([{ Name: 'Good' }]);
    });

    test('is not shown rows that cannot be saved at all', () => {
        apexOrg.classes(`trigger Counts on Account (before insert) {
            for (Account one : Trigger.new) one.Description = String.valueOf(Trigger.size);
        }`);
        const results = insert([{ Name: 'Acme', AnnualRevenue: 'much' }, { Name: 'Beta' }]);
        expect(results.map(({ success }) => success)).toEqual([false, true]);
    });

    test('sets fields that the user may not write', () => {
        apexOrg.classes(`trigger Stamps on Account (before insert) {
            for (Account one : Trigger.new) one.Description = 'stamped';
        }`);
        const blind: CallContext = {
            mode: 'user',
            user: {
                ...admin,
                permissions: { ...admin.permissions, fieldAccess: () => ({ read: true, edit: false }) }
            }
        };
        const row = { Name: 'Acme', Description: 'own words' };
        const [refused] = org.records.insert(blind, 'Account', [row], { allOrNone: false });
        const [saved] = org.records.insert(blind, 'Account', [{ Name: 'Acme' }], { allOrNone: false });
        expect([refused!.success, saved!.success]).toEqual([false, true]);
        expect(rows('SELECT Description FROM Account')).toEqual([{ Description: 'stamped' }]);
    });
});

describe('an after trigger', () => {
    test('sees the saved rows with their ids and writes others', () => {
        apexOrg.classes(`trigger Follows on Account (after insert) {
            List<Contact> people = new List<Contact>();
            for (Account one : Trigger.new) people.add(new Contact(LastName = one.Name, AccountId = one.Id));
            insert people;
        }`);
        insert([{ Name: 'Acme' }, { Name: 'Beta' }]);
        expect(rows('SELECT LastName, Account.Name FROM Contact ORDER BY LastName')).toMatchObject([
            { LastName: 'Acme', Account: { Name: 'Acme' } },
            { LastName: 'Beta', Account: { Name: 'Beta' } }
        ]);
    });

    test('cannot change its records', () => {
        apexOrg.classes(`trigger Changes on Account (after insert) { Trigger.new[0].Name = 'Other'; }`);
        expect(errorOf(insert([{ Name: 'Acme' }]))).toMatchObject({
            statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
            message:
                'Changes: execution of AfterInsert\n\ncaused by: System.FinalException: Record is read-only\n\n' +
                'Trigger.Changes: line 1, column 1'
        });
    });

    test('that fails undoes the row and what it wrote itself', () => {
        apexOrg.classes(`trigger Fails on Account (after insert) {
            insert new Contact(LastName = 'Left over');
            Trigger.new[0].addError('too late');
        }`);
        expect(insert([{ Name: 'Acme' }])[0]!.success).toBe(false);
        expect(rows('SELECT Id FROM Account')).toEqual([]);
        expect(rows('SELECT Id FROM Contact')).toEqual([]);
    });

    test('hears of deleting and bringing back', () => {
        apexOrg.classes(
            `trigger Notes on Account (before delete, after delete, after undelete) {
                for (Account one : Trigger.isDelete ? Trigger.old : Trigger.new) {
                    insert new Contact(LastName = one.Name, Department = String.valueOf(Trigger.operationType));
                }
            }`
        );
        const [{ id }] = insert([{ Name: 'Acme' }]) as [SaveResult];
        org.records.delete(ctx, [id!], { allOrNone: true });
        org.records.undelete(ctx, [id!], { allOrNone: true });
        expect(rows('SELECT LastName, Department FROM Contact ORDER BY Department')).toEqual([
            { LastName: 'Acme', Department: 'AFTER_DELETE' },
            { LastName: 'Acme', Department: 'AFTER_UNDELETE' },
            { LastName: 'Acme', Department: 'BEFORE_DELETE' }
        ]);
    });

    test('before delete keeps a row that may not go', () => {
        apexOrg.classes(`trigger Keeps on Account (before delete) {
            for (Account one : Trigger.old) one.addError('stays');
        }`);
        const [{ id }] = insert([{ Name: 'Acme' }]) as [SaveResult];
        expect(errorOf(org.records.delete(ctx, [id!], { allOrNone: false }))).toMatchObject({
            statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
            message: 'stays'
        });
        expect(rows('SELECT Name FROM Account')).toEqual([{ Name: 'Acme' }]);
    });
});

describe('a trigger and the rest of a save', () => {
    const refusesBad = `trigger Refuses on Account (before insert, before update) {
        for (Account one : Trigger.new) if (one.Name == 'Bad') one.addError('not this one');
    }`;

    test('all or none: one refused row takes the others back', () => {
        apexOrg.classes(refusesBad);
        const results = insert([{ Name: 'Good' }, { Name: 'Bad' }], true);
        expect(results.map(({ errors }) => errors[0]!.statusCode)).toEqual([
            'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            'FIELD_CUSTOM_VALIDATION_EXCEPTION'
        ]);
        expect(rows('SELECT Id FROM Account')).toEqual([]);
    });

    test('is a DmlException where Apex saves, with the row and the reason', async () => {
        const body = `try { insert new List<Account>{ new Account(Name = 'Good'), new Account(Name = 'Bad') }; }
            catch (DmlException e) { return e.getMessage() + ' / ' + e.getDmlType(0) + ' / ' + e.getDmlIndex(0); }
            return null;`;
        expect(await apexOrg.evaluate(body, refusesBad)).toBe(
            'Insert failed. First exception on row 1; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, not this one: []' +
                ' / FIELD_CUSTOM_VALIDATION_EXCEPTION / 1'
        );
    });

    test('upsert passes new rows and old ones to the events they belong to', () => {
        const [{ id }] = insert([{ Name: 'Old' }]) as [SaveResult];
        apexOrg.classes(`trigger Tells on Account (before insert, before update) {
            for (Account one : Trigger.new) one.Description = Trigger.isInsert ? 'new' : 'known';
        }`);
        const given: InputRow[] = [{ Id: id, Name: 'Old' }, { Name: 'New' }];
        org.records.upsert(ctx, 'Account', 'Id', given, { allOrNone: true });
        expect(rows('SELECT Name, Description FROM Account ORDER BY Name')).toEqual([
            { Name: 'New', Description: 'new' },
            { Name: 'Old', Description: 'known' }
        ]);
    });

    test('sees at most 200 rows at a time', () => {
        apexOrg.classes(`trigger Sizes on Account (before insert) {
            for (Account one : Trigger.new) one.NumberOfEmployees = Trigger.size;
        }`);
        insert(Array.from({ length: 201 }, (_, index) => ({ Name: `A${index}` })));
        expect(
            rows(
                'SELECT NumberOfEmployees n, COUNT(Id) c FROM Account GROUP BY NumberOfEmployees ORDER BY COUNT(Id)'
            )
        ).toEqual([
            { n: 1, c: 1 },
            { n: 200, c: 200 }
        ]);
    });

    test('shares limits and statics with the Apex that saves', async () => {
        const counter = `public class Counter { public static Integer runs = 0; }`;
        const trigger = `trigger Counts on Account (before insert) {
            Counter.runs++;
            List<Account> some = [SELECT Id FROM Account];
        }`;
        const body = `insert new Account(Name = 'One'); insert new Account(Name = 'Two');
            return new List<Integer>{ Counter.runs, Limits.getQueries() };`;
        expect(await apexOrg.evaluate(body, counter, trigger)).toEqual([2, 2]);
    });

    test('a trigger without end stops at the depth of the platform', () => {
        apexOrg.classes(`trigger Loops on Account (after insert) { insert new Account(Name = 'Again'); }`);
        const error = errorOf(insert([{ Name: 'Acme' }])) as { statusCode: string; message: string };
        expect(error.statusCode).toBe('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
        expect(error.message).toContain('maximum trigger depth exceeded');
        expect(rows('SELECT Id FROM Account')).toEqual([]);
    });

    test('too many queries in a trigger refuse the rows, and end the Apex that saved them', async () => {
        const trigger = `trigger Asks on Account (before insert) {
            for (Integer at = 0; at < 101; at++) { List<Account> some = [SELECT Id FROM Account LIMIT 1]; }
        }`;
        apexOrg.classes(trigger);
        expect(errorOf(insert([{ Name: 'Acme' }]))).toMatchObject({
            message: expect.stringContaining('System.LimitException: Too many SOQL queries: 101')
        });
        const body = `try { insert new Account(Name = 'Acme'); } catch (Exception e) { return 'caught'; } return 'saved';`;
        await expect(apexOrg.evaluate(body, trigger)).rejects.toMatchObject({
            body: { exceptionType: 'System.LimitException' }
        });
    });

    test('callouts from triggers are refused', () => {
        apexOrg.classes(`trigger Calls on Account (before insert) {
            HttpRequest request = new HttpRequest();
            request.setEndpoint('callout:Nowhere');
            new Http().send(request);
        }`);
        expect(errorOf(insert([{ Name: 'Acme' }]))).toMatchObject({
            message: expect.stringContaining('Callout from triggers are currently not supported.')
        });
    });

    test('does not run for objects it is not on, nor when rows are only read', () => {
        apexOrg.classes(refusesBad);
        const [contact] = org.records.insert(ctx, 'Contact', [{ LastName: 'Bad' }], { allOrNone: false });
        expect(contact!.success).toBe(true);
    });

    test('that does not compile stops the saving of its rows and says why', () => {
        apexOrg.classes(`trigger Broken on Account (before insert) { Trigger.new[0].Nmae = 'x'; }`);
        expect(apexOrg.apex.check()).toEqual([
            { className: 'Broken', line: 1, message: 'Field does not exist: Nmae on Account' }
        ]);
        expect(() => insert([{ Name: 'Acme' }])).toThrow('Field does not exist: Nmae on Account at Broken:1');
        const [contact] = org.records.insert(ctx, 'Contact', [{ LastName: 'Known' }], { allOrNone: false });
        expect(contact!.success).toBe(true);
    });
});

test('addError outside of a trigger is an error itself', async () => {
    await expect(apexOrg.evaluate(`new Account().addError('no'); return null;`)).rejects.toMatchObject({
        body: { exceptionType: 'System.FinalException', message: 'SObject row does not allow errors' }
    });
});

describe('Apex is compiled as it is needed', () => {
    const named = `trigger Asks on Account (before insert) {
            Type wanted = Type.forName('Gives' + 'Words');
            Trigger.new[0].Description = String.valueOf(((GivesText) wanted.newInstance()).text());
        }`;
    const gives = [
        'public interface GivesText { String text(); }',
        "public class GivesWords implements GivesText { public String text() { return 'found'; } }"
    ];

    test('a class that is named only while it runs is found', () => {
        apexOrg.classes(named, ...gives);
        insert([{ Name: 'Acme' }]);
        expect(rows('SELECT Description FROM Account')).toEqual([{ Description: 'found' }]);
    });

    test('a class nobody named holds up no row, and a check tells of it', () => {
        apexOrg.classes(named, ...gives, 'public class Broken { Integer x = Nowhere.at(); }');
        expect(insert([{ Name: 'Acme' }])[0]!.success).toBe(true);
        expect(apexOrg.apex.check()).toEqual([expect.objectContaining({ className: 'Broken' })]);
    });

    test('a comment that speaks of a trigger is not its head', () => {
        const text = "trigger Fills on Account (before insert) { Trigger.new[0].Description = 'filled'; }";
        apexOrg.classes(`${text}\n// trigger Other on Contact`, text.replace('Fills', 'Again'));
        org.records.insert(ctx, 'Contact', [{ LastName: 'Known' }], { allOrNone: false });
        insert([{ Name: 'Acme' }]);
        expect(rows('SELECT Description FROM Account')).toEqual([{ Description: 'filled' }]);
    });
});
