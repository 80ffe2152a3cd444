// Whole simulations by the real service against the local org: the same cents as the command line, the same bytes twice, nothing of pay
// touched, nobody's pay shown to payees, and what cannot be simulated named.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { replaysOf } from '../../src/domain/replay/replay-input.ts';
import type { SimulationAsk } from '../../src/domain/replay/replay-facts.ts';
import { ORG_PROFILE_YAML } from '../../src/domain/replay/simulate-replay.ts';
import type { SimulationData } from '../../src/domain/replay/simulation-data.ts';
import { ObjectFields } from '../../src/salesforce/object-fields.ts';
import { PayReading } from '../../src/salesforce/read-pay.ts';
import { SimulationReading } from '../../src/salesforce/read-simulation.ts';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import {
    APPROVER,
    assign,
    DESIGNER,
    loadPayTeam,
    loadPlan,
    loadSale,
    SELLER_PLAN,
    setQuota
} from '../support/pay-org.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

const ASK: SimulationAsk = {
    planVersion: 'seller:2',
    against: 'seller:1',
    from: '2025-07-01',
    to: '2026-06-30'
};
/** The draft of next year: retroactive from quota, so that pay jumps there; no draw. */
const NEXT_PLAN = SELLER_PLAN.replace('version: "1"', 'version: "2"')
    .replace('from: 2026-01-01', 'from: 2027-01-01')
    .replace('mode: marginal', 'mode: slab')
    .replace(/payout:[^]*$/, '');
/** In force over the time that is replayed. */
const OWN_PLAN = SELLER_PLAN.replace('from: 2026-01-01', 'from: 2025-01-01');

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
});
afterEach(() => crm.close());

function loadVersions(next = NEXT_PLAN): void {
    const version = loadPlan(crm, 'seller', OWN_PLAN, { EffectiveStartDate__c: '2025-01-01' });
    const planId = crm.query("SELECT Id FROM Plan__c WHERE ExternalKey__c = 'seller'")[0]!.Id as string;
    crm.insert('PlanVersion__c', {
        Name: 'seller 2',
        ExternalKey__c: 'seller:2',
        Plan__c: planId,
        Version__c: '2',
        EffectiveStartDate__c: '2027-01-01',
        Definition__c: next
    });
    for (const payee of [REP, COLLEAGUE]) {
        assign(crm, version, payee);
        crm.update('PlanAssignment__c', { Id: assignmentOf(payee), EffectiveStartDate__c: '2025-01-01' });
        setQuota(crm, 'seller', payee, 100_000);
        crm.update('Quota__c', {
            Id: quotaOf(payee),
            EffectiveStartDate__c: '2025-07-01',
            EffectiveEndDate__c: '2026-06-30'
        });
    }
}

const idOf = (object: string, payee: string) =>
    crm.query(`SELECT Id FROM ${object} WHERE Payee__c = '${payee}'`)[0]!.Id as string;
const assignmentOf = (payee: string) => idOf('PlanAssignment__c', payee);
const quotaOf = (payee: string) => idOf('Quota__c', payee);

/** A year of deals: two above quota in a quarter, others below; the colleague lives on the draw in 2026-Q1. */
function loadYear(): void {
    const deals: [string, string, number][] = [
        [REP, '2025-08-10', 120_000],
        [REP, '2025-11-10', 33_333.33],
        [REP, '2026-02-10', 90_000.1],
        [COLLEAGUE, '2025-09-30', 30_000],
        [COLLEAGUE, '2025-12-31', 25_000],
        [COLLEAGUE, '2026-05-11', 250_000]
    ];
    deals.forEach(([ownerId, date, amount], index) => loadSale(crm, index + 1, { ownerId, date, amount }));
}

const simulate = (ask: Partial<SimulationAsk> = {}) =>
    crm.run({ kind: 'Simulation', simulation: { ...ASK, ...ask }, requestedBy: DESIGNER });
