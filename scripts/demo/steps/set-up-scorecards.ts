// Puts into the demo org what scorecards are made from and no CRM has: the registry of metrics, standards and playbook as they ship, what
// sources outside told of people, and one-to-ones. Versions that have begun long ago could not be entered through the API.
import { parseDay } from '../../../service/src/domain/calendar.ts';
import { totalOf } from '../../../service/src/domain/scorecards/fact-batch.ts';
import type { Fact, Signal } from '../../../service/src/domain/scorecards/types.ts';
import { parseUnits } from '../../../service/src/domain/scorecards/units.ts';
import { shippedDefinitions } from '../../../service/src/salesforce/definition-files.ts';
import { factRow, importRow } from '../../../service/src/salesforce/write-facts.ts';
import type { LocalOrg } from '../../local-org/local-org.ts';
import type { LoadRow } from '../../local-org/records/load.ts';
import { definitionRows } from '../../scorecards/definition-rows.ts';
import type { ScorecardContent } from '../scorecards/content.ts';
import { withFirmStandards } from '../scorecards/firm-standards.ts';
import type { OutsideFact } from '../scorecards/outside.ts';
import { INTEGRATION_USERNAME } from './connect.ts';

/** Returns the number of rows. */
export function setUpScorecards(org: LocalOrg, { facts, talks, extractedAt }: ScorecardContent): number {
    const { definitions } = shippedDefinitions();
    let count = 0;
    const load = (objectName: string, rows: LoadRow[]): void => {
        org.load(objectName, rows);
        count += rows.length;
    };
    for (const [objectName, rows] of definitionRows())
        load(objectName, objectName === 'PerformanceStandard__c' ? withFirmStandards(rows) : rows);
    load('Event', talks.events);
    load('EventRelation', talks.guests);
    const OwnerId = org.users.byUsername(INTEGRATION_USERNAME)!.userId;
    const signals = new Map(definitions.signals.map((signal) => [signal.id, signal]));
    for (const [signalId, some] of Map.groupBy(facts, ({ signal }) => signal)) {
        const { told, rows } = delivery(some, signals.get(signalId)!, extractedAt);
        load(
            'PerformanceFact__c',
            rows.map((row) => ({ ...row, OwnerId }))
        );
        load('FactImport__c', [{ ...told, OwnerId }]);
    }
    return count;
}

/** What one source told, as `POST /v1/facts` would have stored it. */
function delivery(
    sent: readonly OutsideFact[],
    signal: Signal,
    extractedAt: Date
): { told: LoadRow; rows: LoadRow[] } {
    const day = extractedAt.toISOString().slice(0, 10);
    const source = signal.sourceObjects;
    const facts = sent.map(
        ({ signal: id, person, day: on, value, n, sourceId, subject, attributes }): Fact => ({
            signal: id,
            person,
            day: parseDay(on),
            value: parseUnits(value)!,
            n,
            source,
            sourceId,
            extractedAt: extractedAt.getTime(),
            subject,
            attributes
        })
    );
    const batch = `${signal.id} ${day}`;
    const total = totalOf(facts);
    const told = importRow({
        batch: {
            batch,
            source,
            extractedAt: extractedAt.getTime(),
            stated: { count: facts.length, total },
            facts: []
        },
        status: 'Reconciled',
        acceptedCount: facts.length,
        acceptedTotal: total,
        duplicateCount: 0,
        rejected: []
    });
    return { told: told as LoadRow, rows: facts.map((fact) => factRow(fact, signal, batch) as LoadRow) };
}
