// R8: the amount changed a lot late in the deal (red), or is larger than nearly everything ever won (amber).
import { toUnits } from '../../money.ts';
import { NONE } from '../types.ts';
import { dealEvidence, flagOf, fromPolicy, type RuleInput, type RuleOutcome } from './rule.ts';

export function amountOutOfLine(input: RuleInput): RuleOutcome {
    const { facts, policy, learned } = input;
    const latePercent = Math.round(facts.lateAmountChange * 10_000) / 100;
    if (policy.redThreshold !== null && latePercent > policy.redThreshold) {
        const flag = flagOf(input, {
            severity: 'Red',
            threshold: fromPolicy(policy.redThreshold),
            unit: 'Percent',
            observedValue: latePercent,
            evidence: [
                dealEvidence(
                    facts,
                    `Amount changed by ${latePercent} % after the middle of the sales process`
                )
            ]
        });
        return { flag, changesOn: NONE };
    }
    if (policy.amberThreshold === null || !policy.isLearned || facts.amountMinor === null)
        return { flag: null, changesOn: NONE };
    const usual = learned.wonAmount95(facts, policy.minimumSampleSize);
    const limitMinor = usual ? Math.round(usual.value * policy.amberThreshold) : Infinity;
    if (!usual || facts.amountMinor <= limitMinor) return { flag: null, changesOn: NONE };
    const flag = flagOf(input, {
        severity: 'Amber',
        // Flags carry amounts in units, as the fields that store them do.
        threshold: { ...usual, value: toUnits(limitMinor) },
        unit: 'Amount',
        observedValue: toUnits(facts.amountMinor),
        evidence: [dealEvidence(facts, 'Larger than 95 % of the deals won')]
    });
    return { flag, changesOn: NONE };
}
