// npm run faults [-- --kills 50 --seed 1 --size 450 --only kill,org --scenes pay,forecast]: faults in the middle of runs.
// With --seconds 3000 kills alone, for so long at most; the next call goes on with them, whatever ended the one before.
// Prints one table; ends with 1 when anything was lost, doubled or told wrongly, or the service ended by itself.
import { join } from 'node:path';
import { readOptions, refuse } from '../options.ts';
import { bench, KINDS, LEFT_OUT } from './bench.ts';
import { campaign } from './campaign.ts';
import { scenes } from './scenes.ts';
import { tableLines, Tally } from './tally.ts';

const USAGE = `npm run faults [-- options]
  --kills N      runs that are killed (50)
  --seed N       where the points of the kills come from (1)
  --size N       deals or sales in each run (450)
  --only NAMES   kinds of faults, with commas: ${KINDS.map(({ name }) => name).join(',')}
  --scenes NAMES what is running, with commas: ${sceneNames().join(',')}
  --seconds N    kills alone, for so long at most; the next call goes on`;
const values = readOptions(
    {
        kills: { type: 'string', default: '50' },
        seed: { type: 'string', default: '1' },
        size: { type: 'string', default: '450' },
        seconds: { type: 'string' },
        only: { type: 'string' },
        scenes: { type: 'string' }
    },
    USAGE
);
const kills = Number(values.kills);
const seed = Number(values.seed);
const size = Number(values.size);
const names = chosen(
    'kind of faults',
    values.only,
    KINDS.map(({ name }) => name)
);
const wanted = chosen('scene', values.scenes, sceneNames());
const running = scenes(size).filter(({ name }) => wanted.includes(name));
if ([kills, seed, size].some((number) => !Number.isSafeInteger(number) || number < 1))
    refuse('--kills, --seed and --size need a whole number from 1.', USAGE);
const startedAt = performance.now();
const onTrial = (what: string): void => console.error(`${seconds()} s  ${what}`);
if (values.seconds !== undefined) await killForSeconds(Number(values.seconds));
const tally = new Tally();
process.once('SIGINT', () =>
    finish(tally, ['what had not been tried when it was interrupted.', ...LEFT_OUT])
);
await bench({
    kinds: KINDS.filter(({ name }) => names.includes(name)),
    scenes: running,
    kills,
    seed,
    tally,
    onTrial
});
finish(tally, LEFT_OUT);

/** Without a choice: all of them. */
function chosen(what: string, given: string | undefined, all: string[]): string[] {
    const wanted = given?.split(',') ?? all;
    const unknown = wanted.filter((name) => !all.includes(name));
    if (unknown.length > 0) refuse(`There is no ${what} called ${unknown.join(', ')}.`, USAGE);
    return wanted;
}

/** Their names do not hang on the size. */
function sceneNames(): string[] {
    return scenes(1).map(({ name }) => name);
}

async function killForSeconds(bound: number): Promise<never> {
    const file = join(import.meta.dirname, `../../.plumbline/faults/kills-${seed}-${size}.json`);
    const killed = await campaign({ scenes: running, kills, seed, seconds: bound, file, onTrial });
    console.log(`${killed.tried} of ${kills} kills, kept in ${file}`);
    finish(killed, []);
}

/** Ends the process: a child of a trial that broke must not keep it. */
function finish(of: Tally, leftOut: readonly string[]): never {
    console.log(`${size} deals or sales in each run, seed ${seed}, ${seconds()} s`);
    for (const line of tableLines(of, leftOut)) console.log(line);
    process.exit(of.isClean ? 0 : 1);
}

function seconds(): number {
    return Math.round((performance.now() - startedAt) / 1000);
}
