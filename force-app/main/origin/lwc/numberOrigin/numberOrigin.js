// Why a number is what it is: one page for lines of statements, pay, warnings, chances, forecasts and metrics. The address
// says which number; how it was worked out is shown by the component that shows it elsewhere too.
import { LightningElement, wire } from 'lwc';
import { CurrentPageReference } from 'lightning/navigation';
import getOrigin from '@salesforce/apex/NumberOriginController.getOrigin';
import timeZone from '@salesforce/i18n/timeZone';
import { resultOf } from 'c/callResult';
import { describeError } from 'c/errorMessages';
import { basisText } from 'c/flagWording';
import { keepFresh } from 'c/keepFresh';
import { countLabel, formatMonth } from 'c/labelText';
import { stateIn } from 'c/tabPage';
import { kindText, standingOf, valueText } from './wording';
import title from '@salesforce/label/c.SpmOriginTitle';
import asOf from '@salesforce/label/c.SpmAsOf';
import shownOn from '@salesforce/label/c.SpmOriginShownOn';
import working from '@salesforce/label/c.SpmOriginWorking';
import inputs from '@salesforce/label/c.SpmOriginInputs';
import noInputs from '@salesforce/label/c.SpmOriginNoInputs';
import hiddenOne from '@salesforce/label/c.SpmOriginHiddenOne';
import hiddenMany from '@salesforce/label/c.SpmOriginHiddenMany';
import nothing from '@salesforce/label/c.SpmOriginNothing';
import nothingText from '@salesforce/label/c.SpmOriginNothingText';

export default class NumberOrigin extends LightningElement {
    label = { title, asOf, shownOn, working, inputs, noInputs, nothing, nothingText };
    timeZone = timeZone;
    asked;
    origin;
    error;
    endRefresh;

    @wire(CurrentPageReference)
    receivePage(pageReference) {
        const { kind, result } = stateIn(pageReference);
        if (kind === this.asked?.kind && result === this.asked?.result) return;
        this.asked = kind && result ? { kind, result } : undefined;
        this.begin();
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.load);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    /** An address that was cut off, or is of nothing that has an origin: trying again would not help. */
    get isUnknown() {
        return Boolean(this.error) && describeError(this.error).code === 'INVALID_INPUT';
    }

    get isEmpty() {
        return !this.asked || this.isUnknown;
    }

    get shownError() {
        return this.isUnknown ? undefined : this.error;
    }

    get isLoading() {
        return Boolean(this.asked) && !this.origin && !this.error;
    }

    get figure() {
        return valueText(this.origin);
    }

    get kindText() {
        return kindText(this.origin.kind);
    }

    get aboutText() {
        const { kind, title: name, personName, periodName } = this.origin;
        const period = kind === 'Metric' ? formatMonth(periodName) : periodName;
        return [name, personName, period].filter(Boolean).join(' · ');
    }

    get standing() {
        return standingOf(this.origin);
    }

    get warningBasis() {
        const { warning, stageMedianDays, currencyCode } = this.origin;
        return warning ? basisText(warning, { stageMedianDays, currency: currencyCode }) : '';
    }

    /** What a warning saw in a record says more than the name of the record. */
    get records() {
        const { warning, inputs: records } = this.origin;
        if (!warning) return records;
        return records.map((record) => ({ ...record, name: record.label ? undefined : record.name }));
    }

    get hasInputs() {
        return this.origin.inputs.length > 0;
    }

    get hasNone() {
        return !this.hasInputs && !this.origin.hiddenInputCount;
    }

    get hiddenText() {
        const { hiddenInputCount: count } = this.origin;
        return count ? countLabel(count, hiddenOne, hiddenMany) : '';
    }

    handleRetry() {
        this.begin();
    }

    begin() {
        this.origin = undefined;
        this.error = undefined;
        this.load();
    }

    /** What is shown stays until the answer is there. */
    async load() {
        const { asked } = this;
        if (!asked) return;
        const { data, error } = await resultOf(getOrigin({ kind: asked.kind, resultKey: asked.result }));
        if (asked !== this.asked) return;
        this.origin = data;
        this.error = error;
    }
}
