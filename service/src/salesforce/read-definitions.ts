// Definitions as the org has them: versions of metrics and days on which they end, standards, and steps of the playbook. The
// files that ship are where it begins; what people changed in the org counts.
import type { Definitions } from '../domain/scorecards/checks/check-definitions.ts';
import { parseFormula } from '../domain/scorecards/definition-file/parse-metrics.ts';
import {
    DIRECTIONS,
    FAMILIES,
    GRAINS,
    METRIC_KINDS,
    ROLE_KEYS,
    UNITS,
    type MetricDefinition,
    type Standard
} from '../domain/scorecards/types.ts';
import { parseUnits } from '../domain/scorecards/units.ts';
import { withEdits } from '../domain/scorecards/week/read-playbook.ts';
import { GAP_KINDS, type Playbook } from '../domain/scorecards/week/types.ts';
import { NONE, type DayNumber } from '../domain/pipeline/types.ts';
import type { Notes } from '../usecases/ports/org.ts';
import type { OrgClient } from './connect.ts';
import { shippedDefinitions, type ShippedDefinitions } from './definition-files.ts';
import { dayOrNone, isTrue, numberOrNull, textOf } from './map-rows.ts';
import { readList, type RawRow } from './query.ts';

export async function readOrgDefinitions(client: OrgClient, note: Notes): Promise<ShippedDefinitions> {
    const shipped = shippedDefinitions();
    const metrics = await metricsOf(client, shipped.definitions.metrics, note);
    const standards = await standardsOf(client, note);
    const definitions: Definitions = {
        ...shipped.definitions,
        metrics,
        // An org that was never given standards is held to the shipped ones.
        standards: standards.length > 0 ? standards : shipped.definitions.standards
    };
    return { ...shipped, definitions, playbook: await playbookOf(client, shipped.playbook) };
}

async function metricsOf(
    client: OrgClient,
    shipped: readonly MetricDefinition[],
    note: Notes
): Promise<MetricDefinition[]> {
    const rows = await readList(client, {
        object: 'MetricDefinition__c',
        fields: [
            'MetricKey__c',
            'VersionNumber__c',
            'Label__c',
            'Kind__c',
            'FormulaWords__c',
            'Formula__c',
            'Unit__c',
            'Grain__c',
            'Direction__c',
            'MinimumSampleSize__c',
            'OwnerName__c',
            'SourceObjects__c',
            'EffectiveStartDate__c',
            'EffectiveEndDate__c',
            'WhatMovesIt__c'
        ],
        orderBy: `${client.names.q('VersionNumber__c')}`
    });
    const byKey = new Map(shipped.map((metric) => [`${metric.id}:${metric.version}`, metric]));
    for (const row of rows) {
        const [id, version] = [textOf(row.MetricKey__c), Number(row.VersionNumber__c)];
        const before = byKey.get(`${id}:${version}`) ?? byKey.get(`${id}:${version - 1}`);
        const metric = before && metricOf(row, before, version, note);
        if (metric) byKey.set(`${id}:${version}`, metric);
        else
            note(
                'METRIC_NOT_UNDERSTOOD',
                'Versions of metrics in the org that cannot be used; see their rows.'
            );
    }
    return [...byKey.values()];
}

/** What the org has no field for (look back, scope, interval) stays as in the version before. */
function metricOf(
    row: RawRow,
    before: MetricDefinition,
    version: number,
    note: Notes
): MetricDefinition | null {
    const { formula } = parseFormula(textOf(row.Formula__c));
    const kind = choice(METRIC_KINDS, row.Kind__c);
    const unit = choice(UNITS, row.Unit__c);
    const grain = choice(GRAINS, row.Grain__c);
    const direction = choice(DIRECTIONS, row.Direction__c);
    const from = dayOrNone(row.EffectiveStartDate__c, 'MetricDefinition__c.EffectiveStartDate__c', note);
    if (!formula || !kind || !unit || !grain || !direction || from === NONE) return null;
    return {
        ...before,
        version,
        formula,
        kind,
        unit,
        grain,
        direction,
        name: textOf(row.Label__c) || before.name,
        formulaWords: textOf(row.FormulaWords__c) || before.formulaWords,
        minimumN: numberOrNull(row.MinimumSampleSize__c) ?? before.minimumN,
        owner: textOf(row.OwnerName__c) || before.owner,
        sourceObjects: textOf(row.SourceObjects__c) || before.sourceObjects,
        whatMovesIt: textOf(row.WhatMovesIt__c) || before.whatMovesIt,
        effectiveFrom: from,
        effectiveTo: dayOrNull(row.EffectiveEndDate__c, 'MetricDefinition__c.EffectiveEndDate__c', note)
    };
}

async function standardsOf(client: OrgClient, note: Notes): Promise<Standard[]> {
    const rows = await readList(client, {
        object: 'PerformanceStandard__c',
        fields: [
            'RoleKey__c',
            'MetricKey__c',
            'Family__c',
            'FloorValue__c',
            'TargetValue__c',
            'EffectiveStartDate__c',
            'EffectiveEndDate__c',
            'Reason__c'
        ]
    });
    return rows.flatMap((row) => {
        const role = choice(ROLE_KEYS, row.RoleKey__c);
        const family = choice(FAMILIES, row.Family__c);
        const [floor, target] = [row.FloorValue__c, row.TargetValue__c].map((value) =>
            parseUnits(textOf(value))
        );
        const from = dayOrNone(
            row.EffectiveStartDate__c,
            'PerformanceStandard__c.EffectiveStartDate__c',
            note
        );
        if (!role || !family || floor == null || target == null || from === NONE) {
            note('STANDARD_NOT_UNDERSTOOD', 'Standards in the org that cannot be used; see their rows.');
            return [];
        }
        return [
            {
                role,
                family,
                floor,
                target,
                metric: textOf(row.MetricKey__c),
                effectiveFrom: from,
                effectiveTo: dayOrNull(
                    row.EffectiveEndDate__c,
                    'PerformanceStandard__c.EffectiveEndDate__c',
                    note
                ),
                reason: textOf(row.Reason__c)
            }
        ];
    });
}

async function playbookOf(client: OrgClient, playbook: Playbook): Promise<Playbook> {
    const rows = await readList(client, {
        object: 'PlaybookStep__c',
        fields: [
            'ExternalKey__c',
            'Label__c',
            'StepText__c',
            'GapKind__c',
            'MetricKey__c',
            'DimensionKey__c',
            'DueInDays__c',
            'IsActive__c'
        ]
    });
    const edits = rows.map((row) => ({
        key: textOf(row.ExternalKey__c),
        label: textOf(row.Label__c),
        text: textOf(row.StepText__c),
        gap: choice(GAP_KINDS, row.GapKind__c) ?? 'Unclear',
        metrics: textOf(row.MetricKey__c)
            .split(/[,\s]+/)
            .filter(Boolean),
        dimension: textOf(row.DimensionKey__c) || '*',
        dueInDays: numberOrNull(row.DueInDays__c) ?? 7,
        isActive: isTrue(row.IsActive__c)
    }));
    return { ...playbook, steps: withEdits(playbook.steps, edits) };
}

/** Picklists are written with a capital. */
function choice<T extends string>(choices: readonly T[], value: unknown): T | null {
    const text = textOf(value).toLowerCase();
    return choices.find((one) => one.toLowerCase() === text) ?? null;
}

function dayOrNull(value: unknown, field: string, note: Notes): DayNumber | null {
    const day = dayOrNone(value, field, note);
    return day === NONE ? null : day;
}
