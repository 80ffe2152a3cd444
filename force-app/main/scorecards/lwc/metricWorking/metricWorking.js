// How a metric was worked out: its formula in words, whose definition that is, and the steps as the service wrote them.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import definition from '@salesforce/label/c.SpmMetricDefinition';
import workingTitle from '@salesforce/label/c.SpmMetricWorking';

/** @returns {{ words: string, value: string }[]} nothing where it cannot be read */
function stepsIn(text) {
    try {
        return JSON.parse(text ?? '[]');
    } catch {
        return [];
    }
}

const FRACTION = /^(-?\d+)\/(\d+)$/;

/** A figure that no decimals say exactly comes as a fraction: what it is about stands beside it. */
function readable(value) {
    const [, over, under] = FRACTION.exec(value) ?? [];
    return under
        ? `${value} ≈ ${formatNumber(Number(over) / Number(under), { maximumFractionDigits: 2 })}`
        : value;
}

export default class MetricWorking extends LightningElement {
    /** MetricView of ScorecardController */
    @api metric;
    /** What ScorecardController.getMetric tells besides. */
    @api detail;

    label = { workingTitle };

    get definitionText() {
        const { version, ownerName } = this.metric;
        return fillLabel(
            definition,
            formatNumber(version),
            ownerName ?? '–',
            this.detail.sourceObjects ?? '–'
        );
    }

    get steps() {
        return stepsIn(this.detail.working).map(({ words, value }, index) => ({
            key: index,
            words: formatDaysIn(words),
            value: readable(value)
        }));
    }
}
