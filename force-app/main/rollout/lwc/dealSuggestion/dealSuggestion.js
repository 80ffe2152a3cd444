// One suggested update of a deal. Fires `accept` with { suggestionId, what } and `dismiss` with the same and a reason; saving is the
// parent's.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatDaysIn } from 'c/labelText';
import { describeSuggestion } from './wording.js';
import accept from '@salesforce/label/c.SpmAccept';
import acceptNamed from '@salesforce/label/c.SpmAcceptNamed';
import cancel from '@salesforce/label/c.SpmCancel';
import dismiss from '@salesforce/label/c.SpmDismiss';
import dismissNamed from '@salesforce/label/c.SpmDismissNamed';
import dismissWhy from '@salesforce/label/c.SpmDismissWhy';
import evidence from '@salesforce/label/c.SpmEvidence';
import agreed from '@salesforce/label/c.SpmDismissAgreed';
import notNow from '@salesforce/label/c.SpmDismissNotNow';
import notTrue from '@salesforce/label/c.SpmDismissNotTrue';
import other from '@salesforce/label/c.SpmReasonOther';

/** The values of FieldSuggestion__c.DismissReason__c. */
const REASONS = [
    { value: 'NotTrue', label: notTrue },
    { value: 'NotNow', label: notNow },
    { value: 'AgreedOtherwise', label: agreed },
    { value: 'Other', label: other }
];

export default class DealSuggestion extends LightningElement {
    /** As SuggestionController gives it. */
    @api suggestion;
    @api isBusy = false;

    label = { accept, cancel, dismiss, dismissWhy, evidence };
    reasons = REASONS;
    isAskingWhy = false;
    focusOn = '';

    renderedCallback() {
        if (!this.focusOn) return;
        /** @type {HTMLElement | null} */ (this.template.querySelector(this.focusOn))?.focus();
        this.focusOn = '';
    }

    get what() {
        return describeSuggestion(this.suggestion);
    }

    get why() {
        return formatDaysIn(this.suggestion.why ?? '');
    }

    get hasEvidence() {
        return (this.suggestion.evidence ?? []).length > 0;
    }

    get acceptName() {
        return fillLabel(acceptNamed, this.what);
    }

    get dismissName() {
        return fillLabel(dismissNamed, this.what);
    }

    handleAccept() {
        this.fire('accept', {});
    }

    handleDismiss() {
        this.isAskingWhy = true;
        this.focusOn = '[data-reason]';
    }

    handleCancel() {
        this.isAskingWhy = false;
        this.focusOn = '[data-id="dismiss"]';
    }

    handleReason(event) {
        this.fire('dismiss', { reason: event.currentTarget.dataset.reason });
    }

    fire(name, more) {
        const { suggestionId } = this.suggestion;
        this.dispatchEvent(new CustomEvent(name, { detail: { suggestionId, what: this.what, ...more } }));
    }
}
