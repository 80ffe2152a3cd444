// Every state of the pages of pay, in a real browser: read as the rep reads it, and free of WCAG A and AA violations.
// With STATE_PICTURES=<folder> each state is also kept as a picture.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { expectPageAccessible } from './expect-accessible.ts';
import { assignPlan, payRep, type PaidRep } from './pay-world.ts';
import { withholdApex } from './states.ts';
import { openWorld, type World } from './world.ts';

const MY_PAY = '/lightning/n/MyPay';

let world: World;
let adviser: string;
let page: Page;
let planVersionId: string;
let rep: PaidRep;

beforeAll(async () => {
    world = await openWorld();
    adviser = world.usernames[0];
});

afterAll(async () => {
    await world?.close();
});

const statement = (): Locator => page.locator('c-incentive-statement').first();
const whatIf = (): Locator => page.locator('c-what-if');

async function open(path = MY_PAY, size: 'large' | 'small' = 'large'): Promise<void> {
    page = await world.openAs(adviser, path, size);
}

const expectAccessible = (name: string): Promise<void> => expectPageAccessible(page, `pay-${name}`);

const pounds = (amount: string): string =>
    new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' }).format(Number(amount));

describe('before there is a statement', () => {
    test('a rep on no plan reads that, and whom to ask', async () => {
        await open();
        await statement().getByText('You are on no plan').waitFor();
        await whatIf().getByText('No statement to start from').waitFor();
        await expectAccessible('no-plan');
    });

    test('a rep on a plan reads which, and that the statement comes', async () => {
        planVersionId = await assignPlan(world.demo, adviser);
        await open();
        await statement().getByText('No statement yet').waitFor();
        expect(await statement().innerText()).toContain('You are on the plan Seller.');
        await expectAccessible('no-statement');
    });
});

describe('a statement', () => {
    test('tells the pay, the quota, the band reached and what it is made of', async () => {
        rep = await payRep(world.demo, adviser, planVersionId);
        await open();
        await statement().locator('[data-id=payout]').waitFor();
        expect(await statement().locator('[data-id=payout]').textContent()).toBe(pounds(rep.paid));
        const text = await statement().innerText();
        expect(text).toContain('Draft: these figures can change');
        expect(text).toContain('Quota reached');
        expect(text).toContain('You are here.');
        expect(text).toContain('Still to come');
        expect(await statement().locator('[data-line]').count()).toBe(2);
        await expectAccessible('statement');
    });

    test('opens a line to its working by the keyboard, and links to its deal', async () => {
        await statement().locator('[data-line] button').first().focus();
        await page.keyboard.press('Enter');
        const working = statement().locator('[data-id=working]');
        await working.waitFor();
        expect(await working.innerText()).toContain('Rounded to 0.01, half even.');
        expect(await statement().getByRole('link', { name: rep.dealName }).getAttribute('href')).toMatch(
            /\/lightning\/r\/.*006/
        );
        await expectAccessible('working');
    });

    test('can be read on a phone', async () => {
        await open(MY_PAY, 'small');
        await statement().locator('[data-id=payout]').waitFor();
        await whatIf().locator('[data-id=proof]').waitFor();
        const { scroll, client } = await page.evaluate(() => ({
            scroll: document.documentElement.scrollWidth,
            client: document.documentElement.clientWidth
        }));
        expect(scroll).toBeLessThanOrEqual(client);
        await expectAccessible('statement-small');
    });

    test('stands on the home page in short', async () => {
        await open('/lightning/page/home');
        await statement().locator('[data-id=payout]').waitFor();
        expect(await statement().locator('c-statement-lines').count()).toBe(0);
        await expectAccessible('home');
    });

    test('says when the data is old', async () => {
        const { db } = world.demo.org;
        const old = new Date(Date.now() - 30 * 3_600_000).toISOString().replace('Z', '+0000');
        db.prepare('UPDATE "Statement__c" SET "DataAsOf__c" = ?').run(old);
        await open();
        await statement().locator('[data-id=stale]').waitFor();
        await expectAccessible('stale');
    });
});

describe('a scenario', () => {
    test('with nothing picked comes to the statement, to the penny', async () => {
        await open();
        await whatIf().locator('[data-id=proof]').waitFor();
        expect(await whatIf().locator('[data-id=proof]').innerText()).toContain(
            `comes to exactly what your statement for ${rep.periodName} says: ${pounds(rep.paid)}`
        );
    });

    test('tells at once what a picked deal adds, without asking the server', async () => {
        // What the rest of the page still reads is not asked by a pick.
        await page.waitForLoadState('networkidle');
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await whatIf().getByRole('checkbox').first().check();
        await whatIf().locator('[data-id=difference]', { hasText: '+' }).waitFor();
        await expectAccessible('what-if');
        await whatIf().getByRole('button', { name: 'Pick all' }).click();
        await whatIf().locator('[data-id=difference]', { hasText: '+' }).waitFor();
        await whatIf().locator('[data-id=assumed-facts]', { hasText: 'Complaint' }).waitFor();
        await whatIf().getByRole('button', { name: 'Pick none' }).click();
        await whatIf().locator('[data-id=difference]', { hasText: '£0.00' }).waitFor();
        expect(asked.filter((url) => url.includes('/apex'))).toEqual([]);
    });
});

test('who may not use the classes reads which permission to ask for', async () => {
    const undo = withholdApex(world.demo.org);
    try {
        await open();
        await statement().getByText('You cannot see this').waitFor();
        expect(await whatIf().innerText()).toContain('Code: NO_PERMISSION');
        await expectAccessible('no-access');
    } finally {
        undo();
    }
});
