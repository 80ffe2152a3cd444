// A deploy package to its components: package.xml says what is meant, the folders say what is there. Owns finding,
// naming and parsing files; refuses types the local org does not take. Checks across components come later.
import { COMPONENT_TYPES, componentType, parentTypeOf } from './component-types.ts';
import type { ComponentType } from './component-types.ts';
import { parseMetadataXml } from './metadata-xml.ts';
import { readRemovals } from './read-removals.ts';
import type { Removal } from './read-removals.ts';
import { UnreadablePackage } from './problems.ts';
import type { DeployProblem } from './problems.ts';

export interface PackageComponent {
    type: string;
    fullName: string;
    /** File that problems of this component are reported in. */
    fileName: string;
    content: Record<string, unknown>;
    files: Map<string, Buffer>;
    /** True when package.xml names only some children (fields) of it. */
    partial: boolean;
    /** Children named in package.xml or brought by a whole component: `CustomField` -> names inside. */
    children: { type: string; name: string; content: Record<string, unknown> }[];
}

export interface DeployPackage {
    apiVersion: string;
    /** The package that the components go into; null for none. */
    name: string | null;
    components: PackageComponent[];
    removals: Removal[];
    problems: DeployProblem[];
}

interface ManifestTypes {
    name: string;
    members?: string[];
}

type Manifest = Map<string, Set<string>>;

export function readPackage(files: Map<string, Buffer>): DeployPackage {
    const { content, problems } = parseMetadataXml('Package', textOf(files.get('package.xml') as Buffer));
    if (problems.length) throw new UnreadablePackage(`package.xml: ${problems[0].problem}`);
    const manifest = readManifest((content.types ?? []) as ManifestTypes[]);
    const result: DeployPackage = {
        apiVersion: String(content.version),
        name: content.fullName === undefined ? null : String(content.fullName),
        components: [],
        removals: readRemovals(files),
        problems: []
    };
    for (const typeName of manifest.keys()) {
        if (!componentType(typeName) && !parentTypeOf(typeName)) {
            for (const fullName of manifest.get(typeName) ?? []) {
                result.problems.push(notTaken(typeName, fullName));
            }
        }
    }
    for (const type of COMPONENT_TYPES) readType(type, files, manifest, result);
    return result;
}

function readManifest(types: ManifestTypes[]): Manifest {
    const manifest: Manifest = new Map();
    for (const { name, members } of types) {
        manifest.set(name, new Set([...(manifest.get(name) ?? []), ...(members ?? [])]));
    }
    return manifest;
}

function notTaken(componentType: string, fullName: string): DeployProblem {
    const problem = `The local org does not support metadata type ${componentType}.`;
    return { componentType, fullName, fileName: 'package.xml', problem, problemType: 'Error' };
}

function readType(
    type: ComponentType,
    files: Map<string, Buffer>,
    manifest: Manifest,
    result: DeployPackage
): void {
    const wanted = manifest.get(type.name) ?? new Set<string>();
    const found = groupFiles(type, files);
    for (const [fullName, group] of found) {
        const isNamed = wanted.has('*') || wanted.has(fullName);
        const children = wantedChildren(type, fullName, manifest);
        if (isNamed || children.size > 0) {
            result.components.push(
                readComponent(type, fullName, group, isNamed ? null : children, result.problems)
            );
        } else {
            result.problems.push(problemOf(type, fullName, group, 'Not in package.xml', 'Warning'));
        }
    }
    for (const fullName of wanted) {
        if (fullName === '*' || found.has(fullName)) continue;
        if (type.name === 'CustomObject' && !fullName.endsWith('__c') && !fullName.endsWith('__mdt'))
            continue;
        const problem = `An object '${fullName}' of type ${type.name} was named in package.xml, but was not found in zipped directory`;
        result.problems.push({
            ...problemOf(type, fullName, new Map(), problem, 'Error'),
            fileName: 'package.xml'
        });
    }
}

function groupFiles(type: ComponentType, files: Map<string, Buffer>): Map<string, Map<string, Buffer>> {
    const groups = new Map<string, Map<string, Buffer>>();
    for (const [path, body] of files) {
        const [folder, ...rest] = path.split('/');
        if (folder !== type.folder || rest.length === 0) continue;
        const fullName = fullNameOf(type, rest);
        if (fullName === undefined) continue;
        const group = groups.get(fullName) ?? new Map<string, Buffer>();
        groups.set(fullName, group.set(path, body));
    }
    return groups;
}

