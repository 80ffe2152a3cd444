// The whole thread, clicked through: list -> deal -> warning -> evidence -> task -> refresh, as a rep, in a real browser.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { createFirm } from '../demo/firm/firm.ts';
import { DEMO_SEED } from '../demo/firm-content.ts';
import { accessibilityProblems } from './accessibility.ts';
import { lastTwoWayDay, todayIn, weekdaysBetween } from './recompute.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let adviser: string;
let lead: string;
let director: string;

beforeAll(async () => {
    world = await openWorld();
    [adviser, lead, director] = world.usernames;
});

afterAll(async () => {
    await world?.close();
});

interface FlagRow {
    Opportunity__c: string;
    RuleKey__c: string;
    ObservedBusinessDays__c: number | null;
    ObservedSince__c: string | null;
    Threshold__c: number;
    ThresholdSampleSize__c: number;
}

async function openFlags(username: string, where: string): Promise<FlagRow[]> {
    const { records } = await world.demo.connectionOf(username).query<FlagRow>(
        `SELECT Opportunity__c, RuleKey__c, ObservedBusinessDays__c, ObservedSince__c, Threshold__c, ThresholdSampleSize__c
         FROM PipelineFlag__c WHERE Status__c = 'Open' AND ${where}`
    );
    return records;
}

const warningsOf = (page: Page) => page.locator('c-deal-warning');

