// One component as a deploy package of its own, so that the calls that save single components go through the same
// checks as a deploy. Owns where such a component would lie in a package; types whose files are more than one XML are
// refused by name.
import { zipSync } from 'fflate';
import { notSupported } from '../org.ts';
import { componentType, parentTypeOf } from './component-types.ts';
import type { ComponentType } from './component-types.ts';
import { encodeName } from './retrieve.ts';
import { writeMetadataXml } from './write-metadata-xml.ts';

type Content = Record<string, unknown>;

/** CustomMetadata values name their own type, which a plain object does not keep. */
const NOT_ALONE = new Set(['CustomMetadata']);
const API_VERSION = '65.0';

export function checkSingle(typeName: string): void {
    const type = componentType(typeName) ?? parentTypeOf(typeName);
    if (!type) throw notSupported(`metadata type ${typeName}`);
    if (type.hasMetaFile || type.suffix === null || NOT_ALONE.has(typeName))
        throw notSupported(`saving a single ${typeName}; deploy it in a package`);
}

export function packageOf(typeName: string, fullName: string, content: Content): Buffer {
    const [path, xml] = fileOf(typeName, fullName, content);
    const manifest = { types: [{ members: [fullName], name: typeName }], version: API_VERSION };
    const files = { 'package.xml': writeMetadataXml('Package', manifest), [path]: xml };
    const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
    return Buffer.from(zipSync(Object.fromEntries(entries)));
}

function fileOf(typeName: string, fullName: string, content: Content): [string, string] {
    const type = componentType(typeName);
    const { fullName: _named, ...definition } = content;
    if (type) return [pathOf(type, fullName), writeMetadataXml(typeName, definition)];
    const parent = parentTypeOf(typeName) as ComponentType;
    const element = Object.keys(parent.children).find((key) => parent.children[key] === typeName) as string;
    const [parentName, ownName] = parent.name === 'CustomLabels' ? [parent.name, fullName] : split(fullName);
    const part = { [element]: [{ ...definition, fullName: ownName }] };
    return [pathOf(parent, parentName), writeMetadataXml(parent.name, part)];
}

function pathOf(type: ComponentType, fullName: string): string {
    return `${type.folder}/${encodeName(fullName)}.${type.suffix}`;
}

/** `Run__c.Status__c` to object and field. */
export function split(fullName: string): [string, string] {
    const dot = fullName.indexOf('.');
    return dot < 0 ? [fullName, ''] : [fullName.slice(0, dot), fullName.slice(dot + 1)];
}
