// Custom labels of the deployed metadata.
import type { Org } from '../../org.ts';

export function labelText(org: Org, name: string): string | undefined {
    for (const { fullName } of org.metadata.list('CustomLabels')) {
        const content = org.metadata.content('CustomLabels', fullName) as
            { labels?: LabelRow | LabelRow[] } | undefined;
        const rows = [content?.labels ?? []].flat();
        const label = rows.find((row) => row.fullName.toLowerCase() === name.toLowerCase());
        if (label) return String(label.value);
    }
    return undefined;
}

interface LabelRow {
    fullName: string;
    value: unknown;
}
