// A local org with the package and one row of everything scorecards hold about one person, each with a word of its own that
// no other row has. Rows of the service are written by the integration user through the API, so the guards have seen them.
import { callAs, soql, type Call } from '../../local-org/test/support/doors.ts';
import { ADMIN, TEAM, type TestOrg } from '../../local-org/test/support/test-org.ts';
import { startPackageOrg } from '../package-org.ts';
import { created } from '../incentives/paid-org.ts';

/** Each with one permission set. The manager is above the rep in roles and as manager; nobody is above the others. */
const SETS = {
    rep: 'SpmPayee',
    manager: 'SpmSalesManager',
    peer: 'SpmPayee',
    otherManager: 'SpmSalesManager',
    compliance: 'SpmCompliance',
    ops: 'SpmAdmin',
    analyst: 'SpmCompAnalyst',
    nobody: null,
    integration: 'SpmIntegration',
    admin: 'SpmAdmin'
} as const;
export type Person = keyof typeof SETS;
export const EVERYBODY = Object.keys(SETS) as Person[];

export interface ScoredOrg {
    local: TestOrg;
    call: Record<Person, Call>;
    userId: Record<Person, string>;
    /** By what a row is. */
    rows: Record<RowName, { type: string; id: string; key: string }>;
}

/** The word a row can be recognised by, wherever it turns up. */
export const wordOf = (row: RowName): string => `word-of-${row}`;

export const ROWS = [
    'metric',
    'standard',
    'card',
    'business',
    'execution',
    'warning',
    'checkIn',
    'gaming',
    'intervention',
    'week',
    'fact',
    'import',
    'goal',
    'look',
    'focus',
    'cadence'
] as const;
export type RowName = (typeof ROWS)[number];

export const startScoredOrg = (): Promise<ScoredOrg> => startPackageOrg(fill);

async function fill(local: TestOrg): Promise<ScoredOrg> {
    const admin = callAs(local, ADMIN);
    const call = {} as Record<Person, Call>;
    const userId = {} as Record<Person, string>;
    for (const person of EVERYBODY) {
        const username = await usernameOf(local, admin, person);
        call[person] = callAs(local, username);
        userId[person] = local.org.users.byUsername(username)!.userId;
        if (SETS[person] !== null) await grant(admin, userId[person], SETS[person]);
    }
    await admin('PATCH', `/sobjects/User/${userId.rep}`, { ManagerId: userId.manager });
    const scored = { local, call, userId, rows: {} as ScoredOrg['rows'] };
    await addDefinitions(scored);
    await addResults(scored);
    await addWeek(scored);
    await addPeoplesRows(scored);
    return scored;
}

async function usernameOf(local: TestOrg, admin: Call, person: Person): Promise<string> {
    if (person === 'admin') return ADMIN;
    if (person === 'rep' || person === 'manager' || person === 'peer') return TEAM[person];
    const username = `${person.toLowerCase()}@scores.example`;
    const profile = person === 'integration' ? 'Minimum Access - API Only Integrations' : 'Standard User';
    const { body } = await soql(admin, `SELECT Id FROM Profile WHERE Name = '${profile}'`);
    await created(admin, 'User', {
        Username: username,
        LastName: person,
        Alias: person.slice(0, 8),
        Email: username,
        ProfileId: body.records[0].Id,
        TimeZoneSidKey: 'Europe/London',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    });
    return username;
}

export async function grant(admin: Call, userId: string, permissionSet: string): Promise<void> {
    const { body } = await soql(admin, `SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`);
    await created(admin, 'PermissionSetAssignment', {
        AssigneeId: userId,
        PermissionSetId: body.records[0].Id
    });
}

const TODAY = new Date().toISOString().slice(0, 10);
const MONTH = `${TODAY.slice(0, 7)}-01`;
export const LONG_AGO = '2025-01-01';

async function add(org: ScoredOrg, row: RowName, type: string, fields: Record<string, unknown>, by: Person) {
    const key = String(fields.ExternalKey__c ?? '');
    org.rows[row] = { type, id: await created(org.call[by], type, fields), key };
}

async function addDefinitions(org: ScoredOrg): Promise<void> {
    await add(
        org,
        'metric',
        'MetricDefinition__c',
        {
            ExternalKey__c: 'meetings:1',
            MetricKey__c: 'meetings',
            VersionNumber__c: 1,
            Label__c: wordOf('metric'),
            FormulaWords__c: 'Meetings held',
            Formula__c: '{}',
            Unit__c: 'Count',
            Direction__c: 'Up',
            EffectiveStartDate__c: LONG_AGO
        },
        'integration'
    );
    await add(
        org,
        'standard',
        'PerformanceStandard__c',
        {
            ExternalKey__c: `adviser:meetings:${LONG_AGO}`,
            RoleKey__c: 'adviser',
            MetricKey__c: 'meetings',
            Family__c: 'Behaviour',
            TargetValue__c: 10,
            EffectiveStartDate__c: LONG_AGO,
            Reason__c: wordOf('standard')
        },
        'integration'
    );
}

