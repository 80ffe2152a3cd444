// Writes suggested updates as rows of their own, only where they differ from what the org holds. This is all the service ever writes
// of a suggestion: the deal itself is changed by a person who accepts it.
import { formatDay } from '../domain/calendar.ts';
import { MOST_EVIDENCE } from '../domain/pipeline/evidence.ts';
import type { Suggestion } from '../domain/suggestions/types.ts';
import type { SaveCounts } from '../usecases/ports/org.ts';
import type { SuggestionBatch, SuggestionChange } from '../usecases/ports/suggestions.ts';
import type { OrgClient } from './connect.ts';
import { OwnedRowWriter, type OwnedRow } from './owned-rows.ts';
import { contentHash } from './plan-rows.ts';
import type { RowFields } from './write-rows.ts';

/** A suggestion nobody decided on is kept so long after it was withdrawn. */
const WITHDRAWN_DAYS = 30;
/** Somebody decided on the row while the run was reading: the guard of the org keeps the decision. */
const DECIDED_MEANWHILE = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';

export async function saveSuggestions(client: OrgClient, batch: SuggestionBatch): Promise<SaveCounts> {
    const counts: SaveCounts = { written: 0, skipped: 0, failed: 0 };
    const rows: OwnedRow[] = [];
    for (const change of batch.changes) {
        const held = new Map(change.held.map((one) => [one.key, one]));
        for (const { key, suggestion, isNew } of change.write) {
            const content = contentOf(change, suggestion);
            const hash = contentHash(content);
            if (held.get(key)?.hash === hash && !isNew) counts.skipped += 1;
            else rows.push({ fields: rowOf(client, batch, change, { key, content, hash, isNew }) });
        }
        for (const key of change.withdraw) rows.push({ fields: withdrawn(batch, key) });
    }
    const writer = new OwnedRowWriter<OwnedRow>(client, {
        checkStop: batch.checkStop,
        note: batch.note,
        onWritten: (_rows, results) => {
            for (const result of results) {
                if (result.ok) counts.written += 1;
                else if (result.code === DECIDED_MEANWHILE) counts.skipped += 1;
                else {
                    counts.failed += 1;
                    batch.fail(result.code, 'Suggested updates that Salesforce refused.');
                }
            }
        }
    });
    await writer.write('FieldSuggestion__c', rows);
    return counts;
}

/** The fields the content hash is made of. */
function contentOf({ ownerId }: SuggestionChange, suggestion: Suggestion): RowFields {
    return {
        Rep__c: ownerId,
        Kind__c: suggestion.kind,
        RuleKey__c: suggestion.rule,
        CurrentValue__c: suggestion.currentValue,
        SuggestedValue__c: suggestion.suggestedValue,
        SourceId__c: suggestion.sourceId,
        Why__c: suggestion.why,
        Evidence__c: JSON.stringify(suggestion.evidence.slice(0, MOST_EVIDENCE)),
        Status__c: 'Open'
    };
}

function rowOf(
    client: OrgClient,
    { runKey, dataAsOf, today, people }: SuggestionBatch,
    { dealId, ownerId }: SuggestionChange,
    row: { key: string; content: RowFields; hash: string; isNew: boolean }
): RowFields {
    return {
        ExternalKey__c: row.key,
        Opportunity__c: dealId,
        OwnerId: people.get(ownerId)?.isActive ? ownerId : client.userId,
        ...row.content,
        ...(row.isNew && { SuggestedOn__c: formatDay(today), RetainUntilDate__c: null }),
        ContentHash__c: row.hash,
        RunKey__c: runKey,
        DataAsOf__c: dataAsOf
    };
}

function withdrawn({ runKey, dataAsOf, today }: SuggestionBatch, key: string): RowFields {
    return {
        ExternalKey__c: key,
        Status__c: 'Withdrawn',
        RetainUntilDate__c: formatDay(today + WITHDRAWN_DAYS),
        ContentHash__c: null,
        RunKey__c: runKey,
        DataAsOf__c: dataAsOf
    };
}
