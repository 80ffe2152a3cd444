// The shape of a rule and what rules share: severity by elapsed time, and the making of a flag.
// A rule is pure: facts, policy and learnt thresholds in; a flag or none out, with the next day time alone changes that.
import { addBusinessDays } from '../../calendar.ts';
import type { LearnedThresholds, LearnedValue } from '../learn.ts';
import {
    NONE,
    type DayNumber,
    type DealFacts,
    type Evidence,
    type Flag,
    type RulePolicy,
    type Severity,
    type Unit
} from '../types.ts';

export interface RuleInput {
    facts: DealFacts;
    policy: RulePolicy;
    learned: LearnedThresholds;
    asOf: DayNumber;
}

export interface RuleOutcome {
    flag: Flag | null;
    /** first day after asOf on which the passing of time alone changes the flag; NONE when never */
    changesOn: DayNumber;
}

export type FlagRule = (input: RuleInput) => RuleOutcome;

/** The rule does not speak about this deal, today or later. */
export const NOT_APPLICABLE: RuleOutcome = { flag: null, changesOn: NONE };

/** What was observed and against what; the rest of a flag comes from the policy. */
export interface Observation {
    severity: Severity;
    threshold: LearnedValue;
    unit: Unit;
    observedSince?: DayNumber;
    observedValue?: number;
    evidence: Evidence[];
}

export function flagOf({ policy }: RuleInput, observation: Observation): Flag {
    return {
        ruleKey: policy.ruleKey,
        policyName: policy.name,
        severity: observation.severity,
        importance: policy.importance,
        observedSince: observation.observedSince ?? NONE,
        observedValue: observation.observedValue ?? null,
        unit: observation.unit,
        threshold: observation.threshold.value,
        thresholdBasis: observation.threshold.basis,
        thresholdSampleSize: observation.threshold.sampleSize,
        evidence: observation.evidence,
        actionKey: policy.actionKey,
        actionText: policy.actionText
    };
}

/** A threshold an admin wrote. */
export function fromPolicy(value: number): LearnedValue {
    return { value, basis: 'Policy', sampleSize: 0 };
}

export function fromPolicyOrNull(value: number | null): LearnedValue | null {
    return value === null ? null : fromPolicy(value);
}

/** The deal itself as evidence, where the point is something it lacks or says of itself. */
export function dealEvidence(facts: DealFacts, label: string): Evidence {
    return { id: facts.opportunityId, object: 'Opportunity', label };
}

/** No warning without evidence: the records, or the deal with the sentence that tells what is missing. */
export function evidenceOr(evidence: Evidence[], facts: DealFacts, label: string): Evidence[] {
    return evidence.length > 0 ? evidence : [dealEvidence(facts, label)];
}

export interface Elapsed {
    since: DayNumber;
    unit: 'BusinessDays' | 'Days';
    amber: LearnedValue | null;
    red: LearnedValue | null;
    evidence: () => Evidence[];
}

/** Amber, then red, once at least so many days have passed. The value shown is counted by a formula field from `since`. */
export function judgeElapsed(input: RuleInput, { since, unit, amber, red, evidence }: Elapsed): RuleOutcome {
    const reachedOn = (threshold: LearnedValue): DayNumber =>
        unit === 'BusinessDays'
            ? addBusinessDays(since, threshold.value)
            : since + Math.max(0, Math.ceil(threshold.value));
    const amberOn = amber ? reachedOn(amber) : Infinity;
    const redOn = red ? reachedOn(red) : Infinity;
    const severity = input.asOf >= redOn ? 'Red' : input.asOf >= amberOn ? 'Amber' : null;
    return {
        flag: severity
            ? flagOf(input, {
                  severity,
                  threshold: (severity === 'Red' ? red : amber)!,
                  unit,
                  observedSince: since,
                  evidence: evidence()
              })
            : null,
        changesOn: earliest(severity === 'Red' ? Infinity : redOn, severity ? Infinity : amberOn)
    };
}

/** The earliest of days given as numbers, with Infinity and NONE for never. */
export function earliest(...days: number[]): DayNumber {
    const first = Math.min(...days.map((day) => (day === NONE ? Infinity : day)));
    return first === Infinity ? NONE : first;
}
