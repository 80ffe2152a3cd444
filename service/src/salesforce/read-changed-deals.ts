// Reads single deals with their history and the work on them as models score them, and what the org says of their chances now: one call
// for up to 400 deals. Whole reviews are read by read-quarters.ts.
import type { Touch } from '../domain/quarter/quarter-facts.ts';
import type { FreshScore, Notes, OrgReference } from '../usecases/ports/org.ts';
import type { ChangedDeals } from '../usecases/ports/quarters.ts';
import type { OrgClient } from './connect.ts';
import { addDeal, addEvent, addTask, addVersion, comparable } from './gather-rows.ts';
import { upToDate, type Gathered } from './gathered-deal.ts';
import { NO_SCORE, scoreFields } from './map-quarter-rows.ts';
import { textOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { EVENT, HISTORY, OPPORTUNITY, TASK, type Source } from './quarter-objects.ts';
import { idList, readTogether, type RawRow, type SmallRead } from './query.ts';

/** Ids in one WHERE: about 27 characters each in a URL of at most 16,000. */
const IDS_A_QUERY = 400;
/** What tells whether a chance is said already; the day of the models alone is no news. */
const SCORE_FIELDS = Object.keys(NO_SCORE).filter((name) => name !== 'ModelKey__c');

export async function readChangedDeals(
    client: OrgClient,
    objectFields: ObjectFields,
    ids: readonly string[],
    reference: OrgReference,
    renamedStages: ReadonlyMap<string, string>,
    note: Notes
): Promise<ChangedDeals> {
    const deals = new Map<string, Gathered>();
    const touches: Touch[] = [];
    const held = new Map<string, RawRow>();
    const sources: [Source, dealField: string, onRow: (row: RawRow) => void][] = [
        [OPPORTUNITY, 'Id', (row) => addDeal(deals, row, reference, note)],
        [HISTORY, 'OpportunityId', (row) => addVersion(deals, row, note)],
        [TASK, 'WhatId', (row) => addTask(deals, touches, row, reference, note)],
        [EVENT, 'WhatId', (row) => addEvent(deals, touches, row, reference, note)]
    ];
    let rowCount = 0;
    for (let start = 0; start < ids.length; start += IDS_A_QUERY) {
        const some = idList(ids.slice(start, start + IDS_A_QUERY));
        const reads: SmallRead[] = [];
        for (const [source, dealField, onRow] of sources) {
            const readable = await objectFields.readable(source, note);
            if (!readable) continue;
            const where = `${dealField} IN ${some}`;
            reads.push({
                query: {
                    object: source.object,
                    fields: await comparable(objectFields, source.object, readable.fields, note),
                    where: source.isArchived ? `IsDeleted = false AND ${where}` : where,
                    allRows: source.isArchived
                },
                onRow
            });
        }
        reads.push({
            query: {
                object: 'DealHealth__c',
                fields: ['ExternalKey__c', ...SCORE_FIELDS],
                where: `${client.names.q('ExternalKey__c')} IN ${some}`
            },
            onRow: (row) => void held.set(textOf(row.ExternalKey__c), row)
        });
        rowCount += await readTogether(client, reads);
    }
    return {
        deals: [...deals.values()].map((deal) => upToDate(deal, renamedStages, reference, note)),
        touches,
        rowCount,
        holds: ({ score, fittedOn }: FreshScore) => {
            const row = held.get(score.dealId) ?? {};
            const fields = scoreFields(score, fittedOn);
            return SCORE_FIELDS.every((name) => textOf(row[name]) === textOf(fields[name]));
        }
    };
}
