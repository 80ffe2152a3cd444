// `scorecards -- definitions`: writes service/docs/scorecard-definitions.md; with --check only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionsPage } from './page.ts';

export const PAGE = 'service/docs/scorecard-definitions.md';

export function definitionsCommand(args: readonly string[], root: string): number {
    const isCheck = args.includes('--check');
    const file = join(root, PAGE);
    const page = definitionsPage(root);
    const isStale = !existsSync(file) || readFileSync(file, 'utf8') !== page;
    if (isStale && !isCheck) writeFileSync(file, page);
    const told = !isStale
        ? 'as it was'
        : isCheck
          ? 'stale: npm run --silent scorecards -- definitions'
          : 'written';
    console.log(`${PAGE} ${told}.`);
    return isStale && isCheck ? 1 : 0;
}
