// Updates suggested for the deal of the page. Nothing is written until the user accepts, and then by SuggestionController in the
// user's name.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import getSuggestions from '@salesforce/apex/SuggestionController.getSuggestions';
import accept from '@salesforce/apex/SuggestionController.accept';
import dismiss from '@salesforce/apex/SuggestionController.dismiss';
import { keepFresh } from 'c/keepFresh';
import { fillLabel } from 'c/labelText';
import { carryOut } from 'c/userAction';
import title from '@salesforce/label/c.SpmSuggestions';
import none from '@salesforce/label/c.SpmSuggestionsNone';
import noneText from '@salesforce/label/c.SpmSuggestionsNoneText';
import note from '@salesforce/label/c.SpmSuggestionsNote';
import accepted from '@salesforce/label/c.SpmSuggestionAccepted';
import dismissed from '@salesforce/label/c.SpmSuggestionDismissed';

export default class DealSuggestions extends LightningElement {
    @api recordId;

    label = { title, none, noneText, note };

    /** Of the last thing the user did; the rest of the card stays. */
    actionError;
    isBusy = false;
    announcement = '';

    wired = {};
    endRefresh;

    @wire(getSuggestions, { opportunityId: '$recordId' })
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get suggestions() {
        return this.wired.data;
    }

    get isEmpty() {
        return this.suggestions.length === 0;
    }

    async refresh() {
        await refreshApex(this.wired);
    }

    async handleAccept(event) {
        const { suggestionId, what } = event.detail;
        await this.act(() => accept({ suggestionId }), fillLabel(accepted, what));
        await notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    }

    async handleDismiss(event) {
        const { suggestionId, what, reason } = event.detail;
        await this.act(() => dismiss({ suggestionId, reason }), fillLabel(dismissed, what));
    }

    /** Runs what the user asked for and shows what is suggested then; a refusal may mean that the deal changed. */
    async act(action, done) {
        if (await carryOut(this, action)) this.announcement = done;
        await this.refresh();
        // The button that had the focus may be gone.
        if (this.announcement) /** @type {HTMLElement} */ (this.refs.announcement).focus();
    }

    handleRetry() {
        this.refresh();
    }
}
