// A retrieve: from the types and names of a package.xml to a zip of the deployed components. Owns which components are
// meant and what lies in the zip; jobs and their answers are retrieve-jobs.ts.
import { zipSync } from 'fflate';
import type { LocalOrg } from '../local-org.ts';
import { componentType, isMergedType, parentTypeOf } from './component-types.ts';
import type { ComponentType } from './component-types.ts';
import { fileProperties } from './list.ts';
import type { FileProperties } from './list.ts';
import { packageMembers } from './unmanaged-packages.ts';
import { writeMetadataXml } from './write-metadata-xml.ts';

export interface PackageMembers {
    name: string;
    members: string[];
}

export interface RetrieveRequest {
    /** An unmanaged package of the org instead of `types`. */
    packageName?: string;
    types: PackageMembers[];
    version: string;
    /** Files at the top of the zip instead of in the folder `unpackaged`. */
    singlePackage: boolean;
}

export interface RetrieveMessage {
    fileName: string;
    problem: string;
}

export interface Retrieved {
    zip: Buffer;
    fileProperties: FileProperties[];
    messages: RetrieveMessage[];
}

export function retrieve(org: LocalOrg, request: RetrieveRequest): Retrieved {
    const { packageName } = request;
    const top = request.singlePackage ? '' : `${encodeName(packageName ?? 'unpackaged')}/`;
    const collected = new Collection(org, top);
    const types = packageName === undefined ? request.types : packageMembers(org, packageName);
    if (!types) {
        collected.tell(`No package named '${packageName}' found`);
        return collected.result(request.version);
    }
    // Whole components first: a field of an object that is there already adds nothing.
    const childTypes = types.filter(({ name }) => parentTypeOf(name));
    for (const { name, members } of types) {
        const type = componentType(name);
        if (type) collected.addWhole(type, members);
        else if (!parentTypeOf(name)) collected.tell(`The local org does not support metadata type ${name}.`);
    }
    for (const { name, members } of childTypes) collected.addChildren(name, members);
    return collected.result(request.version);
}

class Collection {
    private readonly org: LocalOrg;
    private readonly top: string;
    private readonly files = new Map<string, Buffer>();
    private readonly names = new Map<string, Set<string>>();
    /** Files that hold only some children, by path. */
    private readonly parts = new Map<string, Record<string, unknown>>();
    private readonly properties: FileProperties[] = [];
    private readonly messages: RetrieveMessage[] = [];

    constructor(org: LocalOrg, top: string) {
        this.org = org;
        this.top = top;
    }

    tell(problem: string): void {
        this.messages.push({ fileName: `${this.top}package.xml`, problem });
    }

    addWhole(type: ComponentType, members: string[]): void {
        for (const fullName of this.namesOf(type.name, members)) {
            const files = this.filesOf(type, fullName);
            if (!files) {
                this.tellMissing(type.name, fullName);
                continue;
            }
            for (const [path, body] of files) this.files.set(this.top + path, body);
            this.name(type.name, fullName);
        }
    }

    /** `Run__c.Status__c`: the object's file with only the named fields in it. */
    addChildren(typeName: string, members: string[]): void {
        const parent = parentTypeOf(typeName) as ComponentType;
        const element = Object.keys(parent.children).find(
            (key) => parent.children[key] === typeName
        ) as string;
        const byParent = new Map<string, Record<string, unknown>[]>();
        for (const member of this.namesOf(typeName, members)) {
            const content = this.org.metadata.content(typeName, member);
            if (!content) {
                this.tellMissing(typeName, member);
                continue;
            }
            const parentName = parent.name === 'CustomLabels' ? parent.name : member.split('.')[0];
            byParent.set(parentName, [...(byParent.get(parentName) ?? []), content]);
            this.name(typeName, member);
        }
        for (const [parentName, children] of byParent) this.addPart(parent, parentName, element, children);
    }

    result(version: string): Retrieved {
        this.files.set(`${this.top}package.xml`, Buffer.from(this.packageXml(version)));
        const zip = zipSync(Object.fromEntries(this.files));
        return { zip: Buffer.from(zip), fileProperties: this.properties, messages: this.messages };
    }

    /** Several child types of one object share its file. */
    private addPart(
        parent: ComponentType,
        parentName: string,
        element: string,
        children: Record<string, unknown>[]
    ): void {
        if (this.names.get(parent.name)?.has(parentName)) return;
        const path = `${this.top}${parent.folder}/${encodeName(parentName)}.${parent.suffix}`;
        const part = { ...this.parts.get(path), [element]: children };
        this.parts.set(path, part);
        this.files.set(path, Buffer.from(writeMetadataXml(parent.name, part)));
    }

    /** `*` means everything deployed; standard objects must be named, as in Salesforce. */
    private namesOf(typeName: string, members: string[]): string[] {
        const all = (): string[] => this.org.metadata.rows(typeName).map(({ fullName }) => fullName);
        const isCustom = (name: string): boolean => typeName !== 'CustomObject' || /__(c|mdt)$/.test(name);
        const names = members.flatMap((member) => (member === '*' ? all().filter(isCustom) : [member]));
        return [...new Set(names)];
    }

    private filesOf(type: ComponentType, fullName: string): Map<string, Buffer> | undefined {
        const { metadata, schema } = this.org;
        const isStandard = type.name === 'CustomObject' && schema.object(fullName) !== undefined;
        if (!metadata.row(type.name, fullName) && !isStandard) return undefined;
        if (!isMergedType(type.name)) return metadata.files(type.name, fullName);
        const content = metadata.content(type.name, fullName) ?? {};
        const path = `${type.folder}/${encodeName(fullName)}.${type.suffix}`;
        return new Map([[path, Buffer.from(writeMetadataXml(type.name, content))]]);
    }

    private name(typeName: string, fullName: string): void {
        this.names.set(typeName, (this.names.get(typeName) ?? new Set()).add(fullName));
        const row = this.org.metadata.row(typeName, fullName);
        if (!row) return;
        const properties = fileProperties(this.org, typeName, row);
        this.properties.push({ ...properties, fileName: this.top + properties.fileName });
    }

    private tellMissing(typeName: string, fullName: string): void {
        this.tell(`Entity of type '${typeName}' named '${fullName}' cannot be found`);
    }

    private packageXml(version: string): string {
        const types = [...this.names].map(([name, members]) => ({ members: [...members], name }));
        return writeMetadataXml('Package', { types, version });
    }
}

/** What a file name may not hold. */
export function encodeName(name: string): string {
    return name.replace(/[%/\\:*?"<>|,]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
