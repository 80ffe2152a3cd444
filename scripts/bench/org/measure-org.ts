// What the local org costs on top of its database: the same rows stored and read over HTTP as a client does it, and by
// better-sqlite3 alone, in one run. And whether a large org answers without growing.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Address, Request } from './org-process.ts';
import { openRawStore } from './raw-store.ts';
import { readingOf } from './rows.ts';

const API = '/services/data/v65.0';
const SINGLE_ROWS = 1000;
const QUERIES_A_ROUND = 200;
const ROUNDS = 4;

/** Seconds of the same work by the org's HTTP doors and by the database alone. */
export interface Pair {
    org: number;
    raw: number;
}

export interface OrgFigures {
    rows: number;
    ingest: Pair;
    query: Pair;
    /** of one row, each */
    read: Pair;
    upsert: Pair;
    deals: number;
    /** memory of the org's process after the first and after the last round of selective queries */
    rssMb: number[];
}

export async function measureLocalOrg(rows: number, deals: number): Promise<OrgFigures> {
    const child = fork(join(import.meta.dirname, 'org-process.ts'), { execArgv: ['--expose-gc'] });
    const raw = openRawStore();
    try {
        const org = client((await answerOf(child)) as Address);
        const csv = csvOf(rows);
        const ingest = {
            org: await seconds(() => org.ingest(csv)),
            raw: await seconds(() => raw.insert(rows))
        };
        const query = {
            org: await seconds(() => org.bulkQuery(rows)),
            raw: await seconds(() => raw.readAll(rows))
        };
        const ids = await org.someIds(SINGLE_ROWS);
        const read = {
            org: await seconds(() => eachOf(ids, (id) => org.get(`/sobjects/Reading__c/${id}`))),
            raw: await seconds(() => raw.readEach(SINGLE_ROWS))
        };
        const upsert = {
            org: await seconds(() => eachOf(ids, (_id, n) => org.upsert(n))),
            raw: await seconds(() => raw.upsertEach(SINGLE_ROWS))
        };
        const { accountIds } = (await ask(child, { load: deals })) as { accountIds: string[] };
        const rssMb: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
            await eachOf(accountIds.slice(0, QUERIES_A_ROUND), (id) => org.dealsOf(id));
            rssMb.push(((await ask(child, { memory: true })) as { rssMb: number }).rssMb);
        }
        return { rows, ingest, query, read, upsert, deals, rssMb };
    } finally {
        raw.close();
        child.kill();
    }
}

function client({ url, token }: Address) {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const send = async (method: string, path: string, body?: string, type?: string): Promise<Response> => {
        const given = { method, headers: { ...headers, ...(type ? { 'Content-Type': type } : {}) } };
        const answer = await fetch(url + API + path, body === undefined ? given : { ...given, body });
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
        return answer;
    };
    const json = async <T>(method: string, path: string, body?: object): Promise<T> =>
        (await send(method, path, body && JSON.stringify(body))).json() as Promise<T>;
    const finished = async (path: string): Promise<void> => {
        for (;;) {
            const { state } = await json<{ state: string }>('GET', path);
            if (state === 'JobComplete') return;
            if (state === 'Failed' || state === 'Aborted') throw new Error(`${path} ended as ${state}`);
            await pause(20);
        }
    };
    const get = async (path: string): Promise<string> => (await send('GET', path)).text();
    const select = (soql: string) =>
        json<{ records: { Id: string }[] }>('GET', `/query?q=${encodeURIComponent(soql)}`);
    return {
        get,
        async ingest(csv: string) {
            const job = await json<{ id: string }>('POST', '/jobs/ingest', {
                object: 'Reading__c',
                operation: 'insert',
                contentType: 'CSV',
                lineEnding: 'LF'
            });
            await send('PUT', `/jobs/ingest/${job.id}/batches`, csv, 'text/csv');
            await json('PATCH', `/jobs/ingest/${job.id}`, { state: 'UploadComplete' });
            await finished(`/jobs/ingest/${job.id}`);
        },
        async bulkQuery(expected: number) {
            const query = 'SELECT Id, Name, Key__c, Amount__c, At__c, Note__c FROM Reading__c';
            const job = await json<{ id: string }>('POST', '/jobs/query', { operation: 'query', query });
            await finished(`/jobs/query/${job.id}`);
            let lines = 0;
            for (let locator = ''; locator !== 'null';) {
                const answer = await send('GET', `/jobs/query/${job.id}/results?maxRecords=50000${locator}`);
                lines += (await answer.text()).split('\n').length - 2;
                const next = answer.headers.get('sforce-locator')!;
                locator = next === 'null' ? next : `&locator=${next}`;
            }
            if (lines !== expected) throw new Error(`the bulk query gave ${lines} of ${expected} rows`);
        },
        async someIds(count: number): Promise<string[]> {
            const { records } = await select(`SELECT Id FROM Reading__c ORDER BY Key__c LIMIT ${count}`);
            return records.map(({ Id }) => Id);
        },
        async upsert(n: number) {
            const { key, name, note } = readingOf(n);
            const body = JSON.stringify({ Name: name, Note__c: `${note}!` });
            await send('PATCH', `/sobjects/Reading__c/Key__c/${key}`, body);
        },
        async dealsOf(accountId: string) {
            const { records } = await select(
                `SELECT Id, Name, Amount, Owner.Name, Account.Name FROM Opportunity
                 WHERE AccountId = '${accountId}' AND IsWon = true ORDER BY Amount DESC LIMIT 50`
            );
            if (records.length === 0) throw new Error(`account ${accountId} has won no deal`);
        }
    };
}

function csvOf(rows: number): string {
    const lines = ['Name,Key__c,Amount__c,At__c,Note__c'];
    for (let n = 0; n < rows; n++) {
        const { name, key, amount, at, note } = readingOf(n);
        lines.push(`${name},${key},${amount},${at},"${note}"`);
    }
    return `${lines.join('\n')}\n`;
}

async function seconds(work: () => Promise<void> | void): Promise<number> {
    const started = performance.now();
    await work();
    return (performance.now() - started) / 1000;
}

async function eachOf(ids: string[], work: (id: string, n: number) => Promise<unknown>): Promise<void> {
    for (const [n, id] of ids.entries()) await work(id, n);
}

async function ask(child: ChildProcess, request: Request): Promise<unknown> {
    child.send(request);
    return answerOf(child);
}

async function answerOf(child: ChildProcess): Promise<unknown> {
    const given = new AbortController();
    const ended = once(child, 'exit', given).then(([code]) => {
        throw new Error(`the org's process ended with ${String(code)}`);
    });
    try {
        return await Promise.race([
            once(child, 'message', given).then(([message]) => message as unknown),
            ended
        ]);
    } finally {
        ended.catch(() => undefined);
        given.abort();
    }
}
