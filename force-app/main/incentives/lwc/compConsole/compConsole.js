// The console of compensation analysts and approvers: a period, where it is in its life, its next step, and what there is
// to look at before taking it. Owns loading and the steps; each part of the page shows what it is given. A calculation
// that was asked for is followed by reading the period with growing pauses.
import { LightningElement, wire } from 'lwc';
import { RefreshEvent } from 'lightning/refresh';
import getPeriods from '@salesforce/apex/CompensationController.getPeriods';
import getPeriod from '@salesforce/apex/CompensationController.getPeriod';
import movePeriod from '@salesforce/apex/CompensationController.movePeriod';
import requestRun from '@salesforce/apex/CompensationController.requestRun';
import getPayees from '@salesforce/apex/PeriodPayeesController.getPayees';
import getNames from '@salesforce/apex/PeriodPayeesController.getNames';
import { onReturn, readWires } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import { isFinished, periodStatusLabel } from 'c/periodWording';
import { attempt } from 'c/userAction';
import title from '@salesforce/label/c.SpmConsoleTitle';
import refresh from '@salesforce/label/c.SpmConsoleRefresh';
import period from '@salesforce/label/c.SpmConsolePeriod';
import noPeriods from '@salesforce/label/c.SpmConsoleNoPeriods';
import noPeriodsText from '@salesforce/label/c.SpmConsoleNoPeriodsText';
import moved from '@salesforce/label/c.SpmConsoleMoved';
import asked from '@salesforce/label/c.SpmConsoleAsked';
import askedPublication from '@salesforce/label/c.SpmConsoleAskedPublication';
import runDone from '@salesforce/label/c.SpmConsoleRunDone';
import takesLong from '@salesforce/label/c.SpmConsoleTakesLong';
import runs from '@salesforce/label/c.SpmConsoleRuns';
import problems from '@salesforce/label/c.SpmConsoleProblems';
import problemsCount from '@salesforce/label/c.SpmConsoleProblemsCount';
import payees from '@salesforce/label/c.SpmConsolePayees';
import disputes from '@salesforce/label/c.SpmConsoleDisputes';
import disputesCount from '@salesforce/label/c.SpmConsoleDisputesCount';
import releases from '@salesforce/label/c.SpmConsoleReleases';
import exportTab from '@salesforce/label/c.SpmConsoleExport';

const PAUSES_MS = [2000, 4000, 8000, 15000];
const GIVE_UP_AFTER_MS = 180_000;
const USER_ID = /^005\w{12}(\w{3})?$/;

export default class CompConsole extends LightningElement {
    label = { title, refresh, period, noPeriods, noPeriodsText };
    part = 'runs';

    wiredPeriods = {};
    wiredPeriod = {};
    wiredPayees = {};
    periodId;
    detail;
    error;
    /** @type {string[] | undefined} */
    payeeIds;
    /** @type {Record<string, string>} */
    names = {};
    isBusy = false;
    announcement = '';
    actionError;
    timer;
    endRefresh;

    @wire(getPeriods)
    receivePeriods(result) {
        this.wiredPeriods = result;
        const [newest] = result.data ?? [];
        this.periodId ??= newest?.periodId;
    }

    @wire(getPeriod, { periodId: '$periodId' })
    receivePeriod(result) {
        this.wiredPeriod = result;
        this.error = result.error;
        if (result.data || result.error) this.receiveDetail(result.data);
    }

    @wire(getPayees, { periodId: '$periodId' })
    receivePayees(result) {
        this.wiredPayees = result;
    }

    @wire(getNames, { payeeIds: '$payeeIds' })
    receiveNames(result) {
        if (result.data) this.names = result.data;
    }

    connectedCallback() {
        this.endRefresh = onReturn(() => this.readWires());
    }

    disconnectedCallback() {
        this.endRefresh();
        clearTimeout(this.timer);
    }

    get periods() {
        return this.wiredPeriods.data;
    }

    get periodsError() {
        return this.wiredPeriods.error;
    }

    get arePeriodsLoading() {
        return !this.periods && !this.periodsError;
    }

    get hasNoPeriods() {
        return this.periods?.length === 0;
    }

    get periodOptions() {
        return this.periods.map(({ periodId, name, status }) => ({
            value: periodId,
            label: `${name} · ${periodStatusLabel(status)}`
        }));
    }

