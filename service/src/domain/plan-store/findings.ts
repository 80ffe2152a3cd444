// What rule packs find in a plan, as it is kept with the version: what is breached or has to be looked at, with its authority. What
// passes, and what does not concern the plan, is not kept.
import type { IsoDay, Plan } from '../incentives/plan.ts';
import { checkPlan } from '../incentives/rule-packs/check-plan.ts';
import type { Finding } from '../incentives/rule-packs/finding.ts';
import type { PlanProfile } from '../incentives/rule-packs/plan-profile.ts';
import type { RulePack } from '../incentives/rule-packs/rule-pack.ts';
import { sentence, words } from '../incentives/plan-words/words.ts';

export interface KeptFinding {
    rulePack: string;
    version: string;
    rule: string;
    severity: 'Breach' | 'ToBeReviewed';
    text: string;
    citation: string;
    isToBeConfirmed: boolean;
}

/** `day`: the first on which the version pays. */
export function findingsOf(plan: Plan, packs: RulePack[], profile: PlanProfile, day: IsoDay): KeptFinding[] {
    return packs.flatMap((pack) =>
        checkPlan(pack, plan, profile, null, day).flatMap((one) => kept(one, pack))
    );
}

function kept(finding: Finding, { name }: RulePack): KeptFinding[] {
    if (finding.verdict !== 'fail' && finding.verdict !== 'toBeReviewed') return [];
    const { packVersion, check, found, limit, fix, citation, figures, isToBeConfirmed } = finding;
    const sources = figures.map((figure) => figure.citation).filter((one) => one !== citation);
    return [
        {
            rulePack: name,
            version: packVersion,
            rule: words(check),
            severity: finding.verdict === 'fail' ? 'Breach' : 'ToBeReviewed',
            text: [found, limit === '' ? '' : `Held against ${limit}`, fix]
                .filter((part) => part !== '')
                .map(sentence)
                .join(' '),
            citation: [citation, ...new Set(sources)].join('; '),
            isToBeConfirmed
        }
    ];
}
