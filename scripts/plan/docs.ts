// `plan -- docs`: writes a page for every plan of config/plans and the list of them; with --check only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import { UsageError } from './files.ts';
import { indexPage } from './plan-index.ts';
import { aboutPlan, planPage, type PlanWithCases } from './plan-page.ts';

export function docsCommand(args: string[], root: string): number {
    if (args.some((arg) => arg !== '--check')) throw new UsageError('docs takes nothing but --check.');
    const pages = planPages(root);
    const stale = stalePages(root, pages);
    if (args.length > 0) {
        for (const name of stale) console.log(`${join(FOLDER, name)} is stale.`);
        if (stale.length > 0) console.log('Write the pages again: npm run --silent plan -- docs');
        return stale.length === 0 ? 0 : 1;
    }
    const folder = join(root, FOLDER);
    mkdirSync(folder, { recursive: true });
    for (const name of stale) {
        const page = pages.get(name);
        if (page === undefined) rmSync(join(folder, name));
        else writeFileSync(join(folder, name), page);
    }
    console.log(`${pages.size} pages in ${FOLDER}, ${stale.length} of them changed.`);
    return 0;
}

export const FOLDER = 'service/docs/plans';

/** Text of each page by file name. */
export function planPages(root: string): Map<string, string> {
    const plans = readPlans(root);
    const pages = plans.map((one): [string, string] => [`${one.plan.key}.md`, planPage(one)]);
    return new Map([['README.md', indexPage(plans)], ...pages]);
}

/** Names of pages that are missing, differ, or belong to no plan. */
export function stalePages(root: string, pages: Map<string, string>): string[] {
    const folder = join(root, FOLDER);
    const there = existsSync(folder) ? readdirSync(folder) : [];
    const names = new Set([...pages.keys(), ...there]);
    return [...names].filter((name) => {
        const file = join(folder, name);
        return !existsSync(file) || readFileSync(file, 'utf8') !== pages.get(name);
    });
}

function readPlans(root: string): PlanWithCases[] {
    const folder = join(root, 'config/plans');
    return readdirSync(folder)
        .sort()
        .filter((key) => existsSync(join(folder, key, 'plan.yaml')))
        .map((key) => {
            const yaml = readFileSync(join(folder, key, 'plan.yaml'), 'utf8');
            const { plan, problems } = parsePlan(yaml);
            const { cases, problems: caseProblems } = parseCases(
                readFileSync(join(folder, key, 'cases.yaml'), 'utf8')
            );
            const [first] = [...problems, ...caseProblems];
            if (!plan || !cases) throw new Error(`${key}: ${first?.code} at ${first?.where}: ${first?.fix}`);
            return { plan, cases, about: aboutPlan(yaml) };
        });
}