function fullNameOf(type: ComponentType, rest: string[]): string | undefined {
    if (type.suffix === null) return rest.length > 1 && !rest.includes('__tests__') ? rest[0] : undefined;
    const file = rest.join('/').replace(/-meta\.xml$/, '');
    return file.endsWith(`.${type.suffix}`) ? decodeName(file.slice(0, -type.suffix.length - 1)) : undefined;
}

/** File names escape what a file system may not take: `Deal%2C Layout`. */
function decodeName(name: string): string {
    try {
        return decodeURIComponent(name);
    } catch {
        return name;
    }
}

function wantedChildren(type: ComponentType, fullName: string, manifest: Manifest): Set<string> {
    const wanted = new Set<string>();
    for (const [element, childType] of Object.entries(type.children)) {
        for (const member of manifest.get(childType) ?? []) {
            if (member === '*') wanted.add(`${element}:*`);
            else if (!type.name.startsWith('CustomLabels') && member.startsWith(`${fullName}.`)) {
                wanted.add(`${element}:${member.slice(fullName.length + 1)}`);
            } else if (type.name === 'CustomLabels') wanted.add(`${element}:${member}`);
        }
    }
    return wanted;
}

function readComponent(
    type: ComponentType,
    fullName: string,
    files: Map<string, Buffer>,
    only: Set<string> | null,
    problems: DeployProblem[]
): PackageComponent {
    const fileName = problemFile(type, files);
    const definition = definitionFile(type, fullName, files);
    const component: PackageComponent = {
        type: type.name,
        fullName,
        fileName,
        content: {},
        files,
        partial: only !== null || isStandardObject(type, fullName),
        children: []
    };
    if (!definition) {
        problems.push(
            problemOf(type, fullName, files, `${fileName} has no definition file (-meta.xml)`, 'Error')
        );
        return component;
    }
    const parsed = parseMetadataXml(type.name, textOf(definition.body), component.partial);
    for (const one of parsed.problems) {
        problems.push({
            ...problemOf(type, fullName, files, one.problem, 'Error'),
            ...one,
            fileName: definition.path
        });
    }
    if (parsed.problems.length === 0) {
        component.content = parsed.content;
        component.children = childrenOf(type, parsed.content, only);
    }
    return component;
}

function isStandardObject(type: ComponentType, fullName: string): boolean {
    return type.name === 'CustomObject' && !/__(c|mdt)$/.test(fullName);
}

function childrenOf(
    type: ComponentType,
    content: Record<string, unknown>,
    only: Set<string> | null
): PackageComponent['children'] {
    return Object.entries(type.children).flatMap(([element, childType]) =>
        ((content[element] ?? []) as Record<string, unknown>[])
            .map((child) => ({ type: childType, name: String(child.fullName), content: child }))
            .filter(({ name }) => only === null || only.has(`${element}:${name}`) || only.has(`${element}:*`))
    );
}

function definitionFile(
    type: ComponentType,
    fullName: string,
    files: Map<string, Buffer>
): { path: string; body: Buffer } | undefined {
    const suffix = type.suffix === null ? `/${fullName}.js-meta.xml` : type.hasMetaFile ? '-meta.xml' : '';
    for (const [path, body] of files) if (path.endsWith(suffix)) return { path, body };
    return undefined;
}

/** Code is reported where it is written, not in its -meta.xml. */
function problemFile(type: ComponentType, files: Map<string, Buffer>): string {
    const paths = [...files.keys()];
    return paths.find((path) => !path.endsWith('-meta.xml')) ?? paths[0] ?? type.folder;
}

function problemOf(
    type: ComponentType,
    fullName: string,
    files: Map<string, Buffer>,
    problem: string,
    problemType: DeployProblem['problemType']
): DeployProblem {
    return { componentType: type.name, fullName, fileName: problemFile(type, files), problem, problemType };
}

function textOf(body: Buffer): string {
    return body.toString('utf8').replace(/^\uFEFF/, '');
}
