// `plan -- import` and `plan -- export` as processes, against a local org with the package.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectedOrg, type ConnectedOrg } from '../../service/test/support/local-org.ts';
import { DESIGNER, loadPayTeam } from '../../service/test/support/pay-org.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ACCELERATOR = join(root, 'config/plans/quarterly-accelerator');

let crm: ConnectedOrg;
let folder: string;
let token: string;

beforeAll(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
    token = crm.org.auth.issueToken(DESIGNER);
    folder = mkdtempSync(join(tmpdir(), 'plan-org-'));
});

afterAll(async () => {
    await crm?.close();
    rmSync(folder, { recursive: true });
});

interface Ended {
    code: number;
    out: string;
    err: string;
}

/** Not waited for in one go: the org it talks to lives in this process. */
async function plan(args: string[], env: Record<string, string> = {}): Promise<Ended> {
    return new Promise((resolve) => {
        execFile(
            'node',
            ['scripts/plan/main.ts', ...args],
            { cwd: root, env: { ...process.env, INIT_CWD: folder, SF_ACCESS_TOKEN: token, ...env } },
            (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err })
        );
    });
}

describe('a plan file', () => {
    test('goes into the org as a draft with what the rule packs find', async () => {
        const { code, out } = await plan(['import', ACCELERATOR, '--org', crm.url]);
        expect(code).toBe(0);
        expect(JSON.parse(out)).toMatchObject({ version: 'quarterly-accelerator:1', outcome: 'created' });
        const [version] = crm.query('SELECT Findings__c, PlainText__c FROM PlanVersion__c');
        expect(version!['PlainText__c']).toContain('## What you earn');
        const findings = JSON.parse(String(version!['Findings__c'])) as object[];
        expect(findings).toContainEqual(
            expect.objectContaining({
                rule: 'accelerators',
                isToBeConfirmed: true,
                citation: expect.any(String)
            })
        );
    });

    test('comes back as the same text and the same cases', async () => {
        const { code, out, err } = await plan(['export', 'quarterly-accelerator', '--org', crm.url]);
        expect({ code, err }).toEqual({
            code: 0,
            err: expect.stringContaining('quarterly-accelerator:1, hash')
        });
        expect(out).toMatch(/^plan: quarterly-accelerator\n/);

        await plan(['export', 'quarterly-accelerator', '--org', crm.url, '--to', 'back']);
        expect(readFileSync(join(folder, 'back/plan.yaml'), 'utf8')).toBe(out);
        expect((await plan(['test', 'back'])).code).toBe(0);
    });
});

describe('what goes wrong', () => {
    test('is told with what to do: no org, no token', async () => {
        const noOrg = await plan(['import', ACCELERATOR]);
        expect([noOrg.code, noOrg.err]).toEqual([2, expect.stringContaining('Say which org')]);
        const noToken = await plan(['export', 'x', '--org', crm.url], { SF_ACCESS_TOKEN: '' });
        expect([noToken.code, noToken.err]).toEqual([2, expect.stringContaining('SF_ACCESS_TOKEN')]);
    });

    test("is told in Salesforce's own words: a token nobody knows", async () => {
        const { code, err } = await plan(['export', 'x', '--org', crm.url], { SF_ACCESS_TOKEN: 'gone' });
        expect([code, err]).toEqual([1, expect.stringContaining('INVALID_SESSION_ID')]);
    });

    test('is told by name: a plan the org does not have', async () => {
        const { code, err } = await plan(['export', 'nobody', '--org', crm.url]);
        expect([code, err]).toEqual([1, expect.stringContaining('PLAN_UNKNOWN "nobody"')]);
    });
});
