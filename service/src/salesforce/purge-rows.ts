// Deletes rows that have been kept as long as they may be.
import { formatDay } from '../domain/calendar.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import type { Notes } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { textOf } from './map-rows.ts';
import { readList, type RawRow } from './query.ts';
import { deleteRows } from './write-rows.ts';

/** A condition on rows that say themselves until when they are kept. */
export function isPastItsDay(client: OrgClient, today: DayNumber): string {
    return `${client.names.q('RetainUntilDate__c')} < ${formatDay(today)}`;
}

/** Deletes the rows of the object that the condition finds; tells how many are gone. */
export async function purgeWhere(
    client: OrgClient,
    object: string,
    where: string,
    note: Notes
): Promise<number> {
    return purgeRows(client, await readList(client, { object, fields: ['Id'], where }), note);
}

/** What Salesforce does not delete is noted; it is found again by the next run. */
export async function purgeRows(client: OrgClient, rows: readonly RawRow[], note: Notes): Promise<number> {
    const failures = await deleteRows(
        client,
        rows.map((row) => textOf(row.Id))
    );
    for (const code of failures) note(code, 'Old rows that could not be deleted; the next run tries again.');
    return rows.length - failures.length;
}
