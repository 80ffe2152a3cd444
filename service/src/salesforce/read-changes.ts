// Which deals changed since the last run: rows whose SystemModstamp lies after each object's watermark, deleted ones too.
// A child row does not move its opportunity's stamp, hence one watermark for each object. Reads back over an overlap,
// since a row committed late carries an earlier stamp; what is read twice changes nothing.
import type { OrgClient } from './connect.ts';
import type { ObjectFields } from './object-fields.ts';
import { PIPELINE_OBJECTS } from './pipeline-objects.ts';
import { readTogether } from './query.ts';
import type { RawRow } from './query.ts';
import { textOf } from './map-rows.ts';

export interface DeltaTimes {
    /** How far before the watermark reading starts. */
    overlapMs: number;
    /** How far the new watermark stays behind the org's clock. */
    safetyMs: number;
}

export interface Changes {
    opportunityIds: Set<string>;
    read: number;
}

/** The watermark of everything read from `serverNowMs` on, to the second as SOQL takes it. */
export function watermarkAt(serverNowMs: number, times: DeltaTimes): string {
    return soqlMoment(serverNowMs - times.safetyMs);
}

export async function readChanges(
    client: OrgClient,
    fields: ObjectFields,
    watermarks: Readonly<Record<string, string>>,
    times: DeltaTimes
): Promise<Changes> {
    const opportunityIds = new Set<string>();
    const reads = [];
    for (const { object, dealField } of PIPELINE_OBJECTS) {
        if (!(await fields.namesOf(object))) continue;
        const since = soqlMoment(Date.parse(watermarks[object] ?? '1970-01-01T00:00:00Z') - times.overlapMs);
        const query = {
            object,
            fields: [dealField],
            where: `SystemModstamp >= ${since}`,
            orderBy: 'SystemModstamp, Id',
            allRows: true
        };
        const onRow = (row: RawRow) => {
            const id = textOf(row[dealField]);
            if (id.startsWith('006')) opportunityIds.add(id);
        };
        reads.push({ query, onRow });
    }
    return { opportunityIds, read: await readTogether(client, reads) };
}

function soqlMoment(ms: number): string {
    return `${new Date(Math.max(0, ms)).toISOString().slice(0, 19)}Z`;
}
