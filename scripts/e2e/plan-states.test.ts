// The pages of plans in a real browser: a plan goes from a file into the org, through its life by three hands, and is read by the payee;
// every published case opens. Each state is free of WCAG A and AA violations. With STATE_PICTURES=<folder> each is kept as a picture.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import { NO_PROFILE } from '../../service/src/domain/incentives/rule-packs/plan-profile.ts';
import { planHash } from '../../service/src/domain/incentives/write-result.ts';
import { findingsOf } from '../../service/src/domain/plan-store/findings.ts';
import { planParts } from '../../service/src/domain/plan-store/plan-parts.ts';
import { namesOf } from '../../service/src/salesforce/names.ts';
import { importPlan } from '../../service/src/salesforce/plan-store.ts';
import { connectAs } from '../demo/demo-org.ts';
import { packsForPlans } from '../plan/rule-pack-files.ts';
import { expectPageAccessible } from './expect-accessible.ts';
import { addCompPeople, type CompPeople } from './comp-states.ts';
import { withholdApex } from './states.ts';
import { openWorld, type World } from './world.ts';

const MY_PLAN = '/lightning/n/MyPlan';
const EXAMPLES = '/lightning/n/PlanCases';
const folder = fileURLToPath(new URL('../../config/plans/quarterly-accelerator/', import.meta.url));
const FIRST_DAY = '2026-01-01';

let world: World;
let adviser: string;
let people: CompPeople;
let page: Page;

beforeAll(async () => {
    world = await openWorld();
    adviser = world.usernames[0];
    people = await addCompPeople(world.demo);
});

afterAll(async () => {
    await world?.close();
});

const summary = (): Locator => page.locator('c-plan-summary');
const cases = (): Locator => page.locator('c-plan-cases');
const status = (): Promise<string | null> => summary().locator('[data-id=status]').textContent();

async function open(username: string, path: string, size: 'large' | 'small' = 'large'): Promise<void> {
    page = await world.openAs(username, path, size);
}

const expectAccessible = (name: string): Promise<void> => expectPageAccessible(page, `plan-${name}`);

async function expectNoSidewaysScroll(): Promise<void> {
    const { scroll, client } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        client: document.documentElement.clientWidth
    }));
    expect(scroll).toBeLessThanOrEqual(client);
}

/** The published accelerator as a version of its own, from the first day of 2026. */
function planText(version: string): string {
    const yaml = readFileSync(join(folder, 'plan.yaml'), 'utf8').replace(/^version:.*\n/m, '');
    // The one currency of the demo firm.
    return yaml
        .replace('currency: USD', 'currency: GBP')
        .replace(
            /^plan: .*\n/m,
            (line) => `${line}version: "${version}"\neffective: { from: ${FIRST_DAY} }\n`
        );
}

async function importVersion(version: string): Promise<{ versionId: string; hash: string }> {
    const plan = parsePlan(planText(version)).plan!;
    const { cases: found } = parseCases(readFileSync(join(folder, 'cases.yaml'), 'utf8'));
    const { org, url } = world.demo;
    const analyst = connectAs(org, url, org.users.byUsername(people.analyst)!.userId);
    return importPlan(
        { connection: analyst, names: namesOf('') },
        {
            plan,
            parts: planParts(plan, found!),
            findings: findingsOf(plan, packsForPlans(), NO_PROFILE, FIRST_DAY),
            about: 'A quarterly quota with accelerators.'
        }
    );
}

/** As the REST API lets that person do it. */
async function move(username: string, versionId: string, to: string): Promise<void> {
    const { org, url } = world.demo;
    const connection = connectAs(org, url, org.users.byUsername(username)!.userId);
    await connection.sobject('PlanVersion__c').update({ Id: versionId, Status__c: to });
}

describe('before there is a plan', () => {
    test('who is on none reads that, and whom to ask', async () => {
        await open(adviser, MY_PLAN);
        await summary().getByText('You are on no plan').waitFor();
        await expectAccessible('none');
    });
});

