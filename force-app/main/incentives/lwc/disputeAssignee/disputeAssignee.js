// Choice of the person who answers one dispute, among those who may. Fires `choose` with { assigneeId, assigneeName } and
// `cancel`; the parent does it.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getAnswerers from '@salesforce/apex/DisputeController.getAnswerers';
import assign from '@salesforce/label/c.SpmDisputeAssign';
import assignTo from '@salesforce/label/c.SpmDisputeAssignTo';
import nobody from '@salesforce/label/c.SpmDisputeAssignNobody';

export default class DisputeAssignee extends LightningElement {
    @api disputeId;
    @api isBusy = false;

    label = { assignTo, nobody };
    wired = {};
    assigneeId = '';
    isFocusDue = true;

    @wire(getAnswerers, { disputeId: '$disputeId' })
    receive(result) {
        this.wired = result;
    }

    renderedCallback() {
        if (!this.isFocusDue || !this.refs.person) return;
        this.isFocusDue = false;
        /** @type {HTMLElement} */ (this.refs.person).focus();
    }

    get isEmpty() {
        return this.wired.data?.length === 0;
    }

    get options() {
        return (this.wired.data ?? []).map(({ userId, name }) => ({ value: userId, label: name }));
    }

    get hasOptions() {
        return this.options.length > 0;
    }

    get sendLabel() {
        return this.hasOptions ? assign : '';
    }

    get cannotSend() {
        return this.isBusy || !this.assigneeId;
    }

    handlePerson(event) {
        this.assigneeId = event.detail.value;
    }

    handleRetry() {
        refreshApex(this.wired);
    }

    handleSend() {
        const chosen = this.options.find(({ value }) => value === this.assigneeId);
        const detail = { assigneeId: chosen.value, assigneeName: chosen.label };
        this.dispatchEvent(new CustomEvent('choose', { detail }));
    }

    handleCancel() {
        this.dispatchEvent(new CustomEvent('cancel'));
    }
}
