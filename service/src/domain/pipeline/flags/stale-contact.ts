// R1: the client has not answered or met us for longer than is normal for won deals in this stage.
import type { LearnedValue, SilenceRank } from '../learn.ts';
import { NONE } from '../types.ts';
import {
    evidenceOr,
    fromPolicyOrNull,
    judgeElapsed,
    NOT_APPLICABLE,
    type RuleInput,
    type RuleOutcome
} from './rule.ts';

/** However talkative won deals are, two days without a word are no warning. */
const SHORTEST_DAYS = 3;

export function staleContact(input: RuleInput): RuleOutcome {
    const { facts, policy } = input;
    if (facts.activityCoverage === 'None') return NOT_APPLICABLE;
    const hasSpoken = facts.lastTwoWayOn !== NONE;
    return judgeElapsed(input, {
        since: hasSpoken ? facts.lastTwoWayOn : facts.createdOn,
        unit: 'BusinessDays',
        amber: learned(input, 'p75') ?? fromPolicyOrNull(policy.amberThreshold),
        red: learned(input, 'p90') ?? fromPolicyOrNull(policy.redThreshold),
        evidence: () =>
            evidenceOr(
                facts.evidence.activity,
                facts,
                hasSpoken ? 'No activity since the last contact' : 'No contact recorded'
            )
    });
}

function learned({ facts, policy, learned }: RuleInput, rank: SilenceRank): LearnedValue | null {
    if (!policy.isLearned) return null;
    const normal = learned.silence(facts, rank, policy.minimumSampleSize);
    return normal && { ...normal, value: Math.max(SHORTEST_DAYS, Math.ceil(normal.value)) };
}
