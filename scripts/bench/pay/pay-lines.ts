// The pay section of the bench: our engine against DuckDB, decimal.js and compiled C on the same transactions, and against itself
// without generated code and after one change. All of them must come to the same figures.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { atLeast, atMost, DifferentResults, told, type Line } from '../lines.ts';
import type { EngineName } from './contender.ts';
import { answerOf, duel, type Duel } from './duel.ts';
import type { ChangeFigures, ChangeTimes } from './engines/changes.ts';
import { compileNative } from './engines/native.ts';
import { prove } from './proof.ts';
import { creditsOf } from './workload.ts';

const ROUNDS = 5;
/** Objects of ten million rows do not fit into memory, and take minutes. */
const OBJECT_ROWS = 100_000;
const BYTES_A_CREDIT = 40;
const CHANGE_OF_RUN = 5000;

/** Targets are for the large size: below it, what does not depend on the number of transactions outweighs the rest. */
export async function payLines(root: string, isLarge: boolean): Promise<Line[]> {
    const native = compileNative(root);
    const objectRows = isLarge ? OBJECT_ROWS : OBJECT_ROWS / 10;
    const objects = await fairDuel('generated', 'decimal', objectRows);
    const ofObjects = `decimal.js objects of ${objectRows.toLocaleString('en')}, CPU`;
    const lines = [atLeast(`pay, ${ofObjects}`, objects.cpu, 150, ' x ours')];
    for (const rows of isLarge ? [1_000_000, 10_000_000] : [100_000]) {
        const name = `pay, ${rows.toLocaleString('en')} transactions`;
        lines.push(...(await againstDuckDb(name, rows)));
        lines.push(
            ...(native
                ? await againstNative(name, rows, native)
                : [told(`${name}, C`, 'not measured: no C compiler')])
        );
        const own = await fairDuel('generated', 'operators', rows);
        lines.push(...alone(name, rows, own));
        const forOne = objects.theirs.cpuMs / objectRows / (own.ours.cpuMs / rows);
        lines.push(told(`${name}, ${ofObjects}, for a transaction`, `${forOne.toFixed(0)} x ours`));
        lines.push(...(await ofChanges(name, rows)));
    }
    return isLarge ? lines : lines.map(({ what, measured }) => told(what, measured));
}

async function againstDuckDb(name: string, rows: number): Promise<Line[]> {
    const { wall, cpu, ours } = await fairDuel('threads', 'duckdb', rows);
    return [
        atLeast(`${name}, DuckDB, all cores, wall clock`, wall, 25, ' x ours'),
        told(`${name}, DuckDB, all cores, CPU`, `${cpu.toFixed(1)} x ours`),
        told(`${name}, ours, all cores`, `${ours.wallMs.toFixed(0)} ms, ${ours.cpuMs.toFixed(0)} ms of CPU`)
    ];
}

async function againstNative(name: string, rows: number, program: string): Promise<Line[]> {
    const one = await fairDuel('native', 'generated', rows, program);
    const all = await fairDuel('native-threads', 'threads', rows, program);
    return [
        atMost(`${name}, ours, one thread, CPU`, one.cpu, 2, ' x C'),
        atMost(`${name}, ours, all cores, CPU`, all.cpu, 2, ' x C'),
        told(
            `${name}, ours, one thread / all cores, wall clock`,
            `${one.wall.toFixed(1)} / ${all.wall.toFixed(1)} x C`
        )
    ];
}

function alone(name: string, rows: number, { cpu, ours }: Duel): Line[] {
    return [
        atMost(`${name}, operators, CPU`, cpu, 4, ' x generated'),
        atMost(
            `${name}, columns and results for a credit`,
            ours.bytes / creditsOf(rows),
            BYTES_A_CREDIT,
            ' bytes'
        ),
        told(`${name}, ours, one thread`, `${ours.wallMs.toFixed(0)} ms, ${ours.cpuMs.toFixed(0)} ms of CPU`),
        told(`${name}, peak memory of the process`, `${ours.peakMb.toFixed(0)} MB`)
    ];
}

async function ofChanges(name: string, rows: number): Promise<Line[]> {
    const child = fork(join(import.meta.dirname, 'measure-changes.ts'), [String(rows)]);
    const { fullMs, amount, everything, changes, different } = (await answerOf(child)) as ChangeFigures;
    if (different.length > 0)
        throw new DifferentResults(
            `after ${changes} changes pay is not that of a full run:\n  ${different.join('\n  ')}`
        );
    const times = ({ middleUs, slowUs }: ChangeTimes): string =>
        `${middleUs.toFixed(0)} us (99 %: ${slowUs.toFixed(0)} us)`;
    return [
        atLeast(
            `${name}, full run / one changed amount`,
            (fullMs * 1000) / amount.middleUs,
            CHANGE_OF_RUN,
            ' x'
        ),
        told(`${name}, one changed amount`, times(amount)),
        told(`${name}, one row replaced by quite another`, times(everything))
    ];
}

async function fairDuel(ours: EngineName, theirs: EngineName, rows: number, program = ''): Promise<Duel> {
    const figures = await duel(ours, theirs, rows, ROUNDS, program);
    if (figures.different.length > 0)
        throw new DifferentResults(
            `${ours} and ${theirs} pay differently for ${rows} transactions:\n  ${figures.different.join('\n  ')}`
        );
    return figures;
}

/** The fast engine against the reference: a difference fails the run. */
export async function proofLines(root: string, sets: number, seed: number): Promise<Line[]> {
    const { compared, made, exact, withProblems, outside, differences } = await prove(root, sets, seed);
    if (differences.length > 0)
        throw new DifferentResults(`the fast engine pays something else:\n  ${differences.join('\n  ')}`);
    const number = (count: number): string => count.toLocaleString('en');
    return [
        told(`pay, differences in ${number(compared)} random plans with transactions`, '0'),
        told(
            'of these beyond whole numbers; left to the reference engine besides',
            `${number(exact)}; ${number(withProblems)} with problems, ${number(outside)} outside its class, of ${number(made)} made`
        )
    ];
}
