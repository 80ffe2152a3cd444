// Puts the plans of scripts/demo/pay/plans into the demo org with everything people read of them, as they stand after one person has
// designed, another approved and the first activated them. The loader may do that; the API would ask for each step.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCases } from '../../../service/src/domain/incentives/parse-cases.ts';
import { parsePlan } from '../../../service/src/domain/incentives/parse-plan.ts';
import { NO_PROFILE } from '../../../service/src/domain/incentives/rule-packs/plan-profile.ts';
import { findingsOf } from '../../../service/src/domain/plan-store/findings.ts';
import { planParts } from '../../../service/src/domain/plan-store/plan-parts.ts';
import { planRows, type PlanToStore } from '../../../service/src/salesforce/map-plan-rows.ts';
import type { RowFields } from '../../../service/src/salesforce/write-rows.ts';
import type { LocalOrg } from '../../local-org/local-org.ts';
import type { LoadRow } from '../../local-org/records/load.ts';
import { aboutPlan } from '../../plan/plan-page.ts';
import { packsForPlans } from '../../plan/rule-pack-files.ts';
import { PAY_DESK, usernameOf } from '../pay/pay-desk.ts';

const PLANS = fileURLToPath(new URL('../pay/plans/', import.meta.url));
/** The year the cases are written for. */
const WRITTEN_FOR = /\b2026\b/g;

/** @param from first day on which they pay */
export function loadPlans(org: LocalOrg, from: string): void {
    for (const key of readdirSync(PLANS).sort()) loadPlan(org, planToStore(join(PLANS, key), from));
}

/** The cases move into the first whole year in which the plan is in force. */
function planToStore(folder: string, from: string): PlanToStore {
    const yaml = readFileSync(join(folder, 'plan.yaml'), 'utf8');
    const { plan: written, problems } = parsePlan(yaml);
    const casesText = readFileSync(join(folder, 'cases.yaml'), 'utf8');
    const { cases, problems: ofCases } = parseCases(
        casesText.replace(WRITTEN_FOR, String(Number(from.slice(0, 4)) + 1))
    );
    if (!written || !cases)
        throw new Error(`The plan in ${folder} is wrong: ${JSON.stringify([...problems, ...ofCases])}`);
    const plan = { ...written, effectiveFrom: from };
    const findings = findingsOf(plan, packsForPlans(), NO_PROFILE, from);
    return { plan, parts: planParts(plan, cases), findings, about: aboutPlan(yaml) };
}

function loadPlan(org: LocalOrg, stored: PlanToStore): void {
    const { plan, version, components, tiers } = planRows(stored);
    const [analyst, approver] = PAY_DESK.map((member) => org.users.byUsername(usernameOf(member))!.userId);
    const at = new Date().toISOString();
    const put = (objectName: string, rows: RowFields[]): void => {
        org.load(
            objectName,
            rows.map((row) => withParentIds(org, row))
        );
    };
    put('Plan__c', [{ ...plan, OwnerId: analyst! }]);
    put('PlanVersion__c', [
        {
            ...version,
            DefinitionHash__c: version['PartsHash__c']!,
            OwnerId: analyst!,
            Status__c: 'Active',
            DesignedBy__c: analyst!,
            SubmittedBy__c: analyst!,
            SubmittedAt__c: at,
            ApprovedBy__c: approver!,
            ApprovedAt__c: at,
            ActivatedBy__c: analyst!,
            ActivatedAt__c: at
        }
    ]);
    put('PlanComponent__c', components);
    put('RateTier__c', tiers);
}

/** The loader wants ids where the API takes the key of a parent: `Plan__r: { ExternalKey__c }` becomes `Plan__c`. */
function withParentIds(org: LocalOrg, row: RowFields): LoadRow {
    const fields = Object.entries(row).map(([name, value]) => {
        if (typeof value !== 'object' || value === null) return [name, value];
        const lookup = name.replace(/__r$/, '__c');
        const idOf = org.db.prepare(`SELECT "Id" FROM "${lookup}" WHERE "ExternalKey__c" = ?`).pluck();
        return [lookup, idOf.get(value['ExternalKey__c']) as string];
    });
    return Object.fromEntries(fields) as LoadRow;
}
