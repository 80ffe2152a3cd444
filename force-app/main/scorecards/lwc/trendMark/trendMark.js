// Rising, steady or falling: an icon with its word, which may be left to screen readers where room is short.
import { LightningElement, api } from 'lwc';
import { trendOf } from 'c/scorecardWording';

export default class TrendMark extends LightningElement {
    /** `Rising`, `Steady`, `Falling` or `TooFew` */
    @api trend;
    @api isShort = false;

    get known() {
        return trendOf(this.trend);
    }

    get markClass() {
        return `mark mark_${this.known.theme}`;
    }

    get textClass() {
        return this.isShort ? 'slds-assistive-text' : 'slds-m-left_xx-small';
    }
}
