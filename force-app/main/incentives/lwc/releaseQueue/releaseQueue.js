// What waits for an event (cash received, client onboarded), by deal, and the day on which it happened, for analysts. Whether a day may be
// told is ReleaseGuard's to say; its sentence is shown. The next calculation pays.
import { LightningElement, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getWaiting from '@salesforce/apex/ReleaseController.getWaiting';
import tell from '@salesforce/apex/ReleaseController.tell';
import { keepFresh } from 'c/keepFresh';
import { fillLabel } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { carryOut } from 'c/userAction';
import intro from '@salesforce/label/c.SpmReleaseIntro';
import none from '@salesforce/label/c.SpmReleaseNone';
import noneText from '@salesforce/label/c.SpmReleaseNoneText';
import what from '@salesforce/label/c.SpmReleaseWhat';
import day from '@salesforce/label/c.SpmReleaseDay';
import save from '@salesforce/label/c.SpmReleaseSave';
import saveName from '@salesforce/label/c.SpmReleaseSaveName';
import told from '@salesforce/label/c.SpmReleaseTold';
import takenBack from '@salesforce/label/c.SpmReleaseTakenBack';

export default class ReleaseQueue extends LightningElement {
    label = { intro, none, noneText, save };
    wired = {};
    /** Days entered and not saved yet, by payment. */
    days = {};
    isBusy = false;
    announcement = '';
    actionError;
    endRefresh;

    @wire(getWaiting)
    receive(result) {
        this.wired = result;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get isEmpty() {
        return this.wired.data?.length === 0;
    }

    get items() {
        return (this.wired.data ?? []).map((one) => {
            const dealName = one.opportunityName ?? one.transactionKey;
            const known = one.releasedOn ?? '';
            const entered = this.days[one.paymentId] ?? known;
            return {
                paymentId: one.paymentId,
                dayId: `day-${one.paymentId}`,
                dealName,
                url: one.opportunityId ? `/${one.opportunityId}` : '',
                what: fillLabel(
                    what,
                    amountText(one.amount, one.currencyCode),
                    one.payeeNames.join(', '),
                    one.waitsFor,
                    one.earnedIn
                ),
                dayLabel: fillLabel(day, one.waitsFor),
                saveName: fillLabel(saveName, dealName),
                day: entered,
                isUnchanged: this.isBusy || entered === known
            };
        });
    }

    async refresh() {
        await refreshApex(this.wired);
    }

    handleRetry() {
        this.refresh();
    }

    handleDay(event) {
        const { key } = event.currentTarget.dataset;
        this.days = { ...this.days, [key]: event.currentTarget.value };
    }

    async handleTell(event) {
        const { key: paymentId } = event.currentTarget.dataset;
        const entered = this.days[paymentId];
        const { dealName } = this.items.find((one) => one.paymentId === paymentId);
        await carryOut(this, async () => {
            await tell({ paymentId, day: entered || null });
            this.announcement = fillLabel(entered ? told : takenBack, dealName);
            this.days = { ...this.days, [paymentId]: undefined };
            await this.refresh();
        });
    }
}
