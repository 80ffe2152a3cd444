// What would settle a dispute: adjustments proposed so far with who decides next, and the form for another one. Who may do what is
// the guards' to say; this only tells whose turn it is. Fires `propose` { dispute, periodId, amount, reason }, `decide`
// { adjustment, status } and `accept` { dispute, adjustment }.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { amountText, sumOfAmounts } from 'c/payFigures';
import propose from '@salesforce/label/c.SpmDisputePropose';
import proposeName from '@salesforce/label/c.SpmDisputeProposeName';
import amountLabel from '@salesforce/label/c.SpmDisputeProposeAmount';
import period from '@salesforce/label/c.SpmDisputeProposePeriod';
import reason from '@salesforce/label/c.SpmDisputeProposeReason';
import send from '@salesforce/label/c.SpmDisputeProposeSend';
import noPeriod from '@salesforce/label/c.SpmDisputeNoPeriod';
import proposed from '@salesforce/label/c.SpmDisputeAdjustmentProposed';
import approved from '@salesforce/label/c.SpmDisputeAdjustmentApproved';
import rejected from '@salesforce/label/c.SpmDisputeAdjustmentRejected';
import approve from '@salesforce/label/c.SpmDisputeApprove';
import decline from '@salesforce/label/c.SpmDisputeDecline';
import accept from '@salesforce/label/c.SpmDisputeAccept';
import mayNotDecide from '@salesforce/label/c.SpmDisputeMayNotDecide';

const SENTENCES = { Proposed: proposed, Approved: approved, Rejected: rejected };
const OPEN_FOR_FIGURES = ['Open', 'Calculated'];

export default class DisputeAnswer extends LightningElement {
    /** As DisputeController.getUnanswered tells it. */
    @api dispute;
    /** As CompensationController.getPeriods tells them. */
    @api periods = [];
    @api mayApprove = false;
    @api isBusy = false;

    label = { propose, period, reason, send, noPeriod };
    isProposing = false;
    amount = '';
    periodId = '';
    reason = '';

    get proposals() {
        return (this.dispute.proposals ?? []).map((proposal) => ({
            ...proposal,
            sentence: fillLabel(
                SENTENCES[proposal.status] ?? proposed,
                proposal.adjustmentNumber,
                amountText(proposal.amount, proposal.currencyCode),
                proposal.periodName,
                (proposal.status === 'Proposed' ? proposal.requestedByName : proposal.decidedByName) ?? '–'
            ),
            actions: this.actionsOf(proposal)
        }));
    }

    actionsOf({ status }) {
        if (status === 'Approved') return [{ key: 'accept', label: accept }];
        if (status !== 'Proposed' || !this.mayApprove) return [];
        return [
            { key: 'approve', label: approve },
            { key: 'decline', label: decline }
        ];
    }

    get isWaiting() {
        return (this.dispute.proposals ?? []).some(({ status }) => status === 'Proposed');
    }

    get mayNotText() {
        return this.isWaiting && !this.mayApprove ? mayNotDecide : '';
    }

    /** One at a time: a second one would be paid besides the first. */
    get canPropose() {
        return (this.dispute.proposals ?? []).every(({ status }) => status === 'Rejected');
    }

    get proposeName() {
        return fillLabel(proposeName, this.dispute.disputeNumber);
    }

    get amountLabel() {
        return fillLabel(amountLabel, this.dispute.currencyCode ?? '');
    }

    get payable() {
        return this.periods.filter(
            ({ status, interval }) => OPEN_FOR_FIGURES.includes(status) && interval === this.dispute.interval
        );
    }

    get hasNoPeriod() {
        return this.payable.length === 0;
    }

    get periodOptions() {
        return this.payable.map(({ periodId, name }) => ({ value: periodId, label: name }));
    }

    get cannotSend() {
        const amount = Number(this.amount);
        return this.isBusy || !amount || !this.periodId || !this.reason.trim();
    }

    /** What was expected beyond what was paid is the amount most likely meant. */
    handlePropose() {
        const { expectedAmount, actualAmount } = this.dispute;
        const isKnown = [expectedAmount, actualAmount].every((one) => one !== null && one !== undefined);
        this.amount = isKnown ? String(sumOfAmounts([expectedAmount, -actualAmount])) : '';
        // The one calculated next.
        this.periodId = this.payable.at(-1)?.periodId ?? '';
        this.reason = '';
        this.isProposing = true;
    }

    handleAmount(event) {
        this.amount = event.detail.value;
    }

    handlePeriod(event) {
        this.periodId = event.detail.value;
    }

    handleReason(event) {
        this.reason = event.detail.value;
    }

    handleCancel() {
        this.isProposing = false;
    }

    handleSend() {
        const { dispute, periodId } = this;
        this.tell('propose', {
            dispute,
            periodId,
            amount: Number(this.amount),
            reason: this.reason.trim()
        });
        this.isProposing = false;
    }

    handleAction(event) {
        const { id, adjustment: adjustmentId } = event.currentTarget.dataset;
        const adjustment = this.dispute.proposals.find((one) => one.adjustmentId === adjustmentId);
        const { dispute } = this;
        if (id === 'accept') this.tell('accept', { dispute, adjustment });
        else this.tell('decide', { adjustment, status: id === 'approve' ? 'Approved' : 'Rejected' });
    }

    tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}
