// The check of a connection, for the setup page: signs in to the org and looks at what the service may do there, in five
// calls. Every line says what is missing and what the admin does next; nothing is read but limits, counts and permissions.
import type { ConnectionCheck, ConnectionReport, OrgFacts, Usage } from '../tenants/connection-report.ts';
import type { OrgClient } from './connect.ts';
import { READ_OBJECTS, REQUIRED_OBJECTS, WRITTEN_OBJECTS } from './connection-objects.ts';
import { OrgProblem, codeOf } from './errors.ts';

const PERMISSION_SETS = ['SpmIntegration', 'SpmCrmRead'];
/** Where runs are slowed and stopped (api-budget.ts). */
const API_SLOW_AT = 0.7;
const API_STOP_AT = 0.85;
const STORAGE_WARN_AT = 0.75;
const STORAGE_FULL_AT = 0.95;

/** Apex waits ten seconds for the answer. */
const DEADLINE_MS = 8_000;

/** @param saidDomain the My Domain the org itself tells; null when it does not */
export async function checkConnection(
    client: OrgClient,
    saidDomain: string | null,
    deadlineMs = DEADLINE_MS
): Promise<ConnectionReport> {
    const deadline = startDeadline(deadlineMs);
    try {
        return await check(client, saidDomain, deadline.passed);
    } finally {
        deadline.end();
    }
}

class OrgSlow extends Error {}

function startDeadline(ms: number): { passed: Promise<never>; end: () => void } {
    let timer: NodeJS.Timeout;
    const passed = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new OrgSlow()), ms);
    });
    passed.catch(() => undefined);
    return { passed, end: () => clearTimeout(timer) };
}

async function check(
    client: OrgClient,
    saidDomain: string | null,
    deadline: Promise<never>
): Promise<ConnectionReport> {
    const { myDomain } = client.tenant;
    const signIn = await Promise.race([client.verify(), deadline]).catch(unansweredSignIn);
    const checks: ConnectionCheck[] = [
        signIn.ok
            ? ok('signIn', 'The service signs in to this org.')
            : failed('signIn', signIn.code!, 'The service cannot sign in to this org.', signIn.fix!),
        domainCheck(myDomain, saidDomain)
    ];
    const report: ConnectionReport = {
        outbound: signIn,
        checks,
        org: null,
        apiCalls: null,
        storageMb: null,
        recordCounts: []
    };
    if (signIn.ok) {
        const looks = Promise.all([
            lookAtAccess(client, report).catch((error) => checks.push(unlooked('reads', error))),
            lookAtLimits(client, report).catch((error) => checks.push(unlooked('apiBudget', error)))
        ]);
        await Promise.race([looks, deadline]).catch((error) => checks.push(unlooked('counts', error)));
    }
    const first = checks.find(({ outcome }) => outcome === 'failed');
    if (signIn.ok && first) report.outbound = { ...signIn, ok: false, code: first.code, fix: first.fix };
    return report;
}

function unansweredSignIn(error: unknown): ConnectionReport['outbound'] {
    if (!(error instanceof OrgSlow)) throw error;
    return { ok: false, orgId: null, code: 'ORG_SLOW', fix: SLOW_FIX };
}

const SLOW_FIX = 'Check again in a few minutes; see trust.salesforce.com for the instance of the org.';

/** A look that broke off: the org is slow, or refused something that has a code. */
function unlooked(name: ConnectionCheck['name'], error: unknown): ConnectionCheck {
    if (error instanceof OrgSlow)
        return failed(name, 'ORG_SLOW', 'The org takes longer to answer than this check may.', SLOW_FIX);
    const fix = error instanceof OrgProblem ? error.fix : 'Check again; if it stays, tell support the code.';
    return failed(name, codeOf(error), 'The org did not let the service look.', fix);
}

function domainCheck(registered: string, said: string | null): ConnectionCheck {
    const now = said?.toLowerCase().replace(/\/+$/, '') ?? registered;
    if (now === registered)
        return ok('myDomain', `The service knows this org by its My Domain, ${registered}.`);
    return failed(
        'myDomain',
        'MY_DOMAIN_RENAMED',
        `The service knows this org by the My Domain ${registered}; the org says ${now}.`,
        `Ask whoever runs the service to register ${now} for this org.`
    );
}

