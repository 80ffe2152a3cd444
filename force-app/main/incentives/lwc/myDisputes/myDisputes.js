// The disputes this user has raised, with the clock until an answer is due and the outcome: all of them, or those about one
// statement. Withdraws one when asked to.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import { RefreshEvent } from 'lightning/refresh';
import getMyDisputes from '@salesforce/apex/DisputeController.getMyDisputes';
import withdraw from '@salesforce/apex/DisputeController.withdraw';
import { keepFresh } from 'c/keepFresh';
import { fillLabel } from 'c/labelText';
import { carryOut } from 'c/userAction';
import none from '@salesforce/label/c.SpmDisputeNone';
import noneText from '@salesforce/label/c.SpmDisputeNoneText';
import withdrawnNow from '@salesforce/label/c.SpmDisputeWithdrawnNow';

export default class MyDisputes extends LightningElement {
    /** Only those about this statement; then none are worth no words. Blank: all. */
    @api statementId;
    @api heading;

    label = { none, noneText };
    wired = {};
    isBusy = false;
    announcement = '';
    actionError;
    endRefresh;

    @wire(getMyDisputes)
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
        const all = this.wired.data ?? [];
        return this.statementId ? all.filter((one) => one.statementId === this.statementId) : all;
    }

    get hasSome() {
        return this.disputes.length > 0;
    }

    get hasNone() {
        return !this.statementId && this.wired.data?.length === 0;
    }

    @api
    async refresh() {
        await refreshApex(this.wired);
    }

    handleRetry() {
        this.refresh();
    }

    async handleWithdraw(event) {
        const { dispute } = event.detail;
        await carryOut(this, async () => {
            await withdraw({ disputeId: dispute.disputeId });
            this.announcement = fillLabel(withdrawnNow, dispute.disputeNumber);
            await this.refresh();
            this.dispatchEvent(new CustomEvent('withdrawn'));
            this.dispatchEvent(new RefreshEvent());
        });
    }
}
