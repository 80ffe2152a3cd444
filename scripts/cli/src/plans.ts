// Plans as `npm run plan` knows them, for the commands of sf: the same functions, with refusals as sf shows them.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SfError, type Connection } from '@salesforce/core';
import { writeCases } from '../../../service/src/domain/incentives/write-cases.ts';
import { ProblemError, type Problem } from '../../../service/src/domain/problem.ts';
import type { Names } from '../../../service/src/salesforce/names.ts';
import type { PlanOrg } from '../../../service/src/salesforce/plan-org.ts';
import { exportPlan, importPlan } from '../../../service/src/salesforce/plan-store.ts';
import { planToStore } from '../../plan/org.ts';
import { ROOT } from './project.ts';

const PLANS = join(ROOT, 'config', 'plans');

export interface ImportedFolder {
    plan: string;
    version: string;
    id: string;
    hash: string;
    outcome: 'created' | 'changed' | 'unchanged';
    /** cases that do not come out as expected; the draft is in the org all the same */
    failingCases: string[];
}

/** The published plans of config/plans. */
export function planKeys(): string[] {
    return readdirSync(PLANS)
        .filter((name) => existsSync(join(PLANS, name, 'plan.yaml')))
        .sort();
}

export const planFolder = (key: string): string => join(PLANS, key);

export async function importFolder(
    connection: Connection,
    names: Names,
    folder: string
): Promise<ImportedFolder> {
    const { wanted, problems } = planToStore(resolve(folder));
    if (!wanted) throw planError(folder, problems);
    const { versionKey, versionId, hash, outcome } = await orgWork(folder, () =>
        importPlan(planOrg(connection, names), wanted)
    );
    return {
        plan: wanted.plan.key,
        version: versionKey,
        id: versionId,
        hash,
        outcome,
        failingCases: wanted.parts.examples.filter(({ holds }) => !holds).map(({ name }) => name)
    };
}

export interface ExportedFolder {
    version: string;
    status: string;
    hash: string;
    cases: number;
    yaml: string;
    /** files that were written; none without a folder */
    files: string[];
}

export async function exportToFolder(
    connection: Connection,
    names: Names,
    key: string,
    { version, folder }: { version?: string; folder?: string }
): Promise<ExportedFolder> {
    const exported = await orgWork(key, () => exportPlan(planOrg(connection, names), key, version));
    const { versionKey, status, hash, yaml, cases } = exported;
    const files: string[] = [];
    const write = (name: string, text: string): void => {
        const file = join(resolve(folder!), name);
        writeFileSync(file, text);
        files.push(file);
    };
    if (folder !== undefined) {
        mkdirSync(resolve(folder), { recursive: true });
        write('plan.yaml', yaml);
        if (cases.length > 0) write('cases.yaml', writeCases(cases));
    }
    return { version: versionKey, status, hash, cases: cases.length, yaml, files };
}

/** One line for what is wrong where, one for what to do. */
export function problemLines(problems: readonly Problem[]): string[] {
    return problems.map(
        ({ code, where, value, fix }) => `${where}: ${code}${value === '' ? '' : ` "${value}"`}\n    ${fix}`
    );
}

/** jsforce of the CLI and of the service are the same library in two packages. */
function planOrg(connection: Connection, names: Names): PlanOrg {
    return { connection: connection as unknown as PlanOrg['connection'], names };
}

async function orgWork<T>(about: string, work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        if (error instanceof ProblemError) throw planError(about, [error.problem]);
        throw error;
    }
}

function planError(about: string, problems: readonly Problem[]): SfError {
    const [first] = problems;
    const error = new SfError(
        `${about}: ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}.\n${problemLines(problems).join('\n')}`,
        first?.code ?? 'PlanProblem'
    );
    error.data = problems as never;
    return error;
}
