// `scorecards -- docs`: measures the detectors on planted declines and writes the figures into service/docs/early-warnings.md; with
// --check only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlaybook } from '../../service/src/domain/scorecards/week/read-playbook.ts';
import type { Playbook } from '../../service/src/domain/scorecards/week/types.ts';
import { measureDetectors } from './detectors/measure.ts';
import { measuredPart, withMeasured } from './detectors/page.ts';

export const PAGE = 'service/docs/early-warnings.md';
const PLAYBOOK = 'config/scorecards/playbook.yaml';
/** Never looked at while the detectors were tuned. */
export const SEEDS = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20];

export function docsCommand(args: readonly string[], root: string): number {
    const isCheck = args.includes('--check');
    const file = join(root, PAGE);
    const page = readFileSync(file, 'utf8');
    const playbook = playbookIn(root);
    const written = withMeasured(page, measuredPart(SEEDS, measureDetectors(SEEDS, playbook), playbook));
    const isStale = written !== page;
    if (isStale && !isCheck) writeFileSync(file, written);
    console.log(
        `${PAGE} ${!isStale ? 'as it was' : isCheck ? 'stale: npm run --silent scorecards -- docs' : 'written'}.`
    );
    return isStale && isCheck ? 1 : 0;
}

function playbookIn(root: string): Playbook {
    const { playbook, problems } = readPlaybook(readFileSync(join(root, PLAYBOOK), 'utf8'));
    if (playbook) return playbook;
    const told = problems.map(({ code, where, fix }) => `${code} at ${where}: ${fix}`);
    throw new Error(`${PLAYBOOK} cannot be used. ${told.join(' ')}`);
}
