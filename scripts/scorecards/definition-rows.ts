// The definitions of config/scorecards as rows of an org: metrics, standards and steps of the playbook, by their external keys. Whoever
// loads them (the demo, `sf plumbline seed`) decides which are put in, and how.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { formatDay } from '../../service/src/domain/calendar.ts';
import type { MetricDefinition, Standard } from '../../service/src/domain/scorecards/types.ts';
import { UNITS_PER_ONE } from '../../service/src/domain/scorecards/units.ts';
import type { PlaybookStep } from '../../service/src/domain/scorecards/week/types.ts';
import { shippedDefinitions } from '../../service/src/salesforce/definition-files.ts';

const METRICS = fileURLToPath(new URL('../../config/scorecards/metrics.yaml', import.meta.url));

export type DefinitionRow = Record<string, string | number | boolean | null>;

/** Rows by object, in an order in which they can be created. */
export function definitionRows(): [object: string, rows: DefinitionRow[]][] {
    const { definitions, playbook } = shippedDefinitions();
    return [
        ['MetricDefinition__c', definitions.metrics.map(metricRow(formulasAsWritten()))],
        ['PerformanceStandard__c', definitions.standards.map(standardRow)],
        ['PlaybookStep__c', playbook.steps.map(stepRow)]
    ];
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
    (metric: MetricDefinition): DefinitionRow => {
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

function standardRow(standard: Standard): DefinitionRow {
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

function datesOf({
    effectiveFrom,
    effectiveTo
}: Pick<Standard, 'effectiveFrom' | 'effectiveTo'>): DefinitionRow {
    return {
        EffectiveStartDate__c: formatDay(effectiveFrom),
        EffectiveEndDate__c: effectiveTo === null ? null : formatDay(effectiveTo)
    };
}

function stepRow({
    key,
    label,
    text,
    gap,
    metrics,
    dimension,
    dueInDays,
    isActive
}: PlaybookStep): DefinitionRow {
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

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
