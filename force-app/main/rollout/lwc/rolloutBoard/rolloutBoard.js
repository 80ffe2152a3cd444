// Which team sees which feature, who decided it, and deciding anew. A decision is a row of its own: nothing here changes one.
import { LightningElement } from 'lwc';
import { RefreshEvent } from 'lightning/refresh';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import getRollout from '@salesforce/apex/RolloutController.getRollout';
import decide from '@salesforce/apex/RolloutController.decide';
import { resultOf } from 'c/callResult';
import { onReturn } from 'c/keepFresh';
import { fillLabel } from 'c/labelText';
import { FEATURES, STATES, audienceText, labelOf } from 'c/rolloutWording';
import { carryOut } from 'c/userAction';
import title from '@salesforce/label/c.SpmRollout';
import defaultText from '@salesforce/label/c.SpmRolloutDefault';
import now from '@salesforce/label/c.SpmRolloutNow';
import feature from '@salesforce/label/c.SpmRolloutFeature';
import state from '@salesforce/label/c.SpmRolloutState';
import change from '@salesforce/label/c.SpmRolloutChange';
import history from '@salesforce/label/c.SpmRolloutHistory';
import decidedText from '@salesforce/label/c.SpmRolloutDecided';
import nobody from '@salesforce/label/c.SpmRolloutNobody';
import saved from '@salesforce/label/c.SpmRolloutSaved';

const MOMENT = new Intl.DateTimeFormat(LOCALE, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: TIME_ZONE
});

export default class RolloutBoard extends LightningElement {
    label = { title, defaultText, now, feature, state, change, history };

    result = {};
    actionError;
    isBusy = false;
    announcement = '';
    endRefresh;

    connectedCallback() {
        this.endRefresh = onReturn(() => this.load());
        this.load();
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get rollout() {
        return this.result.data;
    }

    get features() {
        return FEATURES.map((one) => {
            const decisions = this.rollout.decisions.filter(
                (row) => row.isInForce && row.feature === one.value
            );
            const isForAll = decisions.some(({ audience }) => audience === 'Everybody');
            const lines = decisions.map((row, key) => ({
                key,
                state: labelOf(STATES, row.state),
                text: this.textOf(row)
            }));
            const rest = { key: -1, state: labelOf(STATES, 'On'), text: nobody };
            return { ...one, lines: isForAll ? lines : [...lines, rest] };
        });
    }

    get hasHistory() {
        return this.rollout.decisions.length > 0;
    }

    get history() {
        return this.rollout.decisions.map((row, key) => ({
            key,
            text: `${labelOf(FEATURES, row.feature)}: ${labelOf(STATES, row.state)}. ${this.textOf(row)}`
        }));
    }

    textOf({ audience, audienceName, decidedBy, decidedAt, reason }) {
        const text = fillLabel(
            decidedText,
            audienceText(audience, audienceName),
            decidedBy ?? '',
            decidedAt ? MOMENT.format(new Date(decidedAt)) : ''
        );
        return reason ? `${text} ${reason}` : text;
    }

    async load() {
        this.result = await resultOf(getRollout());
    }

    async handleRetry() {
        this.result = {};
        await this.load();
    }

    async handleDecide(event) {
        await carryOut(this, async () => {
            await decide(event.detail);
            await this.load();
            this.announcement = saved;
            // The report beside it tells of what is in shadow now.
            this.dispatchEvent(new RefreshEvent());
        });
    }
}
