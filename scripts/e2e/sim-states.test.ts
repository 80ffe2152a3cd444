// The plan simulator in a real browser, with the real service: from nothing to a simulation, each of its parts, what changed since, who may
// see whom, and what cannot be simulated. Free of WCAG A and AA violations throughout. With STATE_PICTURES=<folder> each state is also
// kept as a picture.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { screenshot } from '../local-org/lightning/test-browser.ts';
import { addCompPeople, type CompPeople } from './comp-states.ts';
import { expectPageAccessible } from './expect-accessible.ts';
import { addSimulatedPlans, type SimulatedPlans } from './sim-states.ts';
import { disconnect, withholdApex } from './states.ts';
import { openWorld, type World } from './world.ts';

const SIMULATOR = '/lightning/n/PlanSimulator';
const HOME = '/lightning/page/home';
const pictures = process.env['STATE_PICTURES'];

let world: World;
let people: CompPeople;
let plans: SimulatedPlans;
let page: Page;

beforeAll(async () => {
    world = await openWorld();
    people = await addCompPeople(world.demo);
});

afterAll(async () => {
    await world?.close();
});

const board = (): Locator => page.locator('c-plan-simulator');
const result = (): Locator => page.locator('c-simulation-result');
const openTab = (name: string): Promise<void> => board().getByRole('tab', { name, exact: true }).click();

const expectAccessible = (name: string): Promise<void> => expectPageAccessible(page, name);

async function openAs(...args: Parameters<World['openAs']>): Promise<void> {
    await page?.close();
    page = await world.openAs(...args);
}

async function choose(label: string, option: string | RegExp): Promise<void> {
    await board().getByRole('combobox', { name: label, exact: true }).click();
    await board().getByRole('option', { name: option }).first().click();
}

const simulate = (): Promise<void> => board().getByRole('button', { name: 'Simulate', exact: true }).click();

describe('before the first simulation', () => {
    test('an analyst without plans reads what to do first', async () => {
        await openAs(people.analyst, SIMULATOR);
        await board().getByText('No plan versions yet').waitFor();
        await expectAccessible('simulator-no-versions');
    });

    test('who may not use the classes reads which permission to ask for', async () => {
        const undo = withholdApex(world.demo.org);
        try {
            await openAs(people.analyst, SIMULATOR);
            await board().getByText('Ask your administrator for a Plumbline permission set.').waitFor();
            await expectAccessible('simulator-no-access');
        } finally {
            undo();
        }
    });

    test('the form begins with the draft beside the version in force and the last twelve months', async () => {
        plans = addSimulatedPlans(world.demo);
        await openAs(people.analyst, SIMULATOR);
        await board().getByText('No simulation yet').waitFor();
        const value = (name: string): Promise<string> =>
            board().getByRole('combobox', { name, exact: true }).innerText();
        expect(await value('Plan version to try')).toContain('Sales plan, version 2 (Draft)');
        expect(await value('Compare with')).toContain('Sales plan, version 1 (in force)');
        await expectAccessible('simulator-empty');
    });

    test('less than twelve months is refused before anybody is asked', async () => {
        const last = board().getByRole('combobox', { name: 'Last period' });
        await choose('First period', (await last.innerText()).trim());
        await simulate();
        await board().getByText('Choose twelve months or more').waitFor();
        await expectAccessible('simulator-too-short');
    });

    test('without the service it says so', async () => {
        const undo = disconnect(world.demo.org);
        try {
            await openAs(people.analyst, SIMULATOR);
            await simulate();
            await board().getByRole('alert').filter({ hasText: 'NOT_CONNECTED' }).waitFor();
            await expectAccessible('simulator-not-connected');
        } finally {
            undo();
        }
    });
});

