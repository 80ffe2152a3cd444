// Asks why a warning is not right. Fires `send` with { reason, note } or `cancel`; storing is the parent's.
import { LightningElement, api } from 'lwc';
import question from '@salesforce/label/c.SpmFeedbackReason';
import note from '@salesforce/label/c.SpmFeedbackNote';
import send from '@salesforce/label/c.SpmFeedbackSend';
import { REASONS } from 'c/feedbackReasons';

export default class FlagFeedback extends LightningElement {
    @api isBusy = false;

    label = { question, note, send };
    reasons = REASONS;
    reason = '';
    note = '';
    hadFocus = false;

    renderedCallback() {
        if (this.hadFocus) return;
        this.hadFocus = true;
        /** @type {HTMLElement | undefined} */ (this.refs?.reasons)?.focus();
    }

    get cannotSend() {
        return this.isBusy || !this.reason;
    }

    handleReason(event) {
        this.reason = event.detail.value;
    }

    handleNote(event) {
        this.note = event.detail.value;
    }

    handleSend() {
        this.dispatchEvent(new CustomEvent('send', { detail: { reason: this.reason, note: this.note } }));
    }

    handleCancel() {
        this.dispatchEvent(new CustomEvent('cancel'));
    }
}
