// A running org for the tests of the Lightning page: really deployed source folders, two reps with a deal each, the API
// and the page's own routes.
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { createApexRuntime } from '../../apex/runtime.ts';
import { createOrg } from '../../create-org.ts';
import { registerLightning, type AuraApex, type LightningPage } from '../../lightning/routes.ts';
import type { LocalOrg } from '../../local-org.ts';
import { deploy } from '../../metadata/deploy.ts';
import { buildApp } from '../../server.ts';

export const REP = 'mara@firm.example';
export const OTHER_REP = 'otto@firm.example';

export interface LightningOrg {
    org: LocalOrg;
    url: string;
    page: LightningPage;
    /** Ids by name of what was seeded. */
    ids: { rep: string; account: string; deal: string; otherDeal: string; task: string };
    /** A token for the user, as the cookie `sid` or a bearer carries it. */
    tokenOf(username: string): string;
    close(): Promise<void>;
}

export async function startLightningOrg(folders: string[], apex?: AuraApex): Promise<LightningOrg> {
    const org = createOrg({ file: ':memory:', clock: () => new Date('2026-11-20T10:00:00Z') });
    if (folders.length) await deployFolders(org, folders);
    const ids = seed(org);
    const app = buildApp(org);
    const page = registerLightning(app, org, org.auth.authenticate, apex ?? createApexRuntime(org));
    await app.listen({ port: 0, host: '127.0.0.1' });
    return {
        org,
        url: `http://127.0.0.1:${(app.server.address() as { port: number }).port}`,
        page,
        ids,
        tokenOf: (username) => org.auth.issueToken(org.users.byUsername(username)!.userId),
        async close() {
            await app.close();
            org.close();
        }
    };
}

export async function deployFolders(org: LocalOrg, folders: string[]): Promise<void> {
    const components = ComponentSet.fromSource(folders);
    const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
    const outcome = deploy(org, zipBuffer!, {}, org.adminUserId);
    const problems = [
        outcome.errorMessage,
        ...outcome.errors.map(({ fileName, problem }) => `${fileName}: ${problem}`)
    ];
    if (!outcome.success) throw new Error(problems.filter(Boolean).join('\n'));
}

function seed(org: LocalOrg): LightningOrg['ids'] {
    const admin = { user: org.users.context(org.adminUserId), mode: 'system' as const };
    const insert = (objectName: string, row: Record<string, string | number | boolean | null>): string => {
        const [saved] = org.records.insert(admin, objectName, [row], { allOrNone: true });
        if (!saved?.success) throw new Error(`${objectName}: ${saved?.errors[0]?.message}`);
        return saved.id as string;
    };
    const profile = org.queries.query(admin, "SELECT Id FROM Profile WHERE Name = 'Standard User'")
        .records[0]!['Id'] as string;
    const user = (FirstName: string, LastName: string, Username: string, Title: string): string =>
        insert('User', {
            FirstName,
            LastName,
            Username,
            Title,
            Email: Username,
            Alias: FirstName.toLowerCase(),
            ProfileId: profile,
            TimeZoneSidKey: 'America/New_York',
            LocaleSidKey: 'en_US',
            LanguageLocaleKey: 'en_US',
            EmailEncodingKey: 'UTF-8',
            IsActive: true
        });
    const rep = user('Mara', 'Novak', REP, 'Relationship Manager');
    const other = user('Otto', 'Brandt', OTHER_REP, 'Relationship Manager');
    const account = insert('Account', { Name: 'Harbor Pension Fund', OwnerId: rep });
    const deal = (Name: string, OwnerId: string, Amount: number): string =>
        insert('Opportunity', {
            Name,
            OwnerId,
            Amount,
            AccountId: account,
            StageName: 'Value Proposition',
            CloseDate: '2026-12-15',
            NextStep: 'Send fee schedule'
        });
    const dealId = deal('Harbor Pension: custody', rep, 480000);
    const task = insert('Task', {
        Subject: 'Call the trustee',
        WhatId: dealId,
        OwnerId: rep,
        ActivityDate: '2026-11-25',
        Status: 'Not Started',
        Priority: 'Normal'
    });
    insert('Task', {
        Subject: 'Sent the deck',
        WhatId: dealId,
        OwnerId: rep,
        ActivityDate: '2026-10-02',
        Status: 'Completed',
        Priority: 'Normal'
    });
    return { rep, account, deal: dealId, otherDeal: deal("Otto's own deal", other, 90000), task };
}
