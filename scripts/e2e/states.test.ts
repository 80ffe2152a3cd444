// Every state a rep may meet, in a real browser: read as the rep reads it, and free of WCAG A and AA violations.
// With STATE_PICTURES=<folder> each state is also kept as a picture.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { expectPageAccessible } from './expect-accessible.ts';
import {
    addDeal,
    addNewcomer,
    ageResults,
    callHealthy,
    disconnect,
    grant,
    makeRep,
    mistypeKey,
    withholdApex
} from './states.ts';
import { openWorld, type World } from './world.ts';

const RISK_LIST = '/lightning/n/DealRisk';
const HOME = '/lightning/page/home';

let world: World;
let adviser: string;
let newcomer: string;
let page: Page;

beforeAll(async () => {
    world = await openWorld();
    adviser = world.usernames[0];
    newcomer = await addNewcomer(world.demo);
});

afterAll(async () => {
    await world?.close();
});

const list = (): Locator => page.locator('c-risk-list');
const health = (): Locator => page.locator('c-deal-health');
const freshness = (): Locator => page.locator('c-run-status').first();
const dealLinks = (): Locator => list().locator('a');

/** The page as it stands can be read by everybody; `name` is that of its picture. */
const expectAccessible = (name: string): Promise<void> => expectPageAccessible(page, name);

async function openAs(...args: Parameters<World['openAs']>): Promise<void> {
    page = await world.openAs(...args);
}

async function dealWhere(condition: string): Promise<string> {
    const { records } = await world.demo
        .connectionOf(adviser)
        .query<{ Id: string }>(`SELECT Id FROM Opportunity WHERE ${condition} ORDER BY Id LIMIT 1`);
    return `/lightning/r/Opportunity/${records[0]!.Id}/view`;
}

const inBand = (band: string): string =>
    `Id IN (SELECT Opportunity__c FROM DealHealth__c WHERE Band__c = '${band}') AND Owner.Username = '${adviser}'`;

async function pressRefresh(): Promise<void> {
    await freshness().getByRole('button', { name: 'Refresh now' }).click();
}

describe('somebody new', () => {
    test('without a permission set is not offered the app, and reads whom to ask', async () => {
        await openAs(newcomer, RISK_LIST);
        await page.getByText('ask your administrator whether you have access to this page').waitFor();
        expect(await page.locator('a[title="Deals at Risk"]').count()).toBe(0);
        expect(await page.locator('c-risk-list, c-run-status').count()).toBe(0);
        await expectAccessible('no-permission-set');
    });

    test('with no deals reads that there are none, not that all are well', async () => {
        await makeRep(world.demo, newcomer);
        await openAs(newcomer, RISK_LIST);
        await list().getByText('You own no open deal.').waitFor();
        expect(await list().innerText()).not.toContain('Nothing needs you');
        expect(await dealLinks().count()).toBe(0);
        await expectAccessible('empty');
    });

    test('with a first deal reads that it comes with the next refresh, and then that it is well', async () => {
        const deal = addDeal(world.demo, newcomer);
        await openAs(newcomer, RISK_LIST);
        await list().getByText('Not looked at yet').waitFor();
        await expectAccessible('not-looked-at');
        const undo = callHealthy(world.demo.org, deal);
        try {
            await page.reload();
            await list().getByText('Nothing needs you right now').waitFor();
            expect(await list().innerText()).toContain('1 Healthy');
            await expectAccessible('all-healthy');
        } finally {
            undo();
        }
    });

    test('who sees the app but may not use its classes reads which permission to ask for', async () => {
        const undo = withholdApex(world.demo.org);
        try {
            await openAs(newcomer, HOME);
            await list().getByText('You cannot see this').waitFor();
            for (const part of [list(), freshness()]) {
                await part.getByRole('alert').waitFor();
                const text = await part.innerText();
                expect(text).toContain('Ask your administrator for a Plumbline permission set.');
                expect(text).toContain('Code: NO_PERMISSION');
                expect(await part.getByRole('button').count()).toBe(0);
            }
            await expectAccessible('no-access');
        } finally {
            undo();
        }
    });
});

