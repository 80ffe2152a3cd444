// What stands in a card before its data does: a spinner, or what went wrong. Nothing once the data is there. A card that waits for
// one wire or call gives its `result`; one that waits for more says itself whether it loads and what went wrong.
import { LightningElement, api } from 'lwc';
import loading from '@salesforce/label/c.SpmLoading';

export default class LoadState extends LightningElement {
    /** What a wire or resultOf gave: it loads until there is data or an error. */
    @api result;
    @api isLoading = false;
    @api error;

    label = { loading };

    get isWaiting() {
        if (!this.result) return this.isLoading;
        return this.result.data === undefined && !this.result.error;
    }

    get problem() {
        return this.result ? this.result.error : this.error;
    }

    handleRetry() {
        this.dispatchEvent(new CustomEvent('retry'));
    }
}
