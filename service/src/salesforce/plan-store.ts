// Plans between files and the org: `importPlan` writes a draft of a version with what people read of it, `exportPlan` gives back the
// canonical text of what pays. Works as whoever the connection belongs to: that person becomes the designer, and the guards of the
// package decide what may be written.
import { parsePlan } from '../domain/incentives/parse-plan.ts';
import type { PlanCase } from '../domain/incentives/parse-cases.ts';
import { writePlan } from '../domain/incentives/write-plan.ts';
import { planHash } from '../domain/incentives/write-result.ts';
import { casesOf, type Example } from '../domain/plan-store/examples.ts';
import { ProblemError } from '../domain/problem.ts';
import { planRows, versionKeyOf, type PlanToStore } from './map-plan-rows.ts';
import { heldVersion, removeOthers, upsert, type PlanOrg } from './plan-org.ts';

export interface ImportedPlan {
    versionKey: string;
    versionId: string;
    hash: string;
    /** `unchanged`: the version is no draft any more, and says exactly this */
    outcome: 'created' | 'changed' | 'unchanged';
}

export interface ExportedPlan {
    versionKey: string;
    status: string;
    /** the canonical text, as writePlan writes it */
    yaml: string;
    hash: string;
    cases: PlanCase[];
}

export async function importPlan(org: PlanOrg, wanted: PlanToStore): Promise<ImportedPlan> {
    const rows = planRows(wanted);
    const versionKey = versionKeyOf(wanted.plan);
    const hash = planHash(wanted.plan);
    const held = await heldVersion(org, 'ExternalKey__c', versionKey);
    if (held && held.Status__c !== 'Draft') {
        if (held.DefinitionHash__c === hash)
            return { versionKey, versionId: held.Id, hash, outcome: 'unchanged' };
        throw new ProblemError({
            code: 'VERSION_FIXED',
            where: `version of ${wanted.plan.key}`,
            value: wanted.plan.version,
            fix: `${versionKey} is ${held.Status__c} and never changes. Write another \`version\`, then import it.`
        });
    }
    await upsert(org, 'Plan__c', [rows.plan]);
    // A version whose parts are still those of another text must not go to review: the hash of its parts comes last.
    await upsert(org, 'PlanVersion__c', [{ ...rows.version, PartsHash__c: null }]);
    await removeOthers(org, 'RateTier__c', 'PlanComponent__r.PlanVersion__r', versionKey, rows.tiers);
    await removeOthers(org, 'PlanComponent__c', 'PlanVersion__r', versionKey, rows.components);
    await upsert(org, 'PlanComponent__c', rows.components);
    await upsert(org, 'RateTier__c', rows.tiers);
    const { ExternalKey__c, PartsHash__c } = rows.version;
    await upsert(org, 'PlanVersion__c', [{ ExternalKey__c: ExternalKey__c!, PartsHash__c: PartsHash__c! }]);
    const written = await heldVersion(org, 'ExternalKey__c', versionKey);
    if (written?.DefinitionHash__c !== hash) throw notTheSame(versionKey, written?.DefinitionHash__c ?? '');
    return { versionKey, versionId: written.Id, hash, outcome: held ? 'changed' : 'created' };
}

/** @param version without it the one that came into the org last */
export async function exportPlan(org: PlanOrg, planKey: string, version?: string): Promise<ExportedPlan> {
    const held =
        version === undefined
            ? await heldVersion(org, 'Plan__r.ExternalKey__c', planKey)
            : await heldVersion(org, 'ExternalKey__c', `${planKey}:${version}`);
    if (!held)
        throw new ProblemError({
            code: 'PLAN_UNKNOWN',
            where: 'the org',
            value: version === undefined ? planKey : `${planKey} ${version}`,
            fix: 'Correct the key, or sign in as somebody who may see the plan.'
        });
    const { plan, problems } = parsePlan(held.Definition__c);
    if (!plan) throw new ProblemError(problems[0]!);
    const hash = planHash(plan);
    if (hash !== held.DefinitionHash__c) throw notTheSame(held.ExternalKey__c, held.DefinitionHash__c);
    const examples = JSON.parse(held.Examples__c || '[]') as Example[];
    return {
        versionKey: held.ExternalKey__c,
        status: held.Status__c,
        yaml: writePlan(plan),
        hash,
        cases: casesOf(examples)
    };
}

function notTheSame(versionKey: string, hash: string): ProblemError {
    return new ProblemError({
        code: 'DEFINITION_CHANGED',
        where: versionKey,
        value: hash,
        fix: 'The text in the org is not the canonical text of the plan. Import the plan file again as a new version.'
    });
}
