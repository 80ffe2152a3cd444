// One metric of a scorecard: the figure with its interval, the standard, how it goes, what moves it. Opened, it shows the
// working step by step, the months as a table and the records it rests on, read only then (looking at somebody else's is
// written down).
import { LightningElement, api } from 'lwc';
import getMetric from '@salesforce/apex/ScorecardController.getMetric';
import { fillLabel, formatNumber } from 'c/labelText';
import { figureOf, markOf } from 'c/scorecardWording';
import standardUp from '@salesforce/label/c.SpmMetricStandardUp';
import standardDown from '@salesforce/label/c.SpmMetricStandardDown';
import standardBand from '@salesforce/label/c.SpmMetricStandardBand';
import noStandard from '@salesforce/label/c.SpmMarkNoStandard';
import interval from '@salesforce/label/c.SpmMetricInterval';
import sample from '@salesforce/label/c.SpmMetricSample';
import percentileText from '@salesforce/label/c.SpmMetricPercentile';
import pointsText from '@salesforce/label/c.SpmMetricPoints';
import whatMoves from '@salesforce/label/c.SpmMetricMoves';
import show from '@salesforce/label/c.SpmMetricShow';
import hide from '@salesforce/label/c.SpmMetricHide';
import showName from '@salesforce/label/c.SpmMetricShowName';
import monthsTitle from '@salesforce/label/c.SpmMetricMonths';
import month from '@salesforce/label/c.SpmMetricMonth';
import figure from '@salesforce/label/c.SpmMetricFigure';
import evidence from '@salesforce/label/c.SpmNeedEvidence';
import noEvidence from '@salesforce/label/c.SpmMetricNoEvidence';

const STANDARDS = { Up: standardUp, Down: standardDown, Band: standardBand };

export default class MetricLine extends LightningElement {
    /** As ScorecardController tells it. */
    @api metric;

    label = { whatMoves, monthsTitle, month, figure, evidence, noEvidence, sample };
    isOpen = false;
    detail;
    error;

    get valueText() {
        return figureOf(this.metric.value, this.metric.unit) || '–';
    }

    get mark() {
        return markOf(this.metric.status);
    }

    get markClass() {
        return `mark mark_${this.mark.theme}`;
    }

    get standardText() {
        const { floorValue, targetValue, direction, unit } = this.metric;
        if (floorValue === null || floorValue === undefined) return noStandard;
        return fillLabel(
            STANDARDS[direction] ?? standardUp,
            figureOf(floorValue, unit),
            figureOf(targetValue, unit)
        );
    }

    get factsText() {
        const { lowValue, highValue, sampleSize, percentile, points, weight, unit } = this.metric;
        const isKnown = (value) => value !== null && value !== undefined;
        return [
            ...(isKnown(lowValue) && isKnown(highValue)
                ? [fillLabel(interval, figureOf(lowValue, unit), figureOf(highValue, unit))]
                : []),
            ...(isKnown(sampleSize) ? [fillLabel(sample, formatNumber(sampleSize))] : []),
            ...(isKnown(percentile)
                ? [fillLabel(percentileText, formatNumber(percentile, { maximumFractionDigits: 0 }))]
                : []),
            ...(isKnown(points)
                ? [
                      fillLabel(
                          pointsText,
                          formatNumber(points),
                          formatNumber(weight * 100, { maximumFractionDigits: 1 })
                      )
                  ]
                : [])
        ].join(' · ');
    }

    get toggleLabel() {
        return this.isOpen ? hide : show;
    }

    get toggleName() {
        return fillLabel(showName, this.toggleLabel, this.metric.label);
    }

    get expanded() {
        return String(this.isOpen);
    }

    get isLoading() {
        return !this.detail && !this.error;
    }

    get months() {
        const { series, unit } = this.metric;
        return series.map(({ month: key, value, n }) => ({
            key,
            value: figureOf(value, unit) || '–',
            n: n === null || n === undefined ? '' : formatNumber(n)
        }));
    }

    get hasRecords() {
        return this.detail.evidence.length > 0;
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
        if (this.isOpen && !this.detail) this.load();
    }

    handleRetry() {
        this.error = undefined;
        this.load();
    }

    async load() {
        try {
            this.detail = await getMetric({ resultId: this.metric.resultId });
        } catch (error) {
            this.error = error;
        }
    }
}
