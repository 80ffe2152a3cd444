import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { KEY, signedIn } from '../support/test-app.ts';
import { connectedOrg, type ConnectedOrg } from '../support/local-org.ts';

let org: ConnectedOrg;
let origin: string;
let person: string;
let gone: string;

const DAY_MS = 86_400_000;
const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

beforeAll(async () => {
    org = await connectedOrg();
    origin = await org.service.app.listen({ host: '127.0.0.1', port: 0 });
    person = user('Seller', true);
    gone = user('Leaver', false);
});
afterAll(() => org.close());

function user(LastName: string, IsActive: boolean): string {
    const [profile] = org.query("SELECT Id FROM Profile WHERE Name = 'Standard User'");
    return org.insert('User', {
        LastName,
        IsActive,
        Username: `${LastName}@facts.test`,
        Email: `${LastName}@facts.test`,
        Alias: LastName.slice(0, 8),
        ProfileId: String(profile!['Id']),
        TimeZoneSidKey: 'Europe/London',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    });
}

interface Fact {
    signal: string;
    person: string;
    day: string;
    value: string;
    sourceId: string;
    n?: number;
    attributes?: Record<string, string>;
}

const survey = (sourceId: string, changes: Partial<Fact> = {}): Fact => ({
    signal: 'client-satisfaction',
    person,
    day: day(3),
    value: '4',
    sourceId,
    ...changes
});

async function send(batch: string, facts: Fact[], changes: object = {}) {
    const total = facts.reduce((sum, { value, n = 1 }) => sum + Number(value) * n, 0);
    const response = await fetch(`${origin}/v1/facts`, {
        method: 'POST',
        headers: {
            ...signedIn(org.org.orgId, KEY),
            'content-type': 'application/json',
            connection: 'close'
        },
        body: JSON.stringify({
            batch,
            source: 'client survey',
            extractedAt: hoursAgo(2),
            stated: { count: facts.length, total: String(total) },
            facts,
            ...changes
        })
    });
    return { status: response.status, answer: (await response.json()) as any };
}

const stored = (batch: string) =>
    org.query(
        `SELECT ExternalKey__c, Rep__c, Value__c, SampleSize__c, SourceId__c, Attributes__c, RetainUntilDate__c
         FROM PerformanceFact__c WHERE BatchKey__c = '${batch}' ORDER BY ExternalKey__c`
    );
const imported = (batch: string) =>
    org.query(
        `SELECT Status__c, StatedCount__c, AcceptedCount__c, AcceptedTotal__c, DuplicateCount__c, RejectedCount__c, Rejects__c
         FROM FactImport__c WHERE ExternalKey__c = '${batch}'`
    )[0];

