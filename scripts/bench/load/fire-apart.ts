// Fires mixed traffic from another process: where the local org works in this one, waiting for it would count as waiting for answers.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Burst, Fired } from './fire.ts';
import type { Caller } from './traffic.ts';

export interface ApartBurst extends Omit<Burst, 'next'> {
    callers: { caller: Caller; runKey: string }[];
}

export function fireApart(burst: ApartBurst): Promise<Fired> {
    const child = fork(join(import.meta.dirname, 'fire-process.ts'), {
        execArgv: ['--disable-warning=ExperimentalWarning']
    });
    return new Promise((resolve, reject) => {
        child.once('message', (fired) => resolve(fired as Fired));
        child.once('exit', (code) => reject(new Error(`The load ended with ${code} before it was counted.`)));
        child.send(burst);
    });
}
