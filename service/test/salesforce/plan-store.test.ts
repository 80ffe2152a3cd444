// Plans of config/plans go into a local org with the package and come back: through the REST API, as the analyst who designs them,
// past the guards of the package.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Connection } from 'jsforce';
import { parseCases } from '../../src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../src/domain/incentives/parse-plan.ts';
import { writeCases } from '../../src/domain/incentives/write-cases.ts';
import { writePlan } from '../../src/domain/incentives/write-plan.ts';
import { planHash } from '../../src/domain/incentives/write-result.ts';
import { planParts } from '../../src/domain/plan-store/plan-parts.ts';
import type { PlanToStore } from '../../src/salesforce/map-plan-rows.ts';
import { namesOf } from '../../src/salesforce/names.ts';
import { exportPlan, importPlan } from '../../src/salesforce/plan-store.ts';
import type { PlanOrg } from '../../src/salesforce/plan-org.ts';
import { connectedOrg, type ConnectedOrg } from '../support/local-org.ts';
import { APPROVER, DESIGNER, loadPayTeam, PAYER, SELLER_PLAN } from '../support/pay-org.ts';

const folder = fileURLToPath(new URL('../../../config/plans/', import.meta.url));
const published = readdirSync(folder).filter((name) => existsSync(`${folder}${name}/plan.yaml`));

let crm: ConnectedOrg;
let designer: PlanOrg;

beforeAll(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
    designer = orgAs(DESIGNER);
});

afterAll(async () => {
    await crm?.close();
});

function orgAs(userId: string): PlanOrg {
    const accessToken = crm.org.auth.issueToken(userId);
    const connection = new Connection({ instanceUrl: crm.url, accessToken, version: '65.0' });
    return { connection, names: namesOf('') };
}

function stored(yaml: string, casesYaml = ''): PlanToStore {
    const { plan, problems } = parsePlan(yaml);
    expect(problems).toEqual([]);
    const cases = casesYaml === '' ? [] : parseCases(casesYaml).cases!;
    return { plan: plan!, parts: planParts(plan!, cases), findings: [], about: '' };
}

const read = (name: string, file: string): string => readFileSync(`${folder}${name}/${file}`, 'utf8');
const versionOf = (key: string): Record<string, unknown> =>
    crm.query(
        `SELECT Id, Status__c, DefinitionHash__c, PartsHash__c, DesignedBy__c FROM PlanVersion__c WHERE ExternalKey__c = '${key}'`
    )[0]!;

describe('a plan that went into the org and came back', () => {
    test.each(published)('%s is the same text, hash and cases', async (name) => {
        const [yaml, casesYaml] = [read(name, 'plan.yaml'), read(name, 'cases.yaml')];
        const wanted = stored(yaml, casesYaml);
        const imported = await importPlan(designer, wanted);
        expect(imported).toMatchObject({ outcome: 'created', hash: planHash(wanted.plan) });

        const exported = await exportPlan(designer, wanted.plan.key);
        expect(exported).toEqual({
            versionKey: `${wanted.plan.key}:${wanted.plan.version}`,
            status: 'Draft',
            yaml: writePlan(wanted.plan),
            hash: planHash(wanted.plan),
            cases: parseCases(casesYaml).cases
        });
        expect(parsePlan(exported.yaml)).toEqual({ plan: wanted.plan, problems: [] });
        expect(parseCases(writeCases(exported.cases))).toEqual(parseCases(casesYaml));
    });

    test('stands there with its components and tiers in order, and examples that hold', () => {
        const components = crm.query(
            `SELECT ComponentKey__c, Basis__c, Measure__c, TableMode__c, Boundary__c FROM PlanComponent__c
             WHERE PlanVersion__r.Plan__r.ExternalKey__c = 'quarterly-accelerator'`
        );
        expect(components).toEqual([
            expect.objectContaining({
                ComponentKey__c: 'commission',
                Basis__c: 'Period',
                Measure__c: 'bookings',
                TableMode__c: 'Marginal',
                Boundary__c: 'Lower'
            })
        ]);
        const tiers = crm.query(
            `SELECT FromText__c, ToText__c, ValueText__c, LowerBound__c, UpperBound__c, Rate__c, Unit__c, BoundUnit__c
             FROM RateTier__c WHERE PlanComponent__r.PlanVersion__r.Plan__r.ExternalKey__c = 'quarterly-accelerator'
             ORDER BY Position__c`
        );
        expect(tiers).toHaveLength(4);
        expect(tiers[1]).toMatchObject({
            FromText__c: '100 %',
            ToText__c: '125 %',
            ValueText__c: '8 %',
            LowerBound__c: 1,
            UpperBound__c: 1.25,
            Rate__c: 0.08,
            Unit__c: 'Rate',
            BoundUnit__c: 'Attainment'
        });
        const examples = crm
            .query('SELECT Examples__c FROM PlanVersion__c')
            .flatMap((row) => JSON.parse(String(row['Examples__c'])) as { holds: boolean; result: string }[]);
        expect(examples.length).toBeGreaterThan(100);
        expect(examples.filter(({ holds, result }) => !holds || result === '{}')).toEqual([]);
    });
});

