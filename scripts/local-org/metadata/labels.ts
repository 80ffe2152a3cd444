// Custom labels of the org, kept as one CustomLabels component that every deploy adds to.
import type { MetadataStore } from '../org.ts';
import { listOf } from './deploy-context.ts';

export interface CustomLabel extends Record<string, unknown> {
    fullName: string;
    value: string;
}

export function labelIn(metadata: MetadataStore, name: string): CustomLabel | undefined {
    const wanted = name.toLowerCase();
    return allLabels(metadata).find((label) => label.fullName.toLowerCase() === wanted);
}

export function allLabels(metadata: MetadataStore): CustomLabel[] {
    return listOf<CustomLabel>(metadata.content('CustomLabels', 'CustomLabels') ?? {}, 'labels');
}

/** Labels of the org with those of a package over them. */
export function mergedLabels(metadata: MetadataStore, next: CustomLabel[]): CustomLabel[] {
    const merged = new Map(
        [...allLabels(metadata), ...next].map((label) => [label.fullName.toLowerCase(), label])
    );
    return [...merged.values()];
}
