// From what was earned to what is paid: what of it is due in this period, then each step. What changed nothing is left out.
import { LightningElement, api } from 'lwc';
import { amountText, nameInWords } from 'c/payFigures';
import due from '@salesforce/label/c.SpmPayDueNow';
import earned from '@salesforce/label/c.SpmPayEarned';

export default class PayoutSteps extends LightningElement {
    /** {key, label, before, after}[] as the service wrote them */
    @api steps = [];
    @api earnedAmount;
    @api currencyCode;

    label = { due, earned };

    get earnedText() {
        return amountText(this.earnedAmount, this.currencyCode);
    }

    /** Lines that come later, or were kept from before, stand between what was earned and the first step. */
    get dueText() {
        const [first] = this.steps;
        const isSame = !first || Number(first.before) === Number(this.earnedAmount);
        return isSame ? '' : amountText(first.before, this.currencyCode);
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
