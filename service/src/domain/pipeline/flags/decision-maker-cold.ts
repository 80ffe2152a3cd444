// R7: a decision maker is named on the deal and nobody has been in touch with him. Without a named one, R6 may speak.
import { NONE } from '../types.ts';
import {
    evidenceOr,
    fromPolicyOrNull,
    judgeElapsed,
    NOT_APPLICABLE,
    type RuleInput,
    type RuleOutcome
} from './rule.ts';

export function decisionMakerCold(input: RuleInput): RuleOutcome {
    const { facts, policy } = input;
    if (facts.activityCoverage === 'None' || facts.decisionMakerCount === 0) return NOT_APPLICABLE;
    const wasTouched = facts.decisionMakerLastTouchOn !== NONE;
    return judgeElapsed(input, {
        since: wasTouched ? facts.decisionMakerLastTouchOn : facts.createdOn,
        unit: 'Days',
        amber: fromPolicyOrNull(policy.amberThreshold),
        red: fromPolicyOrNull(policy.redThreshold),
        evidence: () => evidenceOr(facts.evidence.contact, facts, 'Decision maker without recorded contact')
    });
}
