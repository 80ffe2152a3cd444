// The Lightning page in a real browser: the shell around deployed components, what the platform's modules do for them,
// and accessibility of everything the shell draws.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../lightning/test-browser.ts';
import { OTHER_REP, REP, startLightningOrg, type LightningOrg } from './support/lightning-org.ts';

const FIXTURE = fileURLToPath(new URL('fixtures/lightning', import.meta.url));
const ADMIN = 'admin@local.org';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let org: LightningOrg;
let browser: Browser;
let context: BrowserContext | undefined;
let problems: string[] = [];

beforeAll(async () => {
    org = await startLightningOrg([FIXTURE]);
    await org.page.warmUp();
    browser = await launchBrowser();
});

afterEach(async () => {
    await context?.close();
    context = undefined;
    problems = [];
});

afterAll(async () => {
    await browser?.close();
    await org?.close();
});

interface OpenOptions {
    as?: string;
    width?: number;
}

async function open(path: string, { as, width = 1300 }: OpenOptions = {}): Promise<Page> {
    context = await browser.newContext({ viewport: { width, height: 900 }, timezoneId: 'America/New_York' });
    if (as)
        await context.addCookies([{ name: 'sid', value: encodeURIComponent(org.tokenOf(as)), url: org.url }]);
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(org.url + path);
    return page;
}

const text = (page: Page, id: string) => page.locator(`c-greeting [data-id=${id}]`).textContent();

