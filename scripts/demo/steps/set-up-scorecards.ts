// Puts into the demo org what scorecards are made from and no CRM has: the registry of metrics, standards and playbook as they ship, what
// sources outside told of people, and one-to-ones. Versions that have begun long ago could not be entered through the API.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { formatDay, parseDay } from '../../../service/src/domain/calendar.ts';
import { totalOf } from '../../../service/src/domain/scorecards/fact-batch.ts';
import type {
    Fact,
    MetricDefinition,
    Signal,
    Standard
} from '../../../service/src/domain/scorecards/types.ts';
import { parseUnits, UNITS_PER_ONE } from '../../../service/src/domain/scorecards/units.ts';
import type { PlaybookStep } from '../../../service/src/domain/scorecards/week/types.ts';
import { shippedDefinitions } from '../../../service/src/salesforce/definition-files.ts';
import { factRow, importRow } from '../../../service/src/salesforce/write-facts.ts';
import type { LocalOrg } from '../../local-org/local-org.ts';
import type { LoadRow } from '../../local-org/records/load.ts';
import type { BehaviourFact } from '../firm/behaviour.ts';
import type { ScorecardContent } from '../scorecards/content.ts';
import { INTEGRATION_USERNAME } from './connect.ts';

const METRICS = fileURLToPath(new URL('../../../config/scorecards/metrics.yaml', import.meta.url));

/** Returns the number of rows. */
export function setUpScorecards(org: LocalOrg, { facts, talks, extractedAt }: ScorecardContent): number {
    const { definitions, playbook } = shippedDefinitions();
    let count = 0;
    const load = (objectName: string, rows: LoadRow[]): void => {
        org.load(objectName, rows);
        count += rows.length;
    };
    load('MetricDefinition__c', definitions.metrics.map(metricRow(formulasAsWritten())));
    load('PerformanceStandard__c', definitions.standards.map(standardRow));
    load('PlaybookStep__c', playbook.steps.map(stepRow));
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

/** Formulas of metrics.yaml, by key of the version: as written, which is also how the org keeps them. */
function formulasAsWritten(): Map<string, unknown> {
    const { metrics } = parse(readFileSync(METRICS, 'utf8'), { schema: 'failsafe' }) as {
        metrics: { id: string; version: string; formula: unknown }[];
    };
    return new Map(metrics.map(({ id, version, formula }) => [`${id}:${version}`, formula]));
}

const metricRow =
    (formulas: ReadonlyMap<string, unknown>) =>
    (metric: MetricDefinition): LoadRow => {
        const key = `${metric.id}:${metric.version}`;
        return {
            ExternalKey__c: key,
            MetricKey__c: metric.id,
            VersionNumber__c: metric.version,
            Label__c: metric.name,
            Kind__c: capital(metric.kind),
            FormulaWords__c: metric.formulaWords,
            Formula__c: JSON.stringify(formulas.get(key)),
            Unit__c: capital(metric.unit),
            Grain__c: capital(metric.grain),
            Direction__c: capital(metric.direction),
            MinimumSampleSize__c: metric.minimumN,
            OwnerName__c: metric.owner,
            SourceObjects__c: metric.sourceObjects,
            WhatMovesIt__c: metric.whatMovesIt,
            ...datesOf(metric)
        };
    };

function standardRow(standard: Standard): LoadRow {
    const { role, metric, family, floor, target, effectiveFrom, reason } = standard;
    return {
        ExternalKey__c: `${role}:${metric}:${formatDay(effectiveFrom)}`,
        RoleKey__c: role,
        MetricKey__c: metric,
        Family__c: capital(family),
        FloorValue__c: floor / UNITS_PER_ONE,
        TargetValue__c: target / UNITS_PER_ONE,
        Reason__c: reason || null,
        ...datesOf(standard)
    };
}

function datesOf({ effectiveFrom, effectiveTo }: Pick<Standard, 'effectiveFrom' | 'effectiveTo'>): LoadRow {
    return {
        EffectiveStartDate__c: formatDay(effectiveFrom),
        EffectiveEndDate__c: effectiveTo === null ? null : formatDay(effectiveTo)
    };
}

function stepRow({ key, label, text, gap, metrics, dimension, dueInDays, isActive }: PlaybookStep): LoadRow {
    return {
        ExternalKey__c: key,
        Label__c: label,
        StepText__c: text,
        GapKind__c: gap,
        MetricKey__c: metrics.join(',') || null,
        DimensionKey__c: dimension === '*' ? null : dimension,
        DueInDays__c: dueInDays,
        IsActive__c: isActive
    };
}

/** What one source told, as `POST /v1/facts` would have stored it. */
function delivery(
    sent: readonly BehaviourFact[],
    signal: Signal,
    extractedAt: Date
): { told: LoadRow; rows: LoadRow[] } {
    const day = extractedAt.toISOString().slice(0, 10);
    const source = signal.sourceObjects;
    const facts = sent.map(({ signal: id, person, day: on, value, n, sourceId, attributes }): Fact => ({
        signal: id,
        person,
        day: parseDay(on),
        value: parseUnits(value)!,
        n,
        source,
        sourceId,
        extractedAt: extractedAt.getTime(),
        subject: null,
        attributes
    }));
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

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
