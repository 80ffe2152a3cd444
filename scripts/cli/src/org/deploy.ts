// Source folders into an org: converted, pointed at the customer's service, deployed, followed to the end. Also the zip itself, which is
// what a package version is made of. What can be deployed is source-deploy-retrieve's business, what the org thinks of it the org's.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SfError, type Connection } from '@salesforce/core';
import {
    ComponentSet,
    MetadataApiDeploy,
    MetadataConverter,
    type MetadataApiDeployStatus
} from '@salesforce/source-deploy-retrieve';
import { API_VERSION } from './api-version.ts';
import { NAMED_CREDENTIAL } from './credential.ts';
import { followDeploy, type OnProgress } from './follow-deploy.ts';

export interface DeployOptions {
    /** address that the Named Credential gets; without it the one in the source */
    serviceUrl?: string;
    isDryRun?: boolean;
    testLevel?: string;
    onProgress?: OnProgress;
}

export interface Deployed {
    components: number;
    tests: number;
}

export function componentsOf(folder: string): ComponentSet {
    const components = ComponentSet.fromSource(folder);
    components.apiVersion = API_VERSION;
    components.sourceApiVersion = API_VERSION;
    return components;
}

export async function deployFolder(
    connection: Connection,
    folder: string,
    options: DeployOptions = {}
): Promise<Deployed> {
    const made = mkdtempSync(join(tmpdir(), 'plumbline-deploy-'));
    try {
        const { packagePath } = await new MetadataConverter().convert(componentsOf(folder), 'metadata', {
            type: 'directory',
            outputDirectory: made,
            packageName: 'package',
            genUniqueDir: false
        });
        if (options.serviceUrl) pointAt(packagePath!, options.serviceUrl);
        return await deployed(connection, packagePath!, options);
    } finally {
        rmSync(made, { recursive: true, force: true });
    }
}

async function deployed(
    connection: Connection,
    mdapiPath: string,
    options: DeployOptions
): Promise<Deployed> {
    const deploy = new MetadataApiDeploy({
        usernameOrConnection: connection,
        mdapiPath,
        apiOptions: {
            rollbackOnError: true,
            singlePackage: true,
            checkOnly: options.isDryRun ?? false,
            ...(options.testLevel ? { testLevel: options.testLevel as never } : {})
        }
    });
    const response = await followDeploy(connection, deploy, options.onProgress ?? (() => undefined));
    if (!response.success) throw deployError(response);
    return {
        components: response.numberComponentsDeployed,
        tests: response.numberTestsCompleted ?? 0
    };
}

/** The one value of the package that differs from customer to customer and that no admin should have to find in Setup. */
function pointAt(packagePath: string, serviceUrl: string): void {
    const file = join(packagePath, 'namedCredentials', `${NAMED_CREDENTIAL}.namedCredential`);
    const source = readFileSync(file, 'utf8');
    const pointed = source.replace(
        /(<parameterType>Url<\/parameterType>\s*<parameterValue>)[^<]*(<\/parameterValue>)/,
        (_all, before: string, after: string) => before + escaped(serviceUrl) + after
    );
    if (!pointed.includes(`<parameterValue>${escaped(serviceUrl)}</parameterValue>`))
        throw new SfError(`${NAMED_CREDENTIAL} has no Url parameter to set.`, 'NoServiceUrl');
    writeFileSync(file, pointed);
}

function escaped(text: string): string {
    return text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!);
}

function deployError({ details, errorMessage }: MetadataApiDeployStatus): SfError {
    const failures = [details?.componentFailures ?? []].flat();
    const tests = [details?.runTestResult?.failures ?? []].flat();
    const lines = [
        ...failures.map(
            ({ fileName, lineNumber, fullName, problem }) =>
                `${fileName}:${lineNumber ?? '?'} ${fullName}: ${problem}`
        ),
        ...tests.map(({ name, methodName, message }) => `${name}.${methodName}: ${message}`)
    ];
    return new SfError(
        `Nothing was deployed.\n${lines.join('\n') || (errorMessage ?? 'The org gave no reason.')}`,
        'DeployFailed',
        ['Correct what is named, or send it to support; the org is as it was before.']
    );
}