interface GlobalDescribe {
    sobjects: { name: string; queryable: boolean; createable: boolean; updateable: boolean }[];
}

async function lookAtAccess(client: OrgClient, report: ConnectionReport): Promise<void> {
    const [objects, org, sets] = await Promise.all([
        client.request<GlobalDescribe>('GET', '/sobjects'),
        orgFacts(client),
        assignedSets(client)
    ]);
    report.org = org;
    report.checks.push(setsCheck(sets, client.userId));
    const byName = new Map(objects.sobjects.map((one) => [client.names.strip(one.name), one]));
    const unreadable = READ_OBJECTS.filter((name) => !byName.get(name)?.queryable);
    const unwritable = WRITTEN_OBJECTS.filter((name) => {
        const object = byName.get(name);
        return !object?.createable || !object.updateable;
    });
    report.checks.push(readsCheck(unreadable), writesCheck(unwritable));
    await lookAtCounts(client, report, [...byName.keys()]);
}

function setsCheck(assigned: ReadonlySet<string> | null, userId: string): ConnectionCheck {
    const missing = PERMISSION_SETS.filter((name) => !assigned?.has(name));
    if (missing.length === 0)
        return ok('permissionSets', 'The Run As user has the permission sets of the service.');
    const message = assigned
        ? `The Run As user (${userId}) has not got ${missing.join(' and ')}.`
        : 'The service cannot see which permission sets its Run As user has.';
    return warning(
        'permissionSets',
        'PERMISSION_SET_MISSING',
        message,
        `Assign ${missing.join(' and ')} to the Run As user.`
    );
}

function readsCheck(missing: readonly string[]): ConnectionCheck {
    if (missing.length === 0) return ok('reads', 'The service can read everything it works from.');
    const message = `The service cannot read ${listed(missing)}.`;
    const fix = 'Assign SpmCrmRead to the Run As user.';
    return missing.some((name) => REQUIRED_OBJECTS.includes(name))
        ? failed('reads', 'OBJECT_REQUIRED', message, fix)
        : warning('reads', 'OBJECT_NOT_READABLE', `${message} What depends on it is not judged.`, fix);
}

function writesCheck(missing: readonly string[]): ConnectionCheck {
    if (missing.length === 0) return ok('writes', 'The service can save its results.');
    return failed(
        'writes',
        'OBJECT_NOT_WRITABLE',
        `The service cannot save ${listed(missing)}.`,
        'Assign SpmIntegration to the Run As user.'
    );
}

const MOST_NAMED = 5;

