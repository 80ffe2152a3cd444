import { afterEach, describe, expect, test } from '@jest/globals';
import { readRowsInBulk } from '../../../src/salesforce/bulk/query-job.ts';
import { codeOf } from '../../../src/salesforce/errors.ts';
import { isTokenCall, json, scriptedOrg, token } from '../../support/scripted-org.ts';
import type { ScriptedOrg } from '../../support/scripted-org.ts';

const query = { object: 'Task', fields: ['Id', 'WhatId'], allRows: true };
const id = (number: number) => `00T${String(number).padStart(12, '0')}AAA`;

/** Collects the ids of the rows scanned. */
function idTable() {
    const ids: string[] = [];
    const text = new TextDecoder();
    return {
        ids,
        table: {
            columns: [{ name: 'Id', kind: 'id' as const }],
            sink: {
                row: (view: DataView, at: number) => {
                    ids.push(text.decode(new Uint8Array(view.buffer, view.byteOffset + at, 18)));
                }
            }
        }
    };
}

interface Script {
    states?: string[];
    pages: string[][];
    processed?: number;
    /** Pages that break off this many times before they come through. */
    breaks?: Record<number, number>;
}

let scripted: ScriptedOrg | null = null;
afterEach(() => scripted?.close());

async function orgWithJob({ states = ['JobComplete'], pages, processed, breaks = {} }: Script) {
    const left = [...states];
    const jobs: unknown[] = [];
    scripted = await scriptedOrg((request, response, body) => {
        if (isTokenCall(request)) return token(request, response);
        const url = new URL(request.url ?? '', 'http://org');
        if (request.method === 'POST') {
            jobs.push(JSON.parse(body));
            return json(response, 200, { id: '750J', state: 'UploadComplete' });
        }
        if (!url.pathname.endsWith('/results')) {
            const state = left.length > 1 ? left.shift() : left[0];
            return json(response, 200, {
                id: '750J',
                state,
                numberRecordsProcessed: processed ?? pages.flat().length
            });
        }
        const page = Number(url.searchParams.get('locator') ?? 0);
        const csv = `"Id"\n${pages[page].map((row) => `"${row}"`).join('\n')}\n`;
        response.writeHead(200, {
            'content-type': 'text/csv',
            'content-length': String(csv.length),
            'sforce-locator': page + 1 < pages.length ? String(page + 1) : 'null',
            'sforce-numberofrecords': String(pages[page].length)
        });
        if ((breaks[page] ?? 0) > 0) {
            breaks[page] -= 1;
            response.write(csv.slice(0, csv.length / 2));
            setImmediate(() => request.socket.destroy());
        } else response.end(csv);
    });
    return { client: scripted.client(), jobs, requests: scripted.requests };
}

const noWait = { sleep: async () => undefined };
const failure = (promise: Promise<unknown>) => promise.then(() => 'no error', codeOf);

describe('a bulk query', () => {
    test('follows the locator through every page, each with its header, until it is null', async () => {
        const pages = [[id(1), id(2)], [id(3), id(4)], [id(5)]];
        const { client, jobs, requests } = await orgWithJob({
            states: ['UploadComplete', 'InProgress', 'JobComplete'],
            pages
        });
        const { ids, table } = idTable();
        expect(await readRowsInBulk(client, query, table, { ...noWait, pageRows: 2 })).toBe(5);
        expect(ids).toEqual(pages.flat());
        expect(jobs).toEqual([{ operation: 'queryAll', query: 'SELECT Id, WhatId FROM Task' }]);
        expect(
            requests.filter((line) => line.includes('/results')).map((line) => line.split('?')[1])
        ).toEqual(['maxRecords=2', 'maxRecords=2&locator=1', 'maxRecords=2&locator=2']);
    });

    test('asks again for a page that broke off, and no row comes twice', async () => {
        const pages = [
            [id(1), id(2), id(3)],
            [id(4), id(5)]
        ];
        const { client } = await orgWithJob({ pages, breaks: { 0: 2, 1: 1 } });
        const { ids, table } = idTable();
        expect(await readRowsInBulk(client, query, table, noWait)).toBe(5);
        expect(ids).toEqual(pages.flat());
    });

    test('fails when fewer rows come than the job has processed', async () => {
        const { client } = await orgWithJob({ pages: [[id(1)]], processed: 2 });
        expect(await failure(readRowsInBulk(client, query, idTable().table, noWait))).toBe('READ_INCOMPLETE');
    });

    test.each(['Failed', 'Aborted'])('that ends as %s is an error of its own', async (state) => {
        const { client } = await orgWithJob({ states: ['InProgress', state], pages: [[]] });
        expect(await failure(readRowsInBulk(client, query, idTable().table, noWait))).toBe(
            `BULK_JOB_${state.toUpperCase()}`
        );
    });

    test('is waited for with growing pauses, half an hour at most', async () => {
        const { client } = await orgWithJob({ states: ['InProgress'], pages: [[]] });
        const pauses: number[] = [];
        const sleep = async (ms: number) => void pauses.push(ms);
        expect(await failure(readRowsInBulk(client, query, idTable().table, { sleep }))).toBe(
            'BULK_JOB_SLOW'
        );
        expect(pauses.slice(0, 6)).toEqual([200, 400, 800, 1600, 3200, 5000]);
        const total = pauses.reduce((sum, ms) => sum + ms, 0);
        expect(total).toBeGreaterThanOrEqual(30 * 60_000);
        expect(total).toBeLessThan(31 * 60_000);
    });
});
