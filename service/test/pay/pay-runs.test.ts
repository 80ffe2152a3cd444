// Whole runs of pay by the real service against the local org: what is paid, what is not written twice, what is refused, and how
// late data becomes lines of the open period.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale, SELLER_PLAN, setQuota } from '../support/pay-org.ts';
import { COLLEAGUE, MANAGER, REP } from '../support/small-team.ts';

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
});
afterEach(() => crm.close());

const pay = (period: string) => crm.run({ kind: 'Pay', period });
const statements = (period: string) =>
    crm.query(
        `SELECT Id, ExternalKey__c, OwnerId, Status__c, TotalAmount__c, PayoutAmount__c, Problems__c, Hash__c, PreviousHash__c, SystemModstamp
         FROM Statement__c WHERE Period__r.ExternalKey__c = '${period}' ORDER BY ExternalKey__c`
    );
const lines = (period: string) =>
    crm.query(
        `SELECT ExternalKey__c, Kind__c, Amount__c, BaseAmount__c, Rate__c, Opportunity__c, EventDate__c, OwnerId, CorrectsLine__r.ExternalKey__c
         FROM StatementLine__c WHERE Statement__r.Period__r.ExternalKey__c = '${period}' ORDER BY ExternalKey__c`
    );
const calculations = () =>
    crm.query(
        'SELECT ExternalKey__c, SequenceNumber__c, InputHash__c, Hash__c, PreviousHash__c, Status__c FROM CalculationRun__c ORDER BY SequenceNumber__c'
    );
const statusOf = (period: string) =>
    crm.query(`SELECT Status__c FROM CompensationPeriod__c WHERE ExternalKey__c = '${period}'`)[0]!.Status__c;

function loadSellers(): void {
    const version = loadPlan(crm, 'seller', SELLER_PLAN);
    for (const payee of [REP, COLLEAGUE]) {
        assign(crm, version, payee);
        setQuota(crm, 'seller', payee, 100_000);
    }
}

/** As the guards leave it when people have gone through every step. */
function publish(period: string): void {
    const set = (object: string, where: string, status: string) =>
        crm.org.db.prepare(`UPDATE "${object}" SET "Status__c" = ? WHERE ${where}`).run(status);
    set('CompensationPeriod__c', `"ExternalKey__c" = '${period}'`, 'Published');
    set('Statement__c', `"ExternalKey__c" LIKE '${period}:%'`, 'Published');
}

describe('a calculation', () => {
    test('pays each sale by its tier, tops up to the draw, and gives the rows to the payees', async () => {
        loadSellers();
        const sale = loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 120_000 });
        loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-02-11', amount: 10_000 });
        const run = await pay('2026-Q1');
        expect(run).toMatchObject({ kind: 'Pay', status: 'Succeeded', errors: [], warnings: [] });
        // 100,000 x 5 % + 20,000 x 8 %; 10,000 x 5 %, and 500 up to the draw of 1,000
        expect(statements('2026-Q1')).toMatchObject([
            { OwnerId: REP, TotalAmount__c: 6600, PayoutAmount__c: 6600, Status__c: 'Draft' },
            { OwnerId: COLLEAGUE, TotalAmount__c: 500, PayoutAmount__c: 1000, Status__c: 'Draft' }
        ]);
        expect(lines('2026-Q1')).toMatchObject([
            {
                Kind__c: 'Earning',
                Amount__c: 6600,
                BaseAmount__c: 120000,
                Rate__c: 0.055,
                Opportunity__c: sale,
                OwnerId: REP
            },
            { Kind__c: 'Earning', Amount__c: 500 },
            { Kind__c: 'PayoutStep', Amount__c: 500 }
        ]);
        expect(statusOf('2026-Q1')).toBe('Calculated');
    });

    test('takes a draw back in the next period, from the balance of the one before', async () => {
        loadSellers();
        loadSale(crm, 1, { ownerId: COLLEAGUE, date: '2026-02-11', amount: 10_000 });
        loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-05-11', amount: 60_000 });
        await pay('2026-Q1');
        await pay('2026-Q2');
        const of = (period: string) =>
            crm.query(
                `SELECT OpeningAmount__c, MovementAmount__c, ClosingAmount__c FROM LedgerBalance__c
                 WHERE Period__r.ExternalKey__c = '${period}' AND Payee__c = '${COLLEAGUE}'`
            )[0];
        expect(of('2026-Q1')).toMatchObject({ OpeningAmount__c: 0, ClosingAmount__c: 500 });
        expect(of('2026-Q2')).toMatchObject({
            OpeningAmount__c: 500,
            MovementAmount__c: -500,
            ClosingAmount__c: 0
        });
        const [, colleague] = statements('2026-Q2');
        expect(colleague).toMatchObject({ TotalAmount__c: 3000, PayoutAmount__c: 2500 });
        expect(colleague!.PreviousHash__c).toBe(statements('2026-Q1')[1]!.Hash__c);
    });

    test('again writes nothing, and adds its link to the chain of runs', async () => {
        loadSellers();
        loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 120_000 });
        await pay('2026-Q1');
        const before = [...statements('2026-Q1'), ...lines('2026-Q1')];
        const run = await pay('2026-Q1');
        expect(run.counts).toMatchObject({ written: 0, failed: 0 });
        expect([...statements('2026-Q1'), ...lines('2026-Q1')]).toEqual(before);
        const [first, second] = calculations();
        expect(second).toMatchObject({
            SequenceNumber__c: 2,
            PreviousHash__c: first!.Hash__c,
            InputHash__c: first!.InputHash__c
        });
    });

    test('deletes lines of a draft that are not there any more', async () => {
        loadSellers();
        const gone = loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 120_000 });
        await pay('2026-Q1');
        crm.org.db.prepare('UPDATE "Opportunity" SET "IsWon" = 0 WHERE "Id" = ?').run(gone);
        await pay('2026-Q1');
        expect(lines('2026-Q1').filter(({ Kind__c }) => Kind__c === 'Earning')).toEqual([]);
        expect(statements('2026-Q1')).toMatchObject([
            { TotalAmount__c: 0, PayoutAmount__c: 1000 },
            { PayoutAmount__c: 1000 }
        ]);
    });

    test('tells a payee without quota the problem and no figure, and pays the others', async () => {
        const version = loadPlan(crm, 'seller', SELLER_PLAN);
        for (const payee of [REP, COLLEAGUE]) assign(crm, version, payee);
        setQuota(crm, 'seller', REP, 100_000);
        for (const [number, ownerId] of [REP, COLLEAGUE].entries())
            loadSale(crm, number + 1, { ownerId, date: '2026-02-10', amount: 50_000 });
        const run = await pay('2026-Q1');
        expect(run.status).toBe('Partial');
        const [rep, colleague] = statements('2026-Q1');
        expect(rep).toMatchObject({ PayoutAmount__c: 2500, Problems__c: null });
        expect(colleague).toMatchObject({ TotalAmount__c: null, PayoutAmount__c: null });
        expect(JSON.parse(String(colleague!.Problems__c))[0].where).toContain('quota');
    });

    test('of a sale shared with somebody on no plan pays the share that is on one, and warns', async () => {
        loadSellers();
        const sale = loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 100_000 });
        crm.org.load('OpportunitySplit', [
            { OpportunityId: sale, SplitOwnerId: REP, SplitPercentage: 70, SplitTypeId: revenueSplit() },
            { OpportunityId: sale, SplitOwnerId: MANAGER, SplitPercentage: 30, SplitTypeId: revenueSplit() }
        ]);
        const run = await pay('2026-Q1');
        expect(run.status).toBe('Succeeded');
        expect(run.warnings).toMatchObject([{ code: 'CREDIT_NOT_PAID', count: 1 }]);
        expect(statements('2026-Q1')[0]).toMatchObject({ TotalAmount__c: 3500 });
    });
});

