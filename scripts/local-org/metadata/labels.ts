// Custom labels of the org, kept as one CustomLabels component that every deploy adds to.
import type { MetadataStore } from '../org.ts';
import { listOf } from './deploy-context.ts';

/** The type, and the name of the one component of that type. */
const TYPE = 'CustomLabels';

export interface CustomLabel extends Record<string, unknown> {
    fullName: string;
    value: string;
}

/** Pages and classes ask for hundreds of labels one by one: they are read again only when the store has others. */
const kept = new WeakMap<MetadataStore, { changes: number; byName: Map<string, CustomLabel> }>();

export function labelIn(metadata: MetadataStore, name: string): CustomLabel | undefined {
    const changes = metadata.changesOf(TYPE);
    let found = kept.get(metadata);
    if (found?.changes !== changes) {
        found = { changes, byName: byLowerName(allLabels(metadata)) };
        kept.set(metadata, found);
    }
    return found.byName.get(name.toLowerCase());
}

export function allLabels(metadata: MetadataStore): CustomLabel[] {
    return listOf<CustomLabel>(metadata.content(TYPE, TYPE) ?? {}, 'labels');
}

/** Labels of the org with those of a package over them. */
export function mergedLabels(metadata: MetadataStore, next: CustomLabel[]): CustomLabel[] {
    return [...byLowerName([...allLabels(metadata), ...next]).values()];
}

function byLowerName(labels: CustomLabel[]): Map<string, CustomLabel> {
    return new Map(labels.map((label) => [label.fullName.toLowerCase(), label]));
}
