// The plans of config/plans and their cases as modules of the component c/publishedPlans, for the page of worked examples: the very
// text of the files, and an index of what each shows. Salesforce takes no file of a component above 128 KB, so there are several.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mechanicsOf } from './mechanics.ts';
import { summaryOf, type PlanWithCases } from './plan-page.ts';

export const APP_FOLDER = 'force-app/main/incentives/lwc/publishedPlans';
/** Room is left below Salesforce's 131,072 bytes. */
const MOST_BYTES = 100_000;
const BANNER = `// @ts-nocheck
// Generated from config/plans by: npm run --silent plan -- docs
`;

/** Text of each module by file name. */
export function appModules(root: string, plans: readonly PlanWithCases[]): Map<string, string> {
    const parts = inParts(plans.map((one) => entryOf(root, one)));
    const names = parts.map((_, index) => `part${index + 1}`);
    const modules = parts.map((entries, index): [string, string] => [
        `${names[index]!}.js`,
        `${BANNER}export const PLANS = [\n${entries.join(',\n')}\n];\n`
    ]);
    const imports = names.map((name) => `import { PLANS as ${name} } from './${name}';\n`).join('');
    const main = `${BANNER}${imports}\nexport const PUBLISHED_PLANS = [${names.map((name) => `...${name}`).join(', ')}];\n`;
    return new Map([['publishedPlans.js', main], ...modules]);
}

function entryOf(root: string, one: PlanWithCases): string {
    const { plan, cases } = one;
    const read = (name: string): string => readFileSync(join(root, 'config/plans', plan.key, name), 'utf8');
    return JSON.stringify({
        key: plan.key,
        name: plan.name,
        about: summaryOf(one),
        mechanics: mechanicsOf(plan, cases),
        cases: cases.map(({ name, source }) => ({ name, source })),
        planText: read('plan.yaml'),
        casesText: read('cases.yaml')
    });
}

function inParts(entries: readonly string[]): string[][] {
    const parts: string[][] = [[]];
    let size = 0;
    for (const entry of entries) {
        const bytes = Buffer.byteLength(entry);
        if (size + bytes > MOST_BYTES) {
            parts.push([]);
            size = 0;
        }
        parts.at(-1)!.push(entry);
        size += bytes;
    }
    return parts;
}
