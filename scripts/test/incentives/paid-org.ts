// A local org with the package in which one month is locked and the next one open: a plan designed, approved and active, a
// statement with a line, a credit, a balance and a deferred payment in the locked month. Everything went through the API, by
// people with one permission set each, so that the guards have seen it all.
import { createHash } from 'node:crypto';
import { callAs, type Call } from '../../local-org/test/support/doors.ts';
import { ADMIN, type TestOrg } from '../../local-org/test/support/test-org.ts';
import { startPackageOrg } from '../package-org.ts';

export const DEFINITION = 'plan: seller\nversion: "1"';

/** Who tries, and the one permission set he has; the administrator may do everything a profile allows. */
export const PEOPLE = {
    rep: 'SpmPayee',
    analyst: 'SpmCompAnalyst',
    approver: 'SpmCompApprover',
    payer: 'SpmCompAnalyst',
    integration: 'SpmIntegration',
    admin: 'SpmAdmin'
} as const;
export type Person = keyof typeof PEOPLE;

export interface PaidOrg {
    local: TestOrg;
    call: Record<Person, Call>;
    userId: Record<Person, string>;
    /** ids by what they are: `line`, `statement`, `credit` ... */
    ids: Record<string, string>;
}

export const startPaidOrg = (): Promise<PaidOrg> => startPackageOrg(fill);

async function fill(local: TestOrg): Promise<PaidOrg> {
    const admin = callAs(local, ADMIN);
    const userId = {} as Record<Person, string>;
    const call = {} as Record<Person, Call>;
    for (const [person, permissionSet] of Object.entries(PEOPLE) as [Person, string][]) {
        const username = person === 'admin' ? ADMIN : `${person}@pay.example`;
        if (person !== 'admin') await created(admin, 'User', await newUser(admin, person, username));
        call[person] = callAs(local, username);
        userId[person] = local.org.users.byUsername(username)!.userId;
        const set = await only(admin, `SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`);
        await created(admin, 'PermissionSetAssignment', {
            AssigneeId: userId[person],
            PermissionSetId: set.Id
        });
    }
    const ids: Record<string, string> = {};
    await makePlan(call, ids);
    await makePay(call, ids, userId.rep);
    await lock(call, ids);
    return { local, call, userId, ids };
}

async function makePlan(call: Record<Person, Call>, ids: Record<string, string>): Promise<void> {
    ids.plan = await created(call.analyst, 'Plan__c', {
        Name: 'Seller',
        ExternalKey__c: 'seller',
        CurrencyCode__c: 'GBP',
        Interval__c: 'Month'
    });
    ids.version = await created(call.analyst, 'PlanVersion__c', {
        Name: 'Seller 1',
        Plan__c: ids.plan,
        ExternalKey__c: 'seller:1',
        EffectiveStartDate__c: '2026-01-01',
        Definition__c: DEFINITION,
        PartsHash__c: createHash('sha256').update(`${DEFINITION}\n`).digest('hex')
    });
    ids.component = await created(call.integration, 'PlanComponent__c', {
        Name: 'Commission',
        ExternalKey__c: 'seller:1:commission',
        PlanVersion__c: ids.version
    });
    ids.tier = await created(call.integration, 'RateTier__c', {
        ExternalKey__c: 'seller:1:commission:1:1',
        PlanComponent__c: ids.component,
        ValueText__c: '6%'
    });
    for (const [status, person] of [
        ['InReview', 'analyst'],
        ['Approved', 'approver'],
        ['Active', 'analyst']
    ] as const) {
        await changed(call[person], 'PlanVersion__c', ids.version, { Status__c: status });
    }
}

