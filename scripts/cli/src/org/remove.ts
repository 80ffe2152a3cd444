// Taking the package out of an org that it was deployed to as source: what would go, and one deploy of destructive changes that takes it.
// All goes or nothing does.
import { SfError, type Connection } from '@salesforce/core';
import { MetadataApiDeploy, type ComponentSet } from '@salesforce/source-deploy-retrieve';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_VERSION } from './api-version.ts';
import { componentsOf } from './deploy.ts';
import { followDeploy, type OnProgress } from './follow-deploy.ts';

export interface ComponentName {
    type: string;
    fullName: string;
}

/** Everything the folders deploy, as what a list of deletions may name: parts of standard objects, not these; labels one by one. */
export function componentNames(folders: readonly string[]): ComponentName[] {
    return folders.flatMap((folder) => namesIn(componentsOf(folder)));
}

function namesIn(components: ComponentSet): ComponentName[] {
    return components
        .getSourceComponents()
        .toArray()
        .flatMap((component) => {
            const { name } = component.type;
            const isContainer =
                name === 'CustomLabels' || (name === 'CustomObject' && !isOwn(component.fullName));
            const parts = isContainer ? component.getChildren() : [component];
            return parts.map(({ type, fullName }) => ({ type: type.name, fullName }));
        });
}

const isOwn = (object: string): boolean => /__(c|e|mdt)$/.test(object);

export async function removeComponents(
    connection: Connection,
    names: readonly ComponentName[],
    onProgress: OnProgress
): Promise<number> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-remove-'));
    try {
        writeFileSync(join(folder, 'package.xml'), manifestOf([]));
        writeFileSync(join(folder, 'destructiveChanges.xml'), manifestOf(names));
        const deploy = new MetadataApiDeploy({
            usernameOrConnection: connection,
            mdapiPath: folder,
            apiOptions: { rollbackOnError: true, singlePackage: true, purgeOnDelete: false }
        });
        const response = await followDeploy(connection, deploy, onProgress);
        if (response.success) return response.numberComponentsDeployed;
        const failures = [response.details?.componentFailures ?? []].flat();
        const lines = failures.map(
            ({ componentType, fullName, problem }) => `${componentType} ${fullName}: ${problem}`
        );
        throw new SfError(
            `Nothing was removed.\n${lines.join('\n') || response.errorMessage}`,
            'RemoveFailed',
            ['Remove what mentions these components (pages, flows, reports of your own), then run it again.']
        );
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function manifestOf(names: readonly ComponentName[]): string {
    const byType = Map.groupBy(names, ({ type }) => type);
    const types = [...byType].map(
        ([type, some]) =>
            `    <types>\n${some.map(({ fullName }) => `        <members>${escaped(fullName)}</members>\n`).join('')}        <name>${type}</name>\n    </types>\n`
    );
    return `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
${types.join('')}    <version>${API_VERSION}</version>
</Package>
`;
}

function escaped(text: string): string {
    return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
