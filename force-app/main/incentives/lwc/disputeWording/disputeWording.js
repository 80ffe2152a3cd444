// Words for disputes: reasons in the order they are offered, statuses, and the clock until an answer is due.
import LOCALE from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { countLabel, fillLabel } from 'c/labelText';
import split from '@salesforce/label/c.SpmDisputeReasonSplit';
import territory from '@salesforce/label/c.SpmDisputeReasonTerritory';
import refund from '@salesforce/label/c.SpmDisputeReasonRefund';
import change from '@salesforce/label/c.SpmDisputeReasonChange';
import missing from '@salesforce/label/c.SpmDisputeReasonMissing';
import amount from '@salesforce/label/c.SpmDisputeReasonAmount';
import rate from '@salesforce/label/c.SpmDisputeReasonRate';
import quota from '@salesforce/label/c.SpmDisputeReasonQuota';
import date from '@salesforce/label/c.SpmDisputeReasonDate';
import other from '@salesforce/label/c.SpmDisputeReasonOther';
import open from '@salesforce/label/c.SpmDisputeStatusOpen';
import inReview from '@salesforce/label/c.SpmDisputeStatusInReview';
import accepted from '@salesforce/label/c.SpmDisputeStatusAccepted';
import rejected from '@salesforce/label/c.SpmDisputeStatusRejected';
import withdrawn from '@salesforce/label/c.SpmDisputeStatusWithdrawn';
import dueIn from '@salesforce/label/c.SpmDisputeDueIn';
import dueInOne from '@salesforce/label/c.SpmDisputeDueInOne';
import dueToday from '@salesforce/label/c.SpmDisputeDueToday';
import overdue from '@salesforce/label/c.SpmDisputeOverdue';
import answered from '@salesforce/label/c.SpmDisputeAnswered';
import withdrawnOn from '@salesforce/label/c.SpmDisputeWithdrawnOn';

export const REASONS = [
    { value: 'SplitUnclear', label: split },
    { value: 'Territory', label: territory },
    { value: 'RefundTiming', label: refund },
    { value: 'MidPeriodChange', label: change },
    { value: 'MissingDeal', label: missing },
    { value: 'WrongAmount', label: amount },
    { value: 'WrongRate', label: rate },
    { value: 'WrongQuota', label: quota },
    { value: 'WrongDate', label: date },
    { value: 'Other', label: other }
];

const STATUSES = {
    Open: { label: open, theme: 'slds-badge' },
    InReview: { label: inReview, theme: 'slds-badge slds-badge_inverse' },
    Accepted: { label: accepted, theme: 'slds-badge slds-theme_success' },
    Rejected: { label: rejected, theme: 'slds-badge slds-theme_error' },
    Withdrawn: { label: withdrawn, theme: 'slds-badge slds-badge_lightest' }
};
const DAY_MS = 86_400_000;

const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone });
const moment = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short', timeZone });

/** @param {string} value */
export function reasonLabel(value) {
    return REASONS.find((reason) => reason.value === value)?.label ?? value;
}

/** @param {string} value */
export function statusLabel(value) {
    return STATUSES[value]?.label ?? value;
}

/** Classes of the badge of this status. */
export function statusClass(value) {
    return STATUSES[value]?.theme ?? 'slds-badge';
}

export function isUnanswered(dispute) {
    return dispute.status === 'Open' || dispute.status === 'InReview';
}

/** A moment as a day where the user is. */
export function dayOf(value) {
    return day.format(new Date(value));
}

/** When an answer is due, or when it came. `now` in milliseconds. */
export function clockText(dispute, now) {
    if (dispute.status === 'Withdrawn') return fillLabel(withdrawnOn, dayOf(dispute.resolvedAt));
    if (!isUnanswered(dispute)) return fillLabel(answered, dayOf(dispute.resolvedAt));
    if (!dispute.dueAt) return '';
    const due = new Date(dispute.dueAt);
    if (due.getTime() < now) return fillLabel(overdue, moment.format(due));
    if (dayOf(dispute.dueAt) === day.format(now)) return fillLabel(dueToday, moment.format(due));
    const days = Math.max(1, Math.round((due.getTime() - now) / DAY_MS));
    return fillLabel(countLabel(days, dueInOne, dueIn), String(days), dayOf(dispute.dueAt));
}

/** Whether the answer is late. */
export function isLate(dispute, now) {
    return isUnanswered(dispute) && Boolean(dispute.dueAt) && new Date(dispute.dueAt).getTime() < now;
}
