// What appliers and checks of one deploy share: the org's stores, who deploys, and where problems go.
import type { Database } from 'better-sqlite3';
import type { Ids } from '../ids.ts';
import type { SchemaStore } from '../schema/store.ts';
import { positionOf } from './metadata-xml.ts';
import type { PackageComponent } from './package-reader.ts';
import type { DeployProblem, Position } from './problems.ts';
import type { WritableMetadata } from './store.ts';

export interface DeployParts {
    db: Database;
    clock: () => Date;
    ids: Ids;
    schema: SchemaStore;
    metadata: WritableMetadata;
}

export interface DeployContext extends DeployParts {
    userId: string;
    /** of the package that is being installed; '' for a deploy, whose names have none */
    namespace: string;
    problems: DeployProblem[];
}

/** A component or one of its children, as a problem names it. */
export interface Reported {
    type: string;
    fullName: string;
    fileName: string;
    /** Where its element begins, for a child written inside the file of its parent. */
    position?: Position;
}

export function report(
    context: DeployContext,
    component: Reported,
    problem: string,
    position: Position = component.position ?? {}
): void {
    context.problems.push({
        componentType: component.type,
        fullName: component.fullName,
        fileName: component.fileName,
        problem,
        problemType: 'Error',
        ...position
    });
}

export function child(component: PackageComponent, type: string, name: string): Reported {
    const written = component.children.find((one) => one.type === type && one.name === name);
    return {
        type,
        fullName: `${component.fullName}.${name}`,
        fileName: component.fileName,
        ...(written ? { position: positionOf(written.content) } : {})
    };
}

/** What a name must keep the rules by: that of an installed package without its namespace. */
export function withoutNamespace(name: string, namespace: string): string {
    const prefix = `${namespace}__`;
    return namespace !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** Salesforce's words for a name that leads nowhere. */
export function missing(field: string, type: string, name: string): string {
    return `In field: ${field} - no ${type} named ${name} found`;
}

export function listOf<T = Record<string, unknown>>(content: Record<string, unknown>, element: string): T[] {
    return (content[element] ?? []) as T[];
}

export function textOf(content: Record<string, unknown>, element: string): string | null {
    const value = content[element];
    return value === undefined || value === null || value === '' ? null : String(value);
}
