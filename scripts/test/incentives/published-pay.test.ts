// What is published is final: a line, its statement and every figure of a locked period, and an active plan, attacked through every
// door as rep, analyst, approver, administrator and integration user. Each attempt is refused, and the row is the same to the byte.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { parsePlan } from '../../../service/src/domain/incentives/parse-plan.ts';
import { writePlan } from '../../../service/src/domain/incentives/write-plan.ts';
import { planHash } from '../../../service/src/domain/incentives/write-result.ts';
import { deploy } from '../../local-org/metadata/deploy.ts';
import { apexClass, deployZip, metadata } from '../../local-org/test/support/deploy-zip.ts';
import { isRefused } from './answers.ts';
import { MEDDLER, PAY_DOORS, type Attacked } from './pay-doors.ts';
import { created, startPaidOrg, type PaidOrg, type Person } from './paid-org.ts';

let paid: PaidOrg;

beforeAll(async () => {
    paid = await startPaidOrg();
    deployMeddler();
    for (const person of ['rep', 'analyst', 'approver', 'integration'] as const) await grantMeddler(person);
});
afterAll(() => paid?.local.stop());

const EVERYBODY: Person[] = ['rep', 'analyst', 'approver', 'admin', 'integration'];
/** Those whose permissions alone would let them. */
const POWERFUL: Person[] = ['analyst', 'admin', 'integration'];
const ATTACKS = Object.keys(PAY_DOORS);

const ATTACKED: Record<string, (ids: Record<string, string>, repId: string) => Attacked> = {
    'a published line': ({ line, statement }) => ({
        type: 'StatementLine__c',
        id: line!,
        key: '2026-01:seller:rep:1',
        change: { Amount__c: 9999 },
        another: { ExternalKey__c: 'late', Statement__c: statement, Kind__c: 'Earning', Amount__c: 1 }
    }),
    'a published statement': ({ statement, period, version }, repId) => ({
        type: 'Statement__c',
        id: statement!,
        key: '2026-01:seller:rep',
        change: { PayoutAmount__c: 9999 },
        another: { ExternalKey__c: 'late', Payee__c: repId, Period__c: period, PlanVersion__c: version }
    }),
    'a credit of a locked period': ({ credit, period, version }, repId) => ({
        type: 'Credit__c',
        id: credit!,
        key: '2026-01:seller:deal:direct:rep',
        change: { PayableAmount__c: 9999 },
        another: { ExternalKey__c: 'late', Payee__c: repId, Period__c: period, PlanVersion__c: version }
    }),
    'a balance of a locked period': ({ balance, period, version }, repId) => ({
        type: 'LedgerBalance__c',
        id: balance!,
        key: '2026-01:seller:rep:draw:',
        change: { Kind__c: 'Other' },
        another: { ExternalKey__c: 'late', Payee__c: repId, Period__c: period, PlanVersion__c: version }
    }),
    'a deferred payment of a locked period': ({ payment, period, version }, repId) => ({
        type: 'ScheduledPayment__c',
        id: payment!,
        key: '2026-01:seller:rep:bonus::1',
        change: { Amount__c: 9999 },
        another: { ExternalKey__c: 'late', Payee__c: repId, Period__c: period, PlanVersion__c: version }
    }),
    'a calculation of a locked period': ({ run, period }) => ({
        type: 'CalculationRun__c',
        id: run!,
        key: 'run-1',
        change: { Hash__c: 'forged' },
        another: { ExternalKey__c: 'late', Period__c: period, Kind__c: 'Full' }
    }),
    'an active plan': ({ version, plan }) => ({
        type: 'PlanVersion__c',
        id: version!,
        key: 'seller:1',
        change: { Definition__c: 'plan: richer' },
        another: { Name: 'Late', ExternalKey__c: 'late', Plan__c: plan, Status__c: 'Active' }
    }),
    'a component of an active plan': ({ component, version }) => ({
        type: 'PlanComponent__c',
        id: component!,
        key: 'seller:1:commission',
        change: { PlainText__c: 'Twice as much' },
        another: { Name: 'Late', ExternalKey__c: 'late', PlanVersion__c: version }
    }),
    'a tier of an active plan': ({ tier, component }) => ({
        type: 'RateTier__c',
        id: tier!,
        key: 'seller:1:commission:1:1',
        change: { ValueText__c: '60%' },
        another: { ExternalKey__c: 'late', PlanComponent__c: component }
    })
};

describe.each(Object.entries(ATTACKED))('%s stays as it is', (what, target) => {
    describe.each(what.includes('published') ? EVERYBODY : POWERFUL)('for the %s', (person) => {
        test.each(ATTACKS)('when it is %s', async (door) => {
            const row = target(paid.ids, paid.userId.rep);
            const before = rowsOf(row.type);
            const answer = await PAY_DOORS[door]!(paid.call[person], row);
            expect(rowsOf(row.type)).toEqual(before);
            expect(isRefused(answer)).toBe(true);
        });
    });
});

