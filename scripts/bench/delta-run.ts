// A run in which one deal in a thousand changed, against the first full run, through the real service and the local org: API calls
// used, and rows written against rows whose stored values are different afterwards. Models are in use and updates are suggested.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAs, openDemoOrg, type DemoOrg } from '../demo/demo-org.ts';
import { firmContent } from '../demo/firm-content.ts';
import type { SizeName } from '../demo/firm/firm.ts';
import { runToEnd, type RunView } from '../demo/steps/service.ts';

const ORG_PORT = 8821;
const SERVICE_PORT = 8822;
const CHANGED_SHARE = 0.001;
/** What says when and by which run a row was written, not what it says. */
const NOT_CONTENT = new Set([
    'LastModifiedDate',
    'SystemModstamp',
    'LastModifiedById',
    'RunKey__c',
    'DataAsOf__c',
    'ContentHash__c'
]);

export interface DeltaFigures {
    dealCount: number;
    changedDeals: number;
    fullCalls: number;
    deltaCalls: number;
    rowsWritten: number;
    /** deals that hold a chance by the models; suggestions the run wrote */
    scoredDeals: number;
    suggestions: number;
    /** rows of DealHealth__c, PipelineFlag__c and FieldSuggestion__c whose values differ after the run, read from the org's tables */
    rowsDifferent: number;
}

export async function measureDeltaRun(size: SizeName): Promise<DeltaFigures> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-delta-'));
    const demo = await openDemoOrg({
        folder,
        orgPort: ORG_PORT,
        servicePort: SERVICE_PORT,
        content: () => firmContent(new Date(), size),
        isForecast: true,
        serviceEnv: { PLUMBLINE_DELTA_SAFETY_SECONDS: '0', PLUMBLINE_DELTA_OVERLAP_SECONDS: '0' }
    });
    try {
        // The review of quarters may have called rules off, which concerns all deals once.
        await runToEnd(demo.service.url, demo.orgKey, () => {});
        const count = (what: string): number =>
            demo.org.db.prepare(`SELECT COUNT(*) FROM ${what}`).pluck().get() as number;
        const dealCount = count('"Opportunity"');
        const before = resultRows(demo);
        const changedDeals = await pushCloseDates(demo, Math.round(dealCount * CHANGED_SHARE));
        const run = await runToEnd(demo.service.url, demo.orgKey, () => {});
        if (run['scope'] !== 'delta') throw new Error(`the run meant to look at changes was ${run['scope']}`);
        const after = resultRows(demo);
        return {
            dealCount,
            changedDeals,
            fullCalls: countOf(demo.firstRun, 'apiCalls'),
            deltaCalls: countOf(run, 'apiCalls'),
            scoredDeals: count('"DealHealth__c" WHERE "ModelKey__c" IS NOT NULL'),
            suggestions: count(`"FieldSuggestion__c" WHERE "RunKey__c" = '${run['runKey']}'`),
            rowsWritten: countOf(run, 'written'),
            rowsDifferent: [...after].filter(([id, content]) => before.get(id) !== content).length
        };
    } finally {
        await demo.stop();
        rmSync(folder, { recursive: true, force: true });
    }
}

const countOf = (run: RunView, name: string): number => (run['counts'] as Record<string, number>)[name]!;

/** Moves the close date of that many open deals four months on, as a user would. */
async function pushCloseDates(demo: DemoOrg, count: number): Promise<number> {
    const admin = connectAs(demo.org, demo.url, demo.org.adminUserId);
    const { records } = await admin.query<{ Id: string; CloseDate: string }>(
        `SELECT Id, CloseDate FROM Opportunity WHERE IsClosed = false ORDER BY Id LIMIT ${count}`
    );
    const pushed = records.map(({ Id, CloseDate }) => ({
        Id,
        CloseDate: new Date(Date.parse(CloseDate) + 120 * 86_400_000).toISOString().slice(0, 10)
    }));
    await admin.sobject('Opportunity').update(pushed as never, { allowRecursive: true });
    return pushed.length;
}

function resultRows(demo: DemoOrg): Map<string, string> {
    const rows = new Map<string, string>();
    for (const table of ['DealHealth__c', 'PipelineFlag__c', 'FieldSuggestion__c']) {
        for (const row of demo.org.db.prepare(`SELECT * FROM "${table}"`).iterate() as Iterable<
            Record<string, unknown>
        >) {
            const content = Object.entries(row).filter(([name]) => !NOT_CONTENT.has(name));
            rows.set(String(row['Id']), JSON.stringify(content));
        }
    }
    return rows;
}
