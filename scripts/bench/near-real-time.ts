// How long a changed deal waits for its new figures in the demo: from saving it until its row of DealHealth__c says something
// else. First with changes heard of as they happen, then by the clock alone, in the same org with the settings of `npm run demo`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { OrgContent } from '../demo/content.ts';
import { openDemoOrg, type DemoOrg } from '../demo/demo-org.ts';
import { firmContent } from '../demo/firm-content.ts';
import { atMost, told, type Line } from './lines.ts';

const ORG_PORT = 8823;
const SERVICE_PORT = 8824;
const HEARD_CHANGES = 25;
/** By the clock each takes half a minute and more. */
const CLOCK_CHANGES = 5;
const LOOK_MS = 25;
const GIVE_UP_MS = 180_000;
const DAY_MS = 86_400_000;
/** People do not save right after one another: up to so long between a figure seen and the next save. */
const PAUSE_MS = 4_000;

export async function nearRealTimeLines(): Promise<Line[]> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-near-'));
    try {
        const heard = await secondsOf(folder, true, HEARD_CHANGES);
        const byClock = await secondsOf(folder, false, CLOCK_CHANGES);
        const saved = `${heard.length} changes, heard of as they happen`;
        return [
            atMost(`${saved}: median`, quantile(heard, 0.5), 10, ' s'),
            told('the same: nine of ten within', `${quantile(heard, 0.9).toFixed(1)} s`),
            told('the same: slowest', `${heard.at(-1)!.toFixed(1)} s`),
            told(
                `${byClock.length} changes, by the clock alone: median`,
                `${quantile(byClock, 0.5).toFixed(1)} s`
            )
        ];
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** In order, shortest first. */
async function secondsOf(folder: string, isHearing: boolean, count: number): Promise<number[]> {
    const demo = await openDemoOrg({
        folder,
        orgPort: ORG_PORT,
        servicePort: SERVICE_PORT,
        content: dealsOnly,
        isHearing,
        serviceEnv: { PLUMBLINE_SCHEDULE_MINUTES: '1' }
    });
    try {
        const seconds: number[] = [];
        for (const dealId of healthyDeals(demo, count)) {
            seconds.push(await secondsToNewHealth(demo, dealId));
            await wait(Math.random() * PAUSE_MS);
        }
        return seconds.sort((a, b) => a - b);
    } finally {
        await demo.stop();
    }
}

/** Pay and scorecards are nothing to deal health. */
function dealsOnly(): OrgContent {
    const { pay: _pay, scorecards: _scorecards, ...deals } = firmContent(new Date(), 'small');
    return deals;
}

/** Open deals whose close date is still to come. */
function healthyDeals({ org }: DemoOrg, count: number): string[] {
    return org.db
        .prepare(
            `SELECT o."Id" FROM "Opportunity" o JOIN "DealHealth__c" h ON h."Opportunity__c" = o."Id"
             WHERE o."IsClosed" = 0 AND o."IsDeleted" = 0 AND o."CloseDate" > ? ORDER BY o."Id" LIMIT ?`
        )
        .pluck()
        .all(new Date(Date.now() + DAY_MS).toISOString().slice(0, 10), count) as string[];
}

async function secondsToNewHealth(demo: DemoOrg, dealId: string): Promise<number> {
    const hashOf = demo.org.db
        .prepare('SELECT "ContentHash__c" FROM "DealHealth__c" WHERE "Opportunity__c" = ?')
        .pluck();
    const before = hashOf.get(dealId);
    const admin = { user: demo.org.users.context(demo.org.adminUserId), mode: 'user' as const };
    const CloseDate = new Date(Date.now() - 5 * DAY_MS).toISOString().slice(0, 10);
    const savedAt = performance.now();
    demo.org.records.update(admin, 'Opportunity', [{ Id: dealId, CloseDate }], { allOrNone: true });
    while (hashOf.get(dealId) === before) {
        if (performance.now() - savedAt > GIVE_UP_MS)
            throw new Error(`Deal ${dealId} keeps its old figures.`);
        await wait(LOOK_MS);
    }
    return (performance.now() - savedAt) / 1000;
}

function quantile(sorted: readonly number[], share: number): number {
    return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;
}
