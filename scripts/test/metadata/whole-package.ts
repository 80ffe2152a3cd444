// The package as Salesforce's own tools see it: source-deploy-retrieve resolves and converts every file, and a fresh
// local org takes the deploy.
import { join, relative } from 'node:path';
import sourceDeployRetrieve from '@salesforce/source-deploy-retrieve';
import { unzipSync } from 'fflate';
import { Connection } from 'jsforce';
import { DeployError, deployPackage } from '../../demo/steps/deploy-package.ts';
import { createOrg } from '../../local-org/create-org.ts';
import { startLocalOrg } from '../../local-org/server.ts';
import { readSources, type Problem } from './source-file.ts';

const { ComponentSet, MetadataConverter } = sourceDeployRetrieve;
/** What .forceignore keeps out of a deploy, and what git keeps for itself. */
const NOT_METADATA = /\/__tests__\/|\/jsconfig\.json$|\/\.eslintrc\.json$|\.md$/;

export async function packageConverts(root: string, folders: string[]): Promise<Problem[]> {
    try {
        const components = ComponentSet.fromSource(folders.map((folder) => join(root, folder)));
        const resolved = new Set(
            [...components.getSourceComponents()].flatMap((component) =>
                [component.xml, ...component.walkContent()].flatMap((path) =>
                    path ? [relative(root, path)] : []
                )
            )
        );
        const unknown = readSources(root, folders).filter(
            ({ path }) => !resolved.has(path) && !NOT_METADATA.test(path)
        );
        const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
        const manifest = unzipSync(new Uint8Array(zipBuffer!))['package.xml'];
        return [
            ...unknown.map(({ path }) => ({ file: path, reason: 'belongs to no metadata component' })),
            ...(manifest ? [] : [{ file: folders.join(', '), reason: 'the zip has no package.xml' }])
        ];
    } catch (error) {
        return [{ file: folders.join(', '), reason: (error as Error).message }];
    }
}

export async function packageDeploys(root: string, folders: string[]): Promise<Problem[]> {
    const org = createOrg({ file: ':memory:' });
    const running = await startLocalOrg({ org });
    try {
        const admin = new Connection({
            instanceUrl: running.url,
            accessToken: org.auth.issueToken(org.adminUserId),
            version: '65.0'
        });
        await deployPackage(
            admin,
            folders.map((folder) => join(root, folder))
        );
        return [];
    } catch (error) {
        if (!(error instanceof DeployError)) throw error;
        return [{ file: folders.join(', '), reason: error.message }];
    } finally {
        await running.close();
        org.close();
    }
}
