// R4: the close date keeps moving out. Amber counts how often, red measures by how many days in all.
import { NONE } from '../types.ts';
import { evidenceOr, flagOf, fromPolicy, type RuleInput, type RuleOutcome } from './rule.ts';

export function pushedCloseDate(input: RuleInput): RuleOutcome {
    const { facts, policy } = input;
    const evidence = (): ReturnType<typeof evidenceOr> =>
        evidenceOr(
            facts.evidence.push,
            facts,
            `Close date pushed ${facts.closePushCount} times by ${facts.closePushDays} days`
        );
    if (policy.redThreshold !== null && facts.closePushDays > policy.redThreshold) {
        const flag = flagOf(input, {
            severity: 'Red',
            threshold: fromPolicy(policy.redThreshold),
            unit: 'Days',
            observedValue: facts.closePushDays,
            evidence: evidence()
        });
        return { flag, changesOn: NONE };
    }
    if (policy.amberThreshold !== null && facts.closePushCount > policy.amberThreshold) {
        const flag = flagOf(input, {
            severity: 'Amber',
            threshold: fromPolicy(policy.amberThreshold),
            unit: 'Count',
            observedValue: facts.closePushCount,
            evidence: evidence()
        });
        return { flag, changesOn: NONE };
    }
    return { flag: null, changesOn: NONE };
}
