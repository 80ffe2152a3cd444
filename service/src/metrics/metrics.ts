// What the service counts about itself, in the text format of Prometheus. Codes, kinds and counts only: no person, no record,
// no amount. What each should be is in docs/operations.md (objectives).
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RunRecord } from '../usecases/ports/runs.ts';
import { changeMeters } from './change-meters.ts';
import type { ChangeMeters } from './change-meters.ts';

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const WAITING_SECONDS = [1, 5, 15, 60, 300, 900, 3_600];
const RUN_SECONDS = [1, 5, 15, 60, 300, 900, 3_600, 14_400];

export interface RequestSeen {
    method: string;
    /** its pattern, never what somebody wrote into it */
    route: string;
    status: number;
    seconds: number;
}

export interface Metrics {
    contentType: string;
    /** what Prometheus reads */
    text(): Promise<string>;
    requestAnswered(request: RequestSeen): void;
    runFinished(run: RunRecord): void;
    changes: ChangeMeters;
}

/** `waitingRuns` gives for each org how many runs are asked for and not over. */
export function createMetrics(
    waitingRuns: () => Iterable<[orgId: string, count: number]> | Promise<Iterable<[string, number]>>
): Metrics {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const registers = [registry];
    const requests = new Histogram({
        name: 'plumbline_http_request_seconds',
        help: 'Time from a request to its answer',
        labelNames: ['method', 'route', 'status'],
        buckets: REQUEST_SECONDS,
        registers
    });
    const runs = runMeters(registers);
    new Gauge({
        name: 'plumbline_runs_waiting',
        help: 'Runs asked for and not over, the one under way included',
        labelNames: ['org'],
        registers,
        async collect() {
            this.reset();
            for (const [org, count] of await waitingRuns()) this.set({ org }, count);
        }
    });
    return {
        contentType: registry.contentType,
        text: () => registry.metrics(),
        requestAnswered: ({ method, route, status, seconds }) =>
            requests.observe({ method, route, status }, seconds),
        runFinished: runs,
        changes: changeMeters(registers)
    };
}

function runMeters(registers: Registry[]): (run: RunRecord) => void {
    const finished = new Counter({
        name: 'plumbline_runs_total',
        help: 'Runs that are over, by how they ended',
        labelNames: ['org', 'kind', 'status'],
        registers
    });
    const waited = new Histogram({
        name: 'plumbline_run_waiting_seconds',
        help: 'Time from asking for a run to its beginning',
        labelNames: ['kind'],
        buckets: WAITING_SECONDS,
        registers
    });
    const took = new Histogram({
        name: 'plumbline_run_seconds',
        help: 'Time from the beginning of a run to its end',
        labelNames: ['kind'],
        buckets: RUN_SECONDS,
        registers
    });
    const rows = new Counter({
        name: 'plumbline_rows_total',
        help: 'Rows of runs by what became of them',
        labelNames: ['org', 'kind', 'what'],
        registers
    });
    const calls = new Counter({
        name: 'plumbline_org_api_calls_total',
        help: "Calls to the org's API, which has a daily allowance",
        labelNames: ['org', 'kind'],
        registers
    });
    const succeeded = new Gauge({
        name: 'plumbline_run_last_success_timestamp_seconds',
        help: 'When a run last ended with every row as it should be',
        labelNames: ['org', 'kind'],
        registers
    });
    return (run) => {
        const { orgId: org, kind, status, requestedAt, startedAt, finishedAt } = run;
        const { apiCalls, ...counted } = run.counts;
        finished.inc({ org, kind, status });
        if (startedAt) waited.observe({ kind }, secondsBetween(requestedAt, startedAt));
        if (startedAt && finishedAt) took.observe({ kind }, secondsBetween(startedAt, finishedAt));
        for (const [what, count] of Object.entries(counted)) rows.inc({ org, kind, what }, count);
        calls.inc({ org, kind }, apiCalls);
        if (status === 'Succeeded' && finishedAt) succeeded.set({ org, kind }, Date.parse(finishedAt) / 1000);
    };
}

/** A clock that was set back in between counts as no time. */
function secondsBetween(from: string, to: string): number {
    return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
