// R3: the close date has passed and the deal is still open.
import { formatDay } from '../../calendar.ts';
import { NONE } from '../types.ts';
import {
    dealEvidence,
    fromPolicyOrNull,
    judgeElapsed,
    NOT_APPLICABLE,
    type RuleInput,
    type RuleOutcome
} from './rule.ts';

export function overdue(input: RuleInput): RuleOutcome {
    const { facts, policy } = input;
    if (facts.closeDate === NONE) return NOT_APPLICABLE;
    return judgeElapsed(input, {
        since: facts.closeDate,
        unit: 'Days',
        amber: fromPolicyOrNull(policy.amberThreshold),
        red: fromPolicyOrNull(policy.redThreshold),
        evidence: () => [dealEvidence(facts, `Close date ${formatDay(facts.closeDate)}`)]
    });
}
