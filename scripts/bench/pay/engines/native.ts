// The pay bench as compiled C, where the machine has a compiler.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CELL_NAMES, CREDIT_NAMES, type Checksums } from '../checksums.ts';

const COMPILERS = ['cc', 'gcc', 'clang'];

export interface NativeRun {
    cpuMs: number;
    wallMs: number;
}

/** The path of the compiled engine; null where no compiler is found. */
export function compileNative(root: string): string | null {
    const compiler = COMPILERS.find((name) => spawnSync(name, ['--version']).status === 0);
    if (!compiler) return null;
    const folder = join(root, '.plumbline', 'bench');
    mkdirSync(folder, { recursive: true });
    const program = join(folder, 'pay-native');
    execFileSync(compiler, ['-O3', '-o', program, join(import.meta.dirname, 'pay.c')]);
    return program;
}

export function runNative(
    program: string,
    count: number,
    repetitions: number
): { runs: NativeRun[]; sums: Checksums } {
    const told = execFileSync(program, [String(count), String(repetitions)], { encoding: 'utf8' });
    const { runs, sums } = JSON.parse(told) as { runs: NativeRun[]; sums: number[] };
    const names = [...CELL_NAMES, ...CREDIT_NAMES];
    return { runs, sums: Object.fromEntries(names.map((name, index) => [name, sums[index]!])) };
}
