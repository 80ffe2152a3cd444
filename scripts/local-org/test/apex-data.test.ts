// Apex at work on the org: queries, saves, access, what components get back, and tests that leave no trace.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { UserContext } from '../org.ts';
import { createApexOrg } from './support/apex-org.ts';

const org = createApexOrg({
    CustomLabels: { CustomLabels: { labels: [{ fullName: 'Greeting', value: 'Good morning' }] } }
});
let accountId: string;
let rep: UserContext;

beforeAll(() => {
    const system = { user: org.admin, mode: 'system' as const };
    const insert = (name: string, row: Record<string, string | number | boolean>): string =>
        org.org.records.insert(system, name, [row], { allOrNone: true })[0].id!;
    const profile = org.org.queries.query(system, "SELECT Id FROM Profile WHERE Name = 'Standard User'")
        .records[0];
    const repId = insert('User', {
        LastName: 'Novak',
        Username: 'mara@firm.example',
        Email: 'mara@firm.example',
        Alias: 'mara',
        ProfileId: profile['Id'] as string,
        TimeZoneSidKey: 'America/New_York',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        IsActive: true
    });
    rep = org.org.users.context(repId);
    accountId = insert('Account', { Name: 'Harbor' });
    for (const [Name, Amount] of [
        ['Custody', 100],
        ['Lending', 250.5]
    ] as const) {
        insert('Opportunity', {
            Name,
            Amount,
            AccountId: accountId,
            StageName: 'Prospecting',
            CloseDate: '2026-12-01'
        });
    }
    insert('Opportunity', { Name: 'No account', StageName: 'Prospecting', CloseDate: '2026-12-02' });
});
afterAll(() => org.close());

const call = (
    source: string,
    method: string,
    params: Record<string, unknown> = {},
    user = org.admin
): Promise<unknown> => {
    org.classes(source);
    return org.apex.invokeAura(user, /class (\w+)/.exec(source)![1], method, params);
};

describe('queries', () => {
    test('take variables and expressions as binds', async () => {
        const body = `Set<String> names = new Set<String>{ 'Custody', 'Lending' };
            List<Opportunity> found = [SELECT Name, Amount, CloseDate FROM Opportunity WHERE Name IN :names AND Amount > :50 + 100 WITH USER_MODE ORDER BY Name];
            return new List<Object>{ found.size(), found[0].Name, found[0].Amount, found[0].CloseDate.addDays(1) };`;
        expect(await org.evaluate(body)).toEqual([1, 'Lending', 250.5, '2026-12-02']);
    });

    test('one row where one record is wanted, otherwise a QueryException', async () => {
        const body = `List<String> said = new List<String>{ [SELECT Name FROM Opportunity WHERE Name = 'Custody'].Name };
            try { Opportunity none = [SELECT Id FROM Opportunity WHERE Name = 'none']; } catch (QueryException e) { said.add(e.getMessage()); }
            try { Opportunity many = [SELECT Id FROM Opportunity]; } catch (QueryException e) { said.add(e.getMessage()); }
            return said;`;
        expect(await org.evaluate(body)).toEqual([
            'Custody',
            'List has no rows for assignment to SObject',
            'List has more than 1 row for assignment to SObject'
        ]);
    });

    test('a field that was not selected cannot be read, and an empty lookup reads as null all the way', async () => {
        const body = `Opportunity deal = [SELECT Name, Account.Name FROM Opportunity WHERE Name = 'No account'];
            String name = deal.Account.Name;
            try { return deal.StageName; } catch (SObjectException e) { return name + ' ' + e.getMessage(); }`;
        expect(await org.evaluate(body)).toBe(
            'null SObject row was retrieved via SOQL without querying the requested field: Opportunity.StageName'
        );
    });

    test('count and group', async () => {
        const body = `Integer total = [SELECT COUNT() FROM Opportunity];
            AggregateResult sums = [SELECT SUM(Amount) total, COUNT(Id) deals FROM Opportunity];
            return new List<Object>{ total, sums.get('total'), sums.get('deals') };`;
        expect(await org.evaluate(body)).toEqual([3, 350.5, 3]);
    });

    test('that group nothing give a list of groups all the same', async () => {
        const body = `List<AggregateResult> none = [SELECT StageName, COUNT(Id) deals FROM Opportunity WHERE Name = 'none' GROUP BY StageName];
            return none.size();`;
        expect(await org.evaluate(body)).toBe(0);
    });

    test('walk over rows and children', async () => {
        const body = `List<String> names = new List<String>();
            for (Account account : [SELECT Name, (SELECT Name FROM Opportunities ORDER BY Name) FROM Account]) {
                for (Opportunity deal : account.Opportunities) { names.add(account.Name + ' ' + deal.Name); }
            }
            return names;`;
        expect(await org.evaluate(body)).toEqual(['Harbor Custody', 'Harbor Lending']);
    });

    test('dynamic queries see the variables around them', async () => {
        const body = `String wanted = 'Custody';
            List<Opportunity> mine = Database.query('SELECT Id FROM Opportunity WHERE Name = :wanted');
            Integer others = Database.countQueryWithBinds('SELECT COUNT() FROM Opportunity WHERE Name != :name', new Map<String, Object>{ 'name' => wanted }, AccessLevel.USER_MODE);
            return new List<Object>{ mine.size(), others };`;
        expect(await org.evaluate(body)).toEqual([1, 2]);
    });

    test('user mode, sharing and system mode see what they may', async () => {
        const counts = (kind: string): string => `public ${kind} class Counts {
            @AuraEnabled public static List<Integer> all() {
                return new List<Integer>{ [SELECT COUNT() FROM Opportunity], [SELECT COUNT() FROM Opportunity WITH USER_MODE] };
            }
        }`;
        const grant = rep.permissions;
        const user = { ...rep, permissions: { ...grant, apexClass: () => true } };
        expect(await call(counts('without sharing'), 'all', {}, user)).toEqual([3, 0]);
        expect(await call(counts('with sharing'), 'all', {}, user)).toEqual([0, 0]);
    });
});

