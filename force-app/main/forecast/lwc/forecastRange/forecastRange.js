// The range a quarter may end in: what is won, low, middle and high on one line, with the commit, the target and the naive
// forecasts as marks; and the same as a list of figures. Draws what the service wrote, calculates no amounts.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { quarterMoney } from 'c/quarterMoney';
import picture from '@salesforce/label/c.SpmForecastPicture';
import won from '@salesforce/label/c.SpmForecastWon';
import low from '@salesforce/label/c.SpmForecastLow';
import middle from '@salesforce/label/c.SpmForecastMiddle';
import high from '@salesforce/label/c.SpmForecastHigh';
import commit from '@salesforce/label/c.SpmForecastCommit';
import target from '@salesforce/label/c.SpmForecastTarget';
import actual from '@salesforce/label/c.SpmForecastActual';
import stageWeighted from '@salesforce/label/c.SpmForecastStageWeighted';
import lastPeriod from '@salesforce/label/c.SpmForecastLastPeriod';
import newBusiness from '@salesforce/label/c.SpmForecastNewBusiness';

/** Units of the drawing. */
const WIDTH = 400;
const HEIGHT = 48;
/** The largest figure does not touch the edge. */
const ROOM = 1.05;

const FIGURES = [
    { key: 'wonAmount', words: won, theme: 'won' },
    { key: 'lowAmount', words: low, theme: 'range' },
    { key: 'middleAmount', words: middle, theme: 'middle' },
    { key: 'highAmount', words: high, theme: 'range' },
    { key: 'commitAmount', words: commit, theme: 'commit', isMark: true },
    { key: 'targetAmount', words: target, theme: 'target', isMark: true },
    { key: 'actualAmount', words: actual, theme: 'actual', isMark: true },
    { key: 'stageWeightedAmount', words: stageWeighted, theme: 'naive', isMark: true },
    { key: 'lastPeriodAmount', words: lastPeriod, theme: 'naive', isMark: true },
    { key: 'newBusinessAmount', words: newBusiness, theme: 'none' }
];

function isThere(amount) {
    return amount !== undefined && amount !== null;
}

export default class ForecastRange extends LightningElement {
    /** AmountsView of ForecastController */
    @api forecast;

    viewBox = `0 0 ${WIDTH} ${HEIGHT}`;
    height = HEIGHT;

    get figures() {
        return FIGURES.filter(({ key }) => isThere(this.forecast[key])).map((figure) => ({
            ...figure,
            text: quarterMoney(this.forecast[figure.key], this.forecast.currencyCode),
            swatch: `swatch swatch_${figure.theme}`
        }));
    }

    get pictureName() {
        const [lowText, middleText, highText] = ['lowAmount', 'middleAmount', 'highAmount'].map((key) =>
            quarterMoney(this.forecast[key], this.forecast.currencyCode)
        );
        return fillLabel(picture, lowText, middleText, highText);
    }

    get scale() {
        const drawn = FIGURES.filter(({ theme }) => theme !== 'none').map(({ key }) =>
            Number(this.forecast[key] ?? 0)
        );
        return WIDTH / (Math.max(...drawn, Number.EPSILON) * ROOM);
    }

    get wonWidth() {
        return Math.max(0, Number(this.forecast.wonAmount ?? 0) * this.scale);
    }

    get range() {
        const x = this.at('lowAmount');
        return { x, width: Math.max(2, this.at('highAmount') - x) };
    }

    get middleX() {
        return this.at('middleAmount');
    }

    get marks() {
        return this.figures
            .filter(({ isMark }) => isMark)
            .map(({ key, theme }) => ({ key, x: this.at(key), style: `mark mark_${theme}` }));
    }

    at(key) {
        return Math.max(0, Number(this.forecast[key] ?? 0) * this.scale);
    }
}
