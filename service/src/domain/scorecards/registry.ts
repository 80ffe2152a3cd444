// Definitions by date: which version of a metric, which standard and which template hold on a day. A month is asked for by its first
// day, so what a closed month resolves to never changes.
import type { DayNumber } from '../pipeline/types.ts';
import type { Definitions } from './checks/check-definitions.ts';
import type { MetricDefinition, RoleKey, Signal, Standard, Template } from './types.ts';

export interface Registry {
    definitions: Definitions;
    signals: ReadonlyMap<string, Signal>;
    /** ids in the order of the registry */
    metricIds: readonly string[];
    metricAt(id: string, day: DayNumber): MetricDefinition | null;
    standardAt(role: RoleKey, metric: string, day: DayNumber): Standard | null;
    templateOf(role: RoleKey): Template | null;
}

export function registryOf(definitions: Definitions): Registry {
    const versions = Map.groupBy(definitions.metrics, ({ id }) => id);
    const standards = Map.groupBy(definitions.standards, ({ role, metric }) => `${role} ${metric}`);
    const templates = new Map(definitions.templates.map((template) => [template.role, template]));
    return {
        definitions,
        signals: new Map(definitions.signals.map((signal) => [signal.id, signal])),
        metricIds: [...versions.keys()],
        metricAt: (id, day) => inForce(versions.get(id), day),
        standardAt: (role, metric, day) => inForce(standards.get(`${role} ${metric}`), day),
        templateOf: (role) => templates.get(role) ?? null
    };
}

function inForce<T extends { effectiveFrom: DayNumber; effectiveTo: DayNumber | null }>(
    dated: readonly T[] | undefined,
    day: DayNumber
): T | null {
    return (
        dated?.find(
            ({ effectiveFrom, effectiveTo }) =>
                effectiveFrom <= day && (effectiveTo === null || day < effectiveTo)
        ) ?? null
    );
}
