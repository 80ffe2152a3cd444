// The @salesforce/* modules that are made for each import: Apex methods, schema names, labels, permissions ... Each is
// checked against what is deployed, because a deploy to Salesforce would reject the same import. Unknown ones throw.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelIn } from '../../metadata/labels.ts';
import type { MetadataStore } from '../../org.ts';
import type { FieldDef, Schema } from '../../schema/types.ts';
import { findAuraMethod, type AuraMethod } from './apex-source.ts';
import { baseComponentsFolder, packageJson } from './places.ts';
import { perUser } from './per-user.ts';

export interface Deployed {
    metadata: MetadataStore;
    schema: Schema;
}

const makers: { prefix: string; make: (name: string, deployed: Deployed) => string }[] = [
    { prefix: '@salesforce/apex/', make: apexModule },
    { prefix: '@salesforce/schema/', make: schemaModule },
    { prefix: '@salesforce/label/', make: labelModule },
    { prefix: '@salesforce/messageChannel/', make: messageChannelModule },
    { prefix: '@salesforce/customPermission/', make: (name) => permission('customPermissions', name) },
    { prefix: '@salesforce/i18n/', make: i18nModule }
];

/** Source of the module `specifier`, or an error that says what is missing. */
export function generateModule(specifier: string, deployed: Deployed): string {
    const fixed = perUser.get(specifier);
    if (fixed) return fixed;
    const maker = makers.find(({ prefix }) => specifier.startsWith(prefix));
    if (!maker) throw new Error(`${specifier} is not provided by the local org`);
    return maker.make(specifier.slice(maker.prefix.length), deployed);
}

/** The deployed method behind `@salesforce/apex/<Class>.<method>`; throws when a deploy would. */
export function deployedAuraMethod(reference: string, { metadata }: Deployed): AuraMethod {
    const [className, methodName, ...more] = reference.split('.') as [string, string?, ...string[]];
    if (!methodName || more.length) {
        throw new Error(
            `@salesforce/apex/${reference}: expected Class.method (namespaces are not supported)`
        );
    }
    const source = apexSource(metadata, className);
    if (source === undefined)
        throw new Error(`@salesforce/apex/${reference}: no Apex class ${className} is deployed`);
    const method = findAuraMethod(source, methodName);
    if (!method)
        throw new Error(
            `@salesforce/apex/${reference}: ${className} has no public static method ${methodName}`
        );
    if (!method.auraEnabled)
        throw new Error(`@salesforce/apex/${reference}: ${methodName} is not @AuraEnabled`);
    return method;
}

function apexSource(metadata: MetadataStore, className: string): string | undefined {
    const files = metadata.files('ApexClass', className);
    const path = [...(files?.keys() ?? [])].find((name) => name.endsWith('.cls'));
    return path === undefined ? undefined : files!.get(path)!.toString('utf8');
}

function apexModule(reference: string, deployed: Deployed): string {
    const { cacheable } = deployedAuraMethod(reference, deployed);
    const [className, method] = reference.split('.');
    return [
        `import { apexMethod } from 'local-org/apexMethod';`,
        `export default apexMethod(${JSON.stringify({ className, method, cacheable })});`
    ].join('\n');
}

function schemaModule(reference: string, { schema }: Deployed): string {
    const [objectName, ...path] = reference.split('.') as [string, ...string[]];
    const object = schema.object(objectName);
    if (!object) throw new Error(`@salesforce/schema/${reference}: there is no object ${objectName}`);
    if (path.length === 0) return `export default ${JSON.stringify({ objectApiName: object.name })};`;
    checkFieldPath(reference, object.name, path, schema);
    return `export default ${JSON.stringify({ fieldApiName: path.join('.'), objectApiName: object.name })};`;
}

function checkFieldPath(reference: string, objectName: string, path: string[], schema: Schema): void {
    let current = objectName;
    for (const relationship of path.slice(0, -1)) {
        const parent: FieldDef | undefined = schema.parentField(current, relationship);
        if (!parent)
            throw new Error(
                `@salesforce/schema/${reference}: ${current} has no relationship ${relationship}`
            );
        current = parent.referenceTo[0]!;
    }
    const field = path.at(-1)!;
    if (!schema.field(current, field))
        throw new Error(`@salesforce/schema/${reference}: ${current} has no field ${field}`);
}

function labelModule(reference: string, { metadata }: Deployed): string {
    const name = /^c\.(\w+)$/.exec(reference)?.[1];
    if (!name)
        throw new Error(`@salesforce/label/${reference}: only labels of the package (c.Name) are provided`);
    const label = labelIn(metadata, name);
    if (!label) throw new Error(`@salesforce/label/${reference}: no such custom label is deployed`);
    return `export default ${JSON.stringify(String(label.value))};`;
}

function messageChannelModule(reference: string, { metadata }: Deployed): string {
    const fullName = reference.replace(/__c$/, '');
    if (!metadata.list('LightningMessageChannel').some((channel) => channel.fullName === fullName)) {
        throw new Error(`@salesforce/messageChannel/${reference}: no such message channel is deployed`);
    }
    return `export default ${JSON.stringify({ channelName: reference })};`;
}

/** `true` or `undefined`, never `false`: components that test for `=== false` must fail here too. */
function permission(list: 'customPermissions', name: string): string {
    return `export default globalThis.localOrgPage.${list}.includes(${JSON.stringify(name)}) || undefined;`;
}

/** What is the same for every reader, or of no use to us per reader: as the base components were built with. */
function i18nModule(name: string): string {
    const specifier = `@salesforce/i18n/${name}`;
    const modules = packageJson('lightning-base-components')['lwc'].modules as {
        name?: string;
        path?: string;
    }[];
    const path = modules.find((module) => module.name === specifier)?.path;
    if (!path) throw new Error(`${specifier} is not provided by the local org`);
    return readFileSync(join(baseComponentsFolder, path), 'utf8');
}
