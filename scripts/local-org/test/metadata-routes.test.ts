import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { apexClass, deployZip, objectXml } from './support/deploy-zip.ts';
import { startTestOrg, TEAM } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

const REST = '/services/data/v65.0/metadata/deployRequest';
let server: TestOrg;

beforeAll(async () => {
    server = await startTestOrg();
    server.admin.metadata.pollInterval = 10;
});

afterAll(() => server.stop());

interface Finished {
    status: string;
    success: boolean;
    numberComponentsDeployed: number;
    numberComponentErrors: number;
    details: { componentFailures: Record<string, unknown>[]; componentSuccesses: Record<string, unknown>[] };
}

async function deploySoap(
    zip: Buffer,
    options: Record<string, unknown> = {},
    connection = server.admin
): Promise<Finished> {
    const job = connection.metadata.deploy(
        zip.toString('base64') as never,
        { singlePackage: true, ...options } as never
    );
    return (await job.complete(true)) as unknown as Finished;
}

const good = (name: string): Buffer =>
    deployZip({ ApexClass: [name] }, apexClass(name, `public class ${name} {}`));

describe('deploying by SOAP, as jsforce and the sf CLI do', () => {
    test('a good package ends as Succeeded and its components can be listed', async () => {
        const result = await deploySoap(good('Alpha'));
        expect(result).toMatchObject({ status: 'Succeeded', success: true, numberComponentsDeployed: 1 });
        expect(result.details.componentSuccesses).toContainEqual(
            expect.objectContaining({ fullName: 'Alpha', componentType: 'ApexClass', created: true })
        );
        const listed = await server.admin.metadata.list([{ type: 'ApexClass' }], '65.0');
        expect(listed).toEqual([
            expect.objectContaining({
                fullName: 'Alpha',
                fileName: 'classes/Alpha.cls',
                createdByName: 'Ada Admin'
            })
        ]);
        const found = await server.admin.query("SELECT Name, Status FROM ApexClass WHERE Name = 'alpha'");
        expect(found.records).toEqual([expect.objectContaining({ Name: 'Alpha', Status: 'Active' })]);
    });

    test('a wrong package ends as Failed with file, line, column and problem', async () => {
        const zip = deployZip(
            { ApexClass: ['Beta'] },
            apexClass('Beta', 'public class Beta {\n  int x = ;\n}')
        );
        const result = await deploySoap(zip);
        expect(result).toMatchObject({ status: 'Failed', success: false, numberComponentErrors: 1 });
        expect(result.details.componentFailures[0]).toMatchObject({
            fileName: 'classes/Beta.cls',
            fullName: 'Beta',
            componentType: 'ApexClass',
            lineNumber: 2,
            problemType: 'Error',
            success: false
        });
    });

    test('a check-only deploy creates no table', async () => {
        const zip = deployZip({ CustomObject: ['Dry__c'] }, { 'objects/Dry__c.object': objectXml('Dry') });
        expect(await deploySoap(zip, { checkOnly: true })).toMatchObject({ status: 'Succeeded' });
        await expect(server.admin.sobject('Dry__c').describe()).rejects.toThrow('does not exist');
    });

    test('a rep may not deploy, and a wrong session is told so as a SOAP fault', async () => {
        await expect(deploySoap(good('Delta'), {}, server.as(TEAM.rep))).rejects.toThrow(
            'ModifyAllData or ModifyMetadata'
        );
        await expect(server.as(TEAM.rep).metadata.list([{ type: 'ApexClass' }], '65.0')).rejects.toThrow(
            'ModifyAllData or ModifyMetadata'
        );
        const stranger = new Connection({ instanceUrl: server.url, accessToken: 'stolen', version: '65.0' });
        await expect(stranger.metadata.describe('65.0')).rejects.toMatchObject({
            name: 'sf:INVALID_SESSION_ID'
        });
    });

    test('calls that are not there are refused by name', async () => {
        await expect(server.admin.metadata.checkStatus('0Af000000000001AAA')).rejects.toThrow(
            'The local org does not support the Metadata API call checkStatus.'
        );
    });

    test('what can be deployed is described', async () => {
        const { metadataObjects } = await server.admin.metadata.describe('65.0');
        expect(metadataObjects).toContainEqual(
            expect.objectContaining({
                xmlName: 'LightningComponentBundle',
                directoryName: 'lwc',
                inFolder: false
            })
        );
    });
});

describe('deploying by REST', () => {
    const post = (zip: Buffer, options: Record<string, unknown>): Promise<Response> => {
        const form = new FormData();
        form.append(
            'entity_content',
            new Blob([JSON.stringify({ deployOptions: options })], { type: 'application/json' })
        );
        form.append('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'package.xml');
        const request = new Request(server.url, { method: 'POST', body: form });
        return request.arrayBuffer().then((body) =>
            server.fetchAs('admin@local.org', REST, {
                method: 'POST',
                body,
                headers: { 'Content-Type': request.headers.get('content-type') ?? '' }
            })
        );
    };
    const get = async (id: string): Promise<{ deployResult: Finished & { done: boolean } }> => {
        const response = await server.fetchAs('admin@local.org', `${REST}/${id}?includeDetails=true`);
        return (await response.json()) as { deployResult: Finished & { done: boolean } };
    };

    test('a multipart request is queued, followed by its id and reported with details', async () => {
        const response = await post(good('Omega'), { singlePackage: true });
        expect(response.status).toBe(201);
        const { id } = (await response.json()) as { id: string };
        let state = await get(id);
        while (!state.deployResult.done) state = await get(id);
        expect(state.deployResult).toMatchObject({ status: 'Succeeded', numberComponentsDeployed: 1 });
    });

    test('an unknown deploy and a request without a zip are told apart', async () => {
        const unknown = await server.fetchAs('admin@local.org', `${REST}/0Af000000000000AAA`);
        expect(unknown.status).toBe(404);
        const empty = await server.fetchAs('admin@local.org', REST, { method: 'POST', body: '{}' });
        expect(await empty.json()).toEqual([
            expect.objectContaining({ errorCode: 'LOCAL_ORG_NOT_SUPPORTED' })
        ]);
    });
});
