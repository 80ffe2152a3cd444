// What people say the quarter will become: the amounts in force beside the range that is likely, a form to say another one
// (a manager also for who reports to the manager), and everything that was said before. Nothing here changes a record:
// the guard in the org decides, and keeps what was said.
import { LightningElement, wire } from 'lwc';
import userId from '@salesforce/user/Id';
import canViewTeam from '@salesforce/customPermission/SpmViewTeam';
import getForecast from '@salesforce/apex/ForecastController.getForecast';
import getCommits from '@salesforce/apex/CommitController.getCommits';
import say from '@salesforce/apex/CommitController.say';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel } from 'c/labelText';
import { quarterMoney } from 'c/quarterMoney';
import { carryOut } from 'c/userAction';
import { CATEGORIES, categoryWords, historyOf, peopleOf } from './commitRows';
import title from '@salesforce/label/c.SpmCommitTitle';
import quarter from '@salesforce/label/c.SpmForecastQuarter';
import person from '@salesforce/label/c.SpmForecastPerson';
import caption from '@salesforce/label/c.SpmCommitCaption';
import likely from '@salesforce/label/c.SpmCommitLikely';
import who from '@salesforce/label/c.SpmCommitWho';
import me from '@salesforce/label/c.SpmCommitMe';
import category from '@salesforce/label/c.SpmCommitCategory';
import amount from '@salesforce/label/c.SpmCommitAmount';
import reason from '@salesforce/label/c.SpmCommitReason';
import send from '@salesforce/label/c.SpmCommitSend';
import said from '@salesforce/label/c.SpmCommitSaid';
import incomplete from '@salesforce/label/c.SpmCommitIncomplete';
import reasonMissing from '@salesforce/label/c.SpmCommitReasonMissing';
import history from '@salesforce/label/c.SpmCommitHistory';
import none from '@salesforce/label/c.SpmCommitNone';
import noneText from '@salesforce/label/c.SpmCommitNoneText';
import nothingSaid from '@salesforce/label/c.SpmCommitNothingSaid';
import replaced from '@salesforce/label/c.SpmCommitReplaced';
import late from '@salesforce/label/c.SpmCommitLate';

export default class CommitPanel extends LightningElement {
    label = {
        title,
        quarter,
        person,
        caption,
        who,
        category,
        amount,
        reason,
        send,
        incomplete,
        reasonMissing,
        history,
        none,
        noneText,
        nothingSaid,
        late
    };
    categoryOptions = CATEGORIES;
    scope = canViewTeam ? 'team' : 'mine';

    periodStartDate = null;
    wiredForecast = {};
    wiredCommits = {};
    who = userId;
    category = CATEGORIES[0].value;
    amount = '';
    reason = '';
    problem = '';
    announcement = '';
    isBusy = false;
    actionError;
    endRefresh;

    @wire(getForecast, { scope: '$scope', asOfDate: null, periodStartDate: '$periodStartDate' })
    receiveForecast(result) {
        this.wiredForecast = result;
    }

    @wire(getCommits, { periodStartDate: '$shownPeriodStart' })
    receiveCommits(result) {
        this.wiredCommits = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get forecast() {
        return this.wiredForecast.data?.forecast;
    }

    /** Undefined until the quarters are known: nothing is asked for before. */
    get shownPeriodStart() {
        return this.forecast?.periodStartDate;
    }

    get error() {
        return this.wiredForecast.error ?? this.wiredCommits.error;
    }

    get isLoading() {
        const isWaiting = !this.wiredForecast.data || (this.forecast && !this.wiredCommits.data);
        return Boolean(isWaiting) && !this.error;
    }

    get isEmpty() {
        return Boolean(this.wiredForecast.data) && !this.forecast;
    }

    get isReady() {
        return Boolean(this.forecast && this.wiredCommits.data);
    }

    get quarterOptions() {
        return this.wiredForecast.data.periods.map(({ name, startDate }) => ({
            label: name,
            value: startDate
        }));
    }

    get currencyCode() {
        return this.forecast.currencyCode;
    }

    get likelyText() {
        const { periodName, lowAmount, middleAmount, highAmount } = this.forecast;
        return fillLabel(
            likely,
            periodName,
            ...[lowAmount, middleAmount, highAmount].map((one) => this.money(one))
        );
    }

    get people() {
        const { own, people } = this.wiredCommits.data;
        return peopleOf(own, people, { id: userId, name: me }, (one) => this.money(one));
    }

    get columns() {
        return CATEGORIES;
    }

    get entries() {
        const { own, people } = this.wiredCommits.data;
        return historyOf([...own, ...people]).map((one) => ({
            key: one.commitId,
            who: one.repName,
            by: one.isOverride ? one.submittedByName : '',
            at: one.submittedAt,
            category: categoryWords(one.category),
            amount: this.money(one.amount),
            replaced:
                one.previousAmount === undefined || one.previousAmount === null
                    ? ''
                    : fillLabel(replaced, this.money(one.previousAmount)),
            reason: one.reason ?? '',
            isLate: one.isLate
        }));
    }

    get hasEntries() {
        return this.entries.length > 0;
    }

    get whoOptions() {
        const { reports } = this.wiredCommits.data;
        return [
            { label: me, value: userId },
            ...reports.map(({ userId: value, name }) => ({ label: name, value }))
        ];
    }

    get canSpeakForOthers() {
        return this.wiredCommits.data.reports.length > 0;
    }

    get isReasonNeeded() {
        return this.who !== userId;
    }

    money(value) {
        return quarterMoney(value, this.currencyCode);
    }

    handleQuarter(event) {
        this.periodStartDate = event.detail.value;
        this.announcement = '';
    }

    handleField(event) {
        this[event.target.dataset.id] = event.detail.value;
        this.problem = '';
    }

    async refresh() {
        await readWires(this.wiredForecast, this.wiredCommits);
    }

    handleRetry() {
        this.refresh();
    }

    async handleSend() {
        this.problem = this.whatIsMissing();
        if (this.problem) return;
        await carryOut(this, async () => {
            const { periodName, periodStartDate, periodEndDate } = this.forecast;
            await say({
                repId: this.who,
                periodName,
                periodStartDate,
                periodEndDate,
                category: this.category,
                amount: Number(this.amount),
                reason: this.reason.trim() || null
            });
            this.announcement = fillLabel(said, this.money(this.amount));
            this.amount = '';
            this.reason = '';
            await readWires(this.wiredCommits);
        });
    }

    whatIsMissing() {
        const value = String(this.amount).trim();
        if (value === '' || Number.isNaN(Number(value)) || Number(value) < 0) return incomplete;
        return this.isReasonNeeded && !this.reason.trim() ? reasonMissing : '';
    }
}
