// Starts one engine in a process of its own and brings back its measurement. The files it reads are in the page cache.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { bringNear, type Size } from './data.ts';
import type { Measurement } from './measure.ts';

const here = import.meta.dirname;

const READS_GZIP = ['gzip', 'gunzip'];

export function runEngine(engine: string, root: string, size: Size, url = ''): Promise<Measurement> {
    bringNear(root, size, READS_GZIP.includes(engine));
    return firstMessage<Measurement>(engine, fork(join(here, 'measure.ts'), [engine, root, size, url]));
}

/** A server of the files; end it with `stop`. */
export async function startLoopback(root: string, size: Size): Promise<{ url: string; stop: () => void }> {
    const child = fork(join(here, 'engines', 'loopback.ts'), [root, size]);
    const { url } = await firstMessage<{ url: string }>('loopback server', child);
    return { url, stop: () => child.kill() };
}

function firstMessage<T>(name: string, child: ReturnType<typeof fork>): Promise<T> {
    return new Promise((resolve, reject) => {
        child.once('message', (message) => resolve(message as T));
        child.once('error', reject);
        child.once('exit', (code, signal) =>
            reject(new Error(`${name} ended with ${signal ?? code} before it answered.`))
        );
    });
}
