// The trace that a request, the run it asks for and that run's calls to the org belong to, as W3C `traceparent` tells it, so that
// one press of a button can be followed through gateway, service and org. Collects and exports nothing: ids, no timings.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const TRACE_BYTES = 16;
const SPAN_BYTES = 8;
const current = new AsyncLocalStorage<string>();

/** The trace the caller is in; a new one where it tells none, or nothing that is one. */
export function traceIdOf(traceparent: string | string[] | undefined): string {
    const told = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
    return told ?? newTraceId();
}

export function newTraceId(): string {
    return randomBytes(TRACE_BYTES).toString('hex');
}

export function inTrace<T>(traceId: string, work: () => T): T {
    return current.run(traceId, work);
}

/** For a call that is made now; nothing outside of a trace. */
export function traceHeaders(): Record<string, string> {
    const traceId = current.getStore();
    return traceId ? { traceparent: `00-${traceId}-${randomBytes(SPAN_BYTES).toString('hex')}-01` } : {};
}