describe('a rep', () => {
    test('goes from the list to the deal and reads a warning whose numbers follow from the rows', async () => {
        const rep = world.demo.connectionOf(adviser);
        const page = await world.openAs(adviser, '/lightning/n/DealRisk');
        const firstLink = page.locator('c-risk-list a').first();
        await firstLink.waitFor();
        await firstLink.click();
        await page.waitForURL(/\/lightning\/r\/Opportunity\/006/);
        await warningsOf(page).first().waitFor();

        const opportunityId = /Opportunity\/(\w{18})/.exec(page.url())![1]!;
        const [silence] = await openFlags(
            adviser,
            `Opportunity__c = '${opportunityId}' AND RuleKey__c = 'R1'`
        );
        const lastTwoWay = await lastTwoWayDay(rep, opportunityId, todayIn('Europe/London'));
        const expectedDays = weekdaysBetween(lastTwoWay!, todayIn('Europe/London'));
        expect(silence!.ObservedBusinessDays__c).toBe(expectedDays);
        const warning = warningsOf(page).filter({ hasText: 'No two-way contact' });
        expect(await warning.locator('h3').textContent()).toContain(`${expectedDays} business days`);
        expect(await warning.locator('[data-id=basis]').textContent()).toContain(
            String(silence!.Threshold__c)
        );
    });

    test('opens the record that proves the warning', async () => {
        const [flag] = await openFlags(adviser, "RuleKey__c = 'R1'");
        const page = await world.openAs(adviser, `/lightning/r/Opportunity/${flag!.Opportunity__c}/view`);
        const evidence = warningsOf(page).first().locator('ul a').first();
        await evidence.waitFor();
        expect(await evidence.getAttribute('href')).toMatch(/\/lightning\/r\//);
        await evidence.click();
        await page.waitForURL(
            (url) => !url.pathname.includes(flag!.Opportunity__c) || url.pathname.includes('Opportunity')
        );
    });

    test('makes the task in one click, and not twice', async () => {
        const rep = world.demo.connectionOf(adviser);
        const [flag] = await openFlags(adviser, "RuleKey__c = 'R1'");
        const page = await world.openAs(adviser, `/lightning/r/Opportunity/${flag!.Opportunity__c}/view`);
        const open = `SELECT COUNT() FROM Task WHERE WhatId = '${flag!.Opportunity__c}' AND IsClosed = false`;
        const before = (await rep.query(open)).totalSize;
        const warning = warningsOf(page).first();
        await warning.getByRole('button', { name: /Create task/ }).click();
        await warning.locator('[data-id=task]').waitFor();
        expect((await rep.query(open)).totalSize).toBe(before + 1);
        await page.reload();
        await warningsOf(page).first().locator('[data-id=task]').waitFor();
        expect((await rep.query(open)).totalSize).toBe(before + 1);
    });

    test('says why a warning is not right, and it is kept', async () => {
        const rep = world.demo.connectionOf(adviser);
        const [flag] = await openFlags(adviser, "RuleKey__c = 'R1'");
        const page = await world.openAs(adviser, `/lightning/r/Opportunity/${flag!.Opportunity__c}/view`);
        const warning = warningsOf(page).first();
        await warning.getByRole('button', { name: /Not right/ }).click();
        await warning.getByText('We agreed to wait for the client').click();
        await warning.getByRole('button', { name: 'Send' }).click();
        await warning.locator('[data-id=thanks]').waitFor();
        const kept = await rep.query<{ Reason__c: string }>(
            `SELECT Reason__c FROM FlagFeedback__c WHERE Opportunity__c = '${flag!.Opportunity__c}'`
        );
        expect(kept.records.map((row) => row.Reason__c)).toEqual(['WaitingOnClient']);
    });

    test('logs a call, presses refresh and sees the warning go', async () => {
        const rep = world.demo.connectionOf(adviser);
        const [flag] = await openFlags(adviser, "RuleKey__c = 'R1'");
        const page = await world.openAs(adviser, `/lightning/r/Opportunity/${flag!.Opportunity__c}/view`);
        await warningsOf(page).filter({ hasText: 'No two-way contact' }).waitFor();
        await rep.sobject('Task').create({
            WhatId: flag!.Opportunity__c,
            Subject: 'Call: back in touch',
            TaskSubtype: 'Call',
            Status: 'Completed',
            ActivityDate: todayIn('Europe/London')
        } as never);
        await page.locator('c-deal-health').getByRole('button', { name: 'Refresh now' }).click();
        await page
            .locator('c-deal-health')
            .getByText(/^Refreshed:/)
            .waitFor();
        await warningsOf(page).filter({ hasText: 'No two-way contact' }).waitFor({ state: 'detached' });
        expect(
            await openFlags(adviser, `Opportunity__c = '${flag!.Opportunity__c}' AND RuleKey__c = 'R1'`)
        ).toEqual([]);
    });

    test('cannot open a deal of another team', async () => {
        const [foreign] = await openFlags(director, `Opportunity__r.Owner.Username != '${adviser}'`);
        const page = await world.openAs(adviser, `/lightning/r/Opportunity/${foreign!.Opportunity__c}/view`);
        await page
            .getByText(/do not have access|cannot see|does not exist|isn't available/i)
            .first()
            .waitFor();
        expect(await page.locator('c-deal-warning').count()).toBe(0);
        expect(await openFlags(adviser, `Opportunity__c = '${foreign!.Opportunity__c}'`)).toEqual([]);
    });
});

describe('a team lead', () => {
    test('sees the deals of the whole team, and only those', async () => {
        const own = await openFlags(adviser, "RuleKey__c != ''");
        const team = await openFlags(lead, "RuleKey__c != ''");
        const all = await openFlags(director, "RuleKey__c != ''");
        expect(team.length).toBeGreaterThan(own.length);
        expect(all.length).toBeGreaterThan(team.length);
        const page = await world.openAs(lead, '/lightning/n/DealRisk');
        await page.locator('c-risk-list').getByText('All deals I can see').first().click();
        await page.locator('c-risk-list a').first().waitFor();
        expect(await page.locator('c-risk-list a').count()).toBeGreaterThan(5);
    });
});

describe('the planted truths', () => {
    test('are found again: zombies and ghosted deals are stalled, pushed dates are flagged', async () => {
        const flags = await openFlags(director, "RuleKey__c != ''");
        const rulesOf = (id: string): string[] =>
            flags.filter((flag) => flag.Opportunity__c === id).map((flag) => flag.RuleKey__c);
        const found = { zombie: 0, ghosted: 0, pushed: 0 };
        const planted = { zombie: 0, ghosted: 0, pushed: 0 };
        for (const { truth } of createFirm(DEMO_SEED, new Date(), 'small').deals()) {
            if (!truth || truth.kind === 'sandbagger') continue;
            planted[truth.kind]++;
            const rules = rulesOf(truth.opportunityId);
            if (truth.kind === 'zombie' && rules.includes('R1') && rules.includes('R5')) found.zombie++;
            if (truth.kind === 'ghosted' && rules.includes('R2')) found.ghosted++;
            if (truth.kind === 'pushed' && rules.includes('R4')) found.pushed++;
        }
        // The adviser's own deals were worked on by the tests above.
        expect(planted.zombie - found.zombie).toBeLessThanOrEqual(2);
        expect(planted.ghosted - found.ghosted).toBeLessThanOrEqual(2);
        expect(planted.pushed - found.pushed).toBeLessThanOrEqual(2);
    });
});

describe('every page', () => {
    test.each([
        ['home', '/lightning/page/home'],
        ['deal risk', '/lightning/n/DealRisk'],
        ['opportunities', '/lightning/o/Opportunity/list']
    ])('is free of WCAG A and AA violations: %s', async (_name, path) => {
        const page = await world.openAs(adviser, path);
        await page.locator('c-risk-list a, table a').first().waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
    });

    test.each(['large', 'small'] as const)(
        'is free of WCAG A and AA violations: opportunity, %s',
        async (size) => {
            const [flag] = await openFlags(adviser, "RuleKey__c = 'R5'");
            const page = await world.openAs(
                adviser,
                `/lightning/r/Opportunity/${flag!.Opportunity__c}/view`,
                size
            );
            await warningsOf(page).first().waitFor();
            expect(await accessibilityProblems(page)).toEqual([]);
        }
    );
});

describe('a suggested update', () => {
    interface SuggestionRow {
        Id: string;
        Opportunity__c: string;
        Kind__c: string;
        SuggestedValue__c: string;
    }

    test('is accepted with one click: the deal has it, its amount and stage are what they were', async () => {
        const rep = world.demo.connectionOf(adviser);
        const deal = (id: string) =>
            rep.query<{ NextStep: string; Amount: number; StageName: string }>(
                `SELECT NextStep, Amount, StageName FROM Opportunity WHERE Id = '${id}'`
            );
        const { records } = await rep.query<SuggestionRow>(
            `SELECT Id, Opportunity__c, Kind__c, SuggestedValue__c FROM FieldSuggestion__c
             WHERE Status__c = 'Open' AND Kind__c = 'NextStep' ORDER BY ExternalKey__c`
        );
        const [suggestion] = records;
        const { NextStep: _, ...before } = (await deal(suggestion!.Opportunity__c)).records[0]!;
        const page = await world.openAs(
            adviser,
            `/lightning/r/Opportunity/${suggestion!.Opportunity__c}/view`
        );
        const card = page.locator('c-deal-suggestions');
        await card.getByRole('button', { name: /^Accept Next step/ }).click();
        await card.getByText(/^Saved on the deal: Next step/).waitFor();
        expect((await deal(suggestion!.Opportunity__c)).records[0]).toMatchObject({
            ...before,
            NextStep: suggestion!.SuggestedValue__c
        });
        const kept = await rep.query<{ Status__c: string }>(
            `SELECT Status__c FROM FieldSuggestion__c WHERE Id = '${suggestion!.Id}'`
        );
        expect(kept.records[0]!.Status__c).toBe('Accepted');
        expect(await accessibilityProblems(page)).toEqual([]);
    });
});

describe('a feature that is rolled out', () => {
    async function decide(page: Page, state: string): Promise<void> {
        const board = page.locator('c-rollout-board');
        const choose = async (name: string, option: string): Promise<void> => {
            await board.getByRole('combobox', { name }).click();
            await board.getByRole('option', { name: option, exact: true }).click();
        };
        await choose('Feature', 'Deal warnings');
        await choose('For whom', 'Everybody');
        await choose('Shown?', state);
        await board.getByRole('button', { name: 'Decide', exact: true }).click();
        await board.getByText('Decided. Pages follow').waitFor();
    }
    const listOf = (page: Page): Locator => page.locator('c-risk-list');

    test('is not shown while it is in shadow, says who decided that, and is there again when it is on', async () => {
        const admin = world.demo.org.users.context(world.demo.org.adminUserId).username;
        const board = await world.openAs(admin, '/lightning/n/Rollout');
        await decide(board, 'Shadow');
        await board.reload();
        await board.locator('c-shadow-report').getByText('Deal warnings').first().waitFor();
        await board.locator('c-shadow-report').getByText('Examples you may see').click();
        await board.locator('c-shadow-report c-evidence-list a').first().waitFor();
        expect(await accessibilityProblems(board)).toEqual([]);
        const page = await world.openAs(adviser, '/lightning/n/DealRisk');
        await listOf(page).getByText('Not switched on for your team yet', { exact: true }).waitFor();
        expect(await listOf(page).locator('a').count()).toBe(0);
        expect(await accessibilityProblems(page)).toEqual([]);
        await decide(board, 'On');
        await page.reload();
        await listOf(page).locator('a').first().waitFor();
    });

    test('is switched on a phone without scrolling sideways', async () => {
        const admin = world.demo.org.users.context(world.demo.org.adminUserId).username;
        const page = await world.openAs(admin, '/lightning/n/Rollout', 'small');
        await page.locator('c-rollout-board table').waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        expect(await accessibilityProblems(page)).toEqual([]);
    });
});
