// Many clients at the same rows at the same time: every write counts once, none is half done, none fails for the others.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { callAs, finished, type Answer, type Call } from './support/doors.ts';
import { ADMIN, startTestOrg, TEAM, type TestOrg } from './support/test-org.ts';
import { expectUnharmed } from './support/unharmed.ts';

const CLIENTS = 60;
let local: TestOrg;
let admin: Call;
beforeAll(async () => {
    local = await startTestOrg();
    admin = callAs(local, ADMIN);
});
afterEach(() => expectUnharmed(local.org));
afterAll(() => local.stop());

const atOnce = (ask: (index: number) => Promise<Answer>): Promise<Answer[]> =>
    Promise.all(Array.from({ length: CLIENTS }, (_, index) => ask(index)));
const statuses = (answers: Answer[]): Record<number, number> => {
    const counts: Record<number, number> = {};
    for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
};
const one = (sql: string, ...values: unknown[]): unknown =>
    local.org.db
        .prepare(sql)
        .pluck()
        .get(...values);

test('no change of a deal is lost: its history has every amount once, the deal the last one', async () => {
    const deal = { Name: 'Contended', StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 0 };
    const { id } = (await admin('POST', '/sobjects/Opportunity', deal)).body;
    const answers = await atOnce((index) =>
        admin('PATCH', `/sobjects/Opportunity/${id}`, { Amount: index + 1, NextStep: `step ${index + 1}` })
    );
    expect(statuses(answers)).toEqual({ 204: CLIENTS });
    const history = local.org.db
        .prepare(`SELECT "Amount" FROM "OpportunityHistory" WHERE "OpportunityId" = ? ORDER BY rowid`)
        .pluck()
        .all(id) as number[];
    expect([...history].sort((a, b) => a - b)).toEqual(
        Array.from({ length: CLIENTS + 1 }, (_, index) => index)
    );
    const [amount, step] = ['Amount', 'NextStep'].map((field) =>
        one(`SELECT "${field}" FROM "Opportunity" WHERE "Id" = ?`, id)
    );
    expect(step).toBe(`step ${amount}`);
    expect(amount).toBe(history.at(-1));
});

test('changes of different fields of one row do not undo each other', async () => {
    const { id } = (await admin('POST', '/sobjects/Rating__c', {})).body;
    const fields = [{ Note__c: 'note' }, { Points__c: 5 }, { On__c: '2026-11-21' }, { IsFinal__c: true }];
    await atOnce((index) => admin('PATCH', `/sobjects/Rating__c/${id}`, fields[index % fields.length]));
    expect((await admin('GET', `/sobjects/Rating__c/${id}`)).body).toMatchObject(
        Object.assign({}, ...fields)
    );
});

test('upserts of one key make one row', async () => {
    const answers = await atOnce((index) =>
        admin('PATCH', '/sobjects/Rating__c/ExternalKey__c/contended', { Points__c: index })
    );
    expect(statuses(answers)).toEqual({ 200: CLIENTS - 1, 201: 1 });
    expect(one(`SELECT count(*) FROM "Rating__c" WHERE "ExternalKey__c" = 'contended'`)).toBe(1);
});

test('inserts of one unique key make one row and tell the others so', async () => {
    const answers = await atOnce(() => admin('POST', '/sobjects/Rating__c', { ExternalKey__c: 'first' }));
    expect(statuses(answers)).toEqual({ 201: 1, 400: CLIENTS - 1 });
    const codes = answers.filter(({ status }) => status === 400).map(({ body }) => body[0].errorCode);
    expect(new Set(codes)).toEqual(new Set(['DUPLICATE_VALUE']));
});

test('auto numbers are given once', async () => {
    const answers = await atOnce(() => admin('POST', '/sobjects/Rating__c', {}));
    const names = answers.map(({ body }) => one(`SELECT "Name" FROM "Rating__c" WHERE "Id" = ?`, body.id));
    expect(new Set(names).size).toBe(CLIENTS);
});