describe('a simulation', () => {
    test('is asked for by keyboard, shows how far it is, and what came out', async () => {
        await openAs(people.analyst, SIMULATOR);
        const button = board().getByRole('button', { name: 'Simulate', exact: true });
        await button.focus();
        await page.keyboard.press('Enter');
        await board().getByRole('progressbar', { name: 'Progress of the simulation' }).waitFor();
        await expectAccessible('simulator-progress');
        await board().getByText('The simulation is there.').waitFor();
        await result().getByText('Sales plan, version 2 compared with Sales plan, version 1').waitFor();
        const text = await result().innerText();
        expect(text).toContain('1 person has a problem and is left out of both sides.');
        expect(text).toMatch(/Cost of the plan tried\s+£[\d,]+\.\d\d/);
        await expectAccessible('simulator-cost');
    });

    test('adds up: the months of the table are the total', async () => {
        const cells = await result().locator('c-simulation-cost [data-cell="own"]').allInnerTexts();
        const total = await result().locator('c-simulation-cost tfoot td').first().innerText();
        const cents = (text: string): number => Math.round(Number(text.replace(/[^\d.-]/g, '')) * 100);
        expect(cells.length).toBeGreaterThanOrEqual(4);
        expect(cells.reduce((sum, text) => sum + cents(text), 0)).toBe(cents(total));
    });

    test('names winners and losers to the analyst, and who is left out and why', async () => {
        await openTab('Winners and losers');
        await result().locator('[data-id="person"]').first().waitFor();
        await result().getByRole('heading', { name: 'Left out of both sides' }).waitFor();
        const left = await result().locator('[data-id="left-person"]').first().innerText();
        expect(left).toContain(plans.leftName);
        expect(left).toMatch(/quota/i);
        await expectAccessible('simulator-people');
        await choose('Show', 'Who would get more');
        for (const change of await result().locator('[data-cell="change"]').allInnerTexts())
            expect(change.startsWith('+')).toBe(true);
    });

    test('says in a sentence what the cost hangs on, with every number of the plan in a table', async () => {
        await openTab('What the cost hangs on');
        const sentence = result().locator('c-simulation-numbers [data-id="sentence"]').first();
        expect(await sentence.innerText()).toMatch(
            /^If “.+” were .+ instead of .+, it would have cost £[\d,]+\.\d\d (more|less); /
        );
        const names = await result().locator('c-simulation-numbers [data-id="row"] th').allInnerTexts();
        expect(names.map((name) => name.split('\n')[0])).toContain('Quotas of bookings');
        await expectAccessible('simulator-numbers');
    });

    test('shows the curve with its cliff in words, products, gates and rules, each free of violations', async () => {
        await openTab('Pay curve');
        await result().locator('[data-id="cliff"]').first().waitFor();
        expect(await result().locator('[data-id="cliff"]').first().innerText()).toMatch(
            /^At [\d,.]+ of Bookings one more unit adds £[\d,]+\.\d\d to pay at once: [\d.]+% of target pay\.$/
        );
        await expectAccessible('simulator-curve');
        await openTab('Products');
        await result().locator('c-simulation-products').waitFor();
        await expectAccessible('simulator-products');
        await openTab('Gates');
        await result().getByText('Activity, before Commission on bookings').waitFor();
        await expectAccessible('simulator-gates');
        await openTab('Rules');
        await result()
            .getByText(/to be confirmed by compliance/i)
            .first()
            .waitFor();
        await expectAccessible('simulator-rules');
    });

    test('is the same page on a phone, without scrolling sideways', async () => {
        await openAs(people.analyst, SIMULATOR, 'small');
        await result().getByText('Cost of the plan tried').waitFor();
        for (const name of [
            'Winners and losers',
            'What the cost hangs on',
            'Pay curve',
            'Gates',
            'Rules',
            'Cost'
        ]) {
            await openTab(name);
            if (pictures) await screenshot(page, join(pictures, `simulator-small-${name}.png`));
            const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
            expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
        }
        await expectAccessible('simulator-small');
    });

    test('shows an approver all but the pay of single people', async () => {
        await openAs(people.approver, SIMULATOR);
        await openTab('Winners and losers');
        await result().getByText('shown to compensation analysts only').waitFor();
        expect(await result().locator('[data-id="person"]').count()).toBe(0);
        await expectAccessible('simulator-approver');
    });

    test('says that a plan has changed since', async () => {
        const { db } = world.demo.org;
        db.prepare(`UPDATE "PlanVersion__c" SET "DefinitionHash__c" = 'another' WHERE "Id" = ?`).run(
            plans.draftId
        );
        await openAs(people.analyst, SIMULATOR);
        await result().getByText('A plan has changed since this simulation was made.').waitFor();
        await expectAccessible('simulator-stale');
    });
});

describe('who is paid', () => {
    test('has no such tab, and no access behind its address', async () => {
        const [payee] = world.usernames;
        await openAs(payee, HOME);
        expect(await page.locator('a[title="Plan Simulator"]').count()).toBe(0);
        await page.goto(world.demo.url + SIMULATOR);
        await page.waitForLoadState('networkidle');
        expect(await result().count()).toBe(0);
        expect(await page.locator('body').innerText()).not.toContain('Cost of the plan tried');
    });
});

describe('what cannot be simulated', () => {
    test('is named with its place and what to do', async () => {
        const { db } = world.demo.org;
        const broken = `UPDATE "PlanVersion__c" SET "Definition__c" = REPLACE("Definition__c", 'per: credit', 'per: sometimes') WHERE "Id" = ?`;
        db.prepare(broken).run(plans.draftId);
        await openAs(people.analyst, SIMULATOR);
        await result().waitFor();
        await simulate();
        await result().getByText('This simulation could not be made').waitFor();
        const problem = await result().locator('[data-id="problem"]').first().innerText();
        expect(problem).toContain('plan version test-sales:2, components.commission.per');
        expect(problem).toContain('sometimes');
        await expectAccessible('simulator-failed');
    });
});
