// How one figure of a statement came to be: bands, steps and rounding, as the service wrote them when it calculated. Loads
// them when it is opened; calculates nothing.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getWorking from '@salesforce/apex/StatementController.getWorking';
import { fillLabel, formatDaysIn } from 'c/labelText';
import { amountText, figureText, nameInWords, percentText } from 'c/payFigures';
import stepGives from '@salesforce/label/c.SpmPayStepGives';
import stepRule from '@salesforce/label/c.SpmPayStepRule';
import bandLine from '@salesforce/label/c.SpmPayBandLine';
import noWorking from '@salesforce/label/c.SpmPayNoWorking';
import rounding from '@salesforce/label/c.SpmPayRounding';
import working from '@salesforce/label/c.SpmPayWorking';

export default class LineWorking extends LightningElement {
    @api lineId;
    @api currencyCode;

    label = { working, noWorking };
    wired;
    isLoaded = false;
    working;
    error;

    @wire(getWorking, { lineId: '$lineId' })
    receive(result) {
        this.wired = result;
        this.error = result.error;
        if (result.data === undefined && !result.error) return;
        this.isLoaded = !result.error;
        this.working = parsed(result.data);
    }

    get isLoading() {
        return !this.isLoaded && !this.error;
    }

    get isEmpty() {
        return this.isLoaded && this.bands.length === 0 && this.steps.length === 0;
    }

    get hasBands() {
        return this.bands.length > 0;
    }

    get bands() {
        return (this.working?.bands ?? []).map(({ row, quantity, rate, amount }) => ({
            key: row,
            text: fillLabel(
                bandLine,
                figureText(quantity),
                percentText(rate),
                amountText(amount, this.currencyCode)
            )
        }));
    }

    get steps() {
        return (this.working?.steps ?? []).map(({ what, rule, inputs = [], result }, index) => ({
            key: index,
            what: nameInWords(what),
            inputs: inputs.map(({ name, value }) => `${nameInWords(name)} ${valueText(value)}`).join(', '),
            result: fillLabel(stepGives, valueText(result)),
            rule: rule ? fillLabel(stepRule, rule) : ''
        }));
    }

    get roundingText() {
        const given = this.working?.rounding;
        if (!given) return '';
        if (typeof given === 'string') return given;
        return fillLabel(rounding, given.unit ?? '', nameInWords(given.mode ?? '').toLowerCase());
    }

    handleRetry() {
        this.error = undefined;
        refreshApex(this.wired);
    }
}

/** What cannot be read is shown as no working: the figure stands, its text was cut off. */
function parsed(text) {
    try {
        return JSON.parse(text ?? 'null');
    } catch {
        return null;
    }
}

function valueText(value) {
    return typeof value === 'string' ? formatDaysIn(figureText(value)) : String(value ?? '–');
}