describe('a draft', () => {
    test('belongs to whoever imported it, and may go to review at once', async () => {
        await importPlan(designer, stored(SELLER_PLAN));
        const version = versionOf('seller:1');
        expect(version).toMatchObject({ Status__c: 'Draft', DesignedBy__c: DESIGNER });
        expect(version['PartsHash__c']).toBe(version['DefinitionHash__c']);
    });

    test('is changed by another import: bands that are gone are deleted', async () => {
        const bands = (): unknown[] =>
            crm
                .query(
                    "SELECT ValueText__c FROM RateTier__c WHERE PlanComponent__r.PlanVersion__r.ExternalKey__c = 'seller:1' ORDER BY Position__c"
                )
                .map((row) => row['ValueText__c']);
        expect(bands()).toEqual(['5 %', '8 %']);
        const changed = SELLER_PLAN.replace(', { from: 100%, value: 8% }', '').replace(', to: 100%', '');
        expect(await importPlan(designer, stored(changed))).toMatchObject({ outcome: 'changed' });
        expect(bands()).toEqual(['5 %']);
        expect((await exportPlan(designer, 'seller', '1')).yaml).toBe(writePlan(parsePlan(changed).plan!));
    });

    test('of somebody else is refused with the words of the guard', async () => {
        const changed = SELLER_PLAN.replace('value: 5%', 'value: 6%');
        await expect(importPlan(orgAs(PAYER), stored(changed))).rejects.toThrow(
            /Only its designer changes what Seller 1 pays/
        );
    });
});

describe('a version that is in review', () => {
    test('is left alone when it says the same, and refused when it says something else', async () => {
        const same = stored(SELLER_PLAN);
        await importPlan(designer, same);
        await designer.connection
            .sobject('PlanVersion__c')
            .update({ Id: String(versionOf('seller:1')['Id']), Status__c: 'InReview' });
        expect(await importPlan(orgAs(APPROVER), same)).toMatchObject({ outcome: 'unchanged' });
        const other = stored(SELLER_PLAN.replace('value: 5%', 'value: 6%'));
        await expect(importPlan(designer, other)).rejects.toThrow(
            /VERSION_FIXED.*InReview and never changes/
        );
    });
});

describe('what cannot be had back', () => {
    test('is named: a plan nobody has', async () => {
        await expect(exportPlan(designer, 'nobody')).rejects.toThrow(/PLAN_UNKNOWN/);
    });

    test('is named: a definition that was written by hand', async () => {
        crm.org.load('Plan__c', [{ Name: 'Hand', ExternalKey__c: 'hand' }]);
        const planId = crm.query("SELECT Id FROM Plan__c WHERE ExternalKey__c = 'hand'")[0]!['Id'] as string;
        crm.insert('PlanVersion__c', {
            Name: 'Hand 1',
            Plan__c: planId,
            ExternalKey__c: 'hand:1',
            Definition__c: SELLER_PLAN.trim()
        });
        await expect(exportPlan(orgAs(crm.org.adminUserId), 'hand')).rejects.toThrow(/DEFINITION_CHANGED/);
    });

    test('is refused before anything is written: a key longer than the org holds', async () => {
        const long = SELLER_PLAN.replace('plan: seller', `plan: ${'x'.repeat(70)}`);
        await expect(importPlan(designer, stored(long))).rejects.toThrow(/TEXT_TOO_LONG/);
    });
});
