// A flag to its PipelineFlag__c row.
import { MOST_EVIDENCE } from '../domain/pipeline/evidence.ts';
import type { DealFacts, Evidence, Flag } from '../domain/pipeline/types.ts';
import { dateOrNull, round } from './map-deal-health.ts';
import type { RowFields } from './write-rows.ts';

const EVIDENCE_CHARACTERS = 4096;
/** The field has 14 digits before the point. */
const LARGEST = 99_999_999_999_999;

export function flagKey(opportunityId: string, ruleKey: string): string {
    return `${opportunityId}:${ruleKey}`;
}

/** The fields the content hash is made of. */
export function flagContent(facts: DealFacts, flag: Flag): RowFields {
    return {
        Rep__c: facts.ownerId,
        RuleKey__c: flag.ruleKey,
        PolicyName__c: flag.policyName.slice(0, 40),
        Severity__c: flag.severity,
        Status__c: 'Open',
        Importance__c: flag.importance,
        ObservedSince__c: dateOrNull(flag.observedSince),
        ObservedValue__c: storable(flag.observedValue),
        Threshold__c: storable(flag.threshold),
        Unit__c: flag.unit,
        ThresholdBasis__c: flag.thresholdBasis,
        ThresholdSampleSize__c: Math.min(flag.thresholdSampleSize, 999_999),
        Evidence__c: evidenceText(flag.evidence),
        ActionKey__c: flag.actionKey.slice(0, 40),
        ActionText__c: flag.actionText.slice(0, 255)
    };
}

export const CLEARED_FLAG_CONTENT: RowFields = { Status__c: 'Cleared' };

/** Flags carry amounts in units already; the field holds two decimals and no more than it has digits for. */
function storable(value: number | null): number | null {
    if (value === null) return null;
    return Math.max(-LARGEST, Math.min(LARGEST, round(value, 2)));
}

/** At most five records, as JSON that fits the field: the oldest are left out first. */
function evidenceText(evidence: readonly Evidence[]): string {
    const kept = evidence.slice(0, MOST_EVIDENCE).map(({ id, object, label }) => ({ id, object, label }));
    while (kept.length > 0 && JSON.stringify(kept).length > EVIDENCE_CHARACTERS) kept.pop();
    return JSON.stringify(kept);
}
