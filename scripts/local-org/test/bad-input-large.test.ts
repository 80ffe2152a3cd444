// Uploads as large as Salesforce takes them, and larger: a local org in a process of its own streams them to disk, so
// that its memory does not grow with them, and refuses what is too large without losing the answer.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const JOBS = '/services/data/v65.0/jobs/ingest';
const MEGABYTE = 1_000_000;

let folder: string;
let org: ChildProcess;
let url: string;
let token: string;

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'large-upload-'));
    org = spawn('node', [MAIN, '--file', join(folder, 'org.db'), '--port', '0']);
    let said = '';
    for await (const text of org.stdout!) {
        said += String(text);
        if (said.includes('SF_ACCESS_TOKEN')) break;
    }
    url = / at (\S+)/.exec(said)![1]!;
    token = /SF_ACCESS_TOKEN='([^']+)'/.exec(said)![1]!;
});
afterAll(async () => {
    const ended = new Promise((resolve) => org.once('exit', resolve));
    org.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
});

const call = async (method: string, path: string, body?: object): Promise<any> => {
    const response = await fetch(url + path, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {})
    });
    const text = await response.text();
    return text === '' ? null : JSON.parse(text);
};
const opened = async (): Promise<string> =>
    (await call('POST', JOBS, { object: 'Account', operation: 'insert' })).id;

const LINE = `"Large","${'a'.repeat(31_000)}"\n`;
/** A CSV of about so many bytes, made while it is sent. */
function* csvOf(bytes: number): Iterable<string> {
    yield 'Name,Description\n';
    for (let sent = 0; sent < bytes; sent += LINE.length) yield LINE;
}

function put(
    id: string,
    body: Iterable<string>,
    headers: object = {}
): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
        const { hostname, port } = new URL(url);
        const call = request({
            hostname,
            port,
            method: 'PUT',
            path: `${JOBS}/${id}/batches`,
            headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv', ...headers }
        });
        call.on('response', async (response) =>
            resolve({ status: response.statusCode!, body: (await response.toArray()).join('') })
        );
        call.on('error', reject);
        Readable.from(body).pipe(call);
    });
}

const residentBytes = (): number =>
    Number(execFileSync('ps', ['-o', 'rss=', '-p', String(org.pid)]).toString()) * 1024;

async function highest(work: Promise<unknown>): Promise<number> {
    let most = 0;
    let isDone = false;
    void work.finally(() => (isDone = true)).catch(() => {});
    while (!isDone) {
        most = Math.max(most, residentBytes());
        await pause(20);
    }
    return most;
}

async function finished(id: string): Promise<any> {
    for (;;) {
        const job = await call('GET', `${JOBS}/${id}`);
        if (!['UploadComplete', 'InProgress'].includes(job.state)) return job;
        await pause(50);
    }
}

test('an upload of 100 MB takes no more memory than one of 25 MB, and every row of it is saved', async () => {
    const small = await highest(put(await opened(), csvOf(25 * MEGABYTE)));
    const id = await opened();
    const upload = put(id, csvOf(100 * MEGABYTE));
    const most = await highest(upload);
    expect((await upload).status).toBe(201);
    expect(most - small).toBeLessThan(50 * MEGABYTE);
    await call('PATCH', `${JOBS}/${id}`, { state: 'UploadComplete' });
    const rows = Math.ceil((100 * MEGABYTE) / LINE.length);
    expect(await finished(id)).toMatchObject({
        state: 'JobComplete',
        numberRecordsProcessed: rows,
        numberRecordsFailed: 0
    });
});

test.each([
    ['its length told before', { 'Content-Length': String([...csvOf(120 * MEGABYTE)].join('').length) }],
    ['its length not told', {}]
])('an upload past the limit is refused, with %s, and the job takes a smaller one', async (_how, headers) => {
    const id = await opened();
    const refused = await put(id, csvOf(120 * MEGABYTE), headers);
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.body)).toEqual([
        {
            errorCode: 'CLIENTINPUTERROR',
            message: expect.stringMatching(/^Failed to read request. Exceeded max size limit of 150000000/)
        }
    ]);
    expect((await put(id, csvOf(1000))).status).toBe(201);
    await call('PATCH', `${JOBS}/${id}`, { state: 'UploadComplete' });
    expect(await finished(id)).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 1 });
});

test('an upload that breaks off leaves nothing, and the job takes it again', async () => {
    const id = await opened();
    const { hostname, port } = new URL(url);
    const broken = request({
        hostname,
        port,
        method: 'PUT',
        path: `${JOBS}/${id}/batches`,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv' }
    });
    const ended = new Promise((resolve) => broken.once('error', resolve));
    for (const text of csvOf(2 * MEGABYTE)) broken.write(text);
    await pause(50);
    broken.destroy(new Error('The client gave up'));
    await ended;
    expect((await put(id, csvOf(1000))).status).toBe(201);
    await call('PATCH', `${JOBS}/${id}`, { state: 'UploadComplete' });
    expect(await finished(id)).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 1 });
});

test('the database is whole after all of that', () => {
    const db = new Database(join(folder, 'org.db'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
});
