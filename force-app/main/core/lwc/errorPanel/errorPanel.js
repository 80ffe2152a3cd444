// The one way an error is shown: heading, sentence, code, and a way to try again where trying again can help.
import { LightningElement, api } from 'lwc';
import { describeError } from 'c/errorMessages';
import { fillLabel } from 'c/labelText';
import codeLabel from '@salesforce/label/c.SpmCode';
import retryLabel from '@salesforce/label/c.SpmRetry';

const ICONS = {
    access: 'utility:lock',
    connection: 'utility:offline',
    error: 'utility:error',
    off: 'utility:hide'
};

export default class ErrorPanel extends LightningElement {
    /** What a wire or an imperative call gave. */
    @api error;
    /** Offers "Try again", which fires `retry`. */
    @api canRetry = false;

    retryLabel = retryLabel;

    get text() {
        return describeError(this.error);
    }

    get iconName() {
        return ICONS[this.text.kind];
    }

    get codeText() {
        return fillLabel(codeLabel, this.text.code);
    }

    get showRetry() {
        return this.canRetry && this.text.kind === 'error';
    }

    handleRetry() {
        this.dispatchEvent(new CustomEvent('retry'));
    }
}