async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axeSource);
    const result = (await page.evaluate(
        'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })'
    )) as {
        violations: { id: string; nodes: { html: string }[] }[];
    };
    return result.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`
    );
}

describe('signing in', () => {
    test('a visitor chooses a user and gets that user’s page', async () => {
        const page = await open('/lightning/o/Opportunity/list');
        await page.getByRole('button', { name: /Otto Brandt/ }).click();
        await page.getByRole('link', { name: "Otto's own deal" }).waitFor();
        expect(await page.getByRole('link', { name: 'Harbor Pension: custody' }).count()).toBe(0);
    });

    test('"view as" changes the user and keeps the page', async () => {
        const page = await open('/lightning/o/Opportunity/list', { as: OTHER_REP });
        await page.getByRole('button', { name: /View profile/ }).click();
        await page.getByRole('searchbox', { name: 'View as' }).fill('mara');
        await page.getByRole('button', { name: /Mara Novak/ }).click();
        await page.getByRole('link', { name: 'Harbor Pension: custody' }).waitFor();
        expect(new URL(page.url()).pathname).toBe('/lightning/o/Opportunity/list');
    });
});

describe('the record page', () => {
    test('shows highlights, stage, details and the deployed component with its page properties', async () => {
        const page = await open(`/lightning/r/Opportunity/${org.ids.deal}/view`, { as: ADMIN });
        await page.getByRole('heading', { name: /Harbor Pension: custody/ }).waitFor();
        const highlights = page.locator('[data-component=highlights]');
        await highlights.getByText('$480,000.00').waitFor();
        expect(await page.locator('[data-component=path] [aria-current=step]').textContent()).toContain(
            'Value Proposition'
        );
        await page.locator('[data-component=details]').getByText('Send fee schedule').waitFor();
        await page.getByRole('heading', { name: 'Greeting & more' }).waitFor();
        await page.locator('c-greeting [data-id=deal]').getByText('Harbor Pension: custody').waitFor();
        await page.locator('c-greeting [data-id=amount]').getByText('$480,000.00').waitFor();
    });

    test('of the standard Sales app has tasks, open ones before past ones', async () => {
        const page = await open(`/lightning/r/Opportunity/${org.ids.deal}/view`, { as: REP });
        const activities = page.locator('[data-component=activities]');
        await activities.getByRole('link', { name: 'Call the trustee' }).waitFor();
        const links = await activities.getByRole('link').allTextContents();
        expect(links).toEqual(['Call the trustee', 'Sent the deck']);
    });

    test('of somebody else’s deal says that there is no access', async () => {
        const page = await open(`/lightning/r/Opportunity/${org.ids.otherDeal}/view`, { as: REP });
        await page.getByText(/you do not have access to it/).waitFor();
        expect(await page.getByText("Otto's own deal").count()).toBe(0);
    });

    test('follows a link to another record without loading the page anew', async () => {
        const page = await open(`/lightning/r/Opportunity/${org.ids.deal}/view`, { as: REP });
        await page.evaluate('globalThis.stillHere = true');
        await page
            .locator('[data-component=highlights]')
            .getByRole('link', { name: 'Harbor Pension Fund' })
            .click();
        await page.getByRole('heading', { name: /Account.*Harbor Pension Fund/ }).waitFor();
        expect(new URL(page.url()).pathname).toBe(`/lightning/r/Account/${org.ids.account}/view`);
        expect(await page.evaluate('globalThis.stillHere')).toBe(true);
        await page.goBack();
        await page.getByRole('heading', { name: /Harbor Pension: custody/ }).waitFor();
    });
});

describe('a deployed component', () => {
    const deal = (): string => `/lightning/r/Opportunity/${org.ids.deal}/view`;

    test('is wired to Apex only once every parameter has a value, and null is a value', async () => {
        const page = await open(deal(), { as: ADMIN });
        await page.locator('c-greeting').waitFor();
        await page.getByText('Send fee schedule').waitFor();
        expect(await text(page, 'history')).toBe('empty ');
        await page.getByRole('button', { name: 'Set tone' }).click();
        await page.getByText('Hello warm, 7 times').waitFor();
        await page.getByRole('button', { name: 'Clear tone' }).click();
        await page.getByText('Hello null, 7 times').waitFor();
        expect(await text(page, 'history')).toBe('empty data data ');
    });

    test('cannot change wired data, refreshes it after a call and shows a toast', async () => {
        const page = await open(deal(), { as: ADMIN });
        await page.getByRole('button', { name: 'Set tone' }).click();
        await page.getByText('Hello warm, 7 times').waitFor();
        await page.getByRole('button', { name: 'Change', exact: true }).click();
        await page.getByText('Good day warm, 7 times').waitFor();
        expect(await text(page, 'frozen')).toBe('TypeError');
        await page.getByText('The words are new.').waitFor();
    });

    test('sees a failed Apex call as an error with a body', async () => {
        const page = await open(deal(), { as: ADMIN });
        await page.getByRole('button', { name: 'Fail' }).click();
        await page.getByText('500 System.AuraHandledException: No greeting today').waitFor();
    });

    test('saves a record, and the rest of the page shows the new value', async () => {
        const page = await open(`/lightning/r/Opportunity/${org.ids.otherDeal}/view`, { as: ADMIN });
        await page.getByRole('button', { name: 'Rename' }).click();
        await page.locator('[data-component=highlights]').getByText('Renamed deal').waitFor();
        await page.locator('c-greeting').getByText('Renamed deal').waitFor();
    });

    test('opens another page by its reference', async () => {
        const page = await open(deal(), { as: ADMIN });
        await page.getByRole('button', { name: 'Open list' }).click();
        await page.waitForURL('**/lightning/o/Opportunity/list');
        await page.getByRole('heading', { name: /All Opportunities/ }).waitFor();
    });

    test('opens in the utility bar when it is first asked for', async () => {
        const page = await open('/lightning/n/Greetings', { as: ADMIN });
        await page.locator('main c-greeting').waitFor();
        expect(await page.locator('c-greeting').count()).toBe(1);
        await page.getByRole('button', { name: 'Quick greeting' }).click();
        await page.getByRole('dialog', { name: 'Quick greeting' }).locator('c-greeting').waitFor();
    });

    test('knows the small form factor on a narrow screen and when it is asked for', async () => {
        expect(await text(await open('/lightning/n/Greetings', { as: ADMIN }), 'form-factor')).toBe('Large');
        await context?.close();
        expect(
            await text(await open('/lightning/n/Greetings', { as: ADMIN, width: 400 }), 'form-factor')
        ).toBe('Small');
        await context?.close();
        expect(
            await text(await open('/lightning/n/Greetings?formFactor=Small', { as: ADMIN }), 'form-factor')
        ).toBe('Small');
    });

    test('that the local org does not have is named in its place, the others stay', async () => {
        const page = await open('/lightning/n/Greetings', { as: ADMIN });
        await page
            .getByText('The local org does not support the standard component flexipage:filterListCard.')
            .waitFor();
        await page.getByRole('heading', { name: 'Greeting & more' }).waitFor();
    });
});

describe('the shell', () => {
    test('says so when there is no such page', async () => {
        const page = await open('/lightning/n/Nowhere', { as: ADMIN });
        await page.getByText("Page doesn't exist").waitFor();
    });

    test('sorts a list by the column asked for', async () => {
        const page = await open('/lightning/o/Opportunity/list', { as: ADMIN });
        await page.getByRole('link', { name: 'Harbor Pension: custody' }).waitFor();
        const firstAmount = page.locator('table tbody tr').first().locator('td[data-label=Amount]');
        expect(await firstAmount.textContent()).toContain('$480,000');
        await page
            .getByRole('columnheader', { name: /Amount/ })
            .getByRole('button', { name: /Sort/ })
            .click();
        await firstAmount.getByText('$90,000').waitFor();
    });

    test('switches apps from the app launcher', async () => {
        const page = await open('/lightning/page/home', { as: ADMIN });
        await page.getByRole('button', { name: /App Launcher/ }).click();
        await page
            .getByRole('dialog', { name: 'App Launcher' })
            .getByRole('button', { name: /Sales/ })
            .click();
        await page
            .getByRole('navigation', { name: 'Sales' })
            .getByRole('link', { name: 'Accounts' })
            .waitFor();
    });

    test('keeps tabs that do not fit under More, by keyboard too', async () => {
        const page = await open('/lightning/page/home', { as: ADMIN, width: 300 });
        const more = page.getByRole('button', { name: 'More' });
        await more.waitFor();
        const shown = page.locator('[data-tab]');
        const few = await shown.count();
        expect(await page.locator('nav a', { hasText: 'Opportunities' }).isVisible()).toBe(false);
        await more.press('Enter');
        expect(await violations(page)).toEqual([]);
        await page.keyboard.press('Escape');
        expect(await more.getAttribute('aria-expanded')).toBe('false');
        await more.press('Enter');
        await page.getByRole('link', { name: 'Opportunities' }).press('Enter');
        await page.getByRole('link', { name: 'Harbor Pension: custody' }).waitFor();
        await page.setViewportSize({ width: 1300, height: 800 });
        await more.waitFor({ state: 'detached' });
        expect(await shown.count()).toBeGreaterThan(few);
    });

    test('runs with the synthetic shadow and without an error of its own', async () => {
        const page = await open(`/lightning/r/Opportunity/${org.ids.deal}/view`, { as: ADMIN });
        await page.locator('c-greeting').waitFor();
        expect(await page.evaluate('document.querySelector("shell-app").shadowRoot.synthetic')).toBe(true);
        expect(problems).toEqual([]);
    });

    test.each([
        ['sign-in', '/lightning', undefined, 1300, 'Find a user'],
        ['home', '/lightning/page/home', ADMIN, 1300, 'no home page'],
        ['record', 'deal', REP, 1300, 'Call the trustee'],
        ['record on a phone', 'deal', REP, 400, 'Call the trustee'],
        ['list', '/lightning/o/Opportunity/list', ADMIN, 1300, 'Harbor Pension: custody'],
        ['no access', 'otherDeal', REP, 1300, 'do not have access']
    ])('is accessible: %s', async (_name, path, as, width, landmark) => {
        const url = path.startsWith('/') ? path : `/lightning/r/Opportunity/${org.ids[path as 'deal']}/view`;
        const page = await open(url, { as, width });
        await page.getByText(landmark).first().waitFor();
        expect(await violations(page)).toEqual([]);
    });

    test('is accessible with its menus open', async () => {
        const page = await open('/lightning/n/Greetings', { as: ADMIN });
        await page.getByRole('button', { name: 'Quick greeting' }).click();
        await page.getByRole('button', { name: /View profile/ }).click();
        await page.getByRole('button', { name: /App Launcher/ }).click();
        await page.getByRole('searchbox', { name: 'View as' }).waitFor();
        expect(await violations(page)).toEqual([]);
    });
});