describe('saves', () => {
    test('insert gives ids, update and delete find them, rollback undoes', async () => {
        const body = `Account a = new Account(Name = 'New');
            insert a;
            a.Name = 'Newer';
            update as user a;
            String name = [SELECT Name FROM Account WHERE Id = :a.Id].Name;
            Savepoint before = Database.setSavepoint();
            delete a;
            Integer gone = [SELECT COUNT() FROM Account WHERE Id = :a.Id];
            Database.rollback(before);
            Integer back = [SELECT COUNT() FROM Account WHERE Id = :a.Id];
            delete a;
            return new List<Object>{ name, gone, back, a.Id.getSObjectType() == Account.SObjectType };`;
        expect(await org.evaluate(body)).toEqual(['Newer', 0, 1, true]);
    });

    test('a failed statement is a DmlException that says which row and why', async () => {
        const body = `try { insert new List<Account>{ new Account(Name = 'fine'), new Account() }; }
            catch (DmlException e) { return new List<Object>{ e.getNumDml(), e.getDmlIndex(0), e.getDmlType(0) == StatusCode.REQUIRED_FIELD_MISSING, e.getDmlFieldNames(0), [SELECT COUNT() FROM Account] }; }
            return null;`;
        expect(await org.evaluate(body)).toEqual([1, 1, true, ['Name'], 1]);
    });

    test('partial saves keep the good rows', async () => {
        const body = `List<Database.SaveResult> results = Database.insert(new List<Account>{ new Account(Name = 'kept'), new Account() }, false);
            Integer count = [SELECT COUNT() FROM Account WHERE Name = 'kept'];
            delete [SELECT Id FROM Account WHERE Name = 'kept'];
            return new List<Object>{ results[0].isSuccess(), results[1].isSuccess(), results[1].getErrors()[0].getFields(), count };`;
        expect(await org.evaluate(body)).toEqual([true, false, ['Name'], 1]);
    });

    test('an exception that leaves the call undoes its rows', async () => {
        await expect(
            org.evaluate("insert new Account(Name = 'lost'); throw new IllegalArgumentException('stop');")
        ).rejects.toThrow('stop');
        expect(await org.evaluate("return [SELECT COUNT() FROM Account WHERE Name = 'lost'];")).toBe(0);
    });

    test('a cacheable method may not save', async () => {
        const source =
            "public class Cached { @AuraEnabled(cacheable=true) public static void go() { insert new Account(Name = 'x'); } }";
        await expect(call(source, 'go')).rejects.toMatchObject({
            body: { exceptionType: 'System.LimitException', message: 'Too many DML statements: 1' }
        });
    });
});

