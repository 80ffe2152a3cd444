// What the org holds of our results: read back when the state file is lost or a run was killed while writing, and
// deleted when it is old.
import { formatDay } from '../domain/calendar.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import type { RememberedRow, ResultObject } from '../usecases/ports/memory.ts';
import type { Notes } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { textOf } from './map-rows.ts';
import { isPastItsDay, purgeRows, purgeWhere } from './purge-rows.ts';
import { readList, readRows } from './query.ts';
import type { RawRow } from './query.ts';
import { CLOSED_HEALTH_CONTENT } from './map-deal-health.ts';
import { REFUSED_OWNER, contentHash } from './plan-rows.ts';

const RUN_DAYS = 90;
/** Of runs by the clock that found nothing to write; with one a minute they would be most of the rows. */
const QUIET_RUN_DAYS = 2;
const CLOSED_DAYS = 30;

export interface HeldRows {
    rows: RememberedRow[];
    /** Those of them that the run with this key wrote. */
    writtenByRun: RememberedRow[];
}

export async function readResultRows(client: OrgClient, runKey: string): Promise<HeldRows> {
    const held: HeldRows = { rows: [], writtenByRun: [] };
    const take = (object: ResultObject) => (raw: RawRow) => {
        const row = rememberedRow(client, object, raw);
        held.rows.push(row);
        if (raw.RunKey__c === runKey) held.writtenByRun.push(row);
    };
    const fields = ['ExternalKey__c', 'ContentHash__c', 'OwnerId', 'Rep__c', 'RunKey__c'];
    await readRows(client, { object: 'DealHealth__c', fields }, take('DealHealth__c'));
    await readRows(
        client,
        { object: 'PipelineFlag__c', fields: [...fields, 'Status__c'] },
        take('PipelineFlag__c')
    );
    return held;
}

const CLOSED_HASH = contentHash(CLOSED_HEALTH_CONTENT);

function rememberedRow(client: OrgClient, object: ResultObject, raw: RawRow): RememberedRow {
    const key = textOf(raw.ExternalKey__c);
    const hash = textOf(raw.ContentHash__c);
    const repId = textOf(raw.Rep__c);
    const ownerId = textOf(raw.OwnerId);
    const wasRefused = ownerId === client.userId && repId !== '' && repId !== ownerId;
    return {
        object,
        key,
        opportunityId: key.slice(0, 18),
        hash,
        ownerId: wasRefused ? REFUSED_OWNER + repId : ownerId,
        isOpen: object === 'PipelineFlag__c' ? raw.Status__c === 'Open' : hash !== CLOSED_HASH
    };
}

/** Old runs, results of deals closed a month ago, and results whose deal is gone. */
export async function purgeOldRows(
    client: OrgClient,
    today: DayNumber,
    note: Notes
): Promise<{ object: ResultObject; keys: string[] }[]> {
    const { q } = client.names;
    const closedBefore = formatDay(today - CLOSED_DAYS);
    const deal = q('Opportunity__r');
    const isOld = `(${deal}.IsClosed = true AND ${deal}.CloseDate < ${closedBefore}) OR ${q('Opportunity__c')} = null`;
    const purged: { object: ResultObject; keys: string[] }[] = [];
    for (const object of ['PipelineFlag__c', 'DealHealth__c'] as const) {
        const rows = await readList(client, { object, fields: ['Id', 'ExternalKey__c'], where: isOld });
        if (rows.length === 0) continue;
        await purgeRows(client, rows, note);
        purged.push({ object, keys: rows.map((row) => textOf(row.ExternalKey__c)) });
    }
    const isPastOrAlone = `${isPastItsDay(client, today)} OR ${q('Opportunity__c')} = null`;
    await purgeWhere(client, 'FieldSuggestion__c', isPastOrAlone, note);
    const asked = q('RequestedAt__c');
    const daysAgo = (days: number): string => `${formatDay(today - days)}T00:00:00Z`;
    const isQuiet = `${q('TriggerKind__c')} = 'Scheduled' AND ${q('Status__c')} = 'Succeeded' AND ${q('WrittenCount__c')} = 0`;
    const where = `${asked} < ${daysAgo(RUN_DAYS)} OR (${asked} < ${daysAgo(QUIET_RUN_DAYS)} AND ${isQuiet})`;
    await purgeWhere(client, 'Run__c', where, note);
    return purged;
}
