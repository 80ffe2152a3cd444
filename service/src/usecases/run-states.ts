// How a run begins and the ways in which it ends before its work is done: stopped, cancelled, given up.
import type { RunNote, RunRecord, RunRequest } from './ports/runs.ts';

/** Thrown by checkStop: the run is left in the journal as it is and continued later. */
export class RunStopped extends Error {}

/** Thrown by checkStop: somebody asked for the run to end. */
export class RunCancelled extends RunStopped {}

/** `GivenUp`: over as well, and put aside for the operator. */
export type RunEnd = 'Over' | 'GivenUp';

export const GIVEN_UP: RunNote[] = [
    {
        code: 'RUN_GIVEN_UP',
        message:
            'The run broke each time it was tried and is put aside. The log of the service has the places; ' +
            'the operator can have it tried again.',
        count: 1
    }
];

/** Kinds whose rows belong together: begun, their writing is not left half done. */
const WRITTEN_AS_A_WHOLE = new Set<RunRecord['kind']>(['Pay', 'Publication', 'Simulation']);

export function canCancel({ kind, stage, finishedAt }: RunRecord): boolean {
    if (stage === 'Done' || finishedAt !== null) return false;
    return stage !== 'Writing' || !WRITTEN_AS_A_WHOLE.has(kind);
}

/** The run as it is over without (more) work; only the org has not heard of it. */
export function endedEarly(
    run: RunRecord,
    status: 'Cancelled' | 'Failed',
    now: Date,
    errors: RunNote[]
): RunRecord {
    return { ...run, status, errors, finishedAt: now.toISOString() };
}

/** Two people who ask for the same simulation get one each: it belongs to who asked. */
export function workKeyOf({ kind, period, simulation, requestedBy }: RunRequest): string {
    return JSON.stringify(kind === 'Simulation' ? [kind, requestedBy, simulation] : [kind, period]);
}

export function newRun(request: RunRequest, runKey: string, now: Date): RunRecord {
    const { orgId, kind, period, simulation, trigger, requestedBy, scope, traceId } = request;
    return {
        runKey,
        orgId,
        kind,
        period,
        ...(simulation ? { simulation } : {}),
        ...(traceId ? { traceId } : {}),
        trigger,
        scope,
        status: 'Queued',
        stage: 'Waiting',
        progressPercent: 0,
        requestedBy,
        requestedAt: now.toISOString(),
        startedAt: null,
        finishedAt: null,
        dataAsOf: null,
        counts: { read: 0, computed: 0, written: 0, skipped: 0, failed: 0, apiCalls: 0 },
        warnings: [],
        errors: []
    };
}