describe('components', () => {
    const source = `public with sharing class Views {
        public class View {
            @AuraEnabled public String name;
            @AuraEnabled public Decimal amount;
            @AuraEnabled public Date due { get; set; }
            @AuraEnabled public List<View> children;
            public String inside = 'not sent';
        }
        @AuraEnabled public static View view(String name, Decimal amount, Date due) {
            View v = new View();
            v.name = name; v.amount = amount; v.due = due;
            v.children = new List<View>{ new View() };
            return v;
        }
        @AuraEnabled public static List<Opportunity> deals(Id accountId) {
            return [SELECT Name, NextStep, Account.Name FROM Opportunity WHERE AccountId = :accountId ORDER BY Name LIMIT 1];
        }
        @AuraEnabled public static void refuse(String why) { throw new AuraHandledException(why); }
        public static void hidden() {}
        @AuraEnabled public static String greet() { return System.Label.Greeting; }
        public class Problem extends Exception {}
        @AuraEnabled public static void fail() { throw new Problem('broken'); }
    }`;

    test('get the @AuraEnabled members that have a value', async () => {
        expect(await call(source, 'view', { name: 'N', amount: 1.25, due: '2026-01-02' })).toEqual({
            name: 'N',
            amount: 1.25,
            due: '2026-01-02',
            children: [{}]
        });
    });

    test('get records with their id, without attributes and empty fields', async () => {
        const [deal] = (await call(source, 'deals', { accountId })) as Record<string, unknown>[];
        expect(deal).toEqual({
            Id: expect.stringMatching(/^006/),
            Name: 'Custody',
            Account: { Id: accountId, Name: 'Harbor' }
        });
    });

    test('read labels', async () => {
        expect(await call(source, 'greet')).toBe('Good morning');
    });

    test('are told the message of an AuraHandledException and the type of any other', async () => {
        await expect(call(source, 'refuse', { why: 'because' })).rejects.toMatchObject({
            body: {
                message: 'because',
                exceptionType: 'System.AuraHandledException',
                isUserDefinedException: false
            }
        });
        await expect(call(source, 'fail')).rejects.toMatchObject({
            body: {
                message: 'broken',
                exceptionType: 'Views.Problem',
                isUserDefinedException: true,
                stackTrace: expect.stringMatching(/Class.Views.fail: line 22/)
            }
        });
    });

    test('reach only offered methods of classes the user may use', async () => {
        await expect(call(source, 'hidden')).rejects.toThrow("Unable to find action 'hidden'");
        await expect(call(source, 'greet', {}, rep)).rejects.toThrow(
            "You do not have access to the Apex class named 'Views'"
        );
    });
});

describe('Apex tests', () => {
    const source = `@IsTest private class Sample_Tests {
        @TestSetup static void rows() { insert new Account(Name = 'from setup'); }
        @IsTest static void seesOnlyItsRows() {
            insert new Account(Name = 'second');
            Assert.areEqual(2, [SELECT COUNT() FROM Account]);
        }
        @IsTest static void startsAfresh() { System.assertEquals(1, [SELECT COUNT() FROM Account]); }
        @IsTest static void fails() { Assert.areEqual('a', 'b', 'why'); }
        @IsTest static void cannotCatchAnAssertion() { try { Assert.fail('no'); } catch (Exception e) { return; } }
        @IsTest static void callsNobody() { new Http().send(new HttpRequest()); }
        static void helper() {}
    }`;

    test('run apart from each other and from the rows of the org', () => {
        org.classes(source);
        const run = org.apex.runTests();
        expect(run.results.map((one) => [one.methodName, one.outcome, one.message])).toEqual([
            ['seesOnlyItsRows', 'Pass', null],
            ['startsAfresh', 'Pass', null],
            ['fails', 'Fail', 'System.AssertException: Assertion Failed: why: Expected: a, Actual: b'],
            ['cannotCatchAnAssertion', 'Fail', 'System.AssertException: Assertion Failed: no'],
            [
                'callsNobody',
                'Fail',
                'System.TypeException: Methods defined as TestMethod do not support Web service callouts'
            ]
        ]);
        expect(run).toMatchObject({ passed: 2, failed: 3 });
        expect(
            org.org.queries
                .query({ user: org.admin, mode: 'system' }, 'SELECT Name FROM Account')
                .records.map((row) => row['Name'])
        ).toEqual(['Harbor']);
    });

    test('run as another user where they say so', () => {
        org.classes(`@IsTest class As_Tests {
            @IsTest static void asRep() {
                User mara = [SELECT Id FROM User WHERE Username = 'mara@firm.example'];
                Id admin = UserInfo.getUserId();
                System.runAs(mara) { Assert.areEqual(mara.Id, UserInfo.getUserId()); }
                Assert.areEqual(admin, UserInfo.getUserId());
            }
        }`);
        expect(org.apex.runTests().results).toMatchObject([{ outcome: 'Pass', message: null }]);
    });
});
