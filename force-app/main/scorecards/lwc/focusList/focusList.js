// Where a rep's next hours are best spent: what each step may change, what it takes, why, and a task in one click. What it may
// mean for pay stands apart and orders nothing.
import { LightningElement, wire } from 'lwc';
import getFocus from '@salesforce/apex/FocusController.getFocus';
import createTask from '@salesforce/apex/FocusController.createTask';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { carryOut } from 'c/userAction';
import title from '@salesforce/label/c.SpmFocusTitle';
import capacity from '@salesforce/label/c.SpmFocusCapacity';
import none from '@salesforce/label/c.SpmFocusNone';
import noneText from '@salesforce/label/c.SpmFocusNoneText';
import waiting from '@salesforce/label/c.SpmFocusWaiting';
import waitingText from '@salesforce/label/c.SpmFocusWaitingText';
import gain from '@salesforce/label/c.SpmFocusGain';
import minutesText from '@salesforce/label/c.SpmFocusMinutes';
import pay from '@salesforce/label/c.SpmFocusPay';
import addTask from '@salesforce/label/c.SpmFocusTask';
import addTaskName from '@salesforce/label/c.SpmFocusTaskName';
import hasTask from '@salesforce/label/c.SpmFocusHasTask';
import taskAdded from '@salesforce/label/c.SpmFocusTaskAdded';

export default class FocusList extends LightningElement {
    label = { title, none, noneText, waiting, waitingText, pay, addTask, hasTask };
    wired = {};
    isBusy = false;
    actionError;
    announcement = '';
    endRefresh;

    @wire(getFocus)
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get focus() {
        return this.wired.data;
    }

    get isWaiting() {
        return this.focus === null;
    }

    get isShown() {
        return Boolean(this.focus);
    }

    get isEmpty() {
        return this.focus.items.length === 0;
    }

    get capacityText() {
        return fillLabel(capacity, formatNumber(this.focus.capacityMinutes / 60));
    }

    get items() {
        return this.focus.items.map((item, index) => ({
            ...item,
            key: `${item.opportunityId}-${index}`,
            gainText: fillLabel(
                gain,
                formatNumber(item.chanceChange * 100, { maximumFractionDigits: 1, signDisplay: 'always' })
            ),
            minutesText: fillLabel(minutesText, formatNumber(item.minutes)),
            why: item.reasons.map((words) => formatDaysIn(words)).join(' '),
            hasPay: item.payEffect !== null && item.payEffect !== undefined,
            taskName: fillLabel(addTaskName, item.action, item.opportunityName)
        }));
    }

    async handleTask(event) {
        const { opportunity: opportunityId, action } = event.currentTarget.dataset;
        await carryOut(this, async () => {
            await createTask({ opportunityId, action });
            await this.refresh();
            this.announcement = taskAdded;
        });
    }

    async refresh() {
        await readWires(this.wired);
    }

    handleRetry() {
        this.refresh();
    }
}