const revenueSplit = () =>
    crm.query("SELECT Id FROM OpportunitySplitType WHERE DeveloperName = 'Revenue'")[0]!.Id as string;

describe('what is refused', () => {
    test('a period the org does not have', async () => {
        expect(await pay('1999-Q1')).toMatchObject({
            status: 'Failed',
            errors: [{ code: 'PERIOD_NOT_FOUND' }]
        });
    });

    test('a published period: its figures stay', async () => {
        loadSellers();
        loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 120_000 });
        await pay('2026-Q1');
        publish('2026-Q1');
        const before = statements('2026-Q1');
        loadSale(crm, 2, { ownerId: REP, date: '2026-02-12', amount: 10_000 });
        const run = await pay('2026-Q1');
        expect(run).toMatchObject({ status: 'Failed', errors: [{ code: 'PERIOD_CLOSED' }] });
        expect(statements('2026-Q1')).toEqual(before);
    });

    test('publication of a period nobody has published', async () => {
        const run = await crm.run({ kind: 'Publication', period: '2026-Q1' });
        expect(run).toMatchObject({ status: 'Failed', errors: [{ code: 'PERIOD_NOT_PUBLISHED' }] });
    });
});

describe('late data of a published period', () => {
    beforeEach(async () => {
        loadSellers();
        loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 120_000 });
        await pay('2026-Q1');
        publish('2026-Q1');
    });

    test('a changed amount corrects the published line in the open period, once', async () => {
        crm.org.db.prepare('UPDATE "Opportunity" SET "Amount" = 130000').run();
        await pay('2026-Q2');
        const [published] = lines('2026-Q1');
        const [correction] = lines('2026-Q2').filter(({ Kind__c }) => Kind__c === 'Correction');
        expect(correction).toMatchObject({ Amount__c: 800, EventDate__c: '2026-02-10' });
        expect(
            (correction as { CorrectsLine__r: { ExternalKey__c: string } }).CorrectsLine__r.ExternalKey__c
        ).toBe(published!.ExternalKey__c);
        // nothing sold in the second quarter: the draw of 1,000, and the 800
        expect(statements('2026-Q2')[0]).toMatchObject({ TotalAmount__c: 0, PayoutAmount__c: 1800 });
        publish('2026-Q2');
        await pay('2026-Q3');
        expect(lines('2026-Q3').filter(({ Kind__c }) => Kind__c === 'Correction')).toEqual([]);
    });

    test('a sale entered late is a dated adjustment of the open period', async () => {
        const late = loadSale(crm, 2, { ownerId: REP, date: '2026-03-01', amount: 10_000 });
        await pay('2026-Q2');
        const adjustments = lines('2026-Q2').filter(({ Kind__c }) => Kind__c === 'Adjustment');
        expect(adjustments).toMatchObject([
            { Amount__c: 800, EventDate__c: '2026-03-01', Opportunity__c: late }
        ]);
    });
});

test('drafts of a published period become final by a run of publication', async () => {
    loadSellers();
    await pay('2026-Q1');
    crm.org.db
        .prepare(
            `UPDATE "CompensationPeriod__c" SET "Status__c" = 'Published' WHERE "ExternalKey__c" = '2026-Q1'`
        )
        .run();
    const run = await crm.run({ kind: 'Publication', period: '2026-Q1' });
    expect(run).toMatchObject({ status: 'Succeeded', counts: { written: 2, failed: 0 } });
    expect(statements('2026-Q1').map(({ Status__c }) => Status__c)).toEqual(['Published', 'Published']);
});
