// What the service finds when it checks its connection to an org: one line a check, each with what is missing, and the
// figures the setup page shows. Counts and limits only, never a record.

export type CheckName =
    | 'signIn'
    | 'myDomain'
    | 'permissionSets'
    | 'reads'
    | 'writes'
    | 'apiBudget'
    | 'storage'
    | 'counts'
    | 'changes';

export interface ConnectionCheck {
    name: CheckName;
    outcome: 'ok' | 'warning' | 'failed';
    /** Null when all is well. */
    code: string | null;
    message: string;
    /** The next step, for the admin of the org. */
    fix: string | null;
}

export interface OrgFacts {
    isSandbox: boolean;
    edition: string;
    instance: string;
    /** The user the service runs as. */
    runAsUserId: string;
}

/** In calls, or in megabytes. */
export interface Usage {
    used: number;
    max: number;
}

export interface ConnectionReport {
    /** The first failed check decides; null when none failed. */
    outbound: { ok: boolean; orgId: string | null; code: string | null; fix: string | null };
    checks: ConnectionCheck[];
    /** Null when the service cannot sign in or may not look. */
    org: OrgFacts | null;
    apiCalls: Usage | null;
    storageMb: Usage | null;
    /** Rows of the objects the service reads and writes, as the org estimates them. */
    recordCounts: { name: string; count: number }[];
}
