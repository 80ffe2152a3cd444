// The deal page: how the deal stands, why, and what to do. Reads and writes through DealHealthController only;
// everything shown was worked out by the service.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import { getFieldValue, getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import SAVED_AT from '@salesforce/schema/Opportunity.LastModifiedDate';
import getDealHealth from '@salesforce/apex/DealHealthController.getDealHealth';
import createNextStep from '@salesforce/apex/DealHealthController.createNextStep';
import giveFeedback from '@salesforce/apex/DealHealthController.giveFeedback';
import { bandOf } from 'c/healthBand';
import { keepFresh } from 'c/keepFresh';
import { countLabel, fillLabel, formatNumber } from 'c/labelText';
import { reasonLabel } from 'c/feedbackReasons';
import { carryOut } from 'c/userAction';
import { AfterSave } from './afterSave';
import title from '@salesforce/label/c.SpmDealHealth';
import notAssessed from '@salesforce/label/c.SpmNotAssessed';
import notAssessedText from '@salesforce/label/c.SpmNotAssessedText';
import dealWon from '@salesforce/label/c.SpmDealWon';
import dealLost from '@salesforce/label/c.SpmDealLost';
import dealClosedText from '@salesforce/label/c.SpmDealClosedText';
import noWarnings from '@salesforce/label/c.SpmNoWarnings';
import noWarningsText from '@salesforce/label/c.SpmNoWarningsText';
import warningsOff from '@salesforce/label/c.SpmWarningsOff';
import warnings from '@salesforce/label/c.SpmWarnings';
import moreWarningsOne from '@salesforce/label/c.SpmMoreWarningsOne';
import moreWarningsMany from '@salesforce/label/c.SpmMoreWarningsMany';
import coverageNone from '@salesforce/label/c.SpmCoverageNone';
import coveragePartial from '@salesforce/label/c.SpmCoveragePartial';
import dayToClose from '@salesforce/label/c.SpmDayToClose';
import daysToClose from '@salesforce/label/c.SpmDaysToClose';
import closesToday from '@salesforce/label/c.SpmClosesToday';
import dayOverdue from '@salesforce/label/c.SpmDayOverdue';
import daysOverdue from '@salesforce/label/c.SpmDaysOverdue';
import taskCreated from '@salesforce/label/c.SpmTaskCreated';
import feedbackThanks from '@salesforce/label/c.SpmFeedbackThanks';

const COVERAGE_NOTICES = { None: coverageNone, Partial: coveragePartial };

export default class DealHealth extends LightningElement {
    @api recordId;

    label = {
        title,
        notAssessed,
        notAssessedText,
        dealClosedText,
        noWarnings,
        noWarningsText,
        warnings,
        warningsOff
    };

    health;
    error;
    /** Of the last thing the user did; the rest of the card stays. */
    actionError;
    isBusy = false;
    announcement = '';

    wired;
    endRefresh;
    afterSave = new AfterSave(() => this.refresh());

    @wire(getDealHealth, { opportunityId: '$recordId' })
    receive(result) {
        this.wired = result;
        if (result.data) {
            this.health = result.data;
            this.error = undefined;
            this.afterSave.noteFigures(result.data.dataAsOf);
        } else if (result.error) {
            this.health = undefined;
            this.error = result.error;
        }
    }

    /** @param {WireResult<import('lightning/uiRecordApi').UiRecord>} answer */
    @wire(getRecord, { recordId: '$recordId', fields: [SAVED_AT] })
    receiveDeal({ data }) {
        if (data) this.afterSave.noteSave(getFieldValue(data, SAVED_AT));
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
        this.afterSave.stop();
    }

    get isLoading() {
        return !this.health && !this.error;
    }

    get isClosed() {
        return this.health.isClosed;
    }

    get closedHeading() {
        return this.health.isWon ? dealWon : dealLost;
    }

    get isWaiting() {
        return !this.health.isClosed && !this.health.assessed;
    }

    get isHealthy() {
        return this.warnings.length === 0;
    }

    get headline() {
        return bandOf(this.health.band)?.headline;
    }

    get warnings() {
        return this.health.warnings ?? [];
    }

    get hasStageDays() {
        return this.health.businessDaysInStage !== undefined && this.health.businessDaysInStage !== null;
    }

    get closeText() {
        const days = this.health.daysToClose;
        if (days === undefined || days === null) return '';
        if (days === 0) return closesToday;
        return days > 0
            ? countLabel(days, dayToClose, daysToClose)
            : countLabel(-days, dayOverdue, daysOverdue);
    }

    get coverageNotice() {
        return COVERAGE_NOTICES[this.health.activityCoverage];
    }

    get moreText() {
        const count = this.health.moreWarningCount ?? 0;
        if (count === 0) return '';
        return count === 1 ? moreWarningsOne : fillLabel(moreWarningsMany, formatNumber(count));
    }

    async refresh() {
        await refreshApex(this.wired);
    }

    async handleCreateStep(event) {
        const { flagKey } = event.detail;
        const { actionText } = this.warnings.find((warning) => warning.flagKey === flagKey);
        const element = event.currentTarget;
        const isDone = await carryOut(this, () => createNextStep({ opportunityId: this.recordId, flagKey }));
        if (!isDone) return;
        this.announcement = fillLabel(taskCreated, actionText);
        element.focusTask();
        await this.refresh();
        await notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    }

    async handleFeedback(event) {
        const { flagKey, reason, note } = event.detail;
        const element = event.currentTarget;
        const isDone = await carryOut(this, () =>
            giveFeedback({ opportunityId: this.recordId, flagKey, reason, note })
        );
        if (!isDone) return;
        this.announcement = fillLabel(feedbackThanks, reasonLabel(reason));
        element.endFeedback();
        await this.refresh();
    }

    handleRetry() {
        this.error = undefined;
        this.refresh();
    }
}
