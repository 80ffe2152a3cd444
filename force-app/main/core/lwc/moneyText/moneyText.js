// An amount in whole units of its currency, as the user's locale writes it. Blank when there is no amount.
import { LightningElement, api } from 'lwc';
import CURRENCY from '@salesforce/i18n/currency';

export default class MoneyText extends LightningElement {
    @api amount;
    /** ISO code of the record's currency; blank in an org with one currency. */
    @api currencyCode;

    get hasAmount() {
        return this.amount !== undefined && this.amount !== null;
    }

    get currency() {
        return this.currencyCode || CURRENCY;
    }
}
