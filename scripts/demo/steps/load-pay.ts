// Puts plans (load-plans.ts), periods, assignments and targets into the demo org.
import { addMonths } from '../../../service/src/domain/incentives/dates.ts';
import type { LocalOrg } from '../../local-org/local-org.ts';
import type { PayContent } from '../content.ts';
import { assignmentsOf, type PayAssignment } from '../pay/pay-people.ts';
import { loadPlans } from './load-plans.ts';

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
    loadPlans(org, first!.start);
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
