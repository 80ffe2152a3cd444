// More than the service can answer in time: the rest is told when to come back, and whoever watches the process is answered.
import { afterEach, expect, test } from '@jest/globals';
import { DEFAULT_SHEDDING_LIMITS } from '../../src/http/shedding.ts';
import { TooManyRuns } from '../../src/usecases/ports/runs.ts';
import { signedIn, testApp } from '../support/test-app.ts';
import type { TestApp } from '../support/test-app.ts';

let service: TestApp;
afterEach(() => service.close());

const FACTS = {
    batch: 'b-1',
    source: 'calls',
    extractedAt: '2026-11-21T08:00:00Z',
    stated: { count: 1, total: '1' },
    facts: [{ person: '005000000000001AAA', signal: 'calls', day: '2026-11-20', value: '1', sourceId: 'c-1' }]
};
const follow = () => service.ask({ url: '/v1/runs/none', headers: signedIn() });

async function soonAnswered(): Promise<number> {
    let { statusCode } = await follow();
    while (statusCode === 503) ({ statusCode } = await follow());
    return statusCode;
}

async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('requests beyond as many as are answered at once are refused at once; one that ends makes room', async () => {
    const waiting: (() => void)[] = [];
    service = await testApp({
        sheddingLimits: { ...DEFAULT_SHEDDING_LIMITS, requestsAtOnce: 2 },
        importFacts: () =>
            new Promise((resolve) =>
                waiting.push(() =>
                    resolve({ accepted: 1, duplicates: 0, rejected: [], status: 'Reconciled' })
                )
            )
    });
    const send = (signal?: AbortSignal) =>
        fetch(`${service.origin}/v1/facts`, {
            method: 'POST',
            headers: { ...signedIn(), 'content-type': 'application/json' },
            body: JSON.stringify(FACTS),
            signal: signal ?? null
        });
    const gone = new AbortController();
    const first = send();
    const second = send(gone.signal).catch(() => null);
    await until(() => waiting.length === 2);

    const refused = await follow();
    expect([refused.statusCode, refused.headers['retry-after'], refused.json().error]).toEqual([
        503,
        '5',
        expect.objectContaining({ code: 'SERVICE_BUSY', where: 'requests at once' })
    ]);
    expect((await service.ask({ url: '/health/live' })).statusCode).toBe(200);
    expect((await service.ask({ url: '/health/ready' })).statusCode).toBe(200);

    gone.abort();
    await second;
    expect(await soonAnswered()).toBe(404);
    waiting[0]!();
    expect((await first).status).toBe(200);
    waiting[1]!();
});

test('while the event loop is late requests are refused, and answered again when it has caught up', async () => {
    service = await testApp({
        sheddingLimits: { ...DEFAULT_SHEDDING_LIMITS, eventLoopDelayMs: 20, lookEveryMs: 10 }
    });
    const work = setInterval(() => {
        const until = performance.now() + 100;
        while (performance.now() < until);
    }, 1);
    let busy = await follow();
    while (busy.statusCode !== 503) busy = await follow();
    expect([busy.headers['retry-after'], busy.json().error.code]).toEqual(['5', 'SERVICE_BUSY']);
    expect((await service.ask({ url: '/health/live' })).statusCode).toBe(200);
    clearInterval(work);
    expect(await soonAnswered()).toBe(404);
});

test('an org with too many runs waiting is told to wait for them', async () => {
    service = await testApp();
    service.desk.request = async () => {
        throw new TooManyRuns('org');
    };
    const refused = await service.ask({
        method: 'POST',
        url: '/v1/runs',
        headers: signedIn(),
        payload: { kind: 'pipeline' }
    });
    expect([refused.statusCode, refused.headers['retry-after'], refused.json().error]).toEqual([
        503,
        '60',
        expect.objectContaining({ code: 'RUNS_WAITING', where: 'org' })
    ]);
});

test('the interface description says of every route but those of health that it may be refused so', async () => {
    service = await testApp();
    const { paths } = (await service.ask({ url: '/openapi.json' })).json();
    const without = Object.entries<Record<string, any>>(paths).flatMap(([path, methods]) =>
        Object.entries(methods)
            .filter(([, { responses }]) => !responses['503']?.headers?.['retry-after'])
            .map(([method]) => `${method} ${path}`)
    );
    expect(without).toEqual(['get /health/live', 'get /health/ready']);
});