async function addResults(org: ScoredOrg): Promise<void> {
    const rep = { Rep__c: org.userId.rep, OwnerId: org.userId.rep };
    await add(
        org,
        'card',
        'Scorecard__c',
        {
            ...rep,
            ExternalKey__c: 'card',
            PeriodStartDate__c: MONTH,
            RoleKey__c: 'adviser',
            Score__c: 70,
            CappedBy__c: wordOf('card')
        },
        'integration'
    );
    for (const dimension of ['business', 'execution'] as const)
        await add(
            org,
            dimension,
            'ScorecardMetricResult__c',
            {
                ...rep,
                ExternalKey__c: dimension,
                Scorecard__c: org.rows.card.id,
                Dimension__c: dimension,
                MetricKey__c: wordOf(dimension),
                MetricVersion__c: 1
            },
            'integration'
        );
    const owners = { warning: org.userId.rep, checkIn: org.userId.manager, gaming: org.userId.integration };
    const kinds = { warning: 'Warning', checkIn: 'CheckIn', gaming: 'Gaming' };
    for (const row of ['warning', 'checkIn', 'gaming'] as const)
        await add(
            org,
            row,
            'PerformanceWarning__c',
            {
                Rep__c: org.userId.rep,
                OwnerId: owners[row],
                ExternalKey__c: row,
                Kind__c: kinds[row],
                Status__c: 'Open',
                Words__c: wordOf(row)
            },
            'integration'
        );
    await add(
        org,
        'fact',
        'PerformanceFact__c',
        { Rep__c: org.userId.rep, ExternalKey__c: 'fact', SourceName__c: wordOf('fact') },
        'integration'
    );
    await add(
        org,
        'import',
        'FactImport__c',
        { ExternalKey__c: 'import', SourceName__c: wordOf('import') },
        'integration'
    );
}

async function addWeek(org: ScoredOrg): Promise<void> {
    const { rep, manager } = org.userId;
    await add(
        org,
        'intervention',
        'Intervention__c',
        {
            ExternalKey__c: 'intervention',
            Rep__c: rep,
            Manager__c: manager,
            OwnerId: manager,
            WeekStartDate__c: MONTH,
            GapKind__c: 'Skill',
            StepText__c: wordOf('intervention'),
            RetainUntilDate__c: '2099-01-01'
        },
        'integration'
    );
    await add(
        org,
        'week',
        'TeamWeek__c',
        {
            ExternalKey__c: 'week',
            Manager__c: manager,
            OwnerId: manager,
            WeekStartDate__c: MONTH,
            Verdict__c: wordOf('week')
        },
        'integration'
    );
    await add(
        org,
        'cadence',
        'CadenceItem__c',
        {
            ExternalKey__c: 'cadence',
            Manager__c: manager,
            OwnerId: manager,
            Rep__c: rep,
            DueDate__c: TODAY,
            Status__c: 'Due',
            EventId__c: wordOf('cadence')
        },
        'integration'
    );
    const deal = await created(org.call.rep, 'Opportunity', {
        Name: 'Deal',
        StageName: 'Prospecting',
        CloseDate: '2099-01-01'
    });
    const item = { opportunityId: deal, action: wordOf('focus') };
    await add(
        org,
        'focus',
        'FocusList__c',
        { ExternalKey__c: 'focus', Rep__c: rep, OwnerId: rep, Items__c: JSON.stringify([item]) },
        'integration'
    );
}

/** What people themselves enter. */
async function addPeoplesRows(org: ScoredOrg): Promise<void> {
    const { rep } = org.userId;
    await add(
        org,
        'goal',
        'Goal__c',
        {
            ExternalKey__c: 'goal',
            Rep__c: rep,
            Title__c: wordOf('goal'),
            MetricKey__c: 'meetings',
            BaselineValue__c: 6,
            TargetValue__c: 10,
            StartDate__c: TODAY,
            DueDate__c: '2099-01-01',
            ParentName__c: 'Grow'
        },
        'rep'
    );
    const look = { Rep__c: rep, OwnerId: rep, What__c: wordOf('look') };
    await add(org, 'look', 'ScorecardView__c', look, 'manager');
}
