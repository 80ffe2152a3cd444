// Two engines on the same rows, in processes of their own, taking turns: other work on the machine slows one turn and not the next,
// so the middle ratio of the turns counts. Both must come to the same sums.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { differences } from '../checksums.ts';
import type { EngineName, Told } from './contender.ts';
import type { Cost } from './engines/engine.ts';

export interface Duel {
    /** theirs / ours */
    wall: number;
    cpu: number;
    ours: Told & Cost;
    theirs: Told & Cost;
    /** sums that are not the same, with both */
    different: string[];
}

export async function duel(
    ours: EngineName,
    theirs: EngineName,
    rows: number,
    rounds: number,
    program = ''
): Promise<Duel> {
    const engines = [await start(ours, rows, program), await start(theirs, rows, program)] as const;
    try {
        const turns: [Cost, Cost][] = [];
        // The first turn warms up.
        for (let round = 0; round <= rounds; round++) {
            const turn: [Cost, Cost] = [await ask(engines[0], 'run'), await ask(engines[1], 'run')];
            if (round > 0) turns.push(turn);
        }
        const [a, b] = [await ask<Told>(engines[0], 'tell'), await ask<Told>(engines[1], 'tell')];
        const cost = (who: 0 | 1): Cost => ({
            cpuMs: middle(turns.map((turn) => turn[who].cpuMs)),
            wallMs: middle(turns.map((turn) => turn[who].wallMs))
        });
        return {
            wall: middle(turns.map(([our, their]) => their.wallMs / our.wallMs)),
            cpu: middle(turns.map(([our, their]) => their.cpuMs / our.cpuMs)),
            ours: { ...a, ...cost(0) },
            theirs: { ...b, ...cost(1) },
            different: differences(a.sums, b.sums)
        };
    } finally {
        for (const engine of engines) engine.kill();
    }
}

async function start(name: EngineName, rows: number, program: string): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, 'contender.ts'), [name, String(rows), program]);
    await answerOf(child);
    return child;
}

function ask<T = Cost>(child: ChildProcess, what: 'run' | 'tell'): Promise<T> {
    child.send(what);
    return answerOf(child) as Promise<T>;
}

export async function answerOf(child: ChildProcess): Promise<unknown> {
    const given = new AbortController();
    const ended = once(child, 'exit', given).then(([code, signal]) => {
        throw new Error(`${child.spawnargs.slice(-3, -1).join(' ')} ended with ${String(signal ?? code)}`);
    });
    try {
        return await Promise.race([
            once(child, 'message', given).then(([message]) => message as unknown),
            ended
        ]);
    } finally {
        ended.catch(() => undefined);
        given.abort();
    }
}

function middle(values: readonly number[]): number {
    return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
