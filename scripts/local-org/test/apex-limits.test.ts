// Limits of one transaction, and the life of tests: what they see, what is theirs, what they count.
import { afterAll, describe, expect, test } from '@jest/globals';
import { createApexOrg } from './support/apex-org.ts';

const org = createApexOrg();
afterAll(() => org.close());

const outcomes = (...classes: string[]): (string | null)[][] => {
    org.classes(...classes);
    return org.apex
        .runTests()
        .results.map(({ methodName, outcome, message }) => [methodName, outcome, message]);
};

describe('limits', () => {
    test.each([
        [
            'for (Integer at = 0; at < 101; at++) { Integer some = [SELECT COUNT() FROM Account]; }',
            'Too many SOQL queries: 101'
        ],
        [
            "for (Integer at = 0; at < 151; at++) { insert new Account(Name = 'A'); }",
            'Too many DML statements: 151'
        ],
        ['for (Integer at = 0; at < 151; at++) { Database.setSavepoint(); }', 'Too many DML statements: 151'],
        [
            `List<Account> many = new List<Account>();
             for (Integer at = 0; at < 10001; at++) { many.add(new Account(Name = 'A')); }
             insert many;`,
            'Too many DML rows: 10001'
        ]
    ])('%s ends the transaction', async (body, message) => {
        const guarded = `try { ${body} } catch (Exception e) { return 'caught'; } return null;`;
        await expect(org.evaluate(guarded)).rejects.toMatchObject({
            body: { exceptionType: 'System.LimitException', message }
        });
    });

    test('a hundred queries, and a save of nothing, are within them', async () => {
        const body = `for (Integer at = 0; at < 100; at++) { Integer some = [SELECT COUNT() FROM Account]; }
            insert new List<Account>();
            return new List<Integer>{ Limits.getQueries(), Limits.getDmlStatements() };`;
        expect(await org.evaluate(body)).toEqual([100, 0]);
    });
});

describe('limits in tests', () => {
    const counting = `@IsTest class Counting_Tests {
        static void ask(Integer times) {
            for (Integer at = 0; at < times; at++) { Integer some = [SELECT COUNT() FROM Account]; }
        }
        @IsTest static void haveASetOfTheirOwnBetweenStartAndStop() {
            ask(80);
            Test.startTest();
            ask(90);
            Assert.areEqual(90, Limits.getQueries());
            Test.stopTest();
            Assert.areEqual(80, Limits.getQueries());
        }
        @IsTest static void startOnce() { Test.startTest(); Test.startTest(); }
        @IsTest static void stopWhatStarted() { Test.stopTest(); }
        @IsTest static void countRunAs() {
            User me = new User(Id = UserInfo.getUserId());
            System.runAs(me) { Assert.areEqual(1, Limits.getDmlStatements()); }
        }
        @IsTest static void hundredCalloutsAndNoMore() {
            Test.setMock(HttpCalloutMock.class, new Mock());
            for (Integer at = 0; at < 101; at++) { new Http().send(new HttpRequest()); }
        }
        @IsTest static void noCalloutAfterSaving() {
            Test.setMock(HttpCalloutMock.class, new Mock());
            insert new Account(Name = 'A');
            new Http().send(new HttpRequest());
        }
        @IsTest static void calloutAfterStartTest() {
            Test.setMock(HttpCalloutMock.class, new Mock());
            insert new Account(Name = 'A');
            Test.startTest();
            Assert.areEqual(200, new Http().send(new HttpRequest()).getStatusCode());
        }
        class Mock implements HttpCalloutMock {
            public HttpResponse respond(HttpRequest request) {
                HttpResponse response = new HttpResponse();
                response.setStatusCode(200);
                return response;
            }
        }
    }`;

    test('are a set of their own between start and stop, and hold for callouts', () => {
        expect(outcomes(counting)).toEqual([
            ['haveASetOfTheirOwnBetweenStartAndStop', 'Pass', null],
            ['startOnce', 'Fail', 'System.FinalException: Testing already started'],
            ['stopWhatStarted', 'Fail', 'System.FinalException: Testing has not started'],
            ['countRunAs', 'Pass', null],
            ['hundredCalloutsAndNoMore', 'Fail', 'System.LimitException: Too many callouts: 101'],
            [
                'noCalloutAfterSaving',
                'Fail',
                'System.CalloutException: You have uncommitted work pending. Please commit or rollback before calling out'
            ],
            ['calloutAfterStartTest', 'Pass', null]
        ]);
    });
});

describe('rows in tests', () => {
    test('are those of every @TestSetup of the class, afresh for each test', () => {
        org.org.load('Account', [{ Name: 'Of the org' }]);
        const source = `@IsTest class Rows_Tests {
            static Integer runs = 0;
            @TestSetup static void one() { runs++; insert new Account(Name = 'One'); }
            @TestSetup static void two() { insert new Account(Name = 'Two'); }
            @IsTest static void seesBoth() {
                Assert.areEqual(2, [SELECT COUNT() FROM Account]);
                Assert.areEqual(0, runs, 'statics are not kept');
                delete [SELECT Id FROM Account];
            }
            @IsTest static void seesBothAgain() { Assert.areEqual(2, [SELECT COUNT() FROM Account]); }
        }`;
        expect(outcomes(source)).toEqual([
            ['seesBoth', 'Pass', null],
            ['seesBothAgain', 'Pass', null]
        ]);
    });

    test('are those of the org too where a test says SeeAllData, and stay as they were', () => {
        const source = `@IsTest class Mixed_Tests {
            @IsTest(SeeAllData=true) static void seesAll() {
                Assert.areEqual(1, [SELECT COUNT() FROM Account WHERE Name = 'Of the org']);
                delete [SELECT Id FROM Account];
            }
            @IsTest static void seesNone() { Assert.areEqual(0, [SELECT COUNT() FROM Account]); }
        }`;
        expect(outcomes(source)).toEqual([
            ['seesAll', 'Pass', null],
            ['seesNone', 'Pass', null]
        ]);
        const { records } = org.org.queries.query(
            { user: org.admin, mode: 'system' },
            'SELECT Name FROM Account'
        );
        expect(records.map((row) => row['Name'])).toEqual(['Of the org']);
    });
});
