// Who sees what scorecards hold about a person, through every door: a rep only the own, a manager those below, compliance conduct
// and imports, nobody what is for the manager or for compliance alone. And what was decided or has begun stays as it is.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deploy } from '../../local-org/metadata/deploy.ts';
import { apexClass, deployZip, metadata } from '../../local-org/test/support/deploy-zip.ts';
import { finished, soql, type Call } from '../../local-org/test/support/doors.ts';
import { isRefused } from '../incentives/answers.ts';
import { MEDDLER, PAY_DOORS, type Attacked } from '../incentives/pay-doors.ts';
import {
    changingCalls,
    methodsOf,
    objectsOf,
    OWN_ALONE,
    readingCalls,
    type Asked
} from './scorecard-doors.ts';
import {
    EVERYBODY,
    grant,
    LONG_AGO,
    ROWS,
    startScoredOrg,
    wordOf,
    type Person,
    type RowName,
    type ScoredOrg
} from './scored-org.ts';

let scored: ScoredOrg;

beforeAll(async () => {
    scored = await startScoredOrg();
});
afterAll(() => scored?.local.stop());

const DEFINITIONS: RowName[] = ['metric', 'standard'];
const OWN: RowName[] = [...DEFINITIONS, 'card', 'business', 'execution', 'warning', 'goal', 'look', 'focus'];

/** Of the objects themselves. The administrator of the org sees everything and is no measure. */
const SHARED: Record<Exclude<Person, 'admin'>, RowName[]> = {
    rep: OWN,
    manager: [...OWN, 'checkIn', 'intervention', 'week', 'cadence'],
    peer: DEFINITIONS,
    otherManager: DEFINITIONS,
    compliance: [...DEFINITIONS, 'import'],
    ops: [
        ...DEFINITIONS,
        'card',
        'business',
        'execution',
        'intervention',
        'week',
        'import',
        'goal',
        'look',
        'focus',
        'cadence'
    ],
    analyst: [],
    nobody: [],
    integration: [...ROWS]
};

const READING: Record<string, (call: Call, row: { type: string; id: string }) => Promise<unknown>> = {
    'queries it': (call, { type, id }) =>
        soql(call, `SELECT FIELDS(CUSTOM) FROM ${type} WHERE Id = '${id}' LIMIT 1`),
    'queries it, deleted ones too': (call, { type, id }) =>
        soql(call, `SELECT FIELDS(CUSTOM) FROM ${type} WHERE Id = '${id}' LIMIT 1`, '/queryAll'),
    'reads it by id': (call, { type, id }) => call('GET', `/sobjects/${type}/${id}`),
    'reads it in a batch': (call, { type, id }) =>
        call('POST', '/composite/batch', {
            batchRequests: [{ method: 'GET', url: `v65.0/sobjects/${type}/${id}` }]
        }),
    'reads it in a composite request': (call, { type, id }) =>
        call('POST', '/composite', {
            compositeRequest: [
                { method: 'GET', url: `/services/data/v65.0/sobjects/${type}/${id}`, referenceId: 'one' }
            ]
        }),
    'opens its page': (call, { type, id }) =>
        call('GET', `/ui-api/records/${id}?fields=${type}.${WORD_FIELDS[type]}`),
    'takes it in bulk': async (call, { type, id }) => {
        const job = await call('POST', '/jobs/query', {
            operation: 'query',
            query: `SELECT ${WORD_FIELDS[type]} FROM ${type} WHERE Id = '${id}'`
        });
        if (job.status !== 200) return job;
        await finished(call, `/jobs/query/${job.body.id}`);
        return call('GET', `/jobs/query/${job.body.id}/results`);
    }
};
/** Where the word of a row stands; long texts cannot be asked for in every way. */
const WORD_FIELDS: Record<string, string> = {
    MetricDefinition__c: 'Label__c',
    PerformanceStandard__c: 'Reason__c',
    Scorecard__c: 'CappedBy__c',
    ScorecardMetricResult__c: 'MetricKey__c',
    PerformanceWarning__c: 'Words__c',
    Intervention__c: 'StepText__c',
    TeamWeek__c: 'Verdict__c',
    PerformanceFact__c: 'SourceName__c',
    FactImport__c: 'SourceName__c',
    Goal__c: 'Title__c',
    ScorecardView__c: 'What__c',
    FocusList__c: 'Items__c',
    CadenceItem__c: 'EventId__c'
};

