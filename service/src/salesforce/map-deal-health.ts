// A deal's assessment to its DealHealth__c row. Values that move with the calendar are formula fields in the org and are
// not among them, so a row changes only when its deal does.
import { formatDay } from '../domain/calendar.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import type { AssessedDeal } from '../usecases/ports/org.ts';
import type { RowFields } from './write-rows.ts';

/** The fields the content hash is made of. */
export function healthContent({ facts, assessment }: AssessedDeal): RowFields {
    return {
        Rep__c: facts.ownerId,
        Band__c: assessment.band,
        FlagCount__c: assessment.flags.length,
        PriorityPoints__c: Math.min(assessment.priorityPoints, 9999),
        TopRuleKey__c: assessment.flags[0]?.ruleKey ?? null,
        StageEnteredOn__c: dateOrNull(facts.stageEnteredOn),
        LastTwoWayOn__c: dateOrNull(facts.lastTwoWayOn),
        LastActivityOn__c: dateOrNull(facts.lastActivityOn),
        StageMedianDays__c: assessment.stageMedianDays === null ? null : round(assessment.stageMedianDays, 1),
        ActivityCoverage__c: facts.activityCoverage,
        ClosePushCount__c: Math.min(facts.closePushCount, 9999)
    };
}

/** A closed deal has nothing left to warn of; the row stays 30 days. */
export const CLOSED_HEALTH_CONTENT: RowFields = {
    Band__c: 'Healthy',
    FlagCount__c: 0,
    PriorityPoints__c: 0,
    TopRuleKey__c: null
};

/** Salesforce dates reach from 1700 to 4000; a day outside is no date there. */
export function dateOrNull(day: DayNumber): string | null {
    const text = formatDay(day);
    return text >= '1700-01-01' && text <= '4000-12-31' ? text : null;
}

export function round(value: number, decimals: number): number {
    const factor = 10 ** decimals;
    return Math.round(value * factor) / factor;
}
