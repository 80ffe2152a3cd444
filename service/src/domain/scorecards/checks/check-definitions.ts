// What definitions must keep to together: templates and standards name metrics that exist, every metric of a template has a standard in
// all three families, nobody who controls sales is judged by sales, managers are judged by their teams first.
import { formatDay } from '../../calendar.ts';
import { didYouMean } from '../../incentives/nearest.ts';
import type { Problem } from '../../problem.ts';
import { Ratio, sumOf } from '../../ratio.ts';
import {
    FAMILIES,
    type MetricDefinition,
    type Signal,
    type Standard,
    type Template,
    type TemplateMetric
} from '../types.ts';
import { unitsText } from '../units.ts';
import { checkMetrics } from './check-metrics.ts';

export interface Definitions {
    signals: readonly Signal[];
    metrics: readonly MetricDefinition[];
    standards: readonly Standard[];
    templates: readonly Template[];
}

const OWN_REVENUE_MOST = Ratio.of(1n, 4n);
const COMPLETION_MOST = Ratio.of(2n, 5n);
const COMPLETION = 'learning-completion';

type ById = ReadonlyMap<string, MetricDefinition>;

export function checkDefinitions({ signals, metrics, standards, templates }: Definitions): Problem[] {
    const byId = new Map(metrics.map((metric) => [metric.id, metric]));
    return [
        ...checkMetrics(metrics, new Map(signals.map((signal) => [signal.id, signal]))),
        ...standards.flatMap((standard) => checkStandard(standard, byId)),
        ...checkOverlaps(standards),
        ...templates.flatMap((template) => [
            ...checkNames(template, byId),
            ...checkIndependence(template, byId),
            ...checkManager(template, byId),
            ...checkLearning(template),
            ...checkStandardsOf(template, standards)
        ])
    ];
}

function placeOfStandard({ role, metric, effectiveFrom }: Standard): string {
    return `standard of ${role} for ${metric} from ${formatDay(effectiveFrom)}`;
}

function checkStandard(standard: Standard, metrics: ById): Problem[] {
    const where = placeOfStandard(standard);
    const metric = metrics.get(standard.metric);
    if (!metric) return [unknownMetric(standard.metric, where, metrics)];
    const { floor, target } = standard;
    const value = `floor ${unitsText(floor)}, target ${unitsText(target)}`;
    if (metric.direction === 'down' && floor <= target)
        return [
            {
                code: 'STANDARD_REVERSED',
                where,
                value,
                fix: 'Less is better: write a floor above the target.'
            }
        ];
    if (metric.direction !== 'down' && floor > target)
        return [
            { code: 'STANDARD_REVERSED', where, value, fix: 'Write a floor that is not above the target.' }
        ];
    if (metric.direction !== 'down' && target <= 0)
        return [{ code: 'STANDARD_TARGET', where, value, fix: 'Write a target above 0.' }];
    if (metric.direction === 'band' && (floor <= 0 || floor === target))
        return [{ code: 'STANDARD_BAND', where, value, fix: 'Write two edges of the band above 0.' }];
    return [];
}

function checkOverlaps(standards: readonly Standard[]): Problem[] {
    const same = Map.groupBy(standards, ({ role, metric }) => `${role} ${metric}`);
    return [...same.values()].flatMap((dated) => {
        const ordered = dated.toSorted((a, b) => a.effectiveFrom - b.effectiveFrom);
        return ordered.flatMap((standard, index) => {
            const next = ordered[index + 1];
            if (!next || (standard.effectiveTo !== null && standard.effectiveTo <= next.effectiveFrom))
                return [];
            const fix = `End it on ${formatDay(next.effectiveFrom)}, when the next one begins.`;
            return [
                { code: 'STANDARDS_OVERLAP', where: placeOfStandard(standard), value: 'two at once', fix }
            ];
        });
    });
}

function unknownMetric(value: string, where: string, metrics: ById): Problem {
    const fix = `${didYouMean(value, metrics.keys())}Name a metric of the registry.`;
    return { code: 'METRIC_UNKNOWN', where, value, fix };
}

function metricsOf({ dimensions }: Template): TemplateMetric[] {
    return dimensions.flatMap(({ metrics }) => metrics);
}

function checkNames(template: Template, metrics: ById): Problem[] {
    const where = `template ${template.role}`;
    const scored = metricsOf(template).map(({ metric }) => metric);
    const named = [
        ...scored,
        ...template.pairs.map(({ paired }) => paired),
        ...template.overrides.map(({ metric }) => metric),
        ...(template.ramp ? [template.ramp.metric] : [])
    ];
    const twice = scored.filter((metric, index) => scored.indexOf(metric) !== index);
    return [
        ...[...new Set(named)]
            .filter((metric) => !metrics.has(metric))
            .map((metric) => unknownMetric(metric, where, metrics)),
        ...twice.map((value) => ({ code: 'METRIC_TWICE', where, value, fix: 'Score each metric once.' }))
    ];
}

function checkIndependence(template: Template, metrics: ById): Problem[] {
    if (template.role !== 'operations') return [];
    return metricsOf(template)
        .filter(({ metric }) => metrics.get(metric)?.isSalesVolume)
        .map(({ metric }) => ({
            code: 'SALES_METRIC_OF_CONTROL',
            where: `template ${template.role}`,
            value: metric,
            fix: 'Leave it out: who controls sales is never judged by what was sold.'
        }));
}

function checkManager(template: Template, metrics: ById): Problem[] {
    if (template.role !== 'manager') return [];
    const own = template.dimensions.flatMap(({ weight, metrics: scored }) =>
        scored
            .filter(({ metric }) => {
                const definition = metrics.get(metric);
                return definition?.isSalesVolume && definition.scope === 'own';
            })
            .map((scoredMetric) => weight.times(scoredMetric.weight))
    );
    const share = sumOf(own);
    if (share.compare(OWN_REVENUE_MOST) <= 0) return [];
    const fix = 'Give what managers sell themselves at most 25% of the score.';
    return [{ code: 'OWN_REVENUE_TOO_HEAVY', where: 'template manager', value: share.toString(), fix }];
}

function checkLearning({ role, dimensions }: Template): Problem[] {
    return dimensions.flatMap(({ dimension, metrics }) =>
        metrics
            .filter(({ metric, weight }) => metric === COMPLETION && weight.compare(COMPLETION_MOST) > 0)
            .map(({ weight }) => ({
                code: 'COMPLETION_TOO_HEAVY',
                where: `template ${role}: dimension ${dimension}`,
                value: weight.toString(),
                fix: 'Give completion at most 40% of its dimension: courses count when they are applied.'
            }))
    );
}

function checkStandardsOf(template: Template, standards: readonly Standard[]): Problem[] {
    const own = standards.filter(({ role }) => role === template.role);
    const where = `standards of ${template.role}`;
    const wanted = [
        ...metricsOf(template).map(({ metric }) => metric),
        ...template.pairs.map((p) => p.paired)
    ];
    const missing = [...new Set(wanted)].filter((metric) => !own.some((one) => one.metric === metric));
    const families = FAMILIES.filter((family) => !own.some((one) => one.family === family));
    return [
        ...missing.map((value) => ({
            code: 'STANDARD_MISSING',
            where,
            value,
            fix: 'Write what the role is held to in this metric, or take the metric from the template.'
        })),
        ...families.map((value) => ({
            code: 'FAMILY_MISSING',
            where,
            value,
            fix: 'Hold the role to standards of results, behaviour and capability.'
        }))
    ];
}