describe('a deal', () => {
    test('that is healthy says so, and that there are no warnings', async () => {
        await openAs(adviser, await dealWhere(inBand('Healthy')));
        await health().getByText('No warnings').waitFor();
        const text = await health().innerText();
        expect(text).toContain('Nothing speaks against this deal.');
        expect(text).toMatch(/Salesforce data as of/);
        await expectAccessible('healthy');
    });

    test.each([
        ['won', true],
        ['lost', false]
    ])('that is closed and %s says so, and is not judged', async (outcome, isWon) => {
        await openAs(
            adviser,
            await dealWhere(`IsClosed = true AND IsWon = ${isWon} AND Owner.Username = '${adviser}'`)
        );
        await health().getByText(`This deal is closed: ${outcome}`).waitFor();
        expect(await health().innerText()).toContain('Only open deals are watched.');
        expect(await page.locator('c-deal-warning').count()).toBe(0);
        expect(await health().locator('c-empty-state polyline').count()).toBe(0);
        await expectAccessible(`closed-${outcome}`);
    });

    test('writes days and amounts as Londoners do', async () => {
        await openAs(adviser, await dealWhere(inBand('Stalled')));
        await page.locator('c-deal-warning').first().waitFor();
        const evidence = await page.locator('c-deal-warning li').allInnerTexts();
        expect(evidence.join('\n')).toMatch(/ on \d{1,2} [A-Z][a-z]{2,3} 20\d\d$/m);
        expect(await health().innerText()).not.toMatch(/\d{4}-\d{2}-\d{2}/);
        await freshness().getByText('as of').waitFor();
        expect(await freshness().innerText()).toMatch(/as of\s+\d{1,2} [A-Z][a-z]{2,3} 20\d\d, \d\d:\d\d/);
        const highlights = await page.locator('[data-component=highlights]').innerText();
        expect(highlights).toMatch(/\d\d\/\d\d\/20\d\d/);
        expect(highlights).toMatch(/£[\d,]+\.\d\d/);
        expect(await page.locator('body').innerText()).not.toContain('$');
    });

    test('says that it is loading while it is', async () => {
        const path = await dealWhere(inBand('Stalled'));
        await openAs(adviser, HOME);
        let answer = (): void => {};
        const held = new Promise<void>((resolve) => (answer = resolve));
        await page.route('**/lightning/apex', async (route) => {
            await held;
            await route.continue();
        });
        await page.goto(world.demo.url + path);
        await health().getByText('Loading').first().waitFor({ state: 'attached' });
        expect(await health().locator('lightning-spinner').isVisible()).toBe(true);
        expect(await freshness().innerText()).toContain('Loading');
        await expectAccessible('loading');
        answer();
        await page.locator('c-deal-warning').first().waitFor();
        expect(await health().locator('lightning-spinner').count()).toBe(0);
    });
});

describe('old results', () => {
    test('are shown with a warning that they are old, in the list and on the deal', async () => {
        const undo = ageResults(world.demo.org, 27);
        try {
            await openAs(adviser, HOME);
            await dealLinks().first().waitFor();
            expect(await list().locator('[data-id=stale]').innerText()).toContain('more than 26 hours old');
            await freshness().getByText('Out of date').waitFor();
            await expectAccessible('stale-list');
            await openAs(adviser, await dealWhere(inBand('Stalled')));
            await page.locator('c-deal-warning').first().waitFor();
            expect(await health().locator('[data-id=stale]').innerText()).toContain('more than 26 hours old');
            await expectAccessible('stale-deal');
        } finally {
            undo();
        }
    });

    test('carry no warning while they are less than 26 hours old', async () => {
        const undo = ageResults(world.demo.org, 25);
        try {
            await openAs(adviser, HOME);
            await dealLinks().first().waitFor();
            expect(await list().locator('[data-id=stale]').count()).toBe(0);
        } finally {
            undo();
        }
    });
});

describe('the list', () => {
    test('that cannot be read says so with a code, and is read when tried again', async () => {
        await openAs(adviser, RISK_LIST);
        await dealLinks().first().waitFor();
        let isDown = true;
        await page.route('**/lightning/apex', async (route) => {
            if (isDown) await route.fulfill({ status: 503, json: [{ errorCode: 'SERVER_UNAVAILABLE' }] });
            else await route.continue();
        });
        await page.reload();
        await list().getByText('This did not work').waitFor();
        expect(await list().innerText()).toContain('Code: SERVER_UNAVAILABLE');
        await expectAccessible('error');
        isDown = false;
        await list().getByRole('button', { name: 'Try again' }).click();
        await dealLinks().first().waitFor();
        expect(await list().getByText('This did not work').count()).toBe(0);
    });

    test('is cards on a phone, with all of a row in each', async () => {
        await openAs(adviser, RISK_LIST, 'small');
        const card = list().locator('c-risk-cards li').first();
        await card.waitFor();
        expect(await list().locator('table').count()).toBe(0);
        expect(await card.innerText()).toMatch(
            /Stalled[\s\S]*£[\d,]+[\s\S]*Close date[\s\S]*\d\d [A-Z][a-z]{2,3} 20\d\d/
        );
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
        await expectAccessible('small');
    });

    test('opens from the utility bar on any page', async () => {
        await openAs(adviser, '/lightning/o/Opportunity/list');
        await page.getByRole('button', { name: 'Deals at Risk' }).click();
        const panel = page.getByRole('dialog', { name: 'Deals at Risk' });
        await panel.locator('c-risk-list a').first().waitFor();
        expect(await panel.locator('c-risk-cards').count()).toBe(1);
        await expectAccessible('utility-bar');
    });

    test('leads to a task by keyboard alone', async () => {
        await openAs(adviser, RISK_LIST);
        await dealLinks().first().waitFor();
        const name = await dealLinks().first().innerText();
        await tabTo(name);
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/lightning\/r\/Opportunity\/006/);
        const warning = page.locator('c-deal-warning').first();
        await warning.waitFor();
        await tabTo('Create task');
        await expectAccessible('keyboard');
        await page.keyboard.press('Enter');
        const task = page.locator('c-deal-warning [data-id=task] a').first();
        await task.waitFor();
        await expect(focusedText()).resolves.toBe('Open task');
        expect(await health().locator('[data-id=announcement]').textContent()).toMatch(/^Task created: /);
    });
});

