// Writes a review of people: rows whose content differs from what the org holds, warnings that are over, steps nobody has decided
// on, and deletes what is past the day it is kept to. A month that is closed keeps its rows; a decided step stays as it is.
import { formatDay } from '../domain/calendar.ts';
import { cardKey } from '../domain/people-review/keys.ts';
import type { Scorecard } from '../domain/scorecards/types.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { SaveCounts } from '../usecases/ports/org.ts';
import type { PeopleBatch } from '../usecases/ports/people.ts';
import type { OrgClient } from './connect.ts';
import { numberOrNull, textOf } from './map-rows.ts';
import {
    cadenceRow,
    findingRow,
    focusRow,
    metricRow,
    scorecardRow,
    suggestionRow,
    warningRow,
    weekRow,
    type RowContext
} from './map-people-rows.ts';
import { saveGoals } from './write-goals.ts';
import { OwnedRowWriter, type OwnedRow } from './owned-rows.ts';
import { contentHash } from './plan-rows.ts';
import { isPastItsDay, purgeWhere } from './purge-rows.ts';
import { readList, readRows, type RawRow } from './query.ts';
import { deleteRows, upsertRows, type RowFields } from './write-rows.ts';

/** How long rows are kept, by object; what a scorecard rests on is kept as long as it is. */
const KEEP_DAYS = {
    Scorecard__c: 760,
    ScorecardMetricResult__c: 760,
    PerformanceWarning__c: 400,
    Intervention__c: 760,
    TeamWeek__c: 400,
    FocusList__c: 30,
    CadenceItem__c: 400
} as const;
type PeopleObject = keyof typeof KEEP_DAYS;
/** With what others write: children before what they hang on. */
const PURGED = [
    ...Object.keys(KEEP_DAYS).toReversed(),
    'Goal__c',
    'ScorecardView__c',
    'PerformanceFact__c',
    'FactImport__c'
];

const OBJECT_OF_PREFIX: Record<string, string> = {
    '006': 'Opportunity',
    '00T': 'Task',
    '00U': 'Event',
    '001': 'Account'
};

interface HeldRow {
    id: string;
    hash: string;
    status: string;
}

export async function savePeople(client: OrgClient, batch: PeopleBatch): Promise<SaveCounts> {
    const counts: SaveCounts = { written: 0, skipped: 0, failed: 0 };
    const sheets = await heldRows(client, 'Scorecard__c');
    const closed = new Set([...sheets].flatMap(([key, { status }]) => (status === 'Closed' ? [key] : [])));
    let closing: OwnedRow[] = [];
    for (const [object, rows] of Object.entries(rowsOf(batch, client.userId)) as [
        PeopleObject,
        RowFields[]
    ][]) {
        const held = object === 'Scorecard__c' ? sheets : await heldRows(client, object);
        const wanted = object === 'Intervention__c' ? undecided(rows, held) : rows;
        const changed = wanted
            .filter((row) => !isOfClosedMonth(object, row, held, closed))
            .map((row) => complete(object, row, batch))
            .filter(({ fields }) => held.get(textOf(fields.ExternalKey__c))?.hash !== fields.ContentHash__c);
        counts.skipped += rows.length - changed.length;
        const [later, now] = object === 'Scorecard__c' ? partition(changed, sheets) : [[], changed];
        closing = [...closing, ...later];
        await writeRows(client, object, now, batch, counts);
        // A month is closed once its metrics are written: a run that breaks off in between leaves it open for the next one.
        if (object === 'ScorecardMetricResult__c')
            await writeRows(client, 'Scorecard__c', closing, batch, counts);
        if (object === 'Intervention__c') await withdraw(client, rows, held, batch);
    }
    await clearWarnings(client, batch, counts);
    await saveEffects(client, batch, counts);
    await saveGoals(client, batch, counts);
    await purge(client, batch);
    return counts;
}

