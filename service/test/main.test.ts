import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { OPERATOR_KEY, ORG_ID, sha256, signedIn, tenant } from './support/test-app.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-main-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(env: Record<string, string>) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
        env: { PATH: process.env.PATH, ...env }
    });
    let output = '';
    let onListening: (origins: string[]) => void;
    const listening = new Promise<string[]>((resolve) => (onListening = resolve));
    for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
            output += chunk.toString();
            // The orgs' port comes first, the operator's after it.
            const at = [...output.matchAll(/Server listening at (http:\/\/127\.0\.0\.1:\d+)/g)];
            if (at.length > (env.PLUMBLINE_OPERATOR_PORT ? 1 : 0))
                onListening(at.map(([, origin]) => origin!));
        });
    }
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, listening, ended, output: () => output };
}

test('a process with wrong settings says all that is wrong and ends with 78', async () => {
    const { ended, output } = start({ PLUMBLINE_PORT: 'http', PLUMBLINE_LOG_LEVEL: 'loud' });
    expect(await ended).toBe(78);
    for (const name of ['PORT', 'LOG_LEVEL', 'STATE_FILE', 'TENANTS_FILE'])
        expect(output()).toContain(`PLUMBLINE_${name} `);
    expect(output()).not.toContain('    at ');
});

test('a process with right settings answers, and ends with 0 on SIGTERM', async () => {
    const tenantsFile = join(folder, 'tenants.json');
    writeFileSync(tenantsFile, JSON.stringify([tenant()]));
    const { child, listening, ended, output } = start({
        PLUMBLINE_PORT: '0',
        PLUMBLINE_STATE_FILE: join(folder, 'state.db'),
        PLUMBLINE_TENANTS_FILE: tenantsFile
    });
    const [origin] = await listening;
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output()).toContain('stopping');
    // Without an operator nothing else is opened.
    expect(output().match(/Server listening/g)).toHaveLength(1);
});

test('an org the operator registered outlives a restart, and the state holds its secrets sealed', async () => {
    const stateFile = join(folder, 'state.db');
    const env = {
        PLUMBLINE_PORT: '0',
        PLUMBLINE_STATE_FILE: stateFile,
        PLUMBLINE_OPERATOR_KEY_SHA256: sha256(OPERATOR_KEY),
        PLUMBLINE_OPERATOR_PORT: '0',
        PLUMBLINE_SECRET_KEYS: `2026:${randomBytes(32).toString('base64')}`
    };
    const { myDomain, namespace, clientId, clientSecret } = tenant();
    const first = start(env);
    const [forOrgs, forOperator] = await first.listening;
    expect((await fetch(`${forOrgs}/v1/tenants`)).status).toBe(404);
    const registered = await fetch(`${forOperator}/v1/tenants`, {
        method: 'POST',
        headers: { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ orgId: ORG_ID, myDomain, namespace, clientId, clientSecret })
    });
    const { key } = (await registered.json()) as { key: string };
    first.child.kill('SIGTERM');
    await first.ended;
    const second = start(env);
    const answer = await fetch(`${(await second.listening)[0]}/v1/connection`, {
        headers: signedIn(ORG_ID, key)
    });
    expect([answer.status, ((await answer.json()) as { status: string }).status]).toEqual([200, 'Active']);
    second.child.kill('SIGTERM');
    await second.ended;
    const kept = readFileSync(stateFile, 'latin1') + first.output() + second.output();
    expect(kept).toContain(ORG_ID);
    for (const secret of [key, clientSecret, OPERATOR_KEY]) expect(kept).not.toContain(secret);
});
