// From what was earned to what is paid. Steps that changed nothing are left out.
import { LightningElement, api } from 'lwc';
import { amountText, nameInWords } from 'c/payFigures';
import earned from '@salesforce/label/c.SpmPayEarned';

export default class PayoutSteps extends LightningElement {
    /** {key, label, before, after}[] as the service wrote them */
    @api steps = [];
    @api earnedAmount;
    @api currencyCode;

    label = { earned };

    get earnedText() {
        return amountText(this.earnedAmount, this.currencyCode);
    }

    get changes() {
        return this.steps
            .filter(({ before, after }) => before !== after)
            .map(({ key, label, after }) => ({
                key,
                label: label || nameInWords(key),
                after: amountText(after, this.currencyCode)
            }));
    }
}
