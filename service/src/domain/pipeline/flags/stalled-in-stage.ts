// R5: the deal has been in its stage for a multiple of what won deals needed there.
import { formatDay } from '../../calendar.ts';
import type { LearnedValue } from '../learn.ts';
import { DEFAULT_STAGE_MEDIAN_DAYS } from '../default-policy.ts';
import { evidenceOr, judgeElapsed, type RuleInput, type RuleOutcome } from './rule.ts';

export function stalledInStage(input: RuleInput): RuleOutcome {
    const { facts, policy, learned } = input;
    const median: LearnedValue = policy.isLearned
        ? learned.stageMedian(facts, policy.minimumSampleSize)
        : { value: DEFAULT_STAGE_MEDIAN_DAYS, basis: 'Default', sampleSize: 0 };
    // A stage won deals cross within the day would make every deal late on its first; one day is the least.
    const times = (multiple: number | null): LearnedValue | null =>
        multiple === null ? null : { ...median, value: Math.max(1, median.value) * multiple };
    return judgeElapsed(input, {
        since: facts.stageEnteredOn,
        unit: 'BusinessDays',
        amber: times(policy.amberThreshold),
        red: times(policy.redThreshold),
        evidence: () =>
            evidenceOr(
                facts.evidence.stage,
                facts,
                `In stage ${facts.stageName} since ${formatDay(facts.stageEnteredOn)}`
            )
    });
}
