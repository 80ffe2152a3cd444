// The pages of the quarter in a real browser, over a firm whose models are in use: what they say is what the rows hold, each is
// free of WCAG A and AA violations, and nobody sees another's. With STATE_PICTURES=<folder> each is kept as a picture.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectPageAccessible } from './expect-accessible.ts';
import { withholdApex } from './states.ts';
import { openWorld, type World } from './world.ts';

const FORECAST = '/lightning/n/Forecast';
const TRUST = '/lightning/n/ForecastTrust';

let world: World;
let adviser: string;
let director: string;
let page: Page;

beforeAll(async () => {
    world = await openWorld(undefined, { isForecast: true });
    [adviser, , director] = world.usernames;
}, 900_000);

afterAll(async () => {
    await world?.close();
});

async function open(username: string, path: string, size: 'large' | 'small' = 'large'): Promise<void> {
    page = await world.openAs(username, path, size);
}

const expectAccessible = (name: string): Promise<void> => expectPageAccessible(page, `quarter-${name}`);

async function rowOf(username: string, soql: string): Promise<Record<string, unknown>> {
    const { records } = await world.demo.connectionOf(username).query(soql);
    return records[0]! as Record<string, unknown>;
}

const pounds = (amount: unknown): string =>
    new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' }).format(amount as number);

test('the director reads how much of the quarter is at risk, as the row of the team holds it', async () => {
    const row = await rowOf(
        director,
        "SELECT LowAmount__c, MiddleAmount__c, AtRiskAmount__c, Basis__c FROM PipelineForecast__c WHERE Scope__c = 'Team' AND Rep__r.Username = '" +
            director +
            "' ORDER BY PeriodStartDate__c LIMIT 1"
    );
    expect(row['Basis__c']).toBe('Model');
    await open(director, FORECAST);
    const headline = page.locator('c-forecast-risk [data-id="headline"]');
    await headline.waitFor();
    const said = await headline.textContent();
    for (const field of ['LowAmount__c', 'MiddleAmount__c', 'AtRiskAmount__c'])
        expect(said).toContain(pounds(row[field]));
    await page.locator('c-downside-bars [data-id="driver"]').first().waitFor();
    await page.locator('c-pipeline-health-board [data-id="headline"]').waitFor();
    await expectAccessible('director');
});

test('an earlier Monday is chosen and told', async () => {
    const day = page.locator('c-pipeline-health-board lightning-combobox').last();
    await day.getByRole('combobox').click();
    await day.getByRole('option').nth(2).click();
    await page.locator('c-pipeline-health-board [data-id="headline"]').waitFor();
    await expectAccessible('earlier-day');
});

test('a seller sees the own quarter alone, also on a phone, and says what it will become', async () => {
    await open(adviser, FORECAST, 'small');
    const row = await rowOf(
        adviser,
        "SELECT LowAmount__c FROM PipelineForecast__c WHERE Scope__c = 'Own' ORDER BY PeriodStartDate__c LIMIT 1"
    );
    const headline = page.locator('c-forecast-risk [data-id="headline"]');
    await headline.waitFor();
    expect(await headline.textContent()).toContain(pounds(row['LowAmount__c']));
    const visible = await rowOf(
        adviser,
        'SELECT COUNT(Id) n FROM PipelineForecast__c WHERE Rep__r.Username != ' + `'${adviser}'`
    );
    expect(visible['n']).toBe(0);
    const panel = page.locator('c-commit-panel');
    await panel.locator('[data-id="amount"] input').fill('12345.5');
    await panel.getByRole('button', { name: 'Say it' }).click();
    await panel.locator('[data-id="entry"]').first().waitFor();
    expect(await panel.locator('[data-id="entry"]').first().textContent()).toContain('£12,345.50');
    await expectAccessible('seller-phone');
});

test('the brief says what the pages hold, and the models tell their record', async () => {
    await open(director, TRUST);
    await page.locator('c-weekly-brief [data-id="sentence"]').first().waitFor();
    const row = await rowOf(
        director,
        "SELECT RealAmount__c FROM PipelineSnapshot__c WHERE Scope__c = 'Team' AND Rep__r.Username = '" +
            director +
            "' ORDER BY AsOfDate__c DESC, PeriodStartDate__c LIMIT 1"
    );
    expect(await page.locator('c-weekly-brief').textContent()).toContain(pounds(row['RealAmount__c']));
    await page.locator('c-reliability-curve').first().waitFor();
    expect(await page.locator('c-model-card [data-id="card"]').count()).toBe(4);
    await expectAccessible('trust');
});

test('a deal tells the chance its row holds', async () => {
    const row = await rowOf(
        adviser,
        'SELECT Opportunity__c, WinProbability__c FROM DealHealth__c WHERE WinProbability__c != NULL ORDER BY ExternalKey__c LIMIT 1'
    );
    await open(adviser, `/lightning/r/Opportunity/${String(row['Opportunity__c'])}/view`);
    const win = page.locator('c-deal-chance [data-id="win"]');
    await win.waitFor();
    const share = new Intl.NumberFormat('en-GB', { style: 'percent' }).format(
        row['WinProbability__c'] as number
    );
    expect(await win.textContent()).toContain(share);
    await expectAccessible('deal');
});

test('whoever may not read forecasts is told so', async () => {
    const giveBack = withholdApex(world.demo.org);
    try {
        await open(adviser, FORECAST);
        await page.locator('c-forecast-risk c-error-panel').waitFor();
        await expectAccessible('no-access');
    } finally {
        giveBack();
    }
});
