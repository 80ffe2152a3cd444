// Facts imported about people, as far as plans read them (`fact.complianceEvent`): an org that has no such objects, or plans
// that ask for nothing, cost no call.
import type { ConductFact, ConductFacts } from '../domain/pay/conduct-facts.ts';
import { factsIn, signalsOf } from '../domain/pay/conduct-facts.ts';
import { addDays } from '../domain/incentives/dates.ts';
import type { OrgClient } from './connect.ts';
import { exactText } from './map-pay-facts.ts';
import { textOf } from './map-rows.ts';
import type { ObjectFields } from './object-fields.ts';
import { quoted, readTogether, type RawRow, type SmallRead } from './query.ts';

const FACT_FIELDS = [
    'SignalKey__c',
    'Rep__c',
    'FactDate__c',
    'Value__c',
    'Severity__c',
    'SourceName__c',
    'RetainUntilDate__c'
];

/** Null where the plans ask for nothing, or the org keeps no facts. */
export async function readConduct(
    client: OrgClient,
    fields: ObjectFields,
    { definitions, last, nowMs }: { definitions: readonly string[]; last: string; nowMs: number }
): Promise<{ conduct: ConductFacts | null; count: number }> {
    const signals = [...new Set(definitions.flatMap(factsIn).flatMap(signalsOf))].sort();
    if (signals.length === 0 || !(await fields.namesOf('PerformanceFact__c')))
        return { conduct: null, count: 0 };
    const deliveredTo = new Map<string, string>();
    const found: ConductFact[] = [];
    const q = (name: string): string => client.names.q(name);
    const reads: SmallRead[] = [
        {
            query: {
                object: 'PerformanceFact__c',
                fields: FACT_FIELDS,
                where: `${q('SignalKey__c')} IN (${signals.map(quoted).join(', ')}) AND ${q('FactDate__c')} <= ${last}`,
                orderBy: q('ExternalKey__c')
            },
            onRow: (row) => found.push(conductFactOf(row))
        },
        {
            query: {
                object: 'FactImport__c',
                fields: ['SourceName__c', 'ExtractedAt__c'],
                where: `${q('Status__c')} = 'Reconciled'`,
                orderBy: q('ExtractedAt__c')
            },
            // What was extracted on a day may lack what happened on it.
            onRow: (row) =>
                deliveredTo.set(
                    textOf(row.SourceName__c),
                    addDays(textOf(row.ExtractedAt__c).slice(0, 10), -1)
                )
        }
    ];
    const count = await readTogether(client, reads);
    const asOf = new Date(nowMs).toISOString().slice(0, 10);
    return { conduct: { facts: found, deliveredTo, asOf }, count };
}

function conductFactOf(row: RawRow): ConductFact {
    return {
        signal: textOf(row.SignalKey__c),
        payeeId: textOf(row.Rep__c),
        day: textOf(row.FactDate__c),
        value: exactText(row.Value__c) ?? '0',
        severity: textOf(row.Severity__c),
        source: textOf(row.SourceName__c),
        keptUntil: textOf(row.RetainUntilDate__c)
    };
}
