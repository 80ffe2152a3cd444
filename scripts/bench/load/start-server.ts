// Starts a server of server.ts and ends it again with all it wrote.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Listening } from './server.ts';

export interface LoadServer extends Listening {
    /** microseconds it has worked so far */
    cpu(): Promise<number>;
    stop(): Promise<void>;
}

export async function startServer(name: 'node:http' | 'Fastify' | 'service', orgs = 1): Promise<LoadServer> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-load-'));
    const child = fork(join(import.meta.dirname, 'server.ts'), [name, String(orgs), folder], {
        execArgv: ['--disable-warning=ExperimentalWarning', '--disable-warning=FSTDEP023']
    });
    const listening = await new Promise<Listening>((resolve, reject) => {
        child.once('message', (message) => resolve(message as Listening));
        child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it listened.`)));
    });
    return {
        ...listening,
        cpu: () =>
            new Promise((resolve) => {
                child.once('message', (message) => resolve(message as number));
                child.send('cpu');
            }),
        stop: async () => {
            const ended = new Promise((resolve) => child.once('exit', resolve));
            child.disconnect();
            await ended;
            rmSync(folder, { recursive: true, force: true });
        }
    };
}
