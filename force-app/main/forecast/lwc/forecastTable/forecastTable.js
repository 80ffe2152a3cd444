// Forecasts of people or of segments beside each other, as a table: low, middle, high, what is at risk, commit and target.
import { LightningElement, api } from 'lwc';
import { quarterMoney } from 'c/quarterMoney';
import low from '@salesforce/label/c.SpmForecastLow';
import middle from '@salesforce/label/c.SpmForecastMiddle';
import high from '@salesforce/label/c.SpmForecastHigh';
import atRisk from '@salesforce/label/c.SpmForecastAtRisk';
import commit from '@salesforce/label/c.SpmForecastCommit';
import target from '@salesforce/label/c.SpmForecastTarget';

const COLUMNS = [
    { key: 'lowAmount', words: low },
    { key: 'middleAmount', words: middle },
    { key: 'highAmount', words: high },
    { key: 'atRiskAmount', words: atRisk },
    { key: 'commitAmount', words: commit },
    { key: 'targetAmount', words: target }
];

export default class ForecastTable extends LightningElement {
    @api caption;
    /** heading of the first column */
    @api nameLabel;
    /** AmountsView[] of ForecastController; the name is the segment, or the person where there is none */
    @api forecasts = [];

    get columns() {
        return COLUMNS.filter(({ key }) =>
            this.forecasts.some((one) => one[key] !== undefined && one[key] !== null)
        );
    }

    get rows() {
        return this.forecasts.map((one) => ({
            key: one.forecastId,
            name: one.segment ?? one.repName,
            cells: this.columns.map(({ key }) => ({ key, text: quarterMoney(one[key], one.currencyCode) }))
        }));
    }
}