async function writeRows(
    client: OrgClient,
    object: PeopleObject,
    rows: readonly OwnedRow[],
    batch: PeopleBatch,
    counts: SaveCounts
): Promise<void> {
    const writer = new OwnedRowWriter<OwnedRow>(client, {
        checkStop: batch.checkStop,
        note: batch.note,
        onWritten: (_rows, results) => {
            for (const result of results) {
                if (result.ok) counts.written += 1;
                else {
                    counts.failed += 1;
                    batch.fail(result.code, `Rows of ${object} that Salesforce refused.`);
                }
            }
            batch.onProgress({ ...counts });
        }
    });
    await writer.write(object, rows);
}

/** Sheets that are there and are closed now, and all others. */
function partition(rows: readonly OwnedRow[], held: ReadonlyMap<string, HeldRow>): [OwnedRow[], OwnedRow[]] {
    const isClosing = ({ fields }: OwnedRow): boolean =>
        fields.Status__c === 'Closed' && held.has(textOf(fields.ExternalKey__c));
    return [rows.filter(isClosing), rows.filter((row) => !isClosing(row))];
}

function rowsOf({ review, currency }: PeopleBatch, serviceId: string): Record<PeopleObject, RowFields[]> {
    const names = review.names;
    const context: RowContext = {
        currency,
        nameOf: (metric) => names.get(metric) ?? metric,
        signalOf: (signal) => review.signalNames.get(signal) ?? signal,
        objectOf: (id) => OBJECT_OF_PREFIX[id.slice(0, 3)] ?? ''
    };
    const byKey = new Map(review.cards.map((card) => [cardKey(card), card]));
    const heldOf = Map.groupBy(review.held, ({ person }) => person);
    const sizeOf = new Map(review.weeks.map(({ manager, shortlistCount }) => [manager, shortlistCount]));
    return {
        Scorecard__c: review.cards.map((card) =>
            scorecardRow(card, byKey.get(cardKey(monthBefore(card))), heldOf.get(card.person) ?? [], context)
        ),
        ScorecardMetricResult__c: review.cards.flatMap((card) =>
            card.metrics.map((result) => metricRow(card, result, context))
        ),
        PerformanceWarning__c: [
            ...review.warnings.map((warning) => warningRow(warning, context)),
            ...review.findings.map((finding) => findingRow(finding, serviceId))
        ],
        Intervention__c: review.suggestions.map((one) =>
            suggestionRow(one, sizeOf.get(one.manager) ?? 1, context)
        ),
        TeamWeek__c: review.weeks.map(weekRow),
        FocusList__c: review.focus.map(focusRow),
        CadenceItem__c: review.cadence.flatMap(({ items }) => items.map(cadenceRow))
    };
}

function monthBefore({ person, role, month }: Scorecard): Pick<Scorecard, 'person' | 'role' | 'month'> {
    const [year, number] = month.split('-').map(Number) as [number, number];
    return { person, role, month: new Date(Date.UTC(year, number - 2, 1)).toISOString().slice(0, 7) };
}

/** What a manager has decided on is left alone, the whole row. */
function undecided(rows: readonly RowFields[], held: ReadonlyMap<string, HeldRow>): RowFields[] {
    return rows.filter((row) => {
        const status = held.get(textOf(row.ExternalKey__c))?.status;
        return status === undefined || status === 'Suggested';
    });
}

/** A month that was closed when it was written is never written again, nor are its metrics that are there. */
function isOfClosedMonth(
    object: PeopleObject,
    row: RowFields,
    held: ReadonlyMap<string, HeldRow>,
    closed: ReadonlySet<string>
): boolean {
    const key = textOf(row.ExternalKey__c);
    if (object === 'Scorecard__c') return closed.has(key);
    return (
        object === 'ScorecardMetricResult__c' &&
        held.has(key) &&
        closed.has(key.slice(0, key.lastIndexOf(':')))
    );
}

