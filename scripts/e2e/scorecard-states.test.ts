// The pages of scorecards in a real browser, on the demo firm: they equal the rows, and are free of WCAG A and AA violations.
// With STATE_PICTURES=<folder> each page is also kept as a picture.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { usernameOf } from '../demo/pay/pay-desk.ts';
import { CONDUCT_DESK } from '../demo/scorecards/conduct-desk.ts';
import { expectPageAccessible } from './expect-accessible.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let page: Page;
let adviser: string;
let lead: string;

beforeAll(async () => {
    world = await openWorld(undefined, { isScored: true });
    [adviser, lead] = world.usernames;
}, 600_000);

afterAll(async () => {
    await world?.close();
});

async function open(username: string, path: string, size: 'large' | 'small' = 'large'): Promise<void> {
    page = await world.openAs(username, path, size);
}

const expectAccessible = (name: string): Promise<void> => expectPageAccessible(page, `scorecard-${name}`);

async function expectNoSideways(): Promise<void> {
    const { scroll, client } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        client: document.documentElement.clientWidth
    }));
    expect(scroll).toBeLessThanOrEqual(client);
}

function one<T>(sql: string, ...values: unknown[]): T {
    return world.demo.org.db.prepare(sql).get(...values) as T;
}

const userIdOf = (username: string): string => world.demo.org.users.byUsername(username)!.userId;

describe('a manager', () => {
    test('reads in one look who needs them this week, and everybody by dimension', async () => {
        const week = one<{ verdict: string; people: number }>(
            'SELECT "Verdict__c" AS verdict, "PeopleCount__c" AS people FROM "TeamWeek__c" WHERE "Manager__c" = ?',
            userIdOf(lead)
        );
        await open(lead, '/lightning/n/Team');
        const verdict = page.locator('c-team-scorecard [data-id=verdict]');
        await verdict.waitFor();
        expect((await verdict.innerText()).trim()).toBe(week.verdict);
        await page.locator('c-team-heat [data-id=person]').first().waitFor();
        expect(await page.locator('c-team-heat [data-id=person]').count()).toBe(week.people);
        await page.locator('c-cadence-panel [data-id=item]').first().waitFor();
        await expectAccessible('team');
    });

    test('opens the sheet of a person by the keyboard, which is written down, and comes back', async () => {
        await page.locator('c-team-heat [data-id=open]').first().focus();
        await page.keyboard.press('Enter');
        await page.locator('c-rep-scorecard [data-id=score]').waitFor();
        const looks = one<{ count: number }>(
            'SELECT count(*) AS count FROM "ScorecardView__c" WHERE "Viewer__c" = ?',
            userIdOf(lead)
        );
        expect(looks.count).toBe(1);
        await expectAccessible('person');
        await page.locator('c-rep-scorecard [data-id=back]').click();
        await page.locator('c-team-heat [data-id=open]').first().waitFor();
    });

    test('reads the team on a phone without scrolling sideways', async () => {
        await open(lead, '/lightning/n/Team', 'small');
        await page.locator('c-team-scorecard [data-id=verdict]').waitFor();
        await expectNoSideways();
        await expectAccessible('team-small');
    });
});

describe('a rep', () => {
    test('reads the own sheet as it was worked out, down to the working of a metric', async () => {
        const card = one<{ score: number | null; metrics: number }>(
            `SELECT "Score__c" AS score, (SELECT count(*) FROM "ScorecardMetricResult__c" m WHERE m."Scorecard__c" = s."Id") AS metrics
             FROM "Scorecard__c" s WHERE "Rep__c" = ? ORDER BY "PeriodStartDate__c" DESC LIMIT 1`,
            userIdOf(adviser)
        );
        await open(adviser, '/lightning/n/MyScorecard');
        const score = page.locator('c-rep-scorecard [data-id=score]');
        await score.waitFor();
        expect(await score.innerText()).toBe(
            card.score === null
                ? 'Too little data for a score'
                : `${new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(card.score)} of 100`
        );
        expect(await page.locator('c-metric-line').count()).toBe(card.metrics);
        await page.locator('c-metric-line [data-id=toggle]').first().click();
        await page.locator('c-metric-line [data-id=definition]').first().waitFor();
        await page.locator('c-focus-list').waitFor();
        await expectAccessible('mine');
    });

    test('finds it in short on the home page, and on a phone', async () => {
        await open(adviser, '/lightning/page/home');
        await page.locator('c-home-scorecard [data-id=score]').waitFor();
        await expectAccessible('home');
        await open(adviser, '/lightning/n/MyScorecard', 'small');
        await page.locator('c-rep-scorecard [data-id=score]').waitFor();
        await expectNoSideways();
        await expectAccessible('mine-small');
    });

    test('sees neither the team nor what colleagues are', async () => {
        const colleague = one<{ id: string }>(
            'SELECT "Rep__c" AS id FROM "Scorecard__c" WHERE "Rep__c" <> ? LIMIT 1',
            userIdOf(adviser)
        );
        const visible = await world.demo
            .connectionOf(adviser)
            .query(`SELECT Id FROM Scorecard__c WHERE Rep__c = '${colleague.id}'`);
        expect(visible.totalSize).toBe(0);
    });
});

describe('sales operations', () => {
    test('read what roles are held to and how figures are defined', async () => {
        await open(lead, '/lightning/n/Standards');
        await page.locator('c-metric-registry').waitFor();
        await page.locator('c-standards-editor').waitFor();
        await expectAccessible('standards');
    });
});

describe('compliance', () => {
    const officer = usernameOf(CONDUCT_DESK[0]!);

    test('reads conduct of whoever needs a look, and no pay', async () => {
        await open(officer, '/lightning/n/Conduct');
        await page.locator('c-conduct-person').first().waitFor();
        await page.locator('c-fact-imports').waitFor();
        await expectAccessible('conduct');
        for (const object of ['Statement__c', 'Credit__c', 'Quota__c']) {
            const query = world.demo.connectionOf(officer).query(`SELECT Id FROM ${object}`);
            await expect(query).rejects.toMatchObject({ errorCode: 'INVALID_TYPE' });
        }
    });

    test('reads it on a phone without scrolling sideways', async () => {
        await open(officer, '/lightning/n/Conduct', 'small');
        await page.locator('c-conduct-person').first().waitFor();
        await expectNoSideways();
    });
});
