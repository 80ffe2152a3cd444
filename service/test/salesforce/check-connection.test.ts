import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkConnection } from '../../src/salesforce/check-connection.ts';
import { OrgClient } from '../../src/salesforce/connect.ts';
import { READ_OBJECTS, WRITTEN_OBJECTS } from '../../src/salesforce/connection-objects.ts';
import type { CheckName, ConnectionReport } from '../../src/tenants/connection-report.ts';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { isTokenCall, json, scriptedOrg, token } from '../support/scripted-org.ts';

let org: ConnectedOrg;
beforeAll(async () => {
    org = await connectedOrg();
});
afterAll(() => org.close());

const checkOf = (report: ConnectionReport, name: CheckName) =>
    report.checks.find((check) => check.name === name);

/** What the check says while the Run As user has not got this permission set. */
async function without(setName: string): Promise<ConnectionReport> {
    const [row] = org.query(
        `SELECT Id, AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE PermissionSet.Name = '${setName}'`
    );
    org.remove(String(row.Id));
    try {
        return await checkConnection(org.client(), null);
    } finally {
        const { AssigneeId, PermissionSetId } = row;
        org.insert('PermissionSetAssignment', {
            AssigneeId: String(AssigneeId),
            PermissionSetId: String(PermissionSetId)
        });
    }
}

describe('the check of a connection', () => {
    test('finds all well in an org that is set up, and tells its volumes in few calls', async () => {
        org.insert('Account', { Name: 'Acme' });
        const client = org.client();
        const report = await checkConnection(client, org.url);
        expect(report.checks.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
        expect(report.checks.map(({ name }) => name).sort()).toEqual([
            'apiBudget',
            'counts',
            'myDomain',
            'permissionSets',
            'reads',
            'signIn',
            'storage',
            'writes'
        ]);
        expect(report.outbound).toEqual({ ok: true, orgId: org.tenant.orgId, code: null, fix: null });
        expect(report.org).toMatchObject({ isSandbox: false, runAsUserId: client.userId });
        expect(report.recordCounts).toContainEqual({ name: 'Account', count: 1 });
        expect(report.storageMb?.max).toBeGreaterThan(0);
        expect(client.apiCalls).toBeLessThanOrEqual(5);
    });

    test('without SpmIntegration names what cannot be saved, and whom to give what', async () => {
        const report = await without('SpmIntegration');
        expect(checkOf(report, 'writes')).toMatchObject({
            outcome: 'failed',
            code: 'OBJECT_NOT_WRITABLE',
            fix: 'Assign SpmIntegration to the Run As user.'
        });
        expect(checkOf(report, 'writes')?.message).toMatch(/CadenceItem__c, .* and \d+ more objects\.$/);
        expect(checkOf(report, 'permissionSets')?.message).toContain('has not got SpmIntegration');
        expect(report.outbound).toMatchObject({ ok: false, code: 'OBJECT_NOT_WRITABLE' });
    });

    test('without SpmCrmRead names what cannot be read', async () => {
        const report = await without('SpmCrmRead');
        expect(report.outbound.ok).toBe(false);
        expect(report.outbound.code).not.toBeNull();
    });

    test('finds a My Domain that was renamed by what the org says of itself', async () => {
        const report = await checkConnection(org.client(), 'https://renamed.my.salesforce.com/');
        expect(checkOf(report, 'myDomain')).toMatchObject({
            outcome: 'failed',
            code: 'MY_DOMAIN_RENAMED',
            fix: expect.stringContaining('https://renamed.my.salesforce.com ')
        });
    });

    test('warns of an org whose API calls are nearly used up, and fails at 85 %', async () => {
        const most = org.org.limits.dailyApiRequests;
        const said = async (share: number) => {
            org.org.limits.dailyApiRequests = Math.floor(org.org.limits.usedApiRequests() / share);
            return checkOf(await checkConnection(org.client(), null), 'apiBudget')?.code;
        };
        org.org.limits.count(1000);
        expect(await said(0.75)).toBe('API_USAGE_HIGH');
        expect(await said(0.9)).toBe('API_BUDGET');
        org.org.limits.dailyApiRequests = most;
    });

    test('of an org that refuses the sign-in says why and looks at nothing more', async () => {
        const client = new OrgClient({ ...org.tenant, clientSecret: 'wrong' });
        const report = await checkConnection(client, null);
        expect(checkOf(report, 'signIn')).toMatchObject({ outcome: 'failed', code: 'APP_REFUSED' });
        expect([report.org, report.recordCounts]).toEqual([null, []]);
        expect(client.apiCalls).toBe(0);
    });

    test('of an org that does not answer ends before Apex gives up waiting', async () => {
        const silent = await scriptedOrg(() => undefined);
        const noToken = await checkConnection(silent.client(), null, 50);
        expect(checkOf(noToken, 'signIn')?.code).toBe('ORG_SLOW');
        await silent.close();
        const halting = await scriptedOrg((request, response) => {
            if (isTokenCall(request)) token(request, response);
        });
        const noLook = await checkConnection(halting.client(), null, 300);
        expect(checkOf(noLook, 'signIn')?.outcome).toBe('ok');
        expect(noLook.outbound).toMatchObject({ ok: false, code: 'ORG_SLOW' });
        await halting.close();
    });

    test('of an org that refuses every call after the sign-in says the code of the refusal', async () => {
        const closed = await scriptedOrg((request, response) => {
            if (isTokenCall(request)) return token(request, response);
            json(response, 403, [{ errorCode: 'API_DISABLED_FOR_ORG', message: 'no API' }]);
        });
        const report = await checkConnection(closed.client(), null);
        expect(checkOf(report, 'reads')).toMatchObject({ outcome: 'failed', code: 'API_DISABLED_FOR_ORG' });
        expect(report.outbound.ok).toBe(false);
        await closed.close();
    });

    test('of a renamed org that redirects names its new My Domain, and only a My Domain', async () => {
        const location = [
            'https://renamed.my.salesforce.com/services/oauth2/token',
            'https://evil.example/x'
        ];
        for (const to of location) {
            const scripted = await scriptedOrg((_request, response) =>
                json(response, 301, {}, { location: to })
            );
            const { outbound } = await checkConnection(scripted.client(), null);
            expect(outbound.code).toBe('REDIRECTED');
            expect(outbound.fix?.includes('renamed.my.salesforce.com')).toBe(to === location[0]);
            expect(outbound.fix).not.toContain('evil');
            await scripted.close();
        }
    });
});

test('what the check calls saved is what the permission set of the integration user lets it save', () => {
    const path = '../../../force-app/main/core/permissionsets/SpmIntegration.permissionset-meta.xml';
    const xml = readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
    const granted = [...xml.matchAll(/<objectPermissions>[\s\S]*?<\/objectPermissions>/g)]
        .map(([block]) => block)
        .filter((block) => block.includes('<allowCreate>true') && block.includes('<allowEdit>true'))
        .map((block) => /<object>(\w+)</.exec(block)?.[1]);
    expect([...WRITTEN_OBJECTS].sort()).toEqual(granted.sort());
    expect(READ_OBJECTS).toContain('Opportunity');
});

test('the integration user may change nothing of the CRM: suggested updates are written by people only', () => {
    const path = '../../../config/subscriber/permissionsets/SpmCrmRead.permissionset-meta.xml';
    const xml = readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
    expect(xml).toContain('<object>Opportunity</object>');
    for (const right of ['allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords', 'editable'])
        expect(xml).not.toContain(`<${right}>true`);
    expect(WRITTEN_OBJECTS.filter((object) => !object.endsWith('__c'))).toEqual([]);
});
