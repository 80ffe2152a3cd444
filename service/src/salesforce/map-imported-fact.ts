// A row of PerformanceFact__c as a fact; whether it may count is judged by the domain.
import { NONE } from '../domain/pipeline/types.ts';
import type { Fact } from '../domain/scorecards/types.ts';
import { parseUnits } from '../domain/scorecards/units.ts';
import type { Notes } from '../usecases/ports/org.ts';
import { dayOrNone, instantOf, numberOrNull, textOf } from './map-rows.ts';
import type { RawRow } from './query.ts';

/** Null without a value or a day. */
export function importedFact(row: RawRow, note: Notes): Fact | null {
    const value = parseUnits(textOf(row.Value__c));
    const day = dayOrNone(row.FactDate__c, 'PerformanceFact__c.FactDate__c', note);
    if (value === null || day === NONE) return null;
    return {
        signal: textOf(row.SignalKey__c),
        person: textOf(row.Rep__c),
        day,
        value,
        n: numberOrNull(row.SampleSize__c) ?? 1,
        source: textOf(row.SourceName__c),
        sourceId: textOf(row.SourceId__c),
        extractedAt: instantOf(row.ExtractedAt__c) ?? 0,
        subject: textOf(row.Subject__c) || null,
        attributes: attributesIn(row.Attributes__c)
    };
}

/** `{"outcome":"passed"}`; what cannot be read has none, which the allow-list then refuses. */
function attributesIn(value: unknown): Record<string, string> {
    try {
        return JSON.parse(textOf(value) || '{}') as Record<string, string>;
    } catch {
        return {};
    }
}
