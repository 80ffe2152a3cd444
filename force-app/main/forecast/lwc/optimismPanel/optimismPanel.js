// How far the commits of each person may be trusted: what came in over what was promised, drawn around 1 with its
// interval, beside the error of commits and of the best naive forecast. A sign is given only where the record is clear; otherwise it is said that it is not.
import { LightningElement, wire } from 'lwc';
import getForecast from '@salesforce/apex/ForecastController.getForecast';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import title from '@salesforce/label/c.SpmOptimismTitle';
import about from '@salesforce/label/c.SpmOptimismAbout';
import none from '@salesforce/label/c.SpmOptimismNone';
import noneText from '@salesforce/label/c.SpmOptimismNoneText';
import optimist from '@salesforce/label/c.SpmOptimismOptimist';
import sandbagger from '@salesforce/label/c.SpmOptimismSandbagger';
import unclear from '@salesforce/label/c.SpmOptimismUnclear';
import tooLittle from '@salesforce/label/c.SpmOptimismTooLittle';
import personAccuracy from '@salesforce/label/c.SpmAccuracyPerson';
import record from '@salesforce/label/c.SpmOptimismRecord';

const WORDS = { Optimist: optimist, Sandbagger: sandbagger, None: unclear };
/** Ratios are drawn from 0 to 2: commits kept to the letter stand in the middle. */
const NAIVE = new Set(['LastPeriod', 'SamePeriodLastYear', 'StageWeighted']);
const WIDTH = 100;
const MOST = 2;

/** @returns {object | null} null where there is none, or it cannot be read */
function recordIn(text) {
    try {
        return text ? JSON.parse(text) : null;
    } catch {
        return null;
    }
}

function percent(share) {
    return formatNumber(share, { style: 'percent', maximumFractionDigits: 1 });
}

function place(ratio) {
    return (Math.min(MOST, Math.max(0, Number(ratio))) / MOST) * WIDTH;
}

/** Only where the person committed, and a naive forecast of the same quarters stands beside. */
function accuracyText(found) {
    const methods = (found?.methods ?? []).filter(({ wape }) => wape !== null);
    const said = methods.find(({ method }) => method === 'Commit');
    // Methods come best first.
    const naive = methods.find(({ method }) => NAIVE.has(method));
    return said && naive ? fillLabel(personAccuracy, ...[said, naive].map(({ wape }) => percent(wape))) : '';
}

export default class OptimismPanel extends LightningElement {
    label = { title, about, none, noneText };
    wired = {};
    endRefresh;

    @wire(getForecast, { scope: 'team', asOfDate: null, periodStartDate: null })
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get isEmpty() {
        return this.wired.data?.people.length === 0;
    }

    get hasPeople() {
        return this.rows.length > 0;
    }

    /** Of the team; null where no quarter with a forecast is over. */
    get accuracy() {
        const found = recordIn(this.wired.data?.forecast?.optimism);
        return found?.methods?.length ? found : null;
    }

    get rows() {
        return (this.wired.data?.people ?? []).map((person) => {
            const found = recordIn(person.optimism);
            const isJudged = Boolean(found?.ratio);
            return {
                key: person.forecastId,
                name: person.repName,
                isJudged,
                words: isJudged ? WORDS[found.sign] : (found?.reason ?? tooLittle),
                text: isJudged ? this.recordText(found) : '',
                accuracy: accuracyText(found),
                interval: isJudged && { x: place(found.low), width: place(found.high) - place(found.low) },
                mark: isJudged && place(found.ratio)
            };
        });
    }

    recordText({ ratio, low, high, periodCount }) {
        return fillLabel(record, ...[ratio, low, high].map(percent), formatNumber(periodCount));
    }

    async refresh() {
        await readWires(this.wired);
    }

    handleRetry() {
        this.refresh();
    }
}
