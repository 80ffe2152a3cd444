// R10: the deal went back to an earlier stage, not long ago.
import { formatDay } from '../../calendar.ts';
import { NONE } from '../types.ts';
import { evidenceOr, flagOf, fromPolicy, NOT_APPLICABLE, type RuleInput, type RuleOutcome } from './rule.ts';

/** After this many days a step back is history. */
const REMEMBERED_DAYS = 90;

export function movedBackward(input: RuleInput): RuleOutcome {
    const { facts, policy, asOf } = input;
    const forgottenOn = facts.lastBackwardMoveOn + REMEMBERED_DAYS + 1;
    if (facts.lastBackwardMoveOn === NONE || asOf >= forgottenOn) return NOT_APPLICABLE;
    const count = facts.backwardMoveCount;
    const isRed = policy.redThreshold !== null && count >= policy.redThreshold;
    const isAmber = policy.amberThreshold !== null && count >= policy.amberThreshold;
    if (!isRed && !isAmber) return NOT_APPLICABLE;
    const flag = flagOf(input, {
        severity: isRed ? 'Red' : 'Amber',
        threshold: fromPolicy((isRed ? policy.redThreshold : policy.amberThreshold)!),
        unit: 'Count',
        observedValue: count,
        evidence: evidenceOr(
            facts.evidence.stage,
            facts,
            `Moved back on ${formatDay(facts.lastBackwardMoveOn)}`
        )
    });
    return { flag, changesOn: forgottenOn };
}
