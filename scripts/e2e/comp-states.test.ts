// The compensation screens in a real browser: a period from review to lock by people who may, refusals in words, a
// dispute from both sides, the payroll file. Free of WCAG A and AA violations throughout. With STATE_PICTURES=<folder>
// each state is also kept as a picture.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { expectPageAccessible } from './expect-accessible.ts';
import {
    addCompPeople,
    addPeriod,
    publishStatement,
    WAITING_DEAL,
    type CompPeople,
    type CompPeriod
} from './comp-states.ts';
import { addNewcomer, makeRep, withholdApex } from './states.ts';
import { openWorld, type World } from './world.ts';

const CONSOLE = '/lightning/n/CompConsole';
const HOME = '/lightning/page/home';
const DISPUTES = '/lightning/n/MyDisputes';

let world: World;
let people: CompPeople;
let period: CompPeriod;
let payee: string;
let page: Page;

beforeAll(async () => {
    world = await openWorld();
    payee = world.usernames[0];
    people = await addCompPeople(world.demo);
});

afterAll(async () => {
    await world?.close();
});

const board = (): Locator => page.locator('c-comp-console');
const step = (): Locator => page.locator('c-period-step');
const form = (): Locator => page.locator('c-dispute-form');
const press = (name: string): Promise<void> => board().getByRole('button', { name, exact: true }).click();
const openTab = (name: string | RegExp): Promise<void> => board().getByRole('tab', { name }).click();

const expectAccessible = (name: string): Promise<void> => expectPageAccessible(page, name);

async function openAs(...args: Parameters<World['openAs']>): Promise<void> {
    await page?.close();
    page = await world.openAs(...args);
}

async function choose(label: string, option: string): Promise<void> {
    await form().getByRole('combobox', { name: label }).click();
    await form().getByRole('option', { name: option }).click();
}

describe('before the first period', () => {
    test('somebody new has nothing to dispute, and reads so', async () => {
        const newcomer = await addNewcomer(world.demo);
        await makeRep(world.demo, newcomer);
        await openAs(newcomer, DISPUTES);
        await form().getByText('No statement yet').waitFor();
        await form().getByText('You have not disputed any statement.').waitFor();
        await expectAccessible('disputes-empty');
    });

    test('an analyst reads that there are no periods yet', async () => {
        await openAs(people.analyst, HOME);
        await page.route('**/lightning/apex', async (route) => {
            const { method } = route.request().postDataJSON() as { method: string };
            if (method === 'getPeriods') await route.fulfill({ json: { returnValue: [] } });
            else await route.continue();
        });
        await page.goto(world.demo.url + CONSOLE);
        await board().getByText('No periods yet').waitFor();
        await expectAccessible('console-empty');
    });

    test('who may not use the classes reads which permission to ask for', async () => {
        const undo = withholdApex(world.demo.org);
        try {
            await openAs(people.analyst, CONSOLE);
            await board().getByText('Ask your administrator for a Plumbline permission set.').waitFor();
            await expectAccessible('console-no-access');
        } finally {
            undo();
        }
    });
});