describe('the life of a version', () => {
    let first: { versionId: string; hash: string };

    test('an analyst finds the imported draft in the list, reads it, and submits it', async () => {
        first = await importVersion('1');
        await open(people.analyst, '/lightning/o/PlanVersion__c/list');
        await page
            .getByRole('link', { name: /accelerator/i })
            .first()
            .click();
        await summary().locator('[data-id=name]').waitFor();
        expect(await status()).toBe('Draft');
        expect(await summary().locator('c-rate-table tbody tr').count()).toBe(4);
        await expectAccessible('draft');
        await summary().getByRole('button', { name: 'Submit for review' }).click();
        await summary()
            .getByText(/is now: In review/)
            .waitFor();
        expect(await summary().locator('c-plan-life').innerText()).toContain(
            'You do not hold the permission to approve pay.'
        );
    });

    test('an approver approves it, and the analyst activates it after a second press', async () => {
        const path = `/lightning/r/PlanVersion__c/${first.versionId}/view`;
        await open(people.approver, path);
        await summary().getByRole('button', { name: 'Approve' }).click();
        await summary()
            .getByText(/is now: Approved/)
            .waitFor();
        await open(people.analyst, path);
        await summary().getByRole('button', { name: 'Activate' }).click();
        await summary()
            .getByText(/Its text never changes again/)
            .waitFor();
        await expectAccessible('question');
        await summary().getByRole('button', { name: 'Activate' }).click();
        await summary()
            .getByText(/is now: Active/)
            .waitFor();
        await expectAccessible('active');
    });

    test('a step that is refused says why, in the words of the guard', async () => {
        const second = await importVersion('2');
        await move(people.analyst, second.versionId, 'InReview');
        await move(people.approver, second.versionId, 'Approved');
        await open(people.analyst, `/lightning/r/PlanVersion__c/${second.versionId}/view`);
        await summary().getByRole('button', { name: 'Activate' }).click();
        await summary().getByRole('button', { name: 'Activate' }).click();
        await summary()
            .getByText(/is active for some of the same days\. Retire it first/)
            .waitFor();
        expect(await status()).toBe('Approved');
        await expectAccessible('refused');
    });

    describe('once it pays somebody', () => {
        beforeAll(async () => {
            const { org, url } = world.demo;
            const { userId } = org.users.byUsername(adviser)!;
            await connectAs(org, url, org.adminUserId)
                .sobject('PlanAssignment__c')
                .create({
                    Payee__c: userId,
                    OwnerId: userId,
                    PlanVersion__c: first.versionId,
                    ExternalKey__c: `quarterly-accelerator:1:${userId}`,
                    EffectiveStartDate__c: FIRST_DAY,
                    TargetIncentiveAmount__c: 60_000,
                    CurrencyCode__c: 'GBP'
                } as never);
        });

        test('the payee reads how it pays, with the bands as a picture and as a table', async () => {
            await open(adviser, MY_PLAN);
            await summary().locator('[data-id=name]').waitFor();
            const text = await summary().innerText();
            expect(text).toContain('Your target for the year');
            expect(text).toContain('Share of your quota for bookings');
            expect(text).toContain('100 % to 125 %');
            expect(await summary().locator('c-tier-ladder rect').count()).toBe(4);
            expect(await summary().locator('c-plan-life').count()).toBe(0);
            await expectAccessible('own');
        });

        test('an example opens by the keyboard and is calculated in the page', async () => {
            await summary()
                .getByRole('tab', { name: /How it pays/ })
                .focus();
            await page.keyboard.press('ArrowRight');
            await summary().locator('c-plan-examples button').first().focus();
            await page.keyboard.press('Enter');
            await summary().locator('c-plan-case [data-id=verdict]').waitFor();
            expect(await summary().locator('c-plan-case [data-id=verdict]').innerText()).toContain('Holds: ');
            await expectAccessible('examples');
        });

        test('the rules have their source, and say what nobody has confirmed', async () => {
            await summary().getByRole('tab', { name: /Rules/ }).click();
            const text = await summary().locator('c-plan-findings').innerText();
            expect(text).toContain('Source: ');
            expect(text).toContain('To be confirmed by compliance');
            await expectAccessible('rules');
        });

        test('the record names who made it and the text that pays, to be saved as a file', async () => {
            await summary().getByRole('tab', { name: 'Record' }).click();
            const steps = await summary().locator('[data-id=steps]').innerText();
            expect(steps).toMatch(
                /Designed by Ada Analyst.*Submitted by.*Approved by Arno Approver.*Activated by/s
            );
            expect(await summary().locator('[data-id=hash]').innerText()).toBe(first.hash);
            await summary().getByRole('button', { name: 'Show the text' }).click();
            const download = page.waitForEvent('download');
            await summary().locator('[data-id=download]').click();
            const saved = readFileSync((await (await download).path())!, 'utf8');
            expect(planHash(parsePlan(saved).plan!)).toBe(first.hash);
            await expectAccessible('record');
        });

        test('it can be read on a phone', async () => {
            await open(adviser, MY_PLAN, 'small');
            await summary().locator('[data-id=name]').waitFor();
            await expectNoSidewaysScroll();
            await expectAccessible('own-small');
        });

        test('words that were made from an earlier text say so', async () => {
            world.demo.org.db
                .prepare('UPDATE "PlanVersion__c" SET "PartsHash__c" = ? WHERE "Id" = ?')
                .run('0'.repeat(64), first.versionId);
            await open(adviser, MY_PLAN);
            await summary().locator('[data-id=outdated]').waitFor();
            await expectAccessible('outdated');
        });
    });
});

describe('worked examples', () => {
    test('are found by what they show', async () => {
        await open(adviser, EXAMPLES);
        await cases().locator('[data-plan]').first().waitFor();
        expect(await cases().locator('[data-id=count]').innerText()).toMatch(/^\d{3} examples in \d+ plans$/);
        await cases().getByRole('searchbox').fill('gross-up');
        await cases().getByText('1 example in 1 plan').waitFor();
        await expectAccessible('cases');
    });

    test('open by the keyboard, calculated without asking a server, and lead back to where one was', async () => {
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await cases().locator('button[data-key]').first().focus();
        await page.keyboard.press('Enter');
        await cases().locator('[data-id=verdict]').waitFor();
        expect(await cases().locator('[data-id=verdict]').innerText()).toContain('Holds');
        expect(await cases().innerText()).toContain('What you earn');
        expect(asked.filter((url) => url.includes('/apex'))).toEqual([]);
        await expectAccessible('case');
        await cases().getByRole('button', { name: 'All examples' }).click();
        const focused = await page.evaluate(() => {
            let element = document.activeElement;
            while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
            return (element as HTMLElement | null)?.dataset['key'];
        });
        expect(focused).toBe('tax-gross-up/0');
    });

    test('can be read on a phone', async () => {
        await open(adviser, EXAMPLES, 'small');
        await cases().locator('button[data-key]').first().click();
        await cases().locator('[data-id=verdict]').waitFor();
        await expectNoSidewaysScroll();
        await expectAccessible('case-small');
    });
});

test('who may not use the classes reads which permission to ask for', async () => {
    const undo = withholdApex(world.demo.org);
    try {
        await open(adviser, MY_PLAN);
        await summary().getByText('You cannot see this').waitFor();
        await expectAccessible('no-access');
    } finally {
        undo();
    }
});
