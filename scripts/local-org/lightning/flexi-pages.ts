// Deployed FlexiPage metadata to the shape the shell renders. Says what is where; rendering is the browser's business.
import type { MetadataStore } from '../org.ts';
import type { PageComponent, ShellPage, UtilityItem } from './browser/platform/shell-types.ts';

interface PropertyContent {
    name: string;
    value?: string;
    type?: string;
}

interface ComponentContent {
    componentName: string;
    identifier?: string;
    componentInstanceProperties?: PropertyContent | PropertyContent[];
    visibilityRule?: unknown;
}

interface RegionContent {
    name: string;
    itemInstances?: { componentInstance?: ComponentContent } | { componentInstance?: ComponentContent }[];
}

export interface FlexiPageContent {
    masterLabel?: string;
    type?: string;
    sobjectType?: string;
    template?: { name?: string };
    flexiPageRegions?: RegionContent | RegionContent[];
}

/** The Metadata API writes one element alone and several as a list. */
export function asList<T>(value: T | T[] | undefined | null): T[] {
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value : [value];
}

export function flexiPage(metadata: MetadataStore, name: string): FlexiPageContent | undefined {
    return metadata.content('FlexiPage', name) as FlexiPageContent | undefined;
}

export function shellPage(metadata: MetadataStore, name: string): ShellPage {
    const content = flexiPage(metadata, name) ?? {};
    return {
        label: content.masterLabel ?? name,
        type: content.type ?? '',
        template: content.template?.name ?? '',
        regions: Object.fromEntries(
            asList(content.flexiPageRegions).map((region) => [region.name, components(metadata, region)])
        )
    };
}

function components(metadata: MetadataStore, region: RegionContent): PageComponent[] {
    return asList(region.itemInstances).flatMap(({ componentInstance }) =>
        componentInstance ? [pageComponent(metadata, componentInstance)] : []
    );
}

function pageComponent(metadata: MetadataStore, content: ComponentContent): PageComponent {
    const given = propertiesOf(content, (property) => property.type !== 'decorator');
    return {
        name: content.componentName,
        identifier: content.identifier ?? content.componentName,
        properties: typedProperties(metadata, content.componentName, given),
        hasVisibilityRule: content.visibilityRule !== undefined
    };
}

function propertiesOf(
    content: ComponentContent,
    wanted: (one: PropertyContent) => boolean
): Record<string, string> {
    return Object.fromEntries(
        asList(content.componentInstanceProperties)
            .filter(wanted)
            .map(({ name, value }) => [name, String(value ?? '')])
    );
}

/** Label, icon and size of a utility are its `decorator` properties. */
export function utilityItems(metadata: MetadataStore, content: FlexiPageContent): UtilityItem[] {
    const bar = asList(content.flexiPageRegions).find(({ name }) => name === 'utilityItems');
    return asList(bar?.itemInstances).flatMap(({ componentInstance }) => {
        if (!componentInstance) return [];
        const decorators = propertiesOf(componentInstance, (property) => property.type === 'decorator');
        return [
            {
                label: decorators['label'] ?? componentInstance.componentName,
                icon: decorators['icon'] ?? 'fallback',
                width: Number(decorators['width'] ?? 340),
                height: Number(decorators['height'] ?? 480),
                component: pageComponent(metadata, componentInstance)
            }
        ];
    });
}

/** Values in the types the bundle's -meta.xml declares, with its defaults for properties the page leaves out. */
function typedProperties(
    metadata: MetadataStore,
    componentName: string,
    given: Record<string, string>
): PageComponent['properties'] {
    const files = metadata.files('LightningComponentBundle', componentName.replace(/^c:/, ''));
    const meta =
        [...(files ?? [])].find(([path]) => path.endsWith('.js-meta.xml'))?.[1].toString('utf8') ?? '';
    const typed: PageComponent['properties'] = { ...given };
    for (const [, attributes = ''] of meta.matchAll(/<property\s([^>]*)>/g)) {
        const attribute = (name: string): string | undefined =>
            new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
        const name = attribute('name')!;
        const value = given[name] ?? attribute('default');
        if (value !== undefined) typed[name] = typedValue(attribute('type'), value);
    }
    return typed;
}

function typedValue(type: string | undefined, value: string): string | number | boolean {
    if (type === 'Integer') return Number(value);
    if (type === 'Boolean') return value === 'true';
    return value;
}
