// The reasons of FlagFeedback__c.Reason__c, in the order they are offered.
import dealIsActive from '@salesforce/label/c.SpmReasonDealIsActive';
import waitingOnClient from '@salesforce/label/c.SpmReasonWaitingOnClient';
import thresholdWrong from '@salesforce/label/c.SpmReasonThresholdWrong';
import dataWrong from '@salesforce/label/c.SpmReasonDataWrong';
import other from '@salesforce/label/c.SpmReasonOther';

export const REASONS = [
    { value: 'DealIsActive', label: dealIsActive },
    { value: 'WaitingOnClient', label: waitingOnClient },
    { value: 'ThresholdWrong', label: thresholdWrong },
    { value: 'DataWrong', label: dataWrong },
    { value: 'Other', label: other }
];

/** @param {string} value */
export function reasonLabel(value) {
    return REASONS.find((reason) => reason.value === value)?.label ?? value;
}
