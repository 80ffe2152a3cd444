// Faults switched on by a test, one line each: `org.faults.add({ kind: 'rowLock', object: 'DealHealth__c', times: 2 })`.
// Owns which faults are pending; the server, auth, records and the jobs ask for them where they would strike.
// Each strikes `times` times (default 1).

/** Which requests: all of them, unless `path` (tested against the URL with its query) or `method` say otherwise. */
export interface RequestPattern {
    path?: RegExp;
    method?: string;
}

/** Which Bulk API jobs: all of them, unless the kind or the object says otherwise. */
interface JobPattern {
    job?: 'query' | 'ingest';
    object?: string;
}

type Pattern =
    /** The request is answered with this status (default 503) and error code, and does nothing. */
    | ({ kind: 'unavailable'; status?: number; errorCode?: string } & RequestPattern)
    /** The request is refused as the one too many: 403 (default) or 429 with Retry-After, REQUEST_LIMIT_EXCEEDED. */
    | ({ kind: 'requestLimit'; status?: 403 | 429; retryAfterSeconds?: number } & RequestPattern)
    /** 401 INVALID_SESSION_ID, and the session of the caller is gone. */
    | ({ kind: 'killSession'; userId?: string } & RequestPattern)
    /** The request does its work, the answer comes this much later. */
    | ({ kind: 'slowAnswer'; ms: number } & RequestPattern)
    /** The request does its work, and the connection ends after so many bytes of the answer's body. */
    | ({ kind: 'dropConnection'; afterBytes?: number } & RequestPattern)
    /** The request does its work, and its answer comes as gzip that cannot be unpacked. */
    | ({ kind: 'brokenGzip' } & RequestPattern)
    /** UNABLE_TO_LOCK_ROW on the rows of `object` that `where` picks (default: any row). */
    | { kind: 'rowLock'; object: string; where?: (row: Record<string, unknown>) => boolean }
    /** The job stays InProgress this long before it begins. */
    | ({ kind: 'slowJob'; ms: number } & JobPattern)
    /** The job ends as Failed once it has read or saved so many rows (default: none). */
    | ({ kind: 'failedJob'; afterRows?: number; errorMessage?: string } & JobPattern)
    /** The job ends as Aborted, as by an administrator, once it has read or saved so many rows. */
    | ({ kind: 'abortedJob'; afterRows?: number } & JobPattern)
    /** Deploys wait this long in the queue. */
    | { kind: 'slowDeploy'; ms: number };

export type Fault = Pattern & { times?: number };
export type FaultKind = Fault['kind'];
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;

export interface Faults {
    add(fault: Fault): void;
    /** What has yet to strike, and how often. */
    pending(): { fault: Fault; left: number }[];
    clear(): void;
    /** The first pending fault of this kind that `strikes`; counts it down. */
    take<Kind extends FaultKind>(
        kind: Kind,
        strikes: (fault: FaultOf<Kind>) => boolean
    ): FaultOf<Kind> | undefined;
}

export function createFaults(): Faults {
    let pending: { fault: Fault; left: number }[] = [];
    return {
        add: (fault) => void pending.push({ fault, left: fault.times ?? 1 }),
        pending: () => pending,
        clear: () => void (pending = []),
        take<Kind extends FaultKind>(kind: Kind, strikes: (fault: FaultOf<Kind>) => boolean) {
            const hit = pending.find(({ fault }) => fault.kind === kind && strikes(fault as FaultOf<Kind>));
            if (!hit) return undefined;
            hit.left -= 1;
            if (hit.left <= 0) pending = pending.filter((one) => one !== hit);
            return hit.fault as FaultOf<Kind>;
        }
    };
}

/** A sticky or global pattern would remember where it last matched; it is asked from the start each time. */
export function isStruck(
    { path, method }: RequestPattern,
    request: { url: string; method: string }
): boolean {
    if (path) path.lastIndex = 0;
    return (path?.test(request.url) ?? true) && (!method || method.toUpperCase() === request.method);
}