describe('a line of an open period, which may change, does', () => {
    // Salesforce has neither: the Tooling API holds no records, and hard deletion needs a permission nobody has here.
    const CLOSED = ['updated by the Tooling API', 'deleted by the Tooling API', 'hard-deleted in bulk'];

    test.each(ATTACKS.filter((door) => !CLOSED.includes(door)))('when it is %s', async (door) => {
        const key = `control: ${door}`;
        const draft = {
            OwnerId: paid.userId.rep,
            Statement__c: paid.ids.draft,
            Kind__c: 'Earning',
            Amount__c: 1
        };
        const id = await created(paid.call.integration, 'StatementLine__c', {
            ...draft,
            ExternalKey__c: key
        });
        const before = rowsOf('StatementLine__c');
        const answer = await PAY_DOORS[door]!(paid.call.admin, {
            type: 'StatementLine__c',
            id,
            key,
            change: { Amount__c: 2 },
            another: { ...draft, ExternalKey__c: `${key}, too` }
        });
        expect(isRefused(answer)).toBe(false);
        expect(rowsOf('StatementLine__c')).not.toEqual(before);
    });
});

describe('guards stand behind every permission', () => {
    test.each(['admin', 'integration'] as const)('the %s hears their words', async (person) => {
        const { body } = await paid.call[person]('PATCH', `/sobjects/StatementLine__c/${paid.ids.line}`, {
            Amount__c: 1
        });
        expect(body).toEqual([
            {
                errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
                message:
                    'This statement is published and never changes. Correct it by a line in an open period that names the line it corrects.'
            }
        ]);
    });

    test.each(EVERYBODY)('Apex in system mode is refused for the %s by them alone', async (person) => {
        for (const statement of ['update', 'delete', 'undelete']) {
            const recordId = statement === 'undelete' ? paid.ids.deletedLine : paid.ids.line;
            const answer = await paid.call[person]('POST', '//lightning/apex', {
                className: 'Meddler',
                method: 'meddle',
                params: {
                    statement,
                    typeName: 'StatementLine__c',
                    recordId,
                    fieldsJson: '{"Amount__c": 1}'
                }
            });
            expect(JSON.stringify(answer.body)).toContain('published and never changes');
        }
    });

    test('a correction in an open period is let in, and names what it corrects', async () => {
        const { call, ids, userId } = paid;
        const correction = await created(call.integration, 'StatementLine__c', {
            OwnerId: userId.rep,
            Statement__c: ids.draft,
            ExternalKey__c: '2026-02:seller:rep:1',
            Kind__c: 'Correction',
            Amount__c: -50,
            CorrectsLine__c: ids.line
        });
        const { body } = await call.rep('GET', `/sobjects/StatementLine__c/${correction}`);
        expect(body).toMatchObject({ CorrectsLine__c: ids.line, Amount__c: -50 });
    });
});

test('the guard hashes a plan as the engine does', async () => {
    const { plan } = parsePlan(PLAN);
    const canonical = writePlan(plan!);
    const id = await created(paid.call.analyst, 'PlanVersion__c', {
        Name: 'Canonical',
        Plan__c: paid.ids.plan,
        ExternalKey__c: 'seller:canonical',
        Definition__c: canonical
    });
    const { body } = await paid.call.analyst('GET', `/sobjects/PlanVersion__c/${id}`);
    expect(body.DefinitionHash__c).toBe(planHash(plan!));
    expect(body.DefinitionHash__c).toBe(createHash('sha256').update(canonical).digest('hex'));
});

const PLAN = `
plan: seller
version: "2"
currency: GBP
period: month
crediting: [{ key: direct, to: owner }]
measures: { bookings: { of: payable, interval: month } }
components: { commission: { per: period, base: inPeriod.bookings, rate: 6% } }
`;

/** All rows of the object with every column, deleted ones too, as the database holds them. */
const rowsOf = (type: string): unknown[] =>
    paid.local.org.db.prepare(`SELECT * FROM "${type}" ORDER BY "Id"`).all();

function deployMeddler(): void {
    const { org } = paid.local;
    const grant = metadata(
        'PermissionSet',
        '<classAccesses><apexClass>Meddler</apexClass><enabled>true</enabled></classAccesses><label>Meddling</label>'
    );
    const zip = deployZip(
        { ApexClass: ['Meddler'], PermissionSet: ['Meddling'] },
        { ...apexClass('Meddler', MEDDLER), 'permissionsets/Meddling.permissionset': grant }
    );
    expect(deploy(org, zip, {}, org.adminUserId).errors).toEqual([]);
}

async function grantMeddler(person: Person): Promise<void> {
    const soql = encodeURIComponent("SELECT Id FROM PermissionSet WHERE Name = 'Meddling'");
    const { body } = await paid.call.admin('GET', `/query?q=${soql}`);
    await created(paid.call.admin, 'PermissionSetAssignment', {
        AssigneeId: paid.userId[person],
        PermissionSetId: body.records[0].Id
    });
}
