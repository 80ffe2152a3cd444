// R2: we have written or called at least twice since the client's last answer, and nothing came back.
import { NONE } from '../types.ts';
import {
    evidenceOr,
    fromPolicyOrNull,
    judgeElapsed,
    NOT_APPLICABLE,
    type RuleInput,
    type RuleOutcome
} from './rule.ts';

/** One unanswered message is not ghosting. */
const FEWEST_OUTBOUND = 2;

export function ghosted(input: RuleInput): RuleOutcome {
    const { facts, policy } = input;
    if (facts.activityCoverage === 'None') return NOT_APPLICABLE;
    if (facts.outboundSinceTwoWay < FEWEST_OUTBOUND || facts.firstOutboundSinceTwoWayOn === NONE)
        return NOT_APPLICABLE;
    return judgeElapsed(input, {
        since: facts.firstOutboundSinceTwoWayOn,
        unit: 'BusinessDays',
        amber: fromPolicyOrNull(policy.amberThreshold),
        red: fromPolicyOrNull(policy.redThreshold),
        evidence: () =>
            evidenceOr(
                facts.evidence.outbound,
                facts,
                `${facts.outboundSinceTwoWay} messages without an answer`
            )
    });
}
