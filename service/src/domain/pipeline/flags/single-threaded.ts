// R6: too few people at the client are on the deal. A person account is one person, and an org that keeps no contact
// roles knows nothing about people: the rule does not speak there.
import { NONE } from '../types.ts';
import { evidenceOr, flagOf, fromPolicy, NOT_APPLICABLE, type RuleInput, type RuleOutcome } from './rule.ts';

export function singleThreaded(input: RuleInput): RuleOutcome {
    const { facts, policy } = input;
    const { contactRoleCount } = facts;
    if (facts.isPersonAccount || contactRoleCount === null) return NOT_APPLICABLE;
    const isRed = policy.redThreshold !== null && contactRoleCount < policy.redThreshold;
    const isAmber = policy.amberThreshold !== null && contactRoleCount < policy.amberThreshold;
    if (!isRed && !isAmber) return { flag: null, changesOn: NONE };
    const flag = flagOf(input, {
        severity: isRed ? 'Red' : 'Amber',
        threshold: fromPolicy((isRed ? policy.redThreshold : policy.amberThreshold)!),
        unit: 'Count',
        observedValue: contactRoleCount,
        evidence: evidenceOr(facts.evidence.contact, facts, 'No contact roles on this deal')
    });
    return { flag, changesOn: NONE };
}
