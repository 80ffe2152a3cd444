// R9: nothing is agreed with the client next, or what was agreed is past due.
// Speaks of a missing step only where next steps are written down at all.
import { formatDay } from '../../calendar.ts';
import { NONE } from '../types.ts';
import {
    dealEvidence,
    flagOf,
    fromPolicy,
    fromPolicyOrNull,
    judgeElapsed,
    NOT_APPLICABLE,
    type RuleInput,
    type RuleOutcome
} from './rule.ts';

export function noNextStep(input: RuleInput): RuleOutcome {
    const { facts, policy } = input;
    if (facts.nextStepDueOn !== NONE) {
        return judgeElapsed(input, {
            since: facts.nextStepDueOn,
            unit: 'Days',
            amber: fromPolicyOrNull(policy.amberThreshold),
            red: fromPolicyOrNull(policy.redThreshold),
            evidence: () => [dealEvidence(facts, `Next step was due ${formatDay(facts.nextStepDueOn)}`)]
        });
    }
    if (facts.hasNextStep !== false || policy.amberThreshold === null) return NOT_APPLICABLE;
    const flag = flagOf(input, {
        severity: 'Amber',
        threshold: fromPolicy(1),
        unit: 'Count',
        observedValue: 0,
        evidence: [dealEvidence(facts, 'No next step and no open task')]
    });
    return { flag, changesOn: NONE };
}
