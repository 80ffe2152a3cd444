// Writes a review of quarters: rows whose content differs from what the org holds of the day, and the chances of open deals on
// their health rows. Also deletes rows past the day they are kept to. Nothing is remembered here: the org's own hashes tell.
import { formatDay } from '../domain/calendar.ts';
import { toUnits } from '../domain/money.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { SaveCounts } from '../usecases/ports/org.ts';
import type { QuarterBatch } from '../usecases/ports/quarters.ts';
import type { OrgClient } from './connect.ts';
import {
    NO_SCORE,
    briefRow,
    cardRow,
    forecastRow,
    ruleRow,
    scoreFields,
    snapshotRow
} from './map-quarter-rows.ts';
import { textOf } from './map-rows.ts';
import { OwnedRowWriter, type OwnedRow } from './owned-rows.ts';
import { contentHash } from './plan-rows.ts';
import { isPastItsDay, purgeWhere } from './purge-rows.ts';
import { quoted, readRows, type RawRow } from './query.ts';
import { deleteRows, upsertRows, type RowFields, type RowResult } from './write-rows.ts';

/** Mondays are kept for trends, other days for a week. */
const KEEP_MONDAY_DAYS = 400;
const KEEP_OTHER_DAYS = 8;
const OBJECTS = [
    'PipelineSnapshot__c',
    'PipelineForecast__c',
    'WeeklyBrief__c',
    'ModelCard__c',
    'FlagRecord__c'
] as const;

export async function saveQuarters(client: OrgClient, batch: QuarterBatch): Promise<SaveCounts> {
    const { review, today } = batch;
    const counts: SaveCounts = { written: 0, skipped: 0, failed: 0 };
    const answered = (object: string, results: readonly RowResult[]): void => {
        for (const result of results) {
            if (result.ok) counts.written += 1;
            else {
                counts.failed += 1;
                batch.fail(result.code, `Rows of ${object} that Salesforce refused.`);
            }
        }
        batch.onProgress({ ...counts });
    };
    const rows: Record<(typeof OBJECTS)[number], { fields: RowFields; day: DayNumber }[]> = {
        PipelineSnapshot__c: review.snapshots.map((row) => ({ fields: snapshotRow(row), day: row.asOf })),
        PipelineForecast__c: review.forecasts.map((row) => ({ fields: forecastRow(row), day: row.asOf })),
        WeeklyBrief__c: review.briefs.map((row) => ({ fields: briefRow(row), day: row.asOf })),
        ModelCard__c: review.cards.map((row) => ({
            fields: cardRow(row, today, batch.dataAsOf),
            day: today
        })),
        FlagRecord__c: review.rules.map((row) => ({ fields: ruleRow(row), day: today }))
    };
    for (const object of OBJECTS) {
        const held = await heldHashes(client, object, new Set(rows[object].map(({ day }) => day)));
        const changed = rows[object]
            .map(({ fields, day }) => complete(fields, object === 'FlagRecord__c' ? null : day, batch))
            .filter(({ fields }) => held.get(textOf(fields.ExternalKey__c)) !== fields.ContentHash__c);
        counts.skipped += rows[object].length - changed.length;
        const writer = new OwnedRowWriter<OwnedRow>(client, {
            checkStop: batch.checkStop,
            note: batch.note,
            onWritten: (_rows, results) => answered(object, results)
        });
        await writer.write(object, changed);
    }
    await saveActuals(client, batch, answered);
    await deleteRulesBut(client, batch);
    await saveScores(client, batch, counts, answered);
    await purge(client, batch);
    return counts;
}

/** `day` null: kept until it is replaced. */
function complete(fields: RowFields, day: DayNumber | null, { runKey, dataAsOf }: QuarterBatch): OwnedRow {
    // When a model was fitted, and until when a row is kept, is no content.
    const content = { ...fields, FittedAt__c: null };
    return {
        fields: {
            ...fields,
            RetainUntilDate__c: day === null ? null : formatDay(day + daysKept(day)),
            ContentHash__c: contentHash(content),
            DataAsOf__c: dataAsOf,
            RunKey__c: runKey,
            EngineVersion__c: ENGINE_VERSION
        }
    };
}

