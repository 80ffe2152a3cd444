// Business days in the stage as a bar, with a mark where half of the won deals had left it.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import plain from '@salesforce/label/c.SpmStageDays';
import withUsual from '@salesforce/label/c.SpmStageDaysUsual';

const WIDTH = 200;
/** The longer of the two never fills the bar, so that a mark at the end is still seen. */
const ROOM = 1.15;

export default class StageGauge extends LightningElement {
    @api stageName;
    @api days;
    /** Median of won deals; blank when there is not enough history. */
    @api usualDays;

    viewBox = `0 0 ${WIDTH} 12`;

    get hasUsual() {
        return this.usualDays !== undefined && this.usualDays !== null;
    }

    get text() {
        const days = formatNumber(this.days);
        if (!this.hasUsual) return fillLabel(plain, this.stageName, days);
        return fillLabel(withUsual, this.stageName, days, formatNumber(this.usualDays));
    }

    get scale() {
        return WIDTH / (Math.max(this.days, this.usualDays ?? 0, 1) * ROOM);
    }

    get barWidth() {
        return Math.max(0, this.days) * this.scale;
    }

    get markX() {
        return this.usualDays * this.scale;
    }
}
