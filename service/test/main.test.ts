import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { tenant } from './support/test-app.ts';

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
    let onListening: (origin: string) => void;
    const listening = new Promise<string>((resolve) => (onListening = resolve));
    for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
            output += chunk.toString();
            const at = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(output);
            if (at) onListening(at[1]);
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
    const origin = await listening;
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output()).toContain('stopping');
});
