// The pay bench as compiled C, where the machine has a compiler. The program holds its rows and calculates when a line is written to
// it; it measures itself.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CELL_NAMES, CREDIT_NAMES } from '../checksums.ts';
import type { Cost, Engine } from './engine.ts';

const COMPILERS = ['cc', 'gcc', 'clang'];

/** The path of the compiled engine; null where no compiler is found. */
export function compileNative(root: string): string | null {
    const compiler = COMPILERS.find((name) => spawnSync(name, ['--version']).status === 0);
    if (!compiler) return null;
    const folder = join(root, '.plumbline', 'bench');
    mkdirSync(folder, { recursive: true });
    const program = join(folder, 'pay-native');
    execFileSync(compiler, ['-O3', '-pthread', '-o', program, join(import.meta.dirname, 'pay.c')]);
    return program;
}

export async function nativeEngine(program: string, count: number, threads: number): Promise<Engine> {
    const child = spawn(program, [String(count), String(threads)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => {
        const { value, done } = await lines.next();
        if (done) throw new Error(`${program} ended before it answered`);
        return value as string;
    };
    await next();
    return {
        async run() {
            child.stdin.write('\n');
            return JSON.parse(await next()) as Cost;
        },
        async sums() {
            child.stdin.end();
            const sums = JSON.parse(await next()) as number[];
            return Object.fromEntries(
                [...CELL_NAMES, ...CREDIT_NAMES].map((name, place) => [name, sums[place]!])
            );
        },
        stop: () => void child.kill()
    };
}
