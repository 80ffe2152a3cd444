// Who needs this manager this week, and what came of what was done before. Nobody is an answer, too. Who may decide is
// InterventionGuard's to say; its sentence is shown. Fires `open` { userId, scorecardId } for the sheet of a person.
import { LightningElement } from 'lwc';
import getQueue from '@salesforce/apex/InterventionController.getQueue';
import accept from '@salesforce/apex/InterventionController.accept';
import change from '@salesforce/apex/InterventionController.change';
import dismiss from '@salesforce/apex/InterventionController.dismiss';
import done from '@salesforce/apex/InterventionController.done';
import { resultOf } from 'c/callResult';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import { carryOut } from 'c/userAction';
import title from '@salesforce/label/c.SpmQueueTitle';
import nobody from '@salesforce/label/c.SpmQueueNobody';
import nobodyText from '@salesforce/label/c.SpmQueueNobodyText';
import decidedTitle from '@salesforce/label/c.SpmQueueDecided';
import saved from '@salesforce/label/c.SpmQueueSaved';

/** What each decision asks of the controller. */
const DECISIONS = {
    accept: ({ interventionId, due }) => accept({ interventionId, due }),
    change: ({ interventionId, stepKey, due }) => change({ interventionId, stepKey, due }),
    dismiss: ({ interventionId, words }) => dismiss({ interventionId, reason: words }),
    done: ({ interventionId, words }) => done({ interventionId, outcome: words })
};

export default class InterventionQueue extends LightningElement {
    label = { title, nobody, nobodyText };
    result = {};
    actionError;
    isBusy = false;
    announcement = '';
    endRefresh;

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.load);
        this.load();
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    async load() {
        this.result = await resultOf(getQueue());
    }

    get queue() {
        return this.result.data;
    }

    get isEmpty() {
        return this.queue.open.length === 0;
    }

    get hasDecided() {
        return this.queue.decided.length > 0;
    }

    get decidedText() {
        return fillLabel(decidedTitle, formatNumber(this.queue.decided.length));
    }

    handleRetry() {
        this.result = {};
        this.load();
    }

    async handleDecide(event) {
        const { detail } = event;
        await carryOut(this, async () => {
            await DECISIONS[detail.action](detail);
            await this.load();
            this.announcement = saved;
        });
    }

    handleOpen(event) {
        this.dispatchEvent(new CustomEvent('open', { detail: event.detail }));
    }
}
