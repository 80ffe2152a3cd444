// npm run faults [-- --kills 50 --seed 1 --size 450 --only kill,org,database,clock,twice,deploy]: faults in the middle of runs.
// Prints one table; ends with 1 when anything was lost, doubled or told wrongly, or the service ended by itself.
import { parseArgs } from 'node:util';
import { bench, KINDS, LEFT_OUT } from './bench.ts';
import { scenes } from './scenes.ts';
import { tableLines, Tally } from './tally.ts';

const { values } = parseArgs({
    options: {
        kills: { type: 'string', default: '50' },
        seed: { type: 'string', default: '1' },
        size: { type: 'string', default: '450' },
        only: { type: 'string' }
    }
});
const kills = Number(values.kills);
const seed = Number(values.seed);
const size = Number(values.size);
const names = values.only?.split(',') ?? KINDS.map(({ name }) => name);
const unknown = names.filter((name) => !KINDS.some((kind) => kind.name === name));
if ([kills, seed, size].some((number) => !Number.isSafeInteger(number) || number < 1) || unknown.length > 0) {
    console.error(
        `--kills, --seed and --size need a whole number from 1, --only some of ${KINDS.map(({ name }) => name).join(',')}.`
    );
    process.exit(2);
}
const startedAt = performance.now();
const tally = new Tally();
process.once('SIGINT', () => finish(['what had not been tried when it was interrupted.', ...LEFT_OUT]));
await bench({
    kinds: KINDS.filter(({ name }) => names.includes(name)),
    scenes: scenes(size),
    kills,
    seed,
    tally,
    onTrial: (what) => console.error(`${seconds()} s  ${what}`)
});
finish(LEFT_OUT);

/** Ends the process: a child of a trial that broke must not keep it. */
function finish(leftOut: readonly string[]): never {
    console.log(`${size} deals or sales in each run, seed ${seed}, ${seconds()} s`);
    for (const line of tableLines(tally, leftOut)) console.log(line);
    process.exit(tally.isClean ? 0 : 1);
}

function seconds(): number {
    return Math.round((performance.now() - startedAt) / 1000);
}
