// Imported facts and the record of each import in the org: PerformanceFact__c and FactImport__c. Facts are owned by the service, who
// alone reads them. Which of them count is not decided here.
import { createHash } from 'node:crypto';
import { formatDay, MS_PER_DAY } from '../domain/calendar.ts';
import { addMonths } from '../domain/incentives/dates.ts';
import { orgTimeZone } from '../domain/org-time-zone.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import type { Ratio } from '../domain/ratio.ts';
import { keyOfFact, type FactBatch, type FactReject } from '../domain/scorecards/fact-batch.ts';
import type { Fact, Signal } from '../domain/scorecards/types.ts';
import { UNITS_PER_ONE } from '../domain/scorecards/units.ts';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { FactImport, FactStore } from '../usecases/ports/facts.ts';
import type { OrgClient } from './connect.ts';
import { instantOf, textOf } from './map-rows.ts';
import { quoted, readList, readRows } from './query.ts';
import { upsertRows, type RowFields } from './write-rows.ts';

/** A list of keys goes into the address of a query, which has at most 16,000 characters, each of theirs taking up to three. */
const KEY_CHARACTERS_A_QUERY = 3_500;
const IDS_A_QUERY = 200;
const LONGEST_REJECTS = 131_072;
const DAYS_IMPORTS_ARE_KEPT = 400;

export class FactsInOrg implements FactStore {
    readonly #client: OrgClient;

    constructor(client: OrgClient) {
        this.#client = client;
    }

    async today(): Promise<DayNumber> {
        const [org] = await readList(this.#client, { object: 'Organization', fields: ['TimeZoneSidKey'] });
        return orgTimeZone(textOf(org?.['TimeZoneSidKey'])).dayOfInstant(this.#client.serverNowMs);
    }

    async activeUsers(ids: readonly string[]): Promise<ReadonlySet<string>> {
        const found = new Set<string>();
        for (const some of inParts([...new Set(ids)], 1, IDS_A_QUERY)) {
            const where = `IsActive = true AND Id IN (${some.map(quoted).join(', ')})`;
            await readRows(this.#client, { object: 'User', fields: ['Id'], where }, (row) =>
                found.add(textOf(row['Id']))
            );
        }
        return found;
    }

    async extracts(batch: FactBatch): Promise<ReadonlyMap<string, number>> {
        const found = new Map<string, number>();
        const keys = new Set(
            batch.facts.map(({ sourceId }) => keyOfFact({ source: batch.source, sourceId }))
        );
        const key = this.#client.names.q('ExternalKey__c');
        for (const some of inParts([...keys], null, KEY_CHARACTERS_A_QUERY)) {
            const where = `${key} IN (${some.map(quoted).join(', ')})`;
            const fields = ['ExternalKey__c', 'ExtractedAt__c'];
            await readRows(this.#client, { object: 'PerformanceFact__c', fields, where }, (row) =>
                found.set(
                    textOf(row['ExternalKey__c']).toLowerCase(),
                    instantOf(row['ExtractedAt__c']) ?? -Infinity
                )
            );
        }
        return found;
    }

    async save(
        facts: readonly { fact: Fact; signal: Signal }[],
        batchKey: string
    ): Promise<(string | null)[]> {
        const rows = facts.map(({ fact, signal }) => factRow(fact, signal, batchKey));
        const results = await upsertRows(this.#client, 'PerformanceFact__c', rows);
        return results.map((result) => (result.ok ? null : result.code));
    }

    async saveImport(told: FactImport): Promise<void> {
        const [result] = await upsertRows(this.#client, 'FactImport__c', [importRow(told)]);
        if (!result?.ok) throw new Error(`FactImport__c was refused with ${result?.code}.`);
    }
}

/** Lists of at most `most` in size; the size of an item is `each`, or its length in an address. */
function* inParts(items: readonly string[], each: number | null, most: number): Iterable<string[]> {
    let part: string[] = [];
    let size = 0;
    for (const item of items) {
        const own = each ?? encodeURIComponent(item).length + 8;
        if (part.length > 0 && size + own > most) {
            yield part;
            part = [];
            size = 0;
        }
        part.push(item);
        size += own;
    }
    if (part.length > 0) yield part;
}

export function factRow(fact: Fact, { retentionMonths }: Signal, batchKey: string): RowFields {
    const { source, sourceId, attributes } = fact;
    const day = formatDay(fact.day);
    return {
        ExternalKey__c: `${source}:${sourceId}`,
        SignalKey__c: fact.signal,
        Rep__c: fact.person,
        FactDate__c: day,
        Value__c: fact.value / UNITS_PER_ONE,
        SampleSize__c: fact.n,
        SourceName__c: source,
        SourceId__c: sourceId,
        ExtractedAt__c: new Date(fact.extractedAt).toISOString(),
        BatchKey__c: batchKey,
        Subject__c: fact.subject,
        Severity__c: attributes['severity'] ?? null,
        Attributes__c: Object.keys(attributes).length > 0 ? JSON.stringify(attributes) : null,
        RetainUntilDate__c: addMonths(day, retentionMonths)
    };
}

export function importRow(told: FactImport): RowFields {
    const { batch, status, acceptedCount, acceptedTotal, duplicateCount, rejected } = told;
    const extractedAt = new Date(batch.extractedAt).toISOString();
    const content = {
        SourceName__c: batch.source,
        ExtractedAt__c: extractedAt,
        StatedCount__c: batch.stated.count,
        StatedTotal__c: numberOf(batch.stated.total),
        AcceptedCount__c: acceptedCount,
        AcceptedTotal__c: numberOf(acceptedTotal),
        DuplicateCount__c: duplicateCount,
        RejectedCount__c: rejected.length,
        Rejects__c: rejectsText(rejected),
        Status__c: status
    };
    return {
        ExternalKey__c: batch.batch,
        ...content,
        DataAsOf__c: extractedAt,
        ContentHash__c: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
        EngineVersion__c: ENGINE_VERSION,
        RetainUntilDate__c: formatDay(Math.floor(batch.extractedAt / MS_PER_DAY) + DAYS_IMPORTS_ARE_KEPT)
    };
}

const numberOf = (total: Ratio): number => Number(total.toString());

/** The first ones, as many as the field holds; how many there are is said in RejectedCount__c. */
function rejectsText(rejected: readonly FactReject[]): string {
    let count = rejected.length;
    while (JSON.stringify(rejected.slice(0, count)).length > LONGEST_REJECTS) count = Math.floor(count / 2);
    return JSON.stringify(rejected.slice(0, count));
}