describe('a calculated period', () => {
    beforeAll(() => {
        period = addPeriod(world.demo, payee);
    });

    test('shows where it is, what its calculations gave, and who solved a problem', async () => {
        await openAs(people.analyst, CONSOLE);
        await step().getByText('Review the figures and problems below.').waitFor();
        // Names come after the figures.
        await board().getByText(`and not now: ${period.payeeName}`).waitFor();
        const text = await board().innerText();
        expect(text).toContain('The independent check came to the same figures.');
        expect(text).toMatch(/£900\.00\s+£800\.10\s+£700\.00\s+£100\.10/);
        expect(text).toMatch(new RegExp(`Payees with a problem in .+ and not now: ${period.payeeName}`));
        await expectAccessible('console-calculated');
        await openTab('Payees');
        await board().getByRole('link', { name: period.payeeName }).waitFor();
        await expectAccessible('console-payees');
        await openTab('Problems');
        await board().getByText('No problems').waitFor();
        await openTab('Export');
        await board().getByText('Payroll can be exported once the period is published').waitFor();
        await expectAccessible('console-export-not-yet');
    });

    test('takes the day of what a payment waits for, by keyboard: refused while it is to come, saved, taken back', async () => {
        await openAs(people.analyst, CONSOLE);
        await openTab('Releases');
        const queue = page.locator('c-release-queue');
        const waiting = queue.getByRole('listitem').filter({ hasText: WAITING_DEAL });
        await waiting.getByText(`£120.50 for ${period.payeeName}, waits for cash, earned in`).waitFor();
        const save = waiting.getByRole('button', { name: 'Save' });
        expect(await save.isDisabled()).toBe(true);
        await expectAccessible('console-releases');
        const tell = async (day: string) => {
            await waiting.getByLabel('Day of cash').fill(day);
            await waiting.getByLabel('Day of cash').blur();
            await save.focus();
            await page.keyboard.press('Enter');
        };
        await tell('2028-04-02');
        await queue.getByText('2028-04-02 is still to come').waitFor();
        await expectAccessible('console-release-refused');
        await tell('2026-11-02');
        await queue.getByText(`The day for ${WAITING_DEAL} is saved.`).waitFor();
        await expectAccessible('console-release-told');
        await tell('');
        await queue.getByText(`The day for ${WAITING_DEAL} is taken back.`).waitFor();
    });

    test('tells its payee why a figure is what it is, on a page of its own', async () => {
        await openAs(payee, '/lightning/n/MyPay');
        const lines = page.locator('c-statement-lines');
        await lines.getByRole('button', { name: /^Show how Commission came to be/ }).click();
        await lines.getByRole('link', { name: /^Why this number\?/ }).focus();
        await page.keyboard.press('Enter');
        const origin = () => page.locator('c-number-origin');
        await origin().getByText('Line of a statement').waitFor();
        // The version is a draft, whose text is not for payees.
        await origin().getByText('Plan Seller', { exact: true }).waitFor();
        const text = await origin().innerText();
        expect(text).toContain('£800.10');
        expect(text).toContain(period.payeeName);
        expect(text).toContain('This is what the data of the last run give.');
        expect(text).toContain('No run is noted for this number.');
        await expectAccessible('origin-line');
        // The address alone leads there too.
        await openAs(payee, page.url().replace(world.demo.url, ''), 'small');
        await origin().getByText('Plan Seller', { exact: true }).waitFor();
        await expectAccessible('origin-line-small');
    });

    test('is cards and lines on a phone without scrolling sideways', async () => {
        await openAs(people.analyst, CONSOLE, 'small');
        await step().getByText('Review the figures').waitFor();
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
        await expectAccessible('console-small');
    });

    test('is reviewed by keyboard; its reviewer is told that he may not approve', async () => {
        await openAs(people.analyst, CONSOLE);
        const review = board().getByRole('button', { name: 'Mark as reviewed' });
        await review.focus();
        await page.keyboard.press('Enter');
        await step().getByText('You do not hold the permission to approve pay.').waitFor();
        expect(await board().getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
        await expectAccessible('console-may-not-approve');
    });

    test('is approved by an approver, who may not publish it and reads why', async () => {
        await openAs(people.approver, CONSOLE);
        await press('Approve');
        await step().getByText('Publish it.').waitFor();
        await press('Publish');
        await step().getByText('Published statements never change again.').waitFor();
        await expectAccessible('console-question');
        await press('Publish');
        await board().getByText('You approved Q1 2028, so somebody else publishes it to payroll.').waitFor();
        await expectAccessible('console-refused');
    });

    test('is published by somebody else, and payroll takes a file that ties', async () => {
        await openAs(people.analyst, CONSOLE);
        await press('Publish');
        await press('Publish');
        await board().getByText('Published by Ada Analyst').waitFor();
        publishStatement(world.demo, period.statementId);
        await press('Refresh');
        await step().getByText('Export payroll').waitFor();
        await openTab('Export');
        await board().getByRole('button', { name: 'Prepare file' }).first().click();
        await board().getByText('£800.10: the file ties to the totals').waitFor();
        await expectAccessible('console-export');
        const [download] = await Promise.all([
            page.waitForEvent('download'),
            board().getByRole('link', { name: 'Download payroll-2028-Q1.csv' }).click()
        ]);
        expect(download.suggestedFilename()).toBe('payroll-2028-Q1.csv');
        const lines = readFileSync((await download.path())!, 'utf8').split('\r\n');
        expect(lines).toHaveLength(3);
        expect(lines[1]).toContain(`,${period.payeeName},`);
        expect(lines[1]).toContain(',Seller,Q1 2028,2028-04-30,GBP,900.00,800.10,');
    });
});

describe('a published statement', () => {
    test('is disputed by its payee: what is missing is said, then it is sent', async () => {
        await openAs(payee, DISPUTES);
        const send = form().getByRole('button', { name: 'Send dispute' });
        await send.click();
        await form().getByText('Choose what is wrong and say why in your words.').waitFor();
        await expectAccessible('dispute-incomplete');
        await choose('What is it about?', 'Commission');
        await choose('What is wrong?', 'Split of the deal');
        await form().getByLabel('Amount you expect').fill('1250.50');
        await form().getByLabel('Why, in your words').fill('We agreed on half each.');
        await expectAccessible('dispute-filled');
        await send.click();
        await form().getByText('Your dispute was sent.').waitFor();
        const card = form().locator('c-dispute-card');
        await card.waitFor();
        const text = await card.innerText();
        expect(text).toContain('£450.40');
        expect(text).toMatch(/Answer due in \d+ days?, on \d{1,2} [A-Z]/);
        await expectAccessible('dispute-sent');
    });

    test('has its dispute taken and rejected with a reason, which the payee reads', async () => {
        await openAs(people.analyst, CONSOLE);
        await openTab('Disputes (1)');
        await board().getByText('100 disputes per 100 statements').waitFor();
        await press('Take');
        await board().getByText('With Ada Analyst').waitFor();
        await press('Reject');
        await board().getByLabel('Why it is rejected').fill('The split was agreed in writing.');
        await expectAccessible('console-disputes');
        await press('Reject');
        await board().getByText('Nobody waits for an answer.').waitFor();
        await openAs(payee, DISPUTES);
        await form().getByText('The split was agreed in writing.').waitFor();
        await expectAccessible('dispute-rejected');
    });
});

test('a locked period has no next step', async () => {
    await openAs(people.analyst, CONSOLE);
    await press('Lock');
    await press('Lock');
    await step().getByText('Nothing is left to do.').waitFor();
    expect(await step().getByRole('button').count()).toBe(0);
    await expectAccessible('console-locked');
});
