// Compares the fast engine with the reference over so many random sets, on all cores. What was compared is kept in
// .plumbline/bench, so that the next time goes on where this one ended; with other code of the engines it begins anew.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { answerOf } from './duel.ts';
import { addTally, CHUNK, emptyTally, type Tally } from './sets.ts';

/** Everything a comparison depends on. */
const SOURCES = [
    'service/src/domain',
    'service/test/domain/incentives/columnar',
    'scripts/bench/pay/sets.ts'
];

interface Progress {
    /** of the sources */
    hash: string;
    seed: number;
    /** all chunks before this one are in the tally */
    chunk: number;
    tally: Tally;
}

export interface Proof extends Tally {
    /** sets made, whether they could be compared or not */
    made: number;
}

/** Until `sets` of them have been compared, or something is different. */
export async function prove(root: string, sets: number, seed: number): Promise<Proof> {
    const file = join(root, '.plumbline', 'bench', `pay-proof-${seed}.json`);
    const progress = progressIn(file, { hash: hashOfSources(root), seed, chunk: 0, tally: emptyTally() });
    const waiting = new Map<number, Tally>();
    const isEnough = (): boolean => progress.tally.compared >= sets || progress.tally.differences.length > 0;
    let next = progress.chunk;
    const work = async (): Promise<void> => {
        const child = fork(join(import.meta.dirname, 'sets-process.ts'), [String(seed)]);
        try {
            while (!isEnough()) {
                const chunk = next++;
                child.send(chunk);
                waiting.set(chunk, (await answerOf(child)) as Tally);
                // Chunks count in their order, so that a number of sets always means the same sets.
                for (let own; !isEnough() && (own = waiting.get(progress.chunk)); progress.chunk++)
                    addTally(progress.tally, own);
                keep(file, progress);
            }
        } finally {
            child.kill();
        }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return { ...progress.tally, made: progress.chunk * CHUNK };
}

function progressIn(file: string, anew: Progress): Progress {
    if (!existsSync(file)) return anew;
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Progress;
    return kept.hash === anew.hash && kept.tally.differences.length === 0 ? kept : anew;
}

/** Whole or not at all, whenever it is interrupted. */
function keep(file: string, progress: Progress): void {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(progress));
    renameSync(`${file}.new`, file);
}

function hashOfSources(root: string): string {
    const hash = createHash('sha256');
    for (const source of SOURCES) {
        const path = join(root, source);
        const files = path.endsWith('.ts')
            ? [path]
            : readdirSync(path, { recursive: true, encoding: 'utf8' })
                  .filter((name) => name.endsWith('.ts'))
                  .sort()
                  .map((name) => join(path, name));
        for (const name of files) hash.update(readFileSync(name));
    }
    return hash.digest('hex');
}
