// Puts plans, periods, assignments and targets into the demo org, as they stand after people have designed, approved and activated
// them. The loader may do that; the API would ask for each step by another person.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addMonths } from '../../../service/src/domain/incentives/dates.ts';
import { complexityOf } from '../../../service/src/domain/incentives/complexity.ts';
import { explainPlan, explanationAsText } from '../../../service/src/domain/incentives/explain-plan.ts';
import { parsePlan } from '../../../service/src/domain/incentives/parse-plan.ts';
import type { Plan } from '../../../service/src/domain/incentives/plan.ts';
import { writePlan } from '../../../service/src/domain/incentives/write-plan.ts';
import { planHash } from '../../../service/src/domain/incentives/write-result.ts';
import type { LocalOrg } from '../../local-org/local-org.ts';
import type { PayContent } from '../content.ts';
import { assignmentsOf, type PayAssignment } from '../pay/pay-people.ts';

const PLANS = fileURLToPath(new URL('../pay/plans/', import.meta.url));
/** Sales before the first period count in windows, for those who were already there. */
const HISTORY_MONTHS = 15;

/** Returns the number of assignments. */
export function loadPay(org: LocalOrg, { people, quarters, currency }: PayContent): number {
    const [first] = quarters;
    const last = quarters.at(-1)!;
    org.load(
        'CompensationPeriod__c',
        quarters.map(({ key, start, end }) => ({
            Name: `${key.slice(5)} ${key.slice(0, 4)}`,
            ExternalKey__c: key,
            Interval__c: 'Quarter',
            StartDate__c: start,
            EndDate__c: end,
            PayDate__c: addMonths(end, 1),
            Status__c: 'Open'
        }))
    );
    for (const file of globSync('*.yaml', { cwd: PLANS }).sort())
        loadPlan(org, readPlan(`${PLANS}${file}`, first!.start));
    const assignments = assignmentsOf(people, addMonths(first!.start, 3));
    const began = addMonths(first!.start, -HISTORY_MONTHS);
    org.load(
        'PlanAssignment__c',
        assignments.map((one) => assignmentRow(org, one, began, currency))
    );
    const years = [...new Set([first!.start, last.end].map((day) => day.slice(0, 4)))];
    org.load(
        'Quota__c',
        assignments.flatMap((one) => years.flatMap((year) => quotaRows(org, one, year, currency)))
    );
    return assignments.length;
}

function readPlan(file: string, from: string): Plan {
    const { plan, problems } = parsePlan(readFileSync(file, 'utf8'));
    if (!plan) throw new Error(`The plan ${file} is wrong: ${JSON.stringify(problems)}`);
    return { ...plan, effectiveFrom: from };
}

function loadPlan(org: LocalOrg, plan: Plan): void {
    org.load('Plan__c', [
        {
            Name: plan.name,
            ExternalKey__c: plan.key,
            CurrencyCode__c: plan.currency,
            Interval__c: 'Quarter',
            OwnerId: org.adminUserId
        }
    ]);
    const hash = planHash(plan);
    org.load('PlanVersion__c', [
        {
            Name: `${plan.name} ${plan.version}`,
            ExternalKey__c: `${plan.key}:${plan.version}`,
            Plan__c: idOf(org, 'Plan__c', plan.key),
            Version__c: plan.version,
            Status__c: 'Active',
            EffectiveStartDate__c: plan.effectiveFrom,
            Definition__c: writePlan(plan).trim(),
            DefinitionHash__c: hash,
            PartsHash__c: hash,
            PlainText__c: explanationAsText(explainPlan(plan)),
            ComplexityIndex__c: complexityOf(plan).index,
            DesignedBy__c: org.adminUserId
        }
    ]);
}

function idOf(org: LocalOrg, objectName: string, key: string): string {
    return org.db
        .prepare(`SELECT "Id" FROM "${objectName}" WHERE "ExternalKey__c" = ?`)
        .pluck()
        .get(key) as string;
}

function assignmentRow(org: LocalOrg, one: PayAssignment, began: string, currency: string) {
    const { person, planKey, targetIncentive, isMaterialRiskTaker, terms } = one;
    const from = terms['joinedOn'] ?? began;
    const version = org.db
        .prepare(
            'SELECT "Id" AS id, "ExternalKey__c" AS key FROM "PlanVersion__c" WHERE "ExternalKey__c" LIKE ?'
        )
        .get(`${planKey}:%`) as { id: string; key: string };
    return {
        ExternalKey__c: `${version.key}:${person.id}:${from}`,
        PlanVersion__c: version.id,
        Payee__c: person.id,
        OwnerId: person.id,
        EffectiveStartDate__c: from,
        TargetIncentiveAmount__c: targetIncentive,
        CurrencyCode__c: currency,
        IsMaterialRiskTaker__c: isMaterialRiskTaker,
        Terms__c: JSON.stringify(terms)
    };
}

function quotaRows(org: LocalOrg, { person, planKey, quota }: PayAssignment, year: string, currency: string) {
    if (quota === null) return [];
    return [
        {
            ExternalKey__c: `${planKey}:bookings:${person.id}:${year}-01-01`,
            Plan__c: idOf(org, 'Plan__c', planKey),
            Payee__c: person.id,
            OwnerId: person.id,
            Measure__c: 'bookings',
            EffectiveStartDate__c: `${year}-01-01`,
            EffectiveEndDate__c: `${year}-12-31`,
            Target__c: quota,
            Unit__c: 'Amount',
            CurrencyCode__c: currency
        }
    ];
}
