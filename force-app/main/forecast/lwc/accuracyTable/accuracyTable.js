// How good past forecasts of one team were: each method's error, lean and whether it beat the naive ones, and its error week by
// week before quarters ended. Figures are those the service wrote.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import title from '@salesforce/label/c.SpmAccuracyTitle';
import about from '@salesforce/label/c.SpmAccuracyAbout';
import method from '@salesforce/label/c.SpmAccuracyMethod';
import error from '@salesforce/label/c.SpmAccuracyError';
import lean from '@salesforce/label/c.SpmAccuracyLean';
import tooHigh from '@salesforce/label/c.SpmAccuracyTooHigh';
import tooLow from '@salesforce/label/c.SpmAccuracyTooLow';
import quarters from '@salesforce/label/c.SpmAccuracyQuarters';
import beats from '@salesforce/label/c.SpmAccuracyBeats';
import beatsText from '@salesforce/label/c.SpmAccuracyBeatsText';
import weeks from '@salesforce/label/c.SpmAccuracyWeeks';
import lastYear from '@salesforce/label/c.SpmAccuracyLastYear';
import naive from '@salesforce/label/c.SpmModelNaive';
import commit from '@salesforce/label/c.SpmForecastCommit';
import middle from '@salesforce/label/c.SpmForecastMiddle';
import lastPeriod from '@salesforce/label/c.SpmForecastLastPeriod';
import stageWeighted from '@salesforce/label/c.SpmForecastStageWeighted';

const METHODS = {
    Commit: commit,
    P50: middle,
    LastPeriod: fillLabel(naive, lastPeriod),
    SamePeriodLastYear: fillLabel(naive, lastYear),
    StageWeighted: fillLabel(naive, stageWeighted)
};
const NAIVE = new Set(['LastPeriod', 'SamePeriodLastYear', 'StageWeighted']);
/** @type {Intl.NumberFormatOptions} */
const WHOLE = { style: 'percent', maximumFractionDigits: 0 };
/** @type {Intl.NumberFormatOptions} */
const ONE_DECIMAL = { style: 'percent', maximumFractionDigits: 1 };

function wordsOf(key) {
    return METHODS[key] ?? key;
}

/** "-0%" is 0%. */
function wholePercent(share) {
    return formatNumber(Math.round(share * 100) / 100 + 0, WHOLE);
}

function isThere(value) {
    return value !== undefined && value !== null;
}

export default class AccuracyTable extends LightningElement {
    label = { title, about, method, error, lean, quarters, beats, weeks };
    /** `methods` and `weeks` of a track record */
    @api record;

    get rows() {
        return this.record.methods.map((one) => ({
            key: one.method,
            words: wordsOf(one.method),
            error: isThere(one.wape) ? formatNumber(one.wape, ONE_DECIMAL) : '',
            lean: this.leanOf(one),
            quarters: formatNumber(one.count),
            beats: NAIVE.has(one.method)
                ? ''
                : fillLabel(beatsText, ...one.beatNaive.map((count) => formatNumber(count)))
        }));
    }

    /** Only where there are quarters enough for a range. */
    leanOf({ bias, biasInterval }) {
        if (!isThere(bias) || !biasInterval) return '';
        const [low, high] = [biasInterval.low, biasInterval.high].map(wholePercent);
        return fillLabel(bias < 0 ? tooLow : tooHigh, wholePercent(Math.abs(bias)), low, high);
    }

    get weekNames() {
        return this.record.weeks.map(({ weeksToGo }) => ({ key: weeksToGo, text: formatNumber(weeksToGo) }));
    }

    get weekRows() {
        return this.record.methods.map(({ method: key }) => ({
            key,
            words: wordsOf(key),
            cells: this.record.weeks.map(({ weeksToGo, methods }) => {
                const found = methods.find((one) => one.method === key);
                return {
                    key: weeksToGo,
                    text: isThere(found?.wape) ? formatNumber(found.wape, ONE_DECIMAL) : ''
                };
            })
        }));
    }
}
