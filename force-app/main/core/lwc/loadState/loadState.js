// What stands in a card before its data does: a spinner, or what went wrong. Nothing once the data is there.
import { LightningElement, api } from 'lwc';
import loading from '@salesforce/label/c.SpmLoading';

export default class LoadState extends LightningElement {
    @api isLoading = false;
    /** What a wire or an imperative call gave. */
    @api error;

    label = { loading };

    handleRetry() {
        this.dispatchEvent(new CustomEvent('retry'));
    }
}
