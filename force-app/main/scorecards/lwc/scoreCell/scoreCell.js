// A score as a number; the colour behind it only repeats it. Without one, a dash and what it means.
import { LightningElement, api } from 'lwc';
import { formatNumber } from 'c/labelText';
import { themeOf } from 'c/scorecardWording';
import noScore from '@salesforce/label/c.SpmNoScore';

export default class ScoreCell extends LightningElement {
    /** 0 to 100, or null */
    @api score;

    label = { noScore };

    get hasScore() {
        return this.score !== null && this.score !== undefined;
    }

    get text() {
        return formatNumber(this.score, { maximumFractionDigits: 0 });
    }

    get cellClass() {
        return `cell cell_${themeOf(this.score)}`;
    }
}