const simulations = () =>
    crm.query(
        `SELECT Id, ExternalKey__c, OwnerId, Status__c, CostAmount__c, AgainstCostAmount__c, PayeeCount__c, LeftCount__c, TransactionCount__c,
         Result__c, Findings__c, Problems__c, InputHash__c, Hash__c, DefinitionHash__c, DeleteAfterDate__c, PlanVersion__r.ExternalKey__c
         FROM PlanSimulation__c ORDER BY CreatedDate, Name`
    );
const parts = () =>
    crm.query('SELECT OwnerId, Position__c, People__c, Left__c FROM SimulatedPay__c ORDER BY Name');

/** What `plan -- simulate` prints for the plans and deals of the org. */
async function byCommandLine(ask: SimulationAsk): Promise<SimulationData> {
    const client = crm.client();
    const pay = new PayReading(client, new ObjectFields(client), () => {});
    const read = await new SimulationReading(client, pay, () => {}).read(ask);
    if ('unknown' in read) throw new Error('unknown');
    const { tried, against } = replaysOf(read.facts, ask).replays!;
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-sim-'));
    const file = (name: string, text: string): string => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
    };
    try {
        const command = fileURLToPath(new URL('../../../scripts/plan/main.ts', import.meta.url));
        const args = ['simulate', file('next.yaml', tried.definition), file('input.json', tried.input)];
        const options = ['--against', file('own.yaml', against!.definition)];
        const profile = ['--profile', file('profile.yaml', ORG_PROFILE_YAML)];
        return JSON.parse(
            execFileSync(process.execPath, [command, ...args, ...options, ...profile], { encoding: 'utf8' })
        );
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

describe('a simulation', () => {
    test('tells the cents the command line tells for the same plans and deals', async () => {
        loadVersions();
        loadYear();
        const run = await simulate();
        expect(run).toMatchObject({ status: 'Succeeded', errors: [], warnings: [] });
        const [row] = simulations();
        const result = JSON.parse(String(row!.Result__c));
        const people = JSON.parse(String(parts()[0]!.People__c));
        const told = await byCommandLine(ASK);
        expect(result.total).toEqual(told.total);
        expect(result.againstTotal).toEqual(told.againstTotal);
        expect(result.costs).toEqual(told.costs.map((cost) => ({ ...cost, published: null })));
        expect(people).toEqual(
            told.people.map((person) => ({
                ...person,
                ...(person.payee === told.curve!.payee ? { hasCurve: true } : {})
            }))
        );
        expect(result.curve).toEqual({ ...told.curve, payee: undefined });
        expect(result.curve.cliffs.length).toBeGreaterThan(0);
        expect(JSON.parse(String(row!.Findings__c))).toEqual(told.findings);
        // 120,000 of 100,000: all at 8 % in the new plan, 5,000 + 1,600 in the old one; 33,333.33 and 90,000.10 at 5 % in
        // both (1,666.67 + 4,500.00); a quarter without deals, in which the old plan pays the draw of 1,000
        const rep = people.find(({ payee }: { payee: string }) => payee === REP);
        expect([rep.pay, rep.againstPay]).toEqual(['15766.67', '13766.67']);
    });

    test('belongs to who asked, names nobody in its result, and is kept for ninety days', async () => {
        loadVersions();
        loadYear();
        await simulate();
        const [row] = simulations();
        expect(row).toMatchObject({
            OwnerId: DESIGNER,
            Status__c: 'Succeeded',
            PayeeCount__c: 2,
            LeftCount__c: 0,
            TransactionCount__c: 6
        });
        for (const id of [REP, COLLEAGUE]) {
            expect(String(row!.Result__c)).not.toContain(id);
            expect(String(parts()[0]!.People__c)).toContain(id);
        }
        const days = (Date.parse(String(row!.DeleteAfterDate__c)) - Date.now()) / 86_400_000;
        expect(Math.round(days)).toBeGreaterThanOrEqual(89);
    });

    test('again with the same input gives the same bytes, and touches nothing of pay', async () => {
        loadVersions();
        loadYear();
        const pay = () =>
            ['Statement__c', 'StatementLine__c', 'Credit__c', 'LedgerBalance__c', 'CalculationRun__c'].map(
                (object) => crm.query(`SELECT Id FROM ${object}`).length
            );
        const periods = () =>
            crm.query(
                'SELECT Id, Status__c, DataAsOf__c, SystemModstamp FROM CompensationPeriod__c ORDER BY Id'
            );
        const before = periods();
        await simulate();
        await simulate();
        const [first, second] = simulations();
        for (const field of ['Result__c', 'Findings__c', 'Problems__c', 'InputHash__c', 'Hash__c'])
            expect(second![field]).toBe(first![field]);
        expect(parts()[1]!.People__c).toBe(parts()[0]!.People__c);
        expect(pay()).toEqual([0, 0, 0, 0, 0]);
        expect(periods()).toEqual(before);
    });

    test('of the plan in force is what was paid, to the cent, and says so beside it', async () => {
        loadVersions();
        loadYear();
        for (const period of ['2026-Q1', '2026-Q2']) {
            await crm.run({ kind: 'Pay', period });
            const set = (object: string, where: string) =>
                crm.org.db.prepare(`UPDATE "${object}" SET "Status__c" = 'Published' WHERE ${where}`).run();
            set('CompensationPeriod__c', `"ExternalKey__c" = '${period}'`);
            set('Statement__c', `"ExternalKey__c" LIKE '${period}:%'`);
        }
        await simulate();
        const { costs } = JSON.parse(String(simulations()[0]!.Result__c));
        const of = (month: string) => costs.find((cost: { month: string }) => cost.month === month);
        expect(of('2025-09').published).toBeNull();
        for (const month of ['2026-03', '2026-06']) expect(of(month).published).toBe(of(month).againstPaid);
        expect(Number(of('2026-06').published)).toBeGreaterThan(10_000);
    });

    test('of a plan nobody is on is tried on the people and quotas of the plan compared with', async () => {
        loadVersions();
        loadYear();
        loadPlan(crm, 'hunter', NEXT_PLAN.replace('plan: seller', 'plan: hunter'), { Status__c: 'Draft' });
        await simulate({ planVersion: 'hunter:1' });
        const result = JSON.parse(String(simulations()[0]!.Result__c));
        expect([result.peopleOf, result.plan.key, result.against.key]).toEqual([
            'seller',
            'hunter',
            'seller'
        ]);
        expect(simulations()[0]).toMatchObject({ PayeeCount__c: 2 });
    });

    test('leaves out on both sides whom a plan cannot pay, and says why', async () => {
        loadVersions();
        loadYear();
        crm.remove(quotaOf(COLLEAGUE));
        const run = await simulate();
        expect(run.status).toBe('Partial');
        const [part] = parts();
        expect(JSON.parse(String(part!.People__c))).toHaveLength(1);
        const left = JSON.parse(String(part!.Left__c));
        expect(new Set(left.map(({ payee }: { payee: string }) => payee))).toEqual(new Set([COLLEAGUE]));
        expect(left[0].where).toContain('quota');
        expect(simulations()[0]).toMatchObject({ LeftCount__c: 1, PayeeCount__c: 1, Status__c: 'Partial' });
    });
});

describe('who sees a simulation', () => {
    test('no payee, even one whose it is; analysts everything; approvers everything but the pay of single people', async () => {
        loadVersions();
        loadYear();
        await simulate();
        crm.org.db.prepare('UPDATE "PlanSimulation__c" SET "OwnerId" = ?').run(REP);
        const seenBy = (userId: string, soql: string): number | string => {
            try {
                return crm.org.queries.query({ user: crm.org.users.context(userId), mode: 'user' }, soql)
                    .records.length;
            } catch (error) {
                return /sObject type '\w+' is not supported/.test(String(error)) ? 'hidden' : String(error);
            }
        };
        const [all, people] = ['SELECT Id FROM PlanSimulation__c', 'SELECT Id FROM SimulatedPay__c'];
        expect([seenBy(REP, all), seenBy(REP, people)]).toEqual(['hidden', 'hidden']);
        expect([seenBy(DESIGNER, all), seenBy(DESIGNER, people)]).toEqual([1, 1]);
        expect([seenBy(APPROVER, all), seenBy(APPROVER, people)]).toEqual([1, 'hidden']);
    });
});

describe('what cannot be simulated', () => {
    const codes = (): string[] =>
        JSON.parse(String(simulations().at(-1)!.Problems__c)).map(({ code }: { code: string }) => code);

    test('is kept with every problem: no deals, nobody on the plan, too short, not over', async () => {
        loadVersions();
        const run = await simulate();
        expect(run).toMatchObject({ status: 'Failed', errors: [{ code: 'NO_HISTORY' }] });
        expect(simulations()[0]).toMatchObject({ Status__c: 'Failed', Result__c: null });
        expect(codes()).toEqual(['NO_HISTORY']);
        loadYear();
        await simulate({ from: '2026-01-01' });
        expect(codes()).toEqual(['SIMULATION_TOO_SHORT', 'SIMULATION_TOO_SHORT']);
        await simulate({ to: '2030-06-30' });
        expect(codes()).toEqual(['SIMULATION_NOT_OVER']);
        await simulate({ from: '2025-07-02' });
        expect(codes()).toEqual(['PERIOD_NOT_WHOLE', 'PERIOD_NOT_WHOLE']);
        for (const payee of [REP, COLLEAGUE]) crm.remove(assignmentOf(payee));
        await simulate();
        expect(codes()).toEqual(['NOBODY_ON_PLAN']);
    });

    test('is a plan with problems, named with their place', async () => {
        loadVersions(NEXT_PLAN.replace('per: credit', 'per: sometimes'));
        loadYear();
        await simulate();
        const [problem] = JSON.parse(String(simulations()[0]!.Problems__c));
        expect(problem.where).toContain('plan version seller:2, components.commission.per');
    });

    test('are plans that pay in different currencies', async () => {
        loadVersions(NEXT_PLAN.replace('currency: GBP', 'currency: EUR'));
        loadYear();
        await simulate();
        expect(codes()).toContain('CURRENCIES_DIFFER');
    });

    test('is a version the org does not have', async () => {
        const run = await simulate();
        expect(run).toMatchObject({ status: 'Failed', errors: [{ code: 'PLAN_VERSION_NOT_FOUND' }] });
        expect(simulations()).toEqual([]);
    });
});

test('old simulations are deleted with their parts when the next daily run looks', async () => {
    loadVersions();
    loadYear();
    await simulate();
    crm.update('PlanSimulation__c', { Id: String(simulations()[0]!.Id), DeleteAfterDate__c: '2026-01-31' });
    await crm.run({ kind: 'Pipeline' });
    expect([simulations(), parts()]).toEqual([[], []]);
});

test('two people who ask for the same get a simulation each; who asks twice gets the run under way', async () => {
    loadVersions();
    loadYear();
    const ask = async (requestedBy: string) =>
        (await crm.service.runs.request({
            orgId: crm.org.orgId,
            kind: 'Simulation',
            period: null,
            simulation: ASK,
            trigger: 'Manual',
            requestedBy,
            scope: null
        }))!;
    const [first, again, other] = await Promise.all([ask(DESIGNER), ask(DESIGNER), ask(REP)]);
    expect([again.run.runKey === first.run.runKey, again.alreadyRunning]).toEqual([true, true]);
    expect(other.run.runKey).not.toBe(first.run.runKey);
    await crm.service.runs.idle(crm.org.orgId);
});
