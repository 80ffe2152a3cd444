// The main path of deal health: facts in, band and flags out. Runs every rule whose policy is in force, orders the
// flags, and tells the next day on which time alone changes what is stored. Pure; reads no clock.
import { FLAG_RULES } from './flags/index.ts';
import { earliest } from './flags/rule.ts';
import type { LearnedThresholds } from './learn.ts';
import { DEFAULT_SAMPLE_SIZE } from './default-policy.ts';
import type { PolicyBook, PolicyInForce } from './policy.ts';
import {
    NONE,
    type Band,
    type DayNumber,
    type DealAssessment,
    type DealFacts,
    type Flag,
    type RuleKey
} from './types.ts';

/** Rules that, at red, mean the deal does not move at all. */
const STALLING: ReadonlySet<RuleKey> = new Set(['R1', 'R2', 'R5']);

/** A closed deal has nothing left to warn of. */
export function assessDeal(
    facts: DealFacts,
    learned: LearnedThresholds,
    policies: PolicyBook,
    asOf: DayNumber
): DealAssessment {
    const inForce = policies.inForce(asOf);
    if (facts.isClosed) return healthy(facts.opportunityId);
    const flags: Flag[] = [];
    let changesOn = earliest(facts.changesOn ?? NONE, inForce.nextChangeOn);
    for (const [ruleKey, judge] of FLAG_RULES) {
        const policy = inForce.find(ruleKey, facts.stageName, facts.segment);
        if (!policy) continue;
        const outcome = judge({ facts, policy, learned, asOf });
        if (outcome.flag) flags.push(outcome.flag);
        changesOn = earliest(changesOn, outcome.changesOn);
    }
    // The sort is stable, so equal importance keeps the order of the rules.
    flags.sort((a, b) => b.importance - a.importance);
    return {
        opportunityId: facts.opportunityId,
        band: bandOf(flags),
        flags,
        priorityPoints: flags.reduce((sum, flag) => sum + pointsOf(flag), 0),
        stageMedianDays: stageMedianOf(facts, learned, inForce),
        reassessOn: changesOn
    };
}

function healthy(opportunityId: string): DealAssessment {
    return {
        opportunityId,
        band: 'Healthy',
        flags: [],
        priorityPoints: 0,
        stageMedianDays: null,
        reassessOn: NONE
    };
}

export function bandOf(flags: readonly Flag[]): Band {
    const red = flags.filter((flag) => flag.severity === 'Red');
    if (red.some((flag) => STALLING.has(flag.ruleKey))) return 'Stalled';
    if (red.length > 0 || flags.length >= 2) return 'AtRisk';
    return flags.length > 0 ? 'Watch' : 'Healthy';
}

export function pointsOf(flag: Flag): number {
    return flag.severity === 'Red' ? 2 * flag.importance : flag.importance;
}

/** Shown next to the days in stage, whether or not R5 fires; the shipped default is nobody's history, so it is not shown. */
function stageMedianOf(facts: DealFacts, learned: LearnedThresholds, inForce: PolicyInForce): number | null {
    const minimum =
        inForce.find('R5', facts.stageName, facts.segment)?.minimumSampleSize ?? DEFAULT_SAMPLE_SIZE;
    const median = learned.stageMedian(facts, minimum);
    return median.basis === 'Default' ? null : median.value;
}