const PEOPLE = Object.keys(SHARED) as Exclude<Person, 'admin'>[];

describe.each(Object.keys(READING))('who %s', (door) => {
    test.each(PEOPLE)('the %s finds what is shared with them and nothing else', async (person) => {
        const found: RowName[] = [];
        for (const row of ROWS) {
            const answer = await READING[door]!(scored.call[person], scored.rows[row]);
            if (JSON.stringify(answer).includes(wordOf(row))) found.push(row);
        }
        expect(found).toEqual(ROWS.filter((row) => SHARED[person].includes(row)));
    });
});

/** What the classes of the pages show to whom, all of them together. */
const ON_PAGES: Record<Exclude<Person, 'admin'>, RowName[]> = {
    rep: OWN,
    manager: [...OWN, 'checkIn', 'intervention', 'week', 'cadence'],
    peer: DEFINITIONS,
    otherManager: DEFINITIONS,
    compliance: [...DEFINITIONS, 'execution', 'gaming', 'import'],
    ops: [...DEFINITIONS, 'card', 'business', 'execution', 'gaming', 'import', 'goal', 'look'],
    analyst: [],
    nobody: [],
    integration: []
};

test.each(PEOPLE)('the classes of the pages show the %s no more than that', async (person) => {
    let all = '';
    for (const asked of readingCalls(scored)) all += JSON.stringify(await ask(scored.call[person], asked));
    expect(ROWS.filter((row) => all.includes(wordOf(row)))).toEqual(
        ROWS.filter((row) => ON_PAGES[person].includes(row))
    );
});

/** Who may change what by the pages: the rest is refused, and changes nothing. */
const MAY_CHANGE: Record<string, Person[]> = {
    intervention: ['manager'],
    cadence: ['manager'],
    goal: ['rep', 'manager'],
    standard: ['ops', 'admin'],
    metric: ['ops', 'admin']
};

test.each(EVERYBODY)(
    'the classes of the pages let the %s change nothing that is not theirs',
    async (person) => {
        const refused = changingCalls(scored).filter(({ row }) => !MAY_CHANGE[row]!.includes(person));
        for (const asked of refused) {
            const { type } = scored.rows[asked.row];
            const before = rowsOf(type);
            const answer = await ask(scored.call[person], asked);
            expect([asked.method, isRefused(answer)]).toEqual([asked.method, true]);
            expect(rowsOf(type)).toEqual(before);
        }
    }
);

test('no method of a page of scorecards is left out of these', () => {
    const asked = [...readingCalls(scored), ...changingCalls(scored)].map(({ method }) => method);
    expect([...new Set([...asked, ...OWN_ALONE])].sort()).toEqual(methodsOf('scorecards'));
});

describe('compliance sees no pay', () => {
    test.each(objectsOf('incentives'))('in %s, by any query', async (type) => {
        for (const door of ['', '/queryAll'] as const) {
            const answer = await soql(
                scored.call.compliance,
                `SELECT Id FROM ${type} LIMIT 1`,
                door || undefined
            );
            expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_TYPE' }] });
        }
        expect((await scored.call.compliance('GET', `/sobjects/${type}/describe`)).status).toBe(404);
        expect((await soql(scored.call.admin, `SELECT Id FROM ${type} LIMIT 1`)).status).toBe(200);
    });

    test.each(methodsOf('incentives'))('by %s', async (method) => {
        const answer = await ask(scored.call.compliance, { method, params: {} });
        const [className] = method.split('.');
        expect(JSON.stringify(answer)).toContain(`do not have access to the Apex class named '${className}'`);
    });
});

const ask = (call: Call, { method: name, params }: Asked): Promise<unknown> => {
    const [className, method] = name.split('.');
    return call('POST', '//lightning/apex', { className, method, params });
};

