// The buttons under a form: the one that sends it, and Cancel. Fires `send` and `cancel`; what may be sent and what becomes of
// it is the form's.
import { LightningElement, api } from 'lwc';
import cancel from '@salesforce/label/c.SpmCancel';

export default class FormButtons extends LightningElement {
    /** What sending is called here. Blank: there is nothing to send, only to cancel. */
    @api label = '';
    @api variant = 'brand';
    @api disabled = false;
    /** The form always stands there: there is nothing to cancel. */
    @api isLasting = false;

    cancelLabel = cancel;

    get canCancel() {
        return !this.isLasting;
    }

    handleSend() {
        this.dispatchEvent(new CustomEvent('send'));
    }

    handleCancel() {
        this.dispatchEvent(new CustomEvent('cancel'));
    }
}