    get isLoading() {
        return !this.detail && !this.error;
    }

    get payeesView() {
        return this.wiredPayees.data;
    }

    get payeesError() {
        return this.wiredPayees.error;
    }

    get arePayeesLoading() {
        return !this.payeesView && !this.payeesError;
    }

    get payees() {
        return this.payeesView?.payees ?? [];
    }

    /** Of the newest calculation that came to an end. */
    get problems() {
        return this.detail.runs.find((run) => isFinished(run) || run.status === 'Failed')?.problems ?? [];
    }

    get problemsLabel() {
        const count = this.problems.length;
        return count > 0 ? fillLabel(problemsCount, formatNumber(count)) : problems;
    }

    get disputesLabel() {
        const { openDisputeCount } = this.detail;
        return openDisputeCount > 0 ? fillLabel(disputesCount, formatNumber(openDisputeCount)) : disputes;
    }

    get tabs() {
        return [
            { key: 'runs', label: runs },
            { key: 'problems', label: this.problemsLabel },
            { key: 'payees', label: payees },
            { key: 'disputes', label: this.disputesLabel },
            { key: 'releases', label: releases },
            { key: 'export', label: exportTab }
        ];
    }

    get panelLabel() {
        return this.tabs.find(({ key }) => key === this.part).label;
    }

    /** The chosen part, for the template. */
    get show() {
        return { [this.part]: true };
    }

    receiveDetail(detail) {
        this.detail = detail;
        const ids = (detail?.runs ?? []).flatMap((run) => run.problems.map(({ payeeId }) => payeeId));
        const wanted = [...new Set(ids)].filter((id) => USER_ID.test(id ?? '')).sort();
        // The same ids again would ask again: a wire looks at the list, not at what is in it.
        if (wanted.length > 0 && wanted.join() !== this.payeeIds?.join()) this.payeeIds = wanted;
    }

    handlePeriod(event) {
        this.clear();
        this.detail = undefined;
        this.periodId = event.detail.value;
    }

    handlePart(event) {
        this.part = event.detail.key;
    }

    async handleRefresh() {
        this.clear();
        await attempt(this, async () => this.readAgain());
    }

    async handleAnswered() {
        await attempt(this, async () => readWires(this.wiredPeriod));
    }

    async handleMove(event) {
        const { status, reason } = event.detail;
        this.clear();
        await attempt(this, async () => {
            const answer = await movePeriod({ periodId: this.periodId, status, reason: reason || null });
            this.receiveDetail(answer);
            this.announcement = fillLabel(moved, answer.period.name, periodStatusLabel(status));
            await this.readAgain();
            if (status === 'Published') await this.askFor('publication');
        });
    }

    async handleRun(event) {
        this.clear();
        await attempt(this, async () => this.askFor(event.detail.kind));
    }

    async askFor(kind) {
        const { periodId, detail } = this;
        const { runKey } = await requestRun({ periodId, kind });
        this.announcement = fillLabel(kind === 'publication' ? askedPublication : asked, detail.period.name);
        const isDone = () =>
            kind === 'publication'
                ? this.detail.draftCount === 0
                : this.detail.runs.some((run) => run.runKey === runKey && run.finishedAt);
        this.follow(periodId, isDone, 0, Date.now());
    }

    follow(periodId, isDone, turn, since) {
        const pause = PAUSES_MS[Math.min(turn, PAUSES_MS.length - 1)];
        clearTimeout(this.timer);
        // A server is asked again after a pause; there is no event to wait for.
        // eslint-disable-next-line @lwc/lwc/no-async-operation
        this.timer = setTimeout(async () => {
            await attempt(this, async () => this.readAgain());
            if (periodId !== this.periodId || this.actionError || !this.detail) return;
            if (isDone()) this.announcement = runDone;
            else if (Date.now() - since > GIVE_UP_AFTER_MS) this.announcement = takesLong;
            else this.follow(periodId, isDone, turn + 1, since);
        }, pause);
    }

    async readWires() {
        await readWires(this.wiredPeriods, this.wiredPeriod, this.wiredPayees);
    }

    /** With what the parts of the page read themselves. */
    async readAgain() {
        await this.readWires();
        this.dispatchEvent(new RefreshEvent());
    }

    clear() {
        clearTimeout(this.timer);
        this.announcement = '';
        this.actionError = undefined;
    }
}
