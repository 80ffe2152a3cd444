// npm run bench [-- --size small] [-- --delete]: reading, features and pay measured against others, as ratios of one run. One
// section alone: --only "pay proof", which takes --sets 1000000 --seed 1.
// Files are kept in .plumbline/bench for the next run unless --delete is given. Ends with 1 when results differ.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions, refuse } from '../options.ts';
import { SIZES, bytesOf, ensureData, type Size } from './data.ts';
import { DifferentResults } from './lines.ts';
import type { Measurement } from './measure.ts';
import { runEngine } from './run-engine.ts';
import { SECTIONS } from './sections.ts';

const root = join(import.meta.dirname, '..', '..');
const USAGE = `npm run bench [-- options]
  --size NAME    size of the files: ${Object.keys(SIZES).join(', ')} (large)
  --only NAME    one section: ${SECTIONS.map(({ name }) => name).join(', ')}
  --sets N       plans and transactions that "pay proof" compares (10000)
  --seed N       where they come from (1)
  --delete       keep no files for the next time`;
const values = readOptions(
    {
        size: { type: 'string', default: 'large' },
        delete: { type: 'boolean', default: false },
        only: { type: 'string' },
        sets: { type: 'string', default: '10000' },
        seed: { type: 'string', default: '1' }
    },
    USAGE
);
const size = values.size as Size;
if (!Object.hasOwn(SIZES, size)) refuse(`--size ${size} is unknown.`, USAGE);
if (values.only && !SECTIONS.some(({ name }) => name === values.only))
    refuse(`--only ${values.only} is no section.`, USAGE);

/** Files are made and read when the first section asks for them. */
async function readFiles(): Promise<Measurement> {
    const deals = SIZES[size].toLocaleString('en');
    console.log(`Making ${deals} opportunities with history and activities, unless kept from before ...`);
    await ensureData(root, size, false);
    console.log(`${(bytesOf(root, size) / 1e9).toFixed(2)} GB of Bulk CSV.`);
    return runEngine('files', root, size);
}

let files: Promise<Measurement> | null = null;
const ours = (): Promise<Measurement> => (files ??= readFiles());

const context = { root, size, ours, sets: Number(values.sets), seed: Number(values.seed) };
console.log('Ratios of this run, on this machine:\n');
try {
    for (const section of SECTIONS) {
        if (values.only && values.only !== section.name) continue;
        for (const { what, measured, target, isMet } of await section.run(context)) {
            const verdict = target === '' ? '' : `   target ${target}: ${isMet ? 'met' : 'MISSED'}`;
            console.log(`  ${what.padEnd(60)} ${measured.padStart(14)}${verdict}`);
        }
    }
} catch (error) {
    if (!(error instanceof DifferentResults)) throw error;
    console.error(error.message);
    process.exitCode = 1;
}
if (values.delete) rmSync(join(root, '.plumbline', 'bench'), { recursive: true, force: true });
