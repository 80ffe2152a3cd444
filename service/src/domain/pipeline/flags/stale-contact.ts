// R1: the client has not answered or met us for longer than is normal for won deals in this stage.
import type { LearnedValue } from '../learn.ts';
import { NONE } from '../types.ts';
import {
    evidenceOr,
    fromPolicyOrNull,
    judgeElapsed,
    NOT_APPLICABLE,
    type RuleInput,
    type RuleOutcome
} from './rule.ts';

/** How rare the silence must be among won deals. */
const AMBER_PERCENTILE = 0.75;
const RED_PERCENTILE = 0.9;
/** However talkative won deals are, two days without a word are no warning. */
const SHORTEST_DAYS = 3;

export function staleContact(input: RuleInput): RuleOutcome {
    const { facts, policy } = input;
    if (facts.activityCoverage === 'None') return NOT_APPLICABLE;
    const hasSpoken = facts.lastTwoWayOn !== NONE;
    return judgeElapsed(input, {
        since: hasSpoken ? facts.lastTwoWayOn : facts.createdOn,
        unit: 'BusinessDays',
        amber: learned(input, AMBER_PERCENTILE) ?? fromPolicyOrNull(policy.amberThreshold),
        red: learned(input, RED_PERCENTILE) ?? fromPolicyOrNull(policy.redThreshold),
        evidence: () =>
            evidenceOr(
                facts.evidence.activity,
                facts,
                hasSpoken ? 'No activity since the last contact' : 'No contact recorded'
            )
    });
}

function learned({ facts, policy, learned }: RuleInput, percentile: number): LearnedValue | null {
    if (!policy.isLearned) return null;
    const normal = learned.silence(facts, percentile, policy.minimumSampleSize);
    return normal && { ...normal, value: Math.max(SHORTEST_DAYS, Math.ceil(normal.value)) };
}