const focusedText = (): Promise<string> =>
    page.evaluate(() => {
        let focused = document.activeElement;
        while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
        return focused?.textContent?.trim() ?? '';
    });

/** Presses Tab until the element with this text has the focus, as somebody without a mouse does. */
async function tabTo(text: string): Promise<void> {
    for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab');
        if ((await focusedText()) === text) return;
    }
    throw new Error(`80 times Tab did not reach "${text}"; the focus is on "${await focusedText()}".`);
}

describe('who answers letters about personal data', () => {
    const requests = (): Locator => page.locator('c-data-requests');

    test('asks for an export and gets every row about the person in one file', async () => {
        await grant(world.demo, newcomer, ['SpmDataProtection']);
        const { records } = await world.demo
            .connectionOf(adviser)
            .query<{ Name: string }>(`SELECT Name FROM User WHERE Username = '${adviser}'`);
        const { Name } = records[0]!;
        await openAs(newcomer, '/lightning/n/DataProtection');
        await requests().getByText('No requests yet').waitFor();
        await expectAccessible('data-requests-none');
        await requests().getByLabel('Name of the person').fill(Name);
        await requests().getByRole('button', { name: 'Search' }).click();
        await requests().getByLabel('Reason, for example').fill('Letter 42');
        await requests().getByRole('button', { name: 'Ask', exact: true }).click();
        await requests().getByText('Answered').waitFor();
        await expectAccessible('data-requests-answered');
        const [download] = await Promise.all([
            page.waitForEvent('download'),
            requests()
                .getByRole('button', { name: /^Download file/ })
                .click()
        ]);
        const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
            objects: { object: string; rows: object[] }[];
        };
        const health = file.objects.find(({ object }) => object === 'DealHealth__c')!;
        const held = await world.demo
            .connectionOf(adviser)
            .query(`SELECT Id FROM DealHealth__c WHERE Rep__r.Username = '${adviser}'`);
        expect(health.rows).toHaveLength(held.totalSize);
    });
});

describe('a refresh', () => {
    test('without a connection says who can connect, and the list stays', async () => {
        const undo = disconnect(world.demo.org);
        try {
            await expectRefusal('not-connected', [
                'Plumbline is not connected',
                'Ask your administrator to connect it',
                'Code: NOT_CONNECTED'
            ]);
        } finally {
            undo();
        }
    });

    test('with a key the service does not accept says that it must be entered again', async () => {
        const undo = mistypeKey(world.demo.org);
        try {
            await expectRefusal('wrong-key', [
                'Plumbline is not connected',
                'Ask your administrator to enter it again.',
                'Code: UNAUTHORIZED'
            ]);
        } finally {
            undo();
        }
    });

    test('while the service is down says that nobody answers, what to do, and offers to ask again', async () => {
        await world.demo.service.kill();
        await expectRefusal('service-down', [
            'This did not work',
            'Nobody answers at the address of the Plumbline service. Try again in a few minutes',
            'ask your administrator to check that the service is running',
            'Code: UNREACHABLE'
        ]);
    });
});

async function expectRefusal(name: string, sentences: string[]): Promise<void> {
    await openAs(adviser, HOME);
    await dealLinks().first().waitFor();
    const dealCount = await dealLinks().count();
    await pressRefresh();
    await freshness().getByRole('alert').waitFor();
    const text = await freshness().innerText();
    for (const sentence of sentences) expect(text).toContain(sentence);
    expect(await dealLinks().count()).toBe(dealCount);
    // One clear thing to do: the button that was used, which keeps the focus.
    const buttons = freshness().getByRole('button');
    expect(await buttons.allInnerTexts()).toEqual(['Refresh now']);
    expect(await buttons.isEnabled()).toBe(true);
    await expectAccessible(name);
}
