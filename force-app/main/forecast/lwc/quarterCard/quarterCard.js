// The card around figures of a quarter: whose they are, of which quarter and as of which day, whether they are old, and what stands
// there where there are none. The figures themselves go into the slot. Fires `choose` as c-forecast-choice does, and `retry`.
import { LightningElement, api } from 'lwc';
import currencies from '@salesforce/label/c.SpmForecastCurrencies';
import currenciesText from '@salesforce/label/c.SpmForecastCurrenciesText';

export default class QuarterCard extends LightningElement {
    @api heading;
    @api iconName;
    /** Tells the choices of several cards on one page apart. */
    @api name = 'forecast';
    /** `mine` or `team` */
    @api scope = 'mine';
    /** {periods, days, isStale, hasSeveralCurrencies}; nothing while it is waited for */
    @api view;
    @api error;
    /** The row whose figures stand in the slot: {periodStartDate, asOfDate}; nothing where there is none */
    @api shown;
    /** What is said where there is none. */
    @api noneHeading;
    @api noneText;

    get isLoading() {
        return !this.view && !this.error;
    }

    get isEmpty() {
        return Boolean(this.view) && !this.shown;
    }

    get shownPeriod() {
        return this.shown?.periodStartDate;
    }

    get shownDay() {
        return this.shown?.asOfDate;
    }

    get empty() {
        return this.view.hasSeveralCurrencies
            ? { heading: currencies, message: currenciesText }
            : { heading: this.noneHeading, message: this.noneText };
    }

    handleChoose({ detail }) {
        this.dispatchEvent(new CustomEvent('choose', { detail }));
    }

    handleRetry() {
        this.dispatchEvent(new CustomEvent('retry'));
    }
}