describe('a batch of facts', () => {
    test('is stored with its attributes and the day until it is kept, and reconciles with what was stated', async () => {
        const facts = [
            survey('a1', { value: '4.5', n: 2 }),
            survey('a2', { signal: 'review-case', value: '1', attributes: { outcome: 'passed' } })
        ];
        const { status, answer } = await send('first', facts);
        expect(status).toBe(200);
        expect(answer).toEqual({ accepted: 2, duplicates: 0, rejected: [], reconciled: true });
        expect(stored('first')).toMatchObject([
            { ExternalKey__c: 'client survey:a1', Rep__c: person, Value__c: 4.5, SampleSize__c: 2 },
            { SourceId__c: 'a2', Attributes__c: '{"outcome":"passed"}' }
        ]);
        expect(String(stored('first')[0]!['RetainUntilDate__c']) > day(-1000)).toBe(true);
        expect(imported('first')).toMatchObject({
            Status__c: 'Reconciled',
            StatedCount__c: 2,
            AcceptedCount__c: 2,
            AcceptedTotal__c: 10
        });
    });

    test('sent again changes nothing, and still reconciles', async () => {
        const facts = [survey('b1'), survey('b2')];
        const changes = { extractedAt: hoursAgo(2) };
        await send('again', facts, changes);
        expect((await send('again', facts, changes)).answer).toEqual({
            accepted: 0,
            duplicates: 2,
            rejected: [],
            reconciled: true
        });
        expect(stored('again')).toHaveLength(2);
        expect(imported('again')).toMatchObject({ DuplicateCount__c: 2, Status__c: 'Reconciled' });
    });

    test('of a newer extract takes the place of the older one, and an older one is a duplicate', async () => {
        await send('old', [survey('c1', { value: '2' })], { extractedAt: hoursAgo(5) });
        const newer = await send('new', [survey('c1', { value: '5' })], { extractedAt: hoursAgo(1) });
        expect(newer.answer).toMatchObject({ accepted: 1, duplicates: 0 });
        const late = await send('late', [survey('C1', { value: '1' })], { extractedAt: hoursAgo(3) });
        expect(late.answer).toMatchObject({ accepted: 0, duplicates: 1 });
        expect(stored('old')).toEqual([]);
        expect(stored('new')).toMatchObject([{ Value__c: 5 }]);
    });

    test('names each fact that does not count with its row, code and what to do', async () => {
        const { answer } = await send(
            'mixed',
            [
                survey('d1'),
                survey('d2', { signal: 'mood' }),
                survey('d3', { day: day(-3) }),
                survey('d4', { person: gone }),
                survey('d5', { value: '4.00001' }),
                survey('d6', { day: '2026-02-30' }),
                survey('d7', { signal: 'call', value: '1' }),
                survey('d8', { n: 0 }),
                survey('d9', { signal: 'review-case', value: '1', attributes: { outcome: 'pased' } }),
                survey('d1', { value: '3' })
            ],
            { stated: { count: 10, total: '36' } }
        );
        expect(answer.accepted).toBe(1);
        expect(answer.reconciled).toBe(false);
        expect(answer.rejected.map(({ row, code }: any) => [row, code])).toEqual([
            [2, 'SIGNAL_NOT_ALLOWED'],
            [3, 'FACT_IN_FUTURE'],
            [4, 'PERSON_UNKNOWN'],
            [5, 'VALUE_INVALID'],
            [6, 'DAY_INVALID'],
            [7, 'SIGNAL_NOT_IMPORTED'],
            [8, 'SAMPLE_INVALID'],
            [9, 'ATTRIBUTE_UNKNOWN'],
            [10, 'SOURCE_ID_TWICE']
        ]);
        expect(answer.rejected.every(({ fix }: any) => fix.length > 10)).toBe(true);
        expect(imported('mixed')).toMatchObject({ Status__c: 'Differs', RejectedCount__c: 9 });
        expect(JSON.parse(String(imported('mixed')!['Rejects__c']))).toEqual(answer.rejected);
    });

    test('of which nothing counts is a rejected import', async () => {
        expect((await send('none', [survey('e1', { signal: 'mood' })])).answer.accepted).toBe(0);
        expect(imported('none')).toMatchObject({ Status__c: 'Rejected', AcceptedCount__c: 0 });
    });

    test('that states another total or count than it brings differs', async () => {
        const total = await send('total', [survey('f1')], { stated: { count: 1, total: '5' } });
        expect(total.answer).toMatchObject({ accepted: 1, reconciled: false });
        const count = await send('count', [survey('f2')], { stated: { count: 2, total: '4' } });
        expect(count.answer).toMatchObject({ accepted: 1, reconciled: false });
        expect(imported('count')).toMatchObject({ Status__c: 'Differs', StatedCount__c: 2 });
    });

    test('larger than a call goes as a bulk job, and is known as a whole when it comes again', async () => {
        const facts = Array.from({ length: 2_100 }, (_, index) => survey(`bulk ${index} "quoted", it's`));
        const changes = { extractedAt: hoursAgo(1) };
        expect((await send('bulk', facts, changes)).answer).toMatchObject({
            accepted: 2_100,
            reconciled: true
        });
        expect((await send('bulk', facts, changes)).answer).toMatchObject({ duplicates: 2_100 });
        expect(stored('bulk')).toHaveLength(2_100);
    });
});

describe('what cannot be read', () => {
    test.each<[string, object]>([
        ['body/extractedAt', { extractedAt: 'yesterday' }],
        ['body/extractedAt', { extractedAt: '2999-01-01T00:00:00Z' }],
        ['body/source', { source: 'a:b' }],
        ['body/stated', { stated: { count: 1 } }],
        ['body/facts/0', { facts: [{ signal: 'client-satisfaction' }] }]
    ])('is refused as a whole at %s', async (where, changes) => {
        const { status, answer } = await send('refused', [survey('g1')], changes);
        expect(status).toBe(400);
        expect(answer.error).toMatchObject({ code: 'INVALID_REQUEST' });
        expect(answer.error.where).toContain(where);
        expect(imported('refused')).toBeUndefined();
    });

    test('nor by whom: without the key of the org nothing is read', async () => {
        const response = await fetch(`${origin}/v1/facts`, {
            method: 'POST',
            headers: { ...signedIn(org.org.orgId, 'another key'), connection: 'close' },
            body: '{}'
        });
        expect(response.status).toBe(401);
    });

    test('the log has counts, and neither people nor what is said of them', () => {
        const text = org.log.join('\n');
        expect(text).toContain('facts imported');
        expect(text).not.toContain(person);
        expect(text).not.toContain('client survey');
    });
});
