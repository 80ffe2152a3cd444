// How well an open deal is kept: checks with points that sum to 100. Each failed check names the record and the field that
// mends it, and mending it raises the score by exactly its points. Checks an org cannot fail or pass (it keeps no contact
// roles, say) are left out and their points shared among the others in proportion, in whole points.
//
// Points as proposed in CAPABILITIES.md 3.4: next step 20, close date 20, stage touched 15, amount 15, contact role 15,
// activity 10, competitor or reason 5.
import { roundParts } from '../forecast/round-parts.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';

export interface KeptDeal {
    dealId: string;
    /** a next step is written down or a task is open; null: the org keeps no next steps */
    hasNextStep: boolean | null;
    closeDate: DayNumber;
    changedOn: DayNumber;
    amountMinor: number | null;
    /** null: the org keeps no contact roles */
    contactRoleCount: number | null;
    /** NONE: never; null: activities are not recorded */
    lastActivityOn: DayNumber | null;
    /** null: the org has no such field */
    competitor: string | null;
}

export type Check =
    'NextStep' | 'CloseDate' | 'StageTouched' | 'Amount' | 'ContactRole' | 'Activity' | 'Competitor';

export interface FailedCheck {
    check: Check;
    points: number;
    dealId: string;
    /** object and field that mend it */
    field: string;
}

export interface Hygiene {
    dealId: string;
    score: number;
    failed: FailedCheck[];
}

const UNTOUCHED_DAYS = 14;
const QUIET_DAYS = 30;

interface Rule {
    check: Check;
    points: number;
    field: string;
    /** null: the check does not apply */
    passes(deal: KeptDeal, asOf: DayNumber): boolean | null;
}

const RULES: readonly Rule[] = [
    {
        check: 'NextStep',
        points: 20,
        field: 'Opportunity.NextStep',
        passes: ({ hasNextStep }) => hasNextStep
    },
    {
        check: 'CloseDate',
        points: 20,
        field: 'Opportunity.CloseDate',
        passes: ({ closeDate }, asOf) => closeDate !== NONE && closeDate >= asOf
    },
    {
        check: 'StageTouched',
        points: 15,
        field: 'Opportunity.StageName',
        passes: ({ changedOn }, asOf) => asOf - changedOn <= UNTOUCHED_DAYS
    },
    {
        check: 'Amount',
        points: 15,
        field: 'Opportunity.Amount',
        passes: ({ amountMinor }) => (amountMinor ?? 0) > 0
    },
    {
        check: 'ContactRole',
        points: 15,
        field: 'OpportunityContactRole.ContactId',
        passes: ({ contactRoleCount }) => (contactRoleCount === null ? null : contactRoleCount > 0)
    },
    {
        check: 'Activity',
        points: 10,
        field: 'Task.WhatId',
        passes: ({ lastActivityOn }, asOf) =>
            lastActivityOn === null ? null : lastActivityOn !== NONE && asOf - lastActivityOn <= QUIET_DAYS
    },
    {
        check: 'Competitor',
        points: 5,
        field: 'OpportunityCompetitor.CompetitorName',
        passes: ({ competitor }) => (competitor === null ? null : competitor.trim() !== '')
    }
];

export function hygieneOf(deal: KeptDeal, asOf: DayNumber): Hygiene {
    const judged = RULES.flatMap((rule) => {
        const isPassed = rule.passes(deal, asOf);
        return isPassed === null ? [] : [{ rule, isPassed }];
    });
    const whole = judged.reduce((sum, { rule }) => sum + rule.points, 0);
    const points = roundParts(
        judged.map(({ rule }) => (100 * rule.points) / whole),
        100
    );
    const failed = judged.flatMap(({ rule, isPassed }, at) =>
        isPassed ? [] : [{ check: rule.check, points: points[at]!, dealId: deal.dealId, field: rule.field }]
    );
    return {
        dealId: deal.dealId,
        score: 100 - failed.reduce((sum, check) => sum + check.points, 0),
        failed
    };
}
