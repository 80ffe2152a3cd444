// The demo's quarters through their life: each is calculated, and all but the last are reviewed, approved, published and locked by
// the three people who run pay, through the same doors and guards as on the screen. What an earlier start did is not done again.
import type { Connection } from 'jsforce';
import type { LocalOrg } from '../../local-org/local-org.ts';
import { PAY_DESK, usernameOf } from '../pay/pay-desk.ts';
import { startStep } from '../progress.ts';
import type { OrgKey } from './connect.ts';
import { runToEnd, type RunningService, type RunWork } from './service.ts';

export interface PayPeriodsOptions {
    org: LocalOrg;
    service: RunningService;
    orgKey: OrgKey;
    connectionOf(username: string): Connection;
    signal?: AbortSignal | undefined;
}

const [ANALYST, APPROVER, PAYER] = PAY_DESK.map(usernameOf) as [string, string, string];
/** Who makes the step after this one. */
const NEXT: Record<string, { status: string; by: string }> = {
    Calculated: { status: 'Reviewed', by: ANALYST },
    Reviewed: { status: 'Approved', by: APPROVER },
    Approved: { status: 'Published', by: PAYER },
    Published: { status: 'Locked', by: PAYER }
};

interface Period {
    id: string;
    key: string;
    status: string;
}

export async function payPeriods(options: PayPeriodsOptions): Promise<void> {
    const last = periodsOf(options).at(-1);
    // Oldest first: a quarter opens with what the one before left.
    for (const { key, status } of periodsOf(options)) {
        if (status === 'Open') await calculate(options, key);
        if (key !== last!.key && hasDesk(options)) await close(options, key);
    }
}

async function calculate(options: PayPeriodsOptions, period: string): Promise<void> {
    const step = startStep(`Calculating pay of ${period}`);
    const { counts, status } = await carryOut(options, { kind: 'pay', period });
    step.done(`${status}: ${counts['computed']} statements, ${counts['written']} rows written`);
}

async function close(options: PayPeriodsOptions, key: string): Promise<void> {
    const periodNow = (): Period => periodsOf(options).find((period) => period.key === key)!;
    if (periodNow().status === 'Locked') return;
    const step = startStep(`Closing ${key}`);
    for (let now = periodNow(); NEXT[now.status]; now = periodNow()) {
        const { status, by } = NEXT[now.status]!;
        // Only published statements can be locked.
        if (status === 'Locked') await carryOut(options, { kind: 'publication', period: key });
        await options
            .connectionOf(by)
            .sobject('CompensationPeriod__c')
            .update({ Id: now.id, Status__c: status } as never);
    }
    step.done('reviewed, approved, published, locked');
}

async function carryOut({ service, orgKey, signal }: PayPeriodsOptions, work: RunWork) {
    const run = await runToEnd(service.url, orgKey, () => undefined, signal, work);
    return { status: run.status, counts: run['counts'] as Record<string, number> };
}

function periodsOf({ org }: PayPeriodsOptions): Period[] {
    return org.db
        .prepare(
            'SELECT "Id" AS id, "ExternalKey__c" AS key, "Status__c" AS status FROM "CompensationPeriod__c" ORDER BY "StartDate__c"'
        )
        .all() as Period[];
}

/** A folder made before there was a desk has nobody who could. */
function hasDesk({ org }: PayPeriodsOptions): boolean {
    return [ANALYST, APPROVER, PAYER].every((username) => org.users.byUsername(username));
}