const ATTACKED: Record<string, { row: RowName; change: object; another: object }> = {
    'a step that was done': {
        row: 'intervention',
        change: { Outcome__c: 'forged' },
        another: { ExternalKey__c: 'late', Status__c: 'Done', Outcome__c: 'forged' }
    },
    'a metric that has begun': {
        row: 'metric',
        change: { Formula__c: '{"forged":true}' },
        another: {
            ExternalKey__c: 'meetings:2',
            MetricKey__c: 'meetings',
            VersionNumber__c: 2,
            Label__c: 'Forged',
            FormulaWords__c: 'Forged',
            Formula__c: '{}',
            Unit__c: 'Count',
            Direction__c: 'Up',
            EffectiveStartDate__c: '2024-01-01',
            EffectiveEndDate__c: LONG_AGO
        }
    },
    'a standard that has begun': {
        row: 'standard',
        change: { TargetValue__c: 1 },
        another: {
            ExternalKey__c: 'adviser:meetings:2024-01-01',
            RoleKey__c: 'adviser',
            MetricKey__c: 'meetings',
            Family__c: 'Results',
            TargetValue__c: 1,
            EffectiveStartDate__c: '2024-01-01',
            EffectiveEndDate__c: LONG_AGO
        }
    },
    'a look at somebody': { row: 'look', change: { What__c: 'nothing' }, another: { What__c: '' } }
};

describe('what was decided or has begun stays as it is', () => {
    beforeAll(async () => {
        const { call, rows } = scored;
        const done = { Status__c: 'Done', Outcome__c: 'Joined two meetings' };
        const path = `/sobjects/Intervention__c/${rows.intervention.id}`;
        expect((await call.manager('PATCH', path, done)).status).toBe(204);
        await deployMeddler();
    });

    describe.each(Object.keys(ATTACKED))('%s', (what) => {
        // Those whose permissions alone would let them.
        describe.each(['manager', 'admin', 'integration'] as const)('for the %s', (person) => {
            test.each(Object.keys(PAY_DOORS))('when it is %s', async (door) => {
                const { row, change, another } = ATTACKED[what]!;
                const attacked = { ...scored.rows[row], change, another } as Attacked;
                const before = rowsOf(attacked.type);
                const answer = await PAY_DOORS[door]!(scored.call[person], attacked);
                expect(rowsOf(attacked.type)).toEqual(before);
                expect(isRefused(answer)).toBe(true);
            });
        });
    });

    test('progress of a goal is typed by nobody, and computed by the service', async () => {
        const path = `/sobjects/Goal__c/${scored.rows.goal.id}`;
        for (const person of EVERYBODY.filter((one) => one !== 'integration')) {
            const before = rowsOf('Goal__c');
            expect((await scored.call[person]('PATCH', path, { ProgressPercent__c: 99 })).status).not.toBe(
                204
            );
            expect(rowsOf('Goal__c')).toEqual(before);
        }
        expect((await scored.call.integration('PATCH', path, { ProgressPercent__c: 40 })).status).toBe(204);
    });
});

/** All rows of the object with every column, deleted ones too, as the database holds them. */
const rowsOf = (type: string): unknown[] =>
    scored.local.org.db.prepare(`SELECT * FROM "${type}" ORDER BY "Id"`).all();

async function deployMeddler(): Promise<void> {
    const { org } = scored.local;
    const access = metadata(
        'PermissionSet',
        '<classAccesses><apexClass>Meddler</apexClass><enabled>true</enabled></classAccesses><label>Meddling</label>'
    );
    const zip = deployZip(
        { ApexClass: ['Meddler'], PermissionSet: ['Meddling'] },
        { ...apexClass('Meddler', MEDDLER), 'permissionsets/Meddling.permissionset': access }
    );
    expect(deploy(org, zip, {}, org.adminUserId).errors).toEqual([]);
    for (const person of ['manager', 'integration'] as const)
        await grant(scored.call.admin, scored.userId[person], 'Meddling');
}
