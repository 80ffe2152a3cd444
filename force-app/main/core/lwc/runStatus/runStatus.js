// How fresh the results are, "refresh now", and the progress of a run. Asks the service through Apex, then follows the
// run by reading it with growing pauses. When it is done the page is told: `runfinished` for the parent, RefreshEvent for
// everything else on it. Beside an error there is one thing to do at most: read again what could not be read, ask again
// for a refresh, or nothing where only an administrator can help.
import { LightningElement, api } from 'lwc';
import { RefreshEvent } from 'lightning/refresh';
import timeZone from '@salesforce/i18n/timeZone';
import getStatus from '@salesforce/apex/RunController.getStatus';
import requestRun from '@salesforce/apex/RunController.requestRun';
import { describeError } from 'c/errorMessages';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import title from '@salesforce/label/c.SpmFreshness';
import asOf from '@salesforce/label/c.SpmAsOf';
import neverRun from '@salesforce/label/c.SpmNeverRun';
import stale from '@salesforce/label/c.SpmStale';
import refreshNow from '@salesforce/label/c.SpmRefreshNow';
import loading from '@salesforce/label/c.SpmLoading';
import progress from '@salesforce/label/c.SpmProgress';
import runAsking from '@salesforce/label/c.SpmRunAsking';
import stageWaiting from '@salesforce/label/c.SpmStageWaiting';
import stageReading from '@salesforce/label/c.SpmStageReading';
import stageComputing from '@salesforce/label/c.SpmStageComputing';
import stageWriting from '@salesforce/label/c.SpmStageWriting';
import stageDone from '@salesforce/label/c.SpmStageDone';
import runSucceeded from '@salesforce/label/c.SpmRunSucceeded';
import runPartial from '@salesforce/label/c.SpmRunPartial';
import runCancelled from '@salesforce/label/c.SpmRunCancelled';
import runFailed from '@salesforce/label/c.SpmRunFailed';
import runTakesLong from '@salesforce/label/c.SpmRunTakesLong';

const PAUSES_MS = [2000, 4000, 8000, 15000];
const GIVE_UP_AFTER_MS = 180000;

const STAGES = {
    Waiting: stageWaiting,
    Reading: stageReading,
    Computing: stageComputing,
    Writing: stageWriting,
    Done: stageDone
};

export default class RunStatus extends LightningElement {
    /** Without a card of its own, for use inside another component. */
    @api isEmbedded = false;

    label = { title, asOf, neverRun, stale, refreshNow, loading, progress };
    timeZone = timeZone;

    status;
    error;
    isAsking = false;
    /** Key of the run that is being followed. */
    followedKey;
    /** Key of the run this user asked for. */
    ownKey;
    message = '';

    timer;
    endRefresh;

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.handleRefresh);
        this.load();
    }

    disconnectedCallback() {
        this.endRefresh();
        clearTimeout(this.timer);
    }

    get frameClass() {
        return this.isEmbedded ? '' : 'slds-card slds-p-around_small';
    }

    get showTitle() {
        return !this.isEmbedded;
    }

    get isLoading() {
        return !this.status && !this.error;
    }

    get isFollowing() {
        return this.isAsking || Boolean(this.followedKey);
    }

    /** Stays where it is after a refusal of the service, so that the focus does; never offered to those who may not. */
    get showRefresh() {
        return !this.error || (Boolean(this.status) && describeError(this.error).kind !== 'access');
    }

    get cannotRefresh() {
        return this.isFollowing || this.isLoading;
    }

    get canReadAgain() {
        return !this.status;
    }

    get isStale() {
        return Boolean(this.status?.isStale && this.status.dataAsOf);
    }

    get hasData() {
        return Boolean(this.status?.dataAsOf);
    }

    get hasNoData() {
        return Boolean(this.status) && !this.status.dataAsOf;
    }

    get isFollowedShown() {
        return this.status?.runKey === this.followedKey;
    }

    /** What this user has just asked for may have no record yet. */
    get canCancel() {
        if (!this.followedKey) return false;
        return this.isFollowedShown ? Boolean(this.status.canCancel) : this.followedKey === this.ownKey;
    }

    get progressPercent() {
        return this.isFollowedShown ? (this.status.progressPercent ?? 0) : 0;
    }

    get progressText() {
        if (this.isAsking) return runAsking;
        return (this.isFollowedShown && STAGES[this.status.stage]) || stageWaiting;
    }

    async load() {
        try {
            this.status = await getStatus();
            this.error = undefined;
            // A run somebody else asked for, or the schedule started: follow it too.
            if (isUnderWay(this.status) && !this.status.canRequest) this.follow(this.status.runKey);
        } catch (error) {
            this.error = error;
        }
    }

    async handleRefreshNow() {
        this.error = undefined;
        this.message = '';
        this.isAsking = true;
        try {
            const { runKey } = await requestRun();
            this.ownKey = runKey;
            this.follow(runKey);
        } catch (error) {
            this.error = error;
        } finally {
            this.isAsking = false;
        }
    }

    handleReadAgain() {
        this.error = undefined;
        this.load();
    }

    /** The page is refreshed as a whole; while a run is followed, the next look is near anyway. */
    async handleRefresh() {
        if (!this.isFollowing) await this.load();
    }

    follow(runKey) {
        clearTimeout(this.timer);
        this.followedKey = runKey;
        this.scheduleLook(0, 0);
    }

    scheduleLook(attempt, waitedMs) {
        const pauseMs = PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)];
        if (waitedMs + pauseMs > GIVE_UP_AFTER_MS) {
            this.stopFollowing(runTakesLong);
            return;
        }
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- following a run is waiting; cleared on disconnect
        this.timer = setTimeout(() => this.look(attempt, waitedMs + pauseMs), pauseMs);
    }

    async look(attempt, waitedMs) {
        const key = this.followedKey;
        try {
            const status = await getStatus();
            if (key !== this.followedKey) return;
            this.status = status;
            if (status.runKey === key && !isUnderWay(status)) this.finish(status);
            else this.scheduleLook(attempt + 1, waitedMs);
        } catch (error) {
            this.error = error;
            this.stopFollowing('');
        }
    }

    finish(status) {
        this.stopFollowing(sentenceOf(status));
        this.dispatchEvent(
            new CustomEvent('runfinished', { detail: { runKey: status.runKey, status: status.status } })
        );
        this.dispatchEvent(new RefreshEvent());
    }

    stopFollowing(message) {
        clearTimeout(this.timer);
        this.followedKey = undefined;
        this.message = message;
    }
}

function isUnderWay(status) {
    return status.status === 'Queued' || status.status === 'Running';
}

function sentenceOf({ status, writtenCount, skippedCount, failedCount }) {
    if (status === 'Failed') return runFailed;
    if (status === 'Cancelled') return runCancelled;
    if (status === 'Partial') return fillLabel(runPartial, formatNumber(failedCount ?? 0));
    return fillLabel(runSucceeded, formatNumber(writtenCount ?? 0), formatNumber(skippedCount ?? 0));
}
