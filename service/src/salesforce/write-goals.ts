// Writes how far open goals are, where it differs from what the org holds. What was agreed is never touched; a goal that is met or
// missed is not looked at again.
import { formatDay } from '../domain/calendar.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import type { GoalProgress } from '../domain/scorecards/goals.ts';
import { UNITS_PER_ONE } from '../domain/scorecards/units.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { SaveCounts } from '../usecases/ports/org.ts';
import type { PeopleBatch } from '../usecases/ports/people.ts';
import type { OrgClient } from './connect.ts';
import { textOf } from './map-rows.ts';
import { contentHash } from './plan-rows.ts';
import { readRows } from './query.ts';
import { updateRows, type RowFields } from './write-rows.ts';

const DAYS_KEPT_AFTER_DUE = 760;
const STATUS = { open: 'Open', met: 'Met', missed: 'Missed' } as const;

export async function saveGoals(client: OrgClient, batch: PeopleBatch, counts: SaveCounts): Promise<void> {
    const { review, checkStop } = batch;
    if (review.goals.length === 0) return;
    const held = await hashes(client);
    const changed = review.goals
        .map((goal) => goalRow(goal, batch))
        .filter(({ id, ContentHash__c }) => held.get(id) !== ContentHash__c);
    counts.skipped += review.goals.length - changed.length;
    checkStop();
    for (const result of await updateRows(client, 'Goal__c', changed)) {
        if (result.ok) counts.written += 1;
        else {
            counts.failed += 1;
            batch.fail(result.code, 'Progress of goals that Salesforce refused.');
        }
    }
}

function goalRow(
    { key, current, progressPercent, status, due }: GoalProgress & { due: DayNumber },
    { dataAsOf, runKey }: PeopleBatch
): RowFields & { id: string } {
    const content: RowFields = {
        CurrentValue__c: current === null ? null : current / UNITS_PER_ONE,
        ProgressPercent__c: progressPercent,
        Status__c: STATUS[status],
        RetainUntilDate__c: formatDay(due + DAYS_KEPT_AFTER_DUE)
    };
    return {
        id: key,
        ...content,
        ContentHash__c: contentHash(content),
        DataAsOf__c: dataAsOf,
        RunKey__c: runKey,
        EngineVersion__c: ENGINE_VERSION
    };
}

async function hashes(client: OrgClient): Promise<Map<string, string>> {
    const { q } = client.names;
    const held = new Map<string, string>();
    await readRows(
        client,
        { object: 'Goal__c', fields: ['Id', 'ContentHash__c'], where: `${q('Status__c')} = 'Open'` },
        (row) => held.set(textOf(row.Id), textOf(row.ContentHash__c))
    );
    return held;
}
