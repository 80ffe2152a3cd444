// What a scorecard shows besides what it scores: metrics the role has a standard in, and the parts and wholes of what it scores, so that
// growth of assets is never told without the market's part of it.
import type { DayNumber } from '../../pipeline/types.ts';
import type { Registry } from '../registry.ts';
import type { Dimension, MetricDefinition, MetricKind, Template } from '../types.ts';

const DIMENSION_OF_KIND: Readonly<Record<MetricKind, Dimension>> = {
    leading: 'business',
    predictive: 'business',
    outcome: 'business',
    client: 'client',
    risk: 'execution',
    hygiene: 'execution',
    team: 'team',
    learning: 'learning'
};

export function dimensionOfKind(kind: MetricKind): Dimension {
    return DIMENSION_OF_KIND[kind];
}

export function extraMetrics(
    registry: Registry,
    { role, dimensions }: Template,
    day: DayNumber
): MetricDefinition[] {
    const scored = new Set(dimensions.flatMap(({ metrics }) => metrics.map(({ metric }) => metric)));
    const wholes = registry.definitions.metrics.filter(({ parts }) => parts.some((part) => scored.has(part)));
    const related = new Set(wholes.flatMap(({ id, parts }) => [id, ...parts]));
    return registry.metricIds.flatMap((id) => {
        const definition = registry.metricAt(id, day);
        if (!definition || scored.has(id)) return [];
        return related.has(id) || registry.standardAt(role, id, day) ? [definition] : [];
    });
}