function listed(names: readonly string[]): string {
    const rest = names.length - MOST_NAMED;
    return rest > 1 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more objects` : names.join(', ');
}

async function orgFacts(client: OrgClient): Promise<OrgFacts> {
    const soql = 'SELECT IsSandbox, OrganizationType, InstanceName FROM Organization';
    const { records } = await query<{ IsSandbox: boolean; OrganizationType: string; InstanceName: string }>(
        client,
        soql
    );
    return {
        isSandbox: records[0]?.IsSandbox ?? false,
        edition: records[0]?.OrganizationType ?? '',
        instance: records[0]?.InstanceName ?? '',
        runAsUserId: client.userId
    };
}

/** Null when the user may not look (it needs View Setup). */
async function assignedSets(client: OrgClient): Promise<ReadonlySet<string> | null> {
    const names = PERMISSION_SETS.map((name) => `'${name}'`).join(', ');
    const soql =
        'SELECT PermissionSet.Name FROM PermissionSetAssignment ' +
        `WHERE AssigneeId = '${client.userId}' AND PermissionSet.Name IN (${names})`;
    try {
        const { records } = await query<{ PermissionSet: { Name: string } }>(client, soql);
        return new Set(records.map((row) => row.PermissionSet.Name));
    } catch (error) {
        if (isRefusal(error)) return null;
        throw error;
    }
}

interface LimitRow {
    Max: number;
    Remaining: number;
}

async function lookAtLimits(client: OrgClient, report: ConnectionReport): Promise<void> {
    let limits: Record<string, LimitRow | undefined> = {};
    try {
        limits = await client.request('GET', '/limits');
    } catch (error) {
        if (!isRefusal(error)) throw error;
    }
    report.apiCalls = usageOf(limits.DailyApiRequests);
    report.storageMb = usageOf(limits.DataStorageMB);
    report.checks.push(apiCheck(report.apiCalls), storageCheck(report.storageMb));
}

function usageOf(limit: LimitRow | undefined): Usage | null {
    return limit ? { used: limit.Max - limit.Remaining, max: limit.Max } : null;
}

function apiCheck(usage: Usage | null): ConnectionCheck {
    if (usage === null) return notTold('apiBudget', 'the API calls of the org');
    const share = usage.max === 0 ? 1 : usage.used / usage.max;
    const message = `The org has used ${percent(share)} of its API calls of a day.`;
    if (share < API_SLOW_AT) return ok('apiBudget', message);
    const fix = 'Find out what calls so often (Setup, API Usage), or raise the allowance.';
    return share < API_STOP_AT
        ? warning('apiBudget', 'API_USAGE_HIGH', `${message} The service slows down.`, fix)
        : failed('apiBudget', 'API_BUDGET', `${message} Scheduled runs wait.`, fix);
}

function storageCheck(usage: Usage | null): ConnectionCheck {
    if (usage === null) return notTold('storage', 'the data storage of the org');
    const share = usage.max === 0 ? 1 : usage.used / usage.max;
    const message = `The org has used ${percent(share)} of its data storage.`;
    if (share < STORAGE_WARN_AT) return ok('storage', message);
    const fix = 'Free or buy data storage (Setup, Storage Usage).';
    return share < STORAGE_FULL_AT
        ? warning('storage', 'STORAGE_HIGH', message, fix)
        : failed('storage', 'STORAGE_FULL', `${message} Results may not be saved.`, fix);
}

/** Estimates of the org, which cost one call and no scan. */
async function lookAtCounts(
    client: OrgClient,
    report: ConnectionReport,
    visible: readonly string[]
): Promise<void> {
    const wanted = [...READ_OBJECTS, ...WRITTEN_OBJECTS].filter((name) => visible.includes(name));
    const list = wanted.map((name) => client.names.q(name)).join(',');
    try {
        const { sObjects } = await client.request<{ sObjects: { name: string; count: number }[] }>(
            'GET',
            `/limits/recordCount?sObjects=${encodeURIComponent(list)}`
        );
        report.recordCounts = sObjects
            .map(({ name, count }) => ({ name: client.names.strip(name), count }))
            .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
        report.checks.push(ok('counts', 'The volumes of data are known.'));
    } catch (error) {
        if (!isRefusal(error)) throw error;
        report.checks.push(notTold('counts', 'how many records there are'));
    }
}

function query<Row>(client: OrgClient, soql: string): Promise<{ records: Row[] }> {
    return client.request('GET', `/query?q=${encodeURIComponent(soql)}`);
}

function isRefusal(error: unknown): boolean {
    return ['INSUFFICIENT_ACCESS', 'INVALID_TYPE', 'NOT_FOUND', 'FUNCTIONALITY_NOT_ENABLED'].includes(
        codeOf(error)
    );
}

function notTold(name: ConnectionCheck['name'], what: string): ConnectionCheck {
    return warning(
        name,
        'NOT_TOLD',
        `The org does not tell the service ${what}.`,
        'Assign SpmCrmRead (View Setup and Configuration) to the Run As user.'
    );
}

function percent(share: number): string {
    return `${Math.round(share * 100)} %`;
}

function ok(name: ConnectionCheck['name'], message: string): ConnectionCheck {
    return { name, outcome: 'ok', code: null, message, fix: null };
}

function warning(name: ConnectionCheck['name'], code: string, message: string, fix: string): ConnectionCheck {
    return { name, outcome: 'warning', code, message, fix };
}

function failed(name: ConnectionCheck['name'], code: string, message: string, fix: string): ConnectionCheck {
    return { name, outcome: 'failed', code, message, fix };
}
