// What to simulate: a plan version, the one to compare it with, and the periods. Begins with the newest draft beside the version in
// force and with the last twelve months. Fires `simulate` with { planVersionId, againstVersionId, startDate, endDate }.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { planStatusLabel } from 'c/planWording';
import { versionText } from 'c/simulationWording';
import { defaultSpan, isLongEnough, periodOptions } from './spanOptions';
import tried from '@salesforce/label/c.SpmSimTried';
import compared from '@salesforce/label/c.SpmSimCompared';
import nothing from '@salesforce/label/c.SpmSimComparedNothing';
import firstPeriod from '@salesforce/label/c.SpmSimFirstPeriod';
import lastPeriod from '@salesforce/label/c.SpmSimLastPeriod';
import simulate from '@salesforce/label/c.SpmSimSimulate';
import tooShort from '@salesforce/label/c.SpmSimTooShort';
import inForce from '@salesforce/label/c.SpmSimInForce';
import choice from '@salesforce/label/c.SpmSimChoice';

const NOTHING = 'nothing';

export default class SimulationForm extends LightningElement {
    label = { tried, compared, firstPeriod, lastPeriod, simulate };
    /** As PlanSimulatorController tells them; there is at least one version. */
    @api choices;
    @api isBusy = false;
    /** The version of the page, when there is one. */
    @api planVersionId;
    /** `2026-11-21` */
    @api today;
    versionId;
    againstId;
    start;
    end;
    warning = '';

    connectedCallback() {
        const { versions } = this.choices;
        const isHere = ({ planVersionId }) => planVersionId === this.planVersionId;
        const first =
            versions.find(isHere) ?? versions.find(({ status }) => status === 'Draft') ?? versions[0];
        this.tryVersion(first.planVersionId);
    }

    get version() {
        return this.choices.versions.find(({ planVersionId }) => planVersionId === this.versionId);
    }

    get versionOptions() {
        return this.choices.versions.map(optionOf);
    }

    /** Others that pay in the same currency. */
    get againstOptions() {
        const others = this.choices.versions.filter(
            ({ planVersionId, currencyCode }) =>
                planVersionId !== this.versionId && currencyCode === this.version.currencyCode
        );
        return [...others.map(optionOf), { value: NOTHING, label: nothing }];
    }

    get periods() {
        return periodOptions(this.choices.periods, this.version.interval, this.today);
    }

    get startOptions() {
        return this.periods.map(({ start, label }) => ({ value: start, label })).reverse();
    }

    get endOptions() {
        return this.periods.map(({ end, label }) => ({ value: end, label })).reverse();
    }

    tryVersion(versionId) {
        this.versionId = versionId;
        const { planKey } = this.version;
        const current = this.choices.versions.find(
            (one) => one.planKey === planKey && one.isInForce && one.planVersionId !== versionId
        );
        this.againstId = current?.planVersionId ?? NOTHING;
        const { start, end } = defaultSpan(this.periods);
        Object.assign(this, { start, end, warning: '' });
    }

    handleVersion(event) {
        this.tryVersion(event.detail.value);
    }

    handleAgainst(event) {
        this.againstId = event.detail.value;
    }

    handleStart(event) {
        this.start = event.detail.value;
        this.warning = '';
    }

    handleEnd(event) {
        this.end = event.detail.value;
        this.warning = '';
    }

    handleSimulate() {
        this.warning = isLongEnough(this.start, this.end) ? '' : tooShort;
        if (this.warning) return;
        const detail = {
            planVersionId: this.versionId,
            againstVersionId: this.againstId === NOTHING ? null : this.againstId,
            startDate: this.start,
            endDate: this.end
        };
        this.dispatchEvent(new CustomEvent('simulate', { detail }));
    }
}

function optionOf({ planVersionId, planName, version, status, isInForce }) {
    return {
        value: planVersionId,
        label: fillLabel(
            choice,
            versionText(planName, version),
            isInForce ? inForce : planStatusLabel(status)
        )
    };
}
