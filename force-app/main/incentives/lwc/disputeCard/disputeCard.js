// One dispute: what was asked, expected beside actual, the clock, the outcome. The payee may withdraw it; an analyst may
// take it, give it to a colleague or reject it. Fires `withdraw`, `take`, `reject` with { dispute, reason }, and `assign` with
// { dispute, assigneeId, assigneeName }; the parent does it.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { amountText, sumOfAmounts } from 'c/payFigures';
import {
    clockText,
    dayOf,
    isLate,
    isUnanswered,
    reasonLabel,
    statusClass,
    statusLabel
} from 'c/disputeWording';
import actual from '@salesforce/label/c.SpmDisputeActual';
import expected from '@salesforce/label/c.SpmDisputeExpectedShort';
import difference from '@salesforce/label/c.SpmDisputeDifference';
import wholeStatement from '@salesforce/label/c.SpmDisputeWholeStatement';
import raised from '@salesforce/label/c.SpmDisputeRaised';
import withName from '@salesforce/label/c.SpmDisputeBy';
import withNobody from '@salesforce/label/c.SpmDisputeByNobody';
import outcome from '@salesforce/label/c.SpmDisputeOutcome';
import adjusted from '@salesforce/label/c.SpmDisputeAdjusted';
import record from '@salesforce/label/c.SpmDisputeRecord';
import withdraw from '@salesforce/label/c.SpmDisputeWithdraw';
import withdrawName from '@salesforce/label/c.SpmDisputeWithdrawName';
import take from '@salesforce/label/c.SpmDisputeTake';
import takeName from '@salesforce/label/c.SpmDisputeTakeName';
import assign from '@salesforce/label/c.SpmDisputeAssign';
import assignName from '@salesforce/label/c.SpmDisputeAssignName';
import reject from '@salesforce/label/c.SpmDisputeReject';
import rejectName from '@salesforce/label/c.SpmDisputeRejectName';
import rejectReason from '@salesforce/label/c.SpmDisputeRejectReason';

const ACTIONS = {
    withdraw: { label: withdraw, name: withdrawName },
    take: { label: take, name: takeName },
    assign: { label: assign, name: assignName },
    reject: { label: reject, name: rejectName }
};

export default class DisputeCard extends LightningElement {
    /** As DisputeController tells it. */
    @api dispute;
    /** Shows the payee, and what an analyst may do. */
    @api forAnalyst = false;
    @api isBusy = false;

    label = { outcome, reject, rejectReason };
    isRejecting = false;
    isAssigning = false;
    reason = '';
    isFocusDue = false;

    renderedCallback() {
        if (!this.isFocusDue || !this.refs.reason) return;
        this.isFocusDue = false;
        /** @type {HTMLElement} */ (this.refs.reason).focus();
    }

    get view() {
        const { dispute } = this;
        const late = isLate(dispute, Date.now());
        return {
            name: fillLabel(record, dispute.disputeNumber),
            payeeName: dispute.payeeName,
            reason: reasonLabel(dispute.reason),
            status: statusLabel(dispute.status),
            statusClass: statusClass(dispute.status),
            about: [dispute.lineTitle || wholeStatement, dispute.periodName, dispute.planName]
                .filter(Boolean)
                .join(' · '),
            amounts: this.amounts,
            clock: clockText(dispute, Date.now()),
            isLate: late,
            clockClass: late ? 'late' : '',
            raised: [dispute.disputeNumber, fillLabel(raised, dayOf(dispute.raisedAt)), this.handler]
                .filter(Boolean)
                .join(' · '),
            outcome: [dispute.outcomeAdjustmentId ? adjusted : '', dispute.outcomeReason]
                .filter(Boolean)
                .join(' '),
            actions: this.actions
        };
    }

    get amounts() {
        const { actualAmount, expectedAmount, currencyCode } = this.dispute;
        const figures = [{ key: 'actual', label: actual, value: actualAmount }];
        if (hasValue(expectedAmount)) {
            figures.push({ key: 'expected', label: expected, value: expectedAmount });
            if (hasValue(actualAmount)) {
                const gap = sumOfAmounts([expectedAmount, -actualAmount]);
                figures.push({ key: 'difference', label: difference, value: gap });
            }
        }
        return figures
            .filter(({ value }) => hasValue(value))
            .map((figure) => ({ ...figure, text: amountText(figure.value, currencyCode) }));
    }

    get handler() {
        if (this.dispute.assigneeName) return fillLabel(withName, this.dispute.assigneeName);
        return isUnanswered(this.dispute) ? withNobody : '';
    }

    get actions() {
        if (!isUnanswered(this.dispute)) return [];
        const keys = this.forAnalyst ? ['take', 'assign', 'reject'] : ['withdraw'];
        return keys.map((key) => ({
            key,
            label: ACTIONS[key].label,
            title: fillLabel(ACTIONS[key].name, this.dispute.disputeNumber)
        }));
    }

    get cannotReject() {
        return this.isBusy || !this.reason.trim();
    }

    handleAction(event) {
        const key = event.currentTarget.dataset.id;
        if (key === 'reject') {
            this.isRejecting = true;
            this.isFocusDue = true;
        } else if (key === 'assign') this.isAssigning = true;
        else this.tell(key);
    }

    handleReason(event) {
        this.reason = event.detail.value;
    }

    handleSend() {
        this.tell('reject');
    }

    handleCancel() {
        this.isRejecting = false;
        this.reason = '';
    }

    handleChoose(event) {
        const detail = { dispute: this.dispute, ...event.detail };
        this.isAssigning = false;
        this.dispatchEvent(new CustomEvent('assign', { detail }));
    }

    handleCancelChoice() {
        this.isAssigning = false;
    }

    tell(name) {
        const detail = { dispute: this.dispute, reason: this.reason.trim() };
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}

function hasValue(value) {
    return value !== undefined && value !== null;
}
