// Disputes that wait for an answer, the one due first at the top, and the rate per 100 statements of the period. Who may
// answer is DisputeGuard's to say; its sentence is shown. Fires `answered`.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getUnanswered from '@salesforce/apex/DisputeController.getUnanswered';
import assign from '@salesforce/apex/DisputeController.assign';
import reject from '@salesforce/apex/DisputeController.reject';
import accept from '@salesforce/apex/DisputeController.accept';
import proposeAdjustment from '@salesforce/apex/DisputeController.proposeAdjustment';
import decideAdjustment from '@salesforce/apex/CompensationController.decideAdjustment';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import { isLate } from 'c/disputeWording';
import { carryOut } from 'c/userAction';
import none from '@salesforce/label/c.SpmConsoleNoDisputes';
import noneText from '@salesforce/label/c.SpmConsoleNoDisputesText';
import disputeRate from '@salesforce/label/c.SpmConsoleDisputeRate';
import noRate from '@salesforce/label/c.SpmConsoleDisputeNoRate';
import lateCount from '@salesforce/label/c.SpmConsoleDisputeLate';
import taken from '@salesforce/label/c.SpmDisputeTaken';
import assigned from '@salesforce/label/c.SpmDisputeAssigned';
import rejected from '@salesforce/label/c.SpmDisputeRejected';
import accepted from '@salesforce/label/c.SpmDisputeAccepted';
import proposed from '@salesforce/label/c.SpmDisputeProposed';
import approved from '@salesforce/label/c.SpmDisputeApproved';
import declined from '@salesforce/label/c.SpmDisputeDeclined';

export default class DisputeQueue extends LightningElement {
    /** The period whose rate is told, as CompensationController tells it. */
    @api detail;
    /** All periods, as CompensationController tells them: where an adjustment could be paid. */
    @api periods = [];

    label = { none, noneText };
    wired = {};
    isBusy = false;
    announcement = '';
    actionError;
    endRefresh;

    @wire(getUnanswered)
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get disputes() {
        return this.wired.data;
    }

    get isEmpty() {
        return this.disputes.length === 0;
    }

    get rateText() {
        const { disputesPerHundred, disputeCount, publishedCount } = this.detail;
        if (disputesPerHundred === undefined || disputesPerHundred === null) return noRate;
        return fillLabel(
            disputeRate,
            ...[disputesPerHundred, disputeCount, publishedCount].map((n) => formatNumber(n))
        );
    }

    get lateText() {
        const late = this.disputes.filter((dispute) => isLate(dispute, Date.now()));
        return fillLabel(lateCount, formatNumber(late.length), formatNumber(this.disputes.length));
    }

    async refresh() {
        await refreshApex(this.wired);
    }

    handleRetry() {
        this.refresh();
    }

    async handleTake(event) {
        const { dispute } = event.detail;
        await this.answer(fillLabel(taken, dispute.disputeNumber), () =>
            assign({ disputeId: dispute.disputeId, assigneeId: null })
        );
    }

    async handleAssign(event) {
        const { dispute, assigneeId, assigneeName } = event.detail;
        await this.answer(fillLabel(assigned, assigneeName, dispute.disputeNumber), () =>
            assign({ disputeId: dispute.disputeId, assigneeId })
        );
    }

    async handleReject(event) {
        const { dispute, reason } = event.detail;
        await this.answer(fillLabel(rejected, dispute.disputeNumber), () =>
            reject({ disputeId: dispute.disputeId, reason })
        );
    }

    async handlePropose(event) {
        const { dispute, periodId, amount, reason } = event.detail;
        const { disputeId, planId, disputeNumber } = dispute;
        await this.answer(fillLabel(proposed, disputeNumber), () =>
            proposeAdjustment({ disputeId, periodId, planId, amount, reason })
        );
    }

    async handleDecide(event) {
        const { adjustment, status } = event.detail;
        const { adjustmentId, adjustmentNumber } = adjustment;
        await this.answer(fillLabel(status === 'Approved' ? approved : declined, adjustmentNumber), () =>
            decideAdjustment({ adjustmentId, status })
        );
    }

    async handleAccept(event) {
        const { dispute, adjustment } = event.detail;
        const { disputeId, disputeNumber } = dispute;
        const { adjustmentId } = adjustment;
        await this.answer(fillLabel(accepted, disputeNumber), () =>
            accept({ disputeId, adjustmentId, reason: null })
        );
    }

    async answer(announcement, change) {
        await carryOut(this, async () => {
            await change();
            this.announcement = announcement;
            await this.refresh();
            this.dispatchEvent(new CustomEvent('answered'));
        });
    }
}
