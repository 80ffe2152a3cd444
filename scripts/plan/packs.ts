// `plan -- packs`: runs the cases of every rule pack and writes the page of all; with --check only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { overlapsOf } from '../../service/src/domain/incentives/rule-packs/pack-in-force.ts';
import { runPackCase } from '../../service/src/domain/incentives/rule-packs/run-pack-cases.ts';
import { tellProblems, UsageError } from './files.ts';
import { packKeys, readPack } from './rule-pack-files.ts';
import { rulePackPage } from './rule-pack-page.ts';

const PAGE = 'service/docs/rule-packs.md';

export function packsCommand(args: string[], root: string): number {
    if (args.some((arg) => arg !== '--check')) throw new UsageError('packs takes nothing but --check.');
    const packs = packKeys().map(readPack);
    const overlaps = overlapsOf(packs.map(({ pack }) => pack));
    tellProblems(overlaps, 'config/rule-packs');
    const wrong = packs.flatMap(({ pack, cases }) =>
        cases.flatMap((one) =>
            runPackCase(pack, one).map(
                ({ where, expected, actual }) =>
                    `${pack.key}: ${one.name}: ${where} should be ${expected}, is ${actual}`
            )
        )
    );
    for (const line of wrong) console.log(line);
    const page = rulePackPage(packs);
    const file = join(root, PAGE);
    const isStale = !existsSync(file) || readFileSync(file, 'utf8') !== page;
    if (isStale && args.length === 0) writeFileSync(file, page);
    const state = !isStale
        ? 'as it was'
        : args.length === 0
          ? 'written'
          : 'stale: npm run --silent plan -- packs';
    console.log(
        `${packs.length} packs, ${packs.flatMap(({ cases }) => cases).length} cases, ${wrong.length} not as expected; ${PAGE} ${state}.`
    );
    return wrong.length + overlaps.length === 0 && (args.length === 0 || !isStale) ? 0 : 1;
}