function daysKept(day: DayNumber): number {
    // 1970-01-05, day 4, was a Monday.
    const isMonday = (((day - 4) % 7) + 7) % 7 === 0;
    return isMonday ? KEEP_MONDAY_DAYS : KEEP_OTHER_DAYS;
}

/** Beside the figures of the row, which stay what they were. */
async function saveActuals(
    client: OrgClient,
    { review, checkStop }: QuarterBatch,
    answered: (object: string, results: readonly RowResult[]) => void
): Promise<void> {
    const rows = review.actuals.map(({ key, actualMinor }) => ({
        ExternalKey__c: key,
        ActualAmount__c: toUnits(actualMinor)
    }));
    checkStop();
    if (rows.length > 0)
        answered('PipelineForecast__c', await upsertRows(client, 'PipelineForecast__c', rows));
}

/** Of types of deals that nobody has any more. */
async function deleteRulesBut(client: OrgClient, { review, note, checkStop }: QuarterBatch): Promise<void> {
    const keys = new Set(review.rules.map((record) => textOf(ruleRow(record).ExternalKey__c)));
    const ids: string[] = [];
    await readRows(client, { object: 'FlagRecord__c', fields: ['Id', 'ExternalKey__c'] }, (row) => {
        if (!keys.has(textOf(row.ExternalKey__c))) ids.push(textOf(row.Id));
    });
    checkStop();
    for (const code of await deleteRows(client, ids))
        note(code, 'Records of warning rules that could not be deleted; the next run tries again.');
}

async function heldHashes(
    client: OrgClient,
    object: (typeof OBJECTS)[number],
    days: ReadonlySet<DayNumber>
): Promise<Map<string, string>> {
    const { q } = client.names;
    const held = new Map<string, string>();
    for (const day of days) {
        const where =
            {
                ModelCard__c: `${q('ExternalKey__c')} LIKE ${quoted(`%:${formatDay(day)}`)}`,
                FlagRecord__c: `${q('ExternalKey__c')} != null`
            }[object as string] ?? `${q('AsOfDate__c')} = ${formatDay(day)}`;
        await readRows(client, { object, fields: ['ExternalKey__c', 'ContentHash__c'], where }, (row) => {
            held.set(textOf(row.ExternalKey__c), textOf(row.ContentHash__c));
        });
    }
    return held;
}

/** Only rows that deal health has written already, and only where a figure differs. */
async function saveScores(
    client: OrgClient,
    { review, today, checkStop }: QuarterBatch,
    counts: SaveCounts,
    answered: (object: string, results: readonly RowResult[]) => void
): Promise<void> {
    const wanted = new Map(review.scores.map((score) => [score.dealId, scoreFields(score, today)]));
    const names = Object.keys(NO_SCORE).filter((name) => name !== 'ModelKey__c');
    const changed: RowFields[] = [];
    const onRow = (row: RawRow): void => {
        const key = textOf(row.ExternalKey__c);
        const fields = wanted.get(key) ?? NO_SCORE;
        if (names.some((name) => textOf(row[name]) !== textOf(fields[name])))
            changed.push({ ExternalKey__c: key, ...fields });
        else counts.skipped += 1;
    };
    await readRows(client, { object: 'DealHealth__c', fields: ['ExternalKey__c', ...names] }, onRow);
    checkStop();
    if (changed.length > 0) answered('DealHealth__c', await upsertRows(client, 'DealHealth__c', changed));
}

async function purge(client: OrgClient, { today, note, checkStop }: QuarterBatch): Promise<void> {
    for (const object of OBJECTS) {
        checkStop();
        await purgeWhere(client, object, isPastItsDay(client, today), note);
    }
}
