// Faults switched on by a test, one line each: `org.faults.add({ kind: 'rowLock', object: 'DealHealth__c', times: 2 })`.
// Owns which faults are pending; the server, auth and records ask for them where they would strike.
export type Fault =
    /** Answers the next `times` requests whose path matches with this status (default 503) and error code. */
    | {
          kind: 'unavailable';
          path?: RegExp;
          method?: string;
          status?: number;
          errorCode?: string;
          times?: number;
      }
    /** Refuses the next `times` tokens: 401 INVALID_SESSION_ID, and the session is gone. */
    | { kind: 'killSession'; userId?: string; times?: number }
    /** UNABLE_TO_LOCK_ROW on the next `times` rows of `object` that `where` picks (default: any row). */
    | { kind: 'rowLock'; object: string; where?: (row: Record<string, unknown>) => boolean; times?: number }
    /** The next `times` deploys wait this long in the queue. */
    | { kind: 'slowDeploy'; ms: number; times?: number };

type Of<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;

export interface Faults {
    add(fault: Fault): void;
    clear(): void;
    /** The first pending fault of this kind that `strikes`; counts it down. */
    take<Kind extends Fault['kind']>(kind: Kind, strikes: (fault: Of<Kind>) => boolean): Of<Kind> | undefined;
}

export function createFaults(): Faults {
    let pending: { fault: Fault; left: number }[] = [];
    return {
        add: (fault) => void pending.push({ fault, left: fault.times ?? 1 }),
        clear: () => void (pending = []),
        take<Kind extends Fault['kind']>(kind: Kind, strikes: (fault: Of<Kind>) => boolean) {
            const hit = pending.find(({ fault }) => fault.kind === kind && strikes(fault as Of<Kind>));
            if (!hit) return undefined;
            hit.left -= 1;
            if (hit.left <= 0) pending = pending.filter((one) => one !== hit);
            return hit.fault as Of<Kind>;
        }
    };
}
