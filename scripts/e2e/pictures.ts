// Makes the README's pictures: node scripts/start.mjs scripts/e2e/pictures.ts
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { screenshot } from '../local-org/lightning/test-browser.ts';
import { openWorld } from './world.ts';

const folder = fileURLToPath(new URL('../../service/docs/pictures', import.meta.url));
const world = await openWorld();
try {
    const [adviser, lead] = world.usernames;
    const { records } = await world.demo
        .connectionOf(adviser)
        .query<{ Opportunity__c: string }>(
            "SELECT Opportunity__c FROM DealHealth__c WHERE Band__c = 'Stalled' ORDER BY PriorityPoints__c DESC LIMIT 1"
        );
    const deal = `/lightning/r/Opportunity/${records[0]!.Opportunity__c}/view`;
    const shots: [string, string, string, 'large' | 'small', string][] = [
        ['home', adviser, '/lightning/page/home', 'large', 'c-risk-list a'],
        ['deal-risk', lead, '/lightning/n/DealRisk', 'large', 'c-risk-list a'],
        ['opportunity', adviser, deal, 'large', 'c-deal-warning'],
        ['opportunity-small', adviser, deal, 'small', 'c-deal-warning']
    ];
    for (const [name, username, path, size, landmark] of shots) {
        const page = await world.openAs(username, path, size);
        await page.locator(landmark).first().waitFor();
        await page.waitForTimeout(500);
        console.log(await screenshot(page, join(folder, `${name}.png`)));
    }
} finally {
    await world.close();
}
