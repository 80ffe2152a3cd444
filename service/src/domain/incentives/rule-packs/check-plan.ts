// A plan held against a rule pack: one finding for each check the pack asks for, with its authority and figure.
import type { IsoDay, Plan } from '../plan.ts';
import { datingFinding } from './check-award.ts';
import type { PlanEvidence } from './evidence.ts';
import { citationOf, figureUsed, isToBeConfirmed, type Finding, type Verdict } from './finding.ts';
import { PLAN_CHECKS } from './plan-checks/index.ts';
import type { CheckResult } from './plan-checks/check.ts';
import type { PlanProfile } from './plan-profile.ts';
import type { PackCheck, RulePack } from './rule-pack.ts';

/** `day`: on which the plan begins to pay; decides whether the pack is in force. */
export function checkPlan(
    pack: RulePack,
    plan: Plan,
    profile: PlanProfile,
    evidence: PlanEvidence | null,
    day: IsoDay
): Finding[] {
    const findings = pack.checks.map((check) => {
        const figure = check.limit === null ? null : pack.figures.find(({ key }) => key === check.limit)!;
        const result = PLAN_CHECKS[check.check]!({
            plan,
            profile,
            evidence,
            pack,
            limit: figure?.value ?? null
        });
        // A deferral is held against all figures of the pack.
        const rests = check.check === 'deferralTerms' ? pack.figures : figure ? [figure] : [];
        const figures = rests.map((one) => figureUsed(pack, one));
        return {
            pack: pack.key,
            packVersion: pack.version,
            check: check.key,
            verdict: verdictOf(result, check),
            found: result.found,
            limit: figure ? `${figure.text} (${figure.meaning})` : '',
            where: result.where,
            fix: result.fix,
            citation: citationOf(pack, check.source, check.clause),
            figures,
            isToBeConfirmed: check.status !== 'stated' || isToBeConfirmed(figures)
        };
    });
    return [...datingFinding(pack, day), ...findings];
}

function verdictOf({ outcome }: CheckResult, { onHit }: PackCheck): Verdict {
    switch (outcome) {
        case 'hit':
            return onHit;
        case 'clear':
            return 'pass';
        case 'unsure':
            return 'toBeReviewed';
        case 'notApplicable':
            return 'notApplicable';
    }
}
