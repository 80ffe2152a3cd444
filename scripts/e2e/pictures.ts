// Makes the README's pictures: node scripts/start.mjs scripts/e2e/pictures.ts [names of those to make, otherwise all]
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { firmContent } from '../demo/firm-content.ts';
import { PAY_DESK, usernameOf } from '../demo/pay/pay-desk.ts';
import { screenshot } from '../local-org/lightning/test-browser.ts';
import { openWorld } from './world.ts';

type Shot = [
    name: string,
    username: string,
    path: string,
    size: 'large' | 'small',
    landmark: string,
    prepare?: (page: Page) => Promise<void>
];

const folder = fileURLToPath(new URL('../../service/docs/pictures', import.meta.url));
const wanted = process.argv.slice(2);
const world = await openWorld(() => firmContent(new Date(), 'small'), {
    isForecast: true,
    isScored: true
});
try {
    const [adviser, lead, director] = world.usernames;
    const { records } = await world.demo
        .connectionOf(adviser)
        .query<{ Opportunity__c: string }>(
            "SELECT Opportunity__c FROM DealHealth__c WHERE Band__c = 'Stalled' ORDER BY PriorityPoints__c DESC LIMIT 1"
        );
    const deal = `/lightning/r/Opportunity/${records[0]!.Opportunity__c}/view`;
    const seller = world.demo.about.paid!;
    const needed = world.demo.about.signIns.find(({ why }) => why.includes('need a word'))!.username;
    const [analyst] = PAY_DESK.map(usernameOf) as [string];
    const shots: Shot[] = [
        ['home', adviser, '/lightning/page/home', 'large', 'c-risk-list a'],
        ['deal-risk', lead, '/lightning/n/DealRisk', 'large', 'c-risk-list a'],
        ['forecast', director, '/lightning/n/Forecast', 'large', 'c-downside-bars a'],
        ['models', director, '/lightning/n/ForecastTrust', 'large', 'c-reliability-curve'],
        ['opportunity', adviser, deal, 'large', 'c-deal-warning'],
        ['opportunity-small', adviser, deal, 'small', 'c-deal-warning'],
        ['team', needed, '/lightning/n/Team', 'large', 'c-team-heat [data-id=person]'],
        ['my-scorecard', adviser, '/lightning/n/MyScorecard', 'large', 'c-metric-line'],
        ['my-pay', seller, '/lightning/n/MyPay', 'large', 'c-statement-lines', openLine],
        ['what-if', lead, '/lightning/n/MyPay', 'large', 'c-what-if-deals', pickDeals],
        ['compensation', analyst, '/lightning/n/CompConsole', 'large', 'c-run-comparison table'],
        ['dispute', analyst, '/lightning/n/CompConsole', 'large', 'c-run-comparison table', openDisputes]
    ];
    for (const [name, username, path, size, landmark, prepare] of shots) {
        if (wanted.length > 0 && !wanted.includes(name)) continue;
        const page = await world.openAs(username, path, size);
        await page.locator(landmark).first().waitFor();
        await prepare?.(page);
        await page.waitForTimeout(500);
        console.log(await screenshot(page, join(folder, `${name}.png`)));
    }
} finally {
    await world.close();
}

/** A line of the statement with its working. */
async function openLine(page: Page): Promise<void> {
    await page.locator('c-statement-lines button[aria-expanded]').first().click();
    await page.locator('c-line-working [data-id="working"]').first().waitFor();
}

async function pickDeals(page: Page): Promise<void> {
    const box = page.locator('c-what-if-deals input[type="checkbox"]');
    for (const index of [0, 1, 2]) await box.nth(index).check();
    await page.locator('c-what-if').evaluate((element) => element.scrollIntoView());
}

/** A dispute with the form for what would settle it. */
async function openDisputes(page: Page): Promise<void> {
    await page.getByRole('tab', { name: /^Disputes/ }).click();
    await page.getByRole('button', { name: 'Propose an adjustment' }).click();
    await page.locator('c-dispute-queue').evaluate((element) => element.scrollIntoView());
}
