// A component's constructor by the name a FlexiPage uses. Deployed bundles come through the import map.
import ActivityPanel from 'shell/activityPanel';
import DetailPanel from 'shell/detailPanel';
import HighlightsPanel from 'shell/highlightsPanel';
import RelatedLists from 'shell/relatedLists';
import StagePath from 'shell/stagePath';
import type { LightningElement } from 'lwc';

export type ComponentConstructor = typeof LightningElement;

const standard: Record<string, ComponentConstructor> = {
    'force:detailPanel': DetailPanel,
    'force:highlightsPanel': HighlightsPanel,
    'force:relatedListContainer': RelatedLists,
    'runtime_sales_activities:activityPanel': ActivityPanel,
    'runtime_sales_pathassistant:pathAssistant': StagePath
};

export async function loadComponent(name: string): Promise<ComponentConstructor> {
    const known = standard[name];
    if (known) return known;
    const [namespace, bundle] = name.includes(':') ? (name.split(':') as [string, string]) : ['c', name];
    if (namespace !== 'c') throw new Error(`The local org does not support the standard component ${name}.`);
    const module = (await import(`c/${bundle}`)) as { default: ComponentConstructor };
    return module.default;
}