async function makePay(call: Record<Person, Call>, ids: Record<string, string>, repId: string) {
    ids.period = await newPeriod(call.analyst, '2026-01', '2026-01-01', '2026-01-31');
    ids.openPeriod = await newPeriod(call.analyst, '2026-02', '2026-02-01', '2026-02-28');
    ids.run = await created(call.integration, 'CalculationRun__c', {
        ExternalKey__c: 'run-1',
        Period__c: ids.period,
        Kind__c: 'Full',
        Status__c: 'Succeeded'
    });
    const ofRep = { OwnerId: repId, Payee__c: repId, Period__c: ids.period, PlanVersion__c: ids.version };
    ids.statement = await created(call.integration, 'Statement__c', {
        ...ofRep,
        ExternalKey__c: '2026-01:seller:rep',
        PayoutAmount__c: 800
    });
    ids.draft = await created(call.integration, 'Statement__c', {
        ...ofRep,
        Period__c: ids.openPeriod,
        ExternalKey__c: '2026-02:seller:rep'
    });
    ids.line = await created(call.integration, 'StatementLine__c', {
        OwnerId: repId,
        Statement__c: ids.statement,
        ExternalKey__c: '2026-01:seller:rep:1',
        Kind__c: 'Earning',
        Amount__c: 1000
    });
    ids.deletedLine = await created(call.integration, 'StatementLine__c', {
        OwnerId: repId,
        Statement__c: ids.statement,
        ExternalKey__c: '2026-01:seller:rep:2',
        Kind__c: 'Earning',
        Amount__c: 5
    });
    await call.integration('DELETE', `/sobjects/StatementLine__c/${ids.deletedLine}`);
    ids.credit = await created(call.integration, 'Credit__c', {
        ...ofRep,
        ExternalKey__c: '2026-01:seller:deal:direct:rep',
        PayableAmount__c: 1000
    });
    ids.balance = await created(call.integration, 'LedgerBalance__c', {
        ...ofRep,
        ExternalKey__c: '2026-01:seller:rep:draw:',
        OpeningAmount__c: 200,
        MovementAmount__c: -200,
        ClosingAmount__c: 0
    });
    ids.payment = await created(call.integration, 'ScheduledPayment__c', {
        ...ofRep,
        ExternalKey__c: '2026-01:seller:rep:bonus::1',
        Kind__c: 'Tranche',
        Amount__c: 100
    });
}

async function lock(call: Record<Person, Call>, ids: Record<string, string>): Promise<void> {
    for (const [status, person] of [
        ['Calculated', 'integration'],
        ['Reviewed', 'analyst'],
        ['Approved', 'approver'],
        ['Published', 'payer']
    ] as const) {
        await changed(call[person], 'CompensationPeriod__c', ids.period!, { Status__c: status });
    }
    await changed(call.integration, 'Statement__c', ids.statement!, { Status__c: 'Published' });
    await changed(call.payer, 'CompensationPeriod__c', ids.period!, { Status__c: 'Locked' });
}

const newPeriod = (call: Call, key: string, start: string, end: string): Promise<string> =>
    created(call, 'CompensationPeriod__c', {
        Name: key,
        ExternalKey__c: key,
        Interval__c: 'Month',
        StartDate__c: start,
        EndDate__c: end
    });

async function newUser(admin: Call, person: Person, username: string): Promise<object> {
    const name = person === 'integration' ? 'Minimum Access - API Only Integrations' : 'Standard User';
    const profile = await only(admin, `SELECT Id FROM Profile WHERE Name = '${name}'`);
    return {
        Username: username,
        LastName: person,
        Alias: person.slice(0, 8),
        Email: username,
        ProfileId: profile.Id,
        TimeZoneSidKey: 'Europe/London',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    };
}

export async function created(call: Call, type: string, fields: object): Promise<string> {
    const { status, body } = await call('POST', `/sobjects/${type}`, fields);
    if (status !== 201) throw new Error(`${type} was not created: ${JSON.stringify(body)}`);
    return body.id;
}

async function changed(call: Call, type: string, id: string, fields: object): Promise<void> {
    const { status, body } = await call('PATCH', `/sobjects/${type}/${id}`, fields);
    if (status !== 204) throw new Error(`${type} was not changed: ${JSON.stringify(body)}`);
}

async function only(call: Call, soql: string): Promise<{ Id: string }> {
    const { body } = await call('GET', `/query?q=${encodeURIComponent(soql)}`);
    return body.records[0];
}
