import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildMetricsApp } from '../../src/http/metrics-app.ts';
import { createMetrics, type Metrics } from '../../src/metrics/metrics.ts';
import type { RunRecord } from '../../src/usecases/ports/runs.ts';
import { ORG_ID, signedIn, testApp } from '../support/test-app.ts';

const RUN: RunRecord = {
    runKey: 'a',
    orgId: ORG_ID,
    kind: 'Pipeline',
    period: null,
    trigger: 'Scheduled',
    scope: 'Delta',
    status: 'Succeeded',
    stage: 'Done',
    progressPercent: 100,
    requestedBy: '005000000000001AAA',
    requestedAt: '2026-11-21T10:00:00.000Z',
    startedAt: '2026-11-21T10:00:02.000Z',
    finishedAt: '2026-11-21T10:00:12.000Z',
    dataAsOf: '2026-11-21T10:00:02.000Z',
    counts: { read: 40, computed: 12, written: 3, skipped: 9, failed: 0, apiCalls: 7 },
    warnings: [],
    errors: []
};

let metrics: Metrics;
let app: FastifyInstance;
let url: string;
let waiting = 2;
beforeEach(async () => {
    metrics = createMetrics(() => [[ORG_ID, waiting]]);
    app = await buildMetricsApp(metrics, pino({ level: 'silent' }));
    url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => app.close());

async function read(): Promise<string[]> {
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    return (await answer.text()).split('\n');
}

test('a run is counted by how it ended, with its rows, calls, waiting and duration', async () => {
    metrics.runFinished(RUN);
    metrics.runFinished({ ...RUN, status: 'Failed', finishedAt: '2026-11-21T11:00:00.000Z' });
    const lines = await read();
    const labels = `org="${ORG_ID}",kind="Pipeline"`;
    expect(lines).toEqual(
        expect.arrayContaining([
            `plumbline_runs_total{${labels},status="Succeeded"} 1`,
            `plumbline_runs_total{${labels},status="Failed"} 1`,
            `plumbline_rows_total{${labels},what="written"} 6`,
            `plumbline_org_api_calls_total{${labels}} 14`,
            'plumbline_run_waiting_seconds_bucket{le="1",kind="Pipeline"} 0',
            'plumbline_run_waiting_seconds_bucket{le="5",kind="Pipeline"} 2',
            'plumbline_run_seconds_sum{kind="Pipeline"} 3608',
            `plumbline_run_last_success_timestamp_seconds{${labels}} ${Date.parse(RUN.finishedAt!) / 1000}`
        ])
    );
    expect(lines.join('\n')).not.toContain(RUN.requestedBy!);
});

test('runs asked for and not over are counted when somebody looks', async () => {
    expect(await read()).toContain(`plumbline_runs_waiting{org="${ORG_ID}"} 2`);
    waiting = 0;
    expect(await read()).toContain(`plumbline_runs_waiting{org="${ORG_ID}"} 0`);
});

test('requests are counted by the pattern of their route, never by what was written into it', async () => {
    const service = await testApp({ requestAnswered: metrics.requestAnswered });
    try {
        await service.ask({ url: '/v1/runs/Jane%20Miller', headers: signedIn() });
        await service.ask({ url: '/nowhere/Jane', headers: signedIn() });
    } finally {
        await service.close();
    }
    const text = (await read()).join('\n');
    expect(text).toMatch(
        /plumbline_http_request_seconds_count\{method="GET",route="\/v1\/runs\/:runKey",status="4\d\d"\} 1/
    );
    expect(text).toContain(
        'plumbline_http_request_seconds_count{method="GET",route="unknown",status="404"} 1'
    );
    expect(text).not.toContain('Jane');
});

test('nothing else is answered on that port', async () => {
    expect((await fetch(`${url}/v1/connection`)).status).toBe(404);
});
