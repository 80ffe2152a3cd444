// The official sf CLI against the local org, from a clean home folder: what `sf` sends is what real orgs get.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createOrg } from '../local-org/create-org.ts';
import type { LocalOrg } from '../local-org/local-org.ts';
import { startLocalOrg, type RunningOrg } from '../local-org/server.ts';
import { createSfCli, type SfCli } from './sf-cli.ts';

let org: LocalOrg;
let server: RunningOrg;
let sf: SfCli;

beforeAll(async () => {
    org = createOrg({ file: ':memory:' });
    server = await startLocalOrg({ org });
    sf = createSfCli();
    const answer = await sf.run(
        [
            'org',
            'login',
            'access-token',
            '--instance-url',
            server.url,
            '--no-prompt',
            '--alias',
            'local',
            '--set-default'
        ],
        {
            SF_ACCESS_TOKEN: org.auth.issueToken(org.adminUserId)
        }
    );
    expect(answer.status).toBe(0);
}, 300_000);

afterAll(async () => {
    await server?.close();
    org?.close();
});

describe('sf', () => {
    test('shows the org as connected', async () => {
        const { result } = await sf.run(['org', 'display']);
        expect(result.connectedStatus).toBe('Connected');
        expect(result.id).toBe(org.orgId);
    }, 60_000);

    test.each([
        ['SOAP', {}],
        ['REST', { SF_ORG_METADATA_REST_DEPLOY: 'true' }]
    ])(
        'deploys the package by %s',
        async (_name, env) => {
            const answer = await sf.run(
                [
                    'project',
                    'deploy',
                    'start',
                    '--source-dir',
                    'force-app',
                    '--source-dir',
                    'config/subscriber'
                ],
                env
            );
            expect(answer.result.details?.componentFailures ?? []).toEqual([]);
            expect(answer.status).toBe(0);
            expect(answer.result.numberComponentsDeployed).toBeGreaterThan(50);
        },
        120_000
    );

    test('queries what it created, in the case of the schema', async () => {
        const created = await sf.run([
            'data',
            'create',
            'record',
            '--sobject',
            'Account',
            '--values',
            'Name=\'Ærø & Søn "Pension"\''
        ]);
        expect(created.status).toBe(0);
        const { result } = await sf.run(['data', 'query', '--query', 'select id, name from account']);
        expect(result.records).toEqual([
            expect.objectContaining({ Id: created.result.id, Name: 'Ærø & Søn "Pension"' })
        ]);
    }, 60_000);

    test('is told file, line and reason when a component is wrong', async () => {
        const answer = await sf.run([
            'project',
            'deploy',
            'start',
            '--source-dir',
            'scripts/e2e/broken-package'
        ]);
        expect(answer.status).not.toBe(0);
        const failures =
            answer.result.details?.componentFailures ?? answer.result.data?.details?.componentFailures;
        expect(JSON.stringify(failures)).toContain('NoSuchObject__c');
    }, 60_000);
});
