// `plan -- docs`: writes what shows the plans of config/plans: a page for each and the list of them, and the same plans for the page
// of the app; with --check only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import { APP_FOLDER, appModules } from './app-plans.ts';
import { UsageError } from './files.ts';
import { indexPage } from './plan-index.ts';
import { aboutPlan, planPage, type PlanWithCases } from './plan-page.ts';

export function docsCommand(args: string[], root: string): number {
    if (args.some((arg) => arg !== '--check')) throw new UsageError('docs takes nothing but --check.');
    const pages = planPages(root);
    const stale = stalePages(root, pages);
    if (args.length > 0) {
        for (const path of stale) console.log(`${path} is stale.`);
        if (stale.length > 0) console.log('Write the pages again: npm run --silent plan -- docs');
        return stale.length === 0 ? 0 : 1;
    }
    for (const path of stale) {
        const page = pages.get(path);
        mkdirSync(dirname(join(root, path)), { recursive: true });
        if (page === undefined) rmSync(join(root, path));
        else writeFileSync(join(root, path), page);
    }
    console.log(`${pages.size} pages in ${FOLDER} and ${APP_FOLDER}, ${stale.length} of them changed.`);
    return 0;
}

const FOLDER = 'service/docs/plans';

/** Text of each page by its path. */
export function planPages(root: string): Map<string, string> {
    const plans = readPlans(root);
    const pages = plans.map((one): [string, string] => [`${one.plan.key}.md`, planPage(one)]);
    return new Map([
        ...inFolder(FOLDER, [['README.md', indexPage(plans)], ...pages]),
        ...inFolder(APP_FOLDER, [...appModules(root, plans)])
    ]);
}

/** Paths of pages that are missing, differ, or belong to no plan. */
export function stalePages(root: string, pages: Map<string, string>): string[] {
    const there = [FOLDER, APP_FOLDER].flatMap((folder) => generatedFiles(root, folder));
    return [...new Set([...pages.keys(), ...there])].filter((path) => {
        const file = join(root, path);
        return !existsSync(file) || readFileSync(file, 'utf8') !== pages.get(path);
    });
}

function inFolder(folder: string, pages: [string, string][]): [string, string][] {
    return pages.map(([name, text]) => [`${folder}/${name}`, text]);
}

function generatedFiles(root: string, folder: string): string[] {
    if (!existsSync(join(root, folder))) return [];
    return readdirSync(join(root, folder))
        .filter((name) => /\.(md|js)$/.test(name))
        .map((name) => `${folder}/${name}`);
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