/** Steps of this week that were suggested before and are not any more, as long as nobody has decided on them. */
async function withdraw(
    client: OrgClient,
    rows: readonly RowFields[],
    held: ReadonlyMap<string, HeldRow>,
    { today, note, checkStop }: PeopleBatch
): Promise<void> {
    const kept = new Set(rows.map((row) => textOf(row.ExternalKey__c)));
    const week = formatDay(today - ((((today + 3) % 7) + 7) % 7));
    const gone = [...held].filter(
        ([key, { status }]) => status === 'Suggested' && !kept.has(key) && key.split(':')[1] === week
    );
    checkStop();
    for (const code of await deleteRows(
        client,
        gone.map(([, { id }]) => id)
    ))
        note(
            code,
            'Steps that are not recommended any more and could not be deleted; the next run tries again.'
        );
}

function complete(object: PeopleObject, fields: RowFields, batch: PeopleBatch): OwnedRow {
    return {
        fields: {
            ...fields,
            RetainUntilDate__c: formatDay(batch.today + KEEP_DAYS[object]),
            ContentHash__c: contentHash(fields),
            DataAsOf__c: batch.dataAsOf,
            RunKey__c: batch.runKey,
            EngineVersion__c: ENGINE_VERSION
        }
    };
}

async function heldRows(client: OrgClient, object: PeopleObject): Promise<Map<string, HeldRow>> {
    const held = new Map<string, HeldRow>();
    const hasStatus = object === 'Intervention__c' || object === 'Scorecard__c';
    const fields = ['Id', 'ExternalKey__c', 'ContentHash__c', ...(hasStatus ? ['Status__c'] : [])];
    await readRows(client, { object, fields }, (row: RawRow) => {
        held.set(textOf(row.ExternalKey__c), {
            id: textOf(row.Id),
            hash: textOf(row.ContentHash__c),
            status: textOf(row.Status__c)
        });
    });
    return held;
}

async function clearWarnings(
    client: OrgClient,
    { review, today, checkStop }: PeopleBatch,
    counts: SaveCounts
): Promise<void> {
    checkStop();
    const rows = review.cleared.map((key) => ({
        ExternalKey__c: key,
        Status__c: 'Cleared',
        ClearedOn__c: formatDay(today),
        // Should it come back just as it was, it is written again.
        ContentHash__c: null
    }));
    if (rows.length === 0) return;
    const results = await upsertRows(client, 'PerformanceWarning__c', rows);
    counts.written += results.filter(({ ok }) => ok).length;
}

/** What followed a step that was done, once it can be told. */
async function saveEffects(
    client: OrgClient,
    { review, checkStop, fail }: PeopleBatch,
    counts: SaveCounts
): Promise<void> {
    checkStop();
    if (review.effects.size === 0) return;
    const held = await heldEffects(client);
    const all = [...review.effects].map(([key, { change, words }]) => ({
        ExternalKey__c: key,
        EffectValue__c: change === null ? null : Number(change.toFixed(4)),
        EffectWords__c: words.slice(0, 255)
    }));
    const rows = all.filter((row) => held.get(row.ExternalKey__c) !== effectText(row));
    counts.skipped += all.length - rows.length;
    if (rows.length === 0) return;
    for (const result of await upsertRows(client, 'Intervention__c', rows)) {
        if (result.ok) counts.written += 1;
        else {
            counts.failed += 1;
            fail(result.code, 'Effects of steps that Salesforce refused.');
        }
    }
}

const effectText = ({ EffectValue__c, EffectWords__c }: Record<string, unknown>): string =>
    JSON.stringify([numberOrNull(EffectValue__c), textOf(EffectWords__c)]);

async function heldEffects(client: OrgClient): Promise<Map<string, string>> {
    const { q } = client.names;
    const rows = await readList(client, {
        object: 'Intervention__c',
        fields: ['ExternalKey__c', 'EffectValue__c', 'EffectWords__c'],
        where: `${q('Status__c')} = 'Done'`
    });
    return new Map(rows.map((row) => [textOf(row.ExternalKey__c), effectText(row)]));
}

async function purge(client: OrgClient, { today, note, checkStop }: PeopleBatch): Promise<void> {
    for (const object of PURGED) {
        checkStop();
        await purgeWhere(client, object, isPastItsDay(client, today), note);
    }
}
