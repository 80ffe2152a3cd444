// `plan -- import` and `plan -- export`: plans between files and an org. The org and who is signed in come as sf names them: its address
// and an access token, which is never taken from the command line, where others could read it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from 'jsforce';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import type { Plan } from '../../service/src/domain/incentives/plan.ts';
import { NO_PROFILE, parsePlanProfile } from '../../service/src/domain/incentives/rule-packs/plan-profile.ts';
import { NO_BEGINNING } from '../../service/src/domain/incentives/vocabulary.ts';
import { writeCases } from '../../service/src/domain/incentives/write-cases.ts';
import { findingsOf } from '../../service/src/domain/plan-store/findings.ts';
import { planParts } from '../../service/src/domain/plan-store/plan-parts.ts';
import { ProblemError, type Problem } from '../../service/src/domain/problem.ts';
import { API_VERSION } from '../../service/src/salesforce/connect.ts';
import type { PlanToStore } from '../../service/src/salesforce/map-plan-rows.ts';
import { namesOf } from '../../service/src/salesforce/names.ts';
import type { PlanOrg } from '../../service/src/salesforce/plan-org.ts';
import { exportPlan, importPlan } from '../../service/src/salesforce/plan-store.ts';
import { aboutPlan } from './plan-page.ts';
import { argumentsOf, fromWhereTyped, optionsOf, readText, tellProblems, UsageError } from './files.ts';
import { packsForPlans } from './rule-pack-files.ts';

const OPTIONS = ['org', 'namespace', 'version', 'to'] as const;

export async function importCommand(args: string[]): Promise<number> {
    const { options, rest } = optionsOf(args, OPTIONS);
    const [folder] = argumentsOf(rest, ['folder of the plan']) as [string];
    const { wanted, problems } = planToStore(folder);
    tellProblems(problems, folder);
    if (wanted === null) return 1;
    const failing = wanted.parts.examples.filter(({ holds }) => !holds);
    for (const { name } of failing)
        console.error(`${folder}: the case "${name}" does not come out as expected; see plan -- test.`);
    return told(folder, async () => {
        const { versionKey, versionId, hash, outcome } = await importPlan(orgOf(options), wanted);
        console.log(JSON.stringify({ version: versionKey, id: versionId, hash, outcome }, null, 2));
        return failing.length === 0 ? 0 : 1;
    });
}

/** The text goes to stdout, or with `--to` into plan.yaml and cases.yaml of a folder. */
export async function exportCommand(args: string[]): Promise<number> {
    const { options, rest } = optionsOf(args, OPTIONS);
    const [key] = argumentsOf(rest, ['key of the plan']) as [string];
    return told(key, async () => {
        const { yaml, cases, hash, versionKey } = await exportPlan(orgOf(options), key, options.version);
        if (options.to === undefined) process.stdout.write(yaml);
        else {
            const folder = fromWhereTyped(options.to);
            mkdirSync(folder, { recursive: true });
            writeFileSync(join(folder, 'plan.yaml'), yaml);
            if (cases.length > 0) writeFileSync(join(folder, 'cases.yaml'), writeCases(cases));
        }
        console.error(`${versionKey}, hash ${hash}, ${cases.length} cases.`);
        return 0;
    });
}

/** plan.yaml with the cases and the profile that lie beside it. */
export function planToStore(folder: string): { wanted: PlanToStore | null; problems: Problem[] } {
    const yaml = readText(join(folder, 'plan.yaml'));
    const { plan, problems } = parsePlan(yaml);
    const { cases, problems: ofCases } = parseCases(textBeside(folder, 'cases.yaml', 'cases: []'));
    const profileText = textBeside(folder, 'profile.yaml', '');
    const { profile, problems: ofProfile } =
        profileText === '' ? { profile: NO_PROFILE, problems: [] } : parsePlanProfile(profileText);
    const all = [...problems, ...ofCases, ...ofProfile];
    if (!plan || !cases || !profile) return { wanted: null, problems: all };
    const findings = findingsOf(plan, packsForPlans(), profile, firstDayOf(plan));
    return {
        wanted: { plan, parts: planParts(plan, cases), findings, about: aboutPlan(yaml) },
        problems: all
    };
}

function firstDayOf({ effectiveFrom }: Plan): string {
    return effectiveFrom === NO_BEGINNING ? new Date().toISOString().slice(0, 10) : effectiveFrom;
}

function textBeside(folder: string, name: string, otherwise: string): string {
    const file = join(fromWhereTyped(folder), name);
    return existsSync(file) ? readFileSync(file, 'utf8') : otherwise;
}

function orgOf({ org, namespace = '' }: { org?: string; namespace?: string }): PlanOrg {
    const instanceUrl = org ?? process.env['SF_INSTANCE_URL'];
    const accessToken = process.env['SF_ACCESS_TOKEN'];
    if (!instanceUrl) throw new UsageError('Say which org: --org https://... or SF_INSTANCE_URL.');
    if (!accessToken)
        throw new UsageError(
            'Put an access token into SF_ACCESS_TOKEN (sf org display --verbose shows one).'
        );
    const connection = new Connection({ instanceUrl, accessToken, version: API_VERSION });
    return { connection, names: namesOf(namespace) };
}

async function told(name: string, work: () => Promise<number>): Promise<number> {
    try {
        return await work();
    } catch (error) {
        if (error instanceof UsageError) throw error;
        const problem = error instanceof ProblemError ? error.problem : orgProblem(error as Error);
        tellProblems([problem], name);
        return 1;
    }
}

/** What Salesforce answered, in its own words, or that it did not. */
function orgProblem({ name, message }: Error): Problem {
    return { code: name === 'Error' ? 'ORG_UNREACHABLE' : name, where: 'the org', value: '', fix: message };
}
