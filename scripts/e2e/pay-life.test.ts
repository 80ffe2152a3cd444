// The last quarter of the demo through its whole life in a real browser, by the people the demo names: a seller asks about his pay,
// the analyst proposes, the approver decides, the next calculation pays it and its comparison says why, then review, approval,
// publication, files that tie, and the lock. With STATE_PICTURES=<folder> each state is also kept as a picture.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { PAY_DESK, usernameOf } from '../demo/pay/pay-desk.ts';
import { expectPageAccessible } from './expect-accessible.ts';
import { openWorld, paidFirm, type World } from './world.ts';

const CONSOLE = '/lightning/n/CompConsole';
const MY_PAY = '/lightning/n/MyPay';
const [ANALYST, APPROVER, PAYER] = PAY_DESK.map(usernameOf) as [string, string, string];

let world: World;
let seller: string;
let page: Page;

beforeAll(async () => {
    world = await openWorld(paidFirm);
    seller = world.demo.about.paid!;
});

afterAll(async () => {
    await world?.close();
});

const board = (): Locator => page.locator('c-comp-console');
const statement = (): Locator => page.locator('c-incentive-statement');
const press = (name: string): Promise<void> => board().getByRole('button', { name, exact: true }).click();
const openTab = (name: string | RegExp): Promise<void> => board().getByRole('tab', { name }).click();

async function openAs(username: string, path: string): Promise<void> {
    await page?.close();
    page = await world.openAs(username, path);
}

const expectAccessible = (name: string): Promise<void> => expectPageAccessible(page, `life-${name}`);

async function choosePeriod(status: string): Promise<void> {
    const { db } = world.demo.org;
    const [period] = db
        .prepare(
            'SELECT "Name" FROM "CompensationPeriod__c" WHERE "Status__c" = ? ORDER BY "StartDate__c" DESC'
        )
        .pluck()
        .all(status) as string[];
    await statement().getByRole('combobox', { name: 'Period' }).click();
    await statement().getByRole('option').filter({ hasText: period! }).first().click();
}

test('a seller asks about a line where it stands, and it shows what became of it', async () => {
    await openAs(seller, MY_PAY);
    await choosePeriod('Locked');
    await statement().getByText('Published: these figures do not change any more.').waitFor();
    // The demo asked about one line already; its status stands where the button was.
    await statement().getByText('Dispute: Open').waitFor();
    await statement().getByRole('button', { name: 'Ask about this statement' }).click();
    const form = statement().locator('c-dispute-form');
    await form.getByRole('combobox', { name: 'What is wrong?' }).click();
    await form.getByRole('option', { name: 'Deal is missing' }).click();
    await form.getByLabel('Amount you expect').fill('70000');
    await form.getByLabel('Why, in your words').fill('Alpine closed in June.');
    await expectAccessible('asking');
    await form.getByRole('button', { name: 'Send dispute' }).click();
    await statement().getByText('Your dispute was sent.').waitFor();
    await statement().getByText('Alpine closed in June.').waitFor();
    expect(await statement().locator('c-dispute-card').count()).toBe(2);
    await expectAccessible('asked');
});

test('the analyst proposes an adjustment, and is told who decides', async () => {
    await openAs(ANALYST, CONSOLE);
    await openTab('Disputes');
    const card = board().locator('li', { hasText: 'Rate or tier' });
    await card.getByRole('button', { name: 'Propose an adjustment' }).click();
    await card.getByLabel('Why this amount').fill('The higher rate was agreed.');
    await card.getByRole('button', { name: 'Propose', exact: true }).click();
    await card
        .getByText('proposed by Ada Reyes. An approver other than Ada Reyes and the payee decides.')
        .waitFor();
    expect(await card.getByRole('button', { name: 'Approve adjustment' }).count()).toBe(0);
    await expectAccessible('proposed');
});

test('the approver approves it, and the analyst accepts the dispute with it', async () => {
    await openAs(APPROVER, CONSOLE);
    await openTab('Disputes');
    await press('Approve adjustment');
    await board().getByText('approved by Arno Blum').waitFor();
    await expectAccessible('adjustment-approved');
    await openAs(ANALYST, CONSOLE);
    await openTab('Disputes');
    await press('Accept with this adjustment');
    await board().getByText('is accepted.').waitFor();
});

test('the next calculation pays it; compared with the one before, it is the only change and says why', async () => {
    await press('Calculate again');
    await board()
        .getByText(/^Done\./)
        .waitFor();
    await openTab('Calculations');
    const changes = board().locator('c-payee-changes');
    await changes.getByRole('button', { name: /^Why the result of/ }).click();
    await changes.getByText(/^Adjustment added: £/).waitFor();
    expect(await changes.locator('[data-id="change"]').count()).toBe(1);
    await board().getByText('The independent check came to the same figures.').waitFor();
    await expectAccessible('compared');
});

test('it is reviewed, approved and published by three people, each told what is not theirs', async () => {
    await press('Mark as reviewed');
    await board().getByText('You do not hold the permission to approve pay.').waitFor();
    await openAs(APPROVER, CONSOLE);
    await press('Approve');
    await press('Publish');
    await press('Publish');
    await board()
        .getByText(/You approved .+, so somebody else publishes it to payroll\./)
        .waitFor();
    await expectAccessible('refused');
    await openAs(PAYER, CONSOLE);
    await press('Publish');
    await press('Publish');
    await board().getByText('Published by Petra Olsen').waitFor();
    await board()
        .getByText(/^Done\./)
        .waitFor();
});

test('payroll and accounting take files, and the payroll file ties to the totals', async () => {
    await openTab('Export');
    await board().locator('[data-file="payroll"]').getByRole('button').click();
    await board()
        .getByText(/the file ties to the totals/)
        .first()
        .waitFor();
    const [payroll] = await Promise.all([
        page.waitForEvent('download'),
        board()
            .getByRole('link', { name: /^Download payroll-/ })
            .click()
    ]);
    const rows = readFileSync((await payroll.path())!, 'utf8')
        .trim()
        .split('\r\n');
    const { count } = world.demo.org.db
        .prepare(
            `SELECT COUNT(*) AS count FROM "Statement__c" statement
             JOIN "CompensationPeriod__c" period ON period."Id" = statement."Period__c"
             WHERE period."Status__c" = 'Published' AND statement."Status__c" = 'Published'`
        )
        .get() as { count: number };
    expect(rows).toHaveLength(count + 1);
    const accruals = board().locator('[data-file="accrual"]');
    await accruals.getByRole('button').click();
    const [schedule] = await Promise.all([
        page.waitForEvent('download'),
        board()
            .getByRole('link', { name: /^Download accruals-/ })
            .click()
    ]);
    expect(readFileSync((await schedule.path())!, 'utf8').split('\r\n').length).toBeGreaterThan(2);
    await expectAccessible('exported');
});

test('the period is locked, and the seller reads the outcome of his dispute', async () => {
    await press('Lock');
    await press('Lock');
    await board().getByText('Nothing is left to do.').waitFor();
    await openAs(seller, '/lightning/n/MyDisputes');
    await page.getByText('Corrected by an adjustment.').waitFor();
    await openAs(seller, MY_PAY);
    await statement().getByText('Published: these figures do not change any more.').waitFor();
    await statement().getByText('Outcome of a dispute').waitFor();
    await expectAccessible('paid');
});