test('a row deleted under the writers is deleted once, and nothing is written after', async () => {
    const { id } = (await admin('POST', '/sobjects/Rating__c', { Points__c: 0 })).body;
    const path = `/sobjects/Rating__c/${id}`;
    const answers = await atOnce((index) =>
        index % 2 ? admin('DELETE', path) : admin('PATCH', path, { Points__c: index })
    );
    const deletes = answers.filter((_, index) => index % 2);
    expect(statuses(deletes)).toEqual({ 204: 1, 404: CLIENTS / 2 - 1 });
    const refused = answers.filter(({ status }) => status !== 204);
    expect(new Set(refused.map(({ body }) => body[0].errorCode))).toEqual(new Set(['ENTITY_IS_DELETED']));
    expect(one(`SELECT "IsDeleted" FROM "Rating__c" WHERE "Id" = ?`, id)).toBe(1);
});

test('lists, bulk jobs and single writers at the same keys leave each key once, with a value that was sent whole', async () => {
    const keys = Array.from({ length: 150 }, (_, index) => `k${index}`);
    const record = (key: string, Points__c: number): object => ({
        attributes: { type: 'Rating__c' },
        ExternalKey__c: key,
        Points__c,
        Note__c: `p${Points__c}`
    });
    const job = async (points: number): Promise<any> => {
        const options = { object: 'Rating__c', operation: 'upsert', externalIdFieldName: 'ExternalKey__c' };
        const { id } = (await admin('POST', '/jobs/ingest', options)).body;
        const csv = ['ExternalKey__c,Points__c,Note__c', ...keys.map((key) => `${key},${points},p${points}`)];
        await admin('PUT', `/jobs/ingest/${id}/batches`, csv.join('\n'), { 'Content-Type': 'text/csv' });
        await admin('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
        return finished(admin, `/jobs/ingest/${id}`);
    };
    const lists = Array.from({ length: 6 }, (_, index) =>
        admin('PATCH', '/composite/sobjects/Rating__c/ExternalKey__c', {
            records: keys.map((key) => record(key, index))
        })
    );
    const jobs = [10, 11, 12].map(job);
    expect(await Promise.all(jobs)).toMatchObject(
        Array(3).fill({ state: 'JobComplete', numberRecordsProcessed: 150, numberRecordsFailed: 0 })
    );
    for (const { status, body } of await Promise.all(lists)) {
        expect(status).toBe(200);
        expect(body.filter((row: { success: boolean }) => !row.success)).toEqual([]);
    }
    const rows = local.org.db
        .prepare(`SELECT "ExternalKey__c" k, "Points__c" p, "Note__c" n FROM "Rating__c" WHERE k LIKE 'k%'`)
        .all() as { k: string; p: number; n: string }[];
    expect(rows.map(({ k }) => k).sort()).toEqual([...keys].sort());
    expect(rows.filter(({ p, n }) => n !== `p${p}`)).toEqual([]);
});

test('owners that change hands under readers: each reader sees the deal or does not, never an error', async () => {
    const { id } = (
        await callAs(local, TEAM.rep)('POST', '/sobjects/Opportunity', {
            ...{ Name: 'Passed on', StageName: 'Prospecting', CloseDate: '2026-12-31' }
        })
    ).body;
    const owners = [TEAM.rep, TEAM.peer].map((name) => local.org.users.byUsername(name)!.userId);
    const rep = callAs(local, TEAM.rep);
    const answers = await atOnce((index) =>
        index % 2
            ? admin('PATCH', `/sobjects/Opportunity/${id}`, { OwnerId: owners[((index - 1) / 2) % 2] })
            : rep('GET', `/sobjects/Opportunity/${id}?fields=Name`)
    );
    const writes = answers.filter((_, index) => index % 2);
    expect(statuses(writes)).toEqual({ 204: CLIENTS / 2 });
    const reads = answers.filter((_, index) => index % 2 === 0);
    expect(reads.filter(({ status }) => status !== 200 && status !== 404)).toEqual([]);
});
