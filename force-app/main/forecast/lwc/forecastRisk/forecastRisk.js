// The quarter: the range it may end in, in which accounts the risk lies, what would lessen it, and for a manager how it is
// spread over segments and people. All figures are those of one row the service wrote.
import { LightningElement, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import canViewTeam from '@salesforce/customPermission/SpmViewTeam';
import getForecast from '@salesforce/apex/ForecastController.getForecast';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatDaysIn } from 'c/labelText';
import { quarterMoney } from 'c/quarterMoney';
import title from '@salesforce/label/c.SpmForecastTitle';
import headline from '@salesforce/label/c.SpmForecastHeadline';
import asOf from '@salesforce/label/c.SpmForecastAsOf';
import none from '@salesforce/label/c.SpmForecastNone';
import noneText from '@salesforce/label/c.SpmForecastNoneText';
import tooLittle from '@salesforce/label/c.SpmForecastTooLittle';
import tooLittleText from '@salesforce/label/c.SpmForecastTooLittleText';
import stageRates from '@salesforce/label/c.SpmForecastStageRates';
import segments from '@salesforce/label/c.SpmForecastSegments';
import segment from '@salesforce/label/c.SpmForecastSegment';
import people from '@salesforce/label/c.SpmForecastPeople';
import person from '@salesforce/label/c.SpmForecastPerson';

export default class ForecastRisk extends LightningElement {
    label = {
        title,
        none,
        noneText,
        tooLittle,
        tooLittleText,
        stageRates,
        segments,
        segment,
        people,
        person
    };

    scope = canViewTeam ? 'team' : 'mine';
    /** null: the newest */
    asOfDate = null;
    periodStartDate = null;
    view;
    error;
    wired;
    endRefresh;

    @wire(getForecast, {
        scope: '$scope',
        asOfDate: '$asOfDate',
        periodStartDate: '$periodStartDate'
    })
    receive(result) {
        this.wired = result;
        this.view = result.data;
        this.error = result.error;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get forecast() {
        return this.view?.forecast;
    }

    get hasTooLittle() {
        return this.forecast?.basis === 'TooLittle';
    }

    get isByStage() {
        return this.forecast?.basis === 'StageRates';
    }

    get hasFigures() {
        return Boolean(this.forecast) && !this.hasTooLittle;
    }

    get headlineText() {
        const { periodName, currencyCode, lowAmount, middleAmount, atRiskAmount } = this.forecast;
        const [low, middle, atRisk] = [lowAmount, middleAmount, atRiskAmount].map((amount) =>
            quarterMoney(amount, currencyCode)
        );
        return fillLabel(headline, periodName, low, middle, atRisk);
    }

    get asOfText() {
        return fillLabel(asOf, formatDaysIn(this.forecast.asOfDate));
    }

    get hasSegments() {
        return this.view.segments.length > 0;
    }

    get hasPeople() {
        return this.view.people.length > 0;
    }

    async refresh() {
        await refreshApex(this.wired);
    }

    handleRetry() {
        this.error = undefined;
        this.refresh();
    }

    handleChoose(event) {
        Object.assign(this, event.detail);
        this.view = undefined;
    }
}
