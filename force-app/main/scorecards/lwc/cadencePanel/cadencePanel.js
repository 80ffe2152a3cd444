// One-to-ones, reviews and forecasts a manager owes: late ones first, then what is due, then what was held. What a calendar
// event shows as held needs no click; the rest is marked here.
import { LightningElement } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import getCadence from '@salesforce/apex/CadenceController.getCadence';
import markHeld from '@salesforce/apex/CadenceController.markHeld';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import title from '@salesforce/label/c.SpmCadenceTitle';
import none from '@salesforce/label/c.SpmCadenceNone';
import noneText from '@salesforce/label/c.SpmCadenceNoneText';
import percent from '@salesforce/label/c.SpmCadencePercent';
import oneToOne from '@salesforce/label/c.SpmCadenceOneToOne';
import review from '@salesforce/label/c.SpmCadenceReview';
import forecast from '@salesforce/label/c.SpmCadenceForecast';
import dueOn from '@salesforce/label/c.SpmCadenceDue';
import lateSince from '@salesforce/label/c.SpmCadenceLate';
import missed from '@salesforce/label/c.SpmCadenceMissed';
import heldOn from '@salesforce/label/c.SpmCadenceHeld';
import mark from '@salesforce/label/c.SpmCadenceMark';
import markName from '@salesforce/label/c.SpmCadenceMarkName';
import marked from '@salesforce/label/c.SpmCadenceMarked';

const KINDS = { OneToOne: oneToOne, Review: review, Forecast: forecast };
/** What is late comes first, what is over last. */
const ORDER = ['Late', 'Due', 'Missed', 'Held'];
const SENTENCES = { Late: lateSince, Due: dueOn, Missed: missed, Held: heldOn };

export default class CadencePanel extends LightningElement {
    label = { title, none, noneText, mark };
    cadence;
    error;
    actionError;
    isBusy = false;
    announcement = '';
    refreshHandlerId;

    connectedCallback() {
        this.refreshHandlerId = registerRefreshHandler(this, this.load);
        this.load();
    }

    disconnectedCallback() {
        unregisterRefreshHandler(this.refreshHandlerId);
    }

    async load() {
        try {
            this.cadence = await getCadence();
            this.error = undefined;
        } catch (error) {
            this.error = error;
        }
    }

    get isLoading() {
        return !this.cadence && !this.error;
    }

    get isShown() {
        return Boolean(this.cadence) && !this.error;
    }

    get isEmpty() {
        return this.cadence.items.length === 0;
    }

    get hasPercent() {
        return this.cadence.cadencePercent !== null && this.cadence.cadencePercent !== undefined;
    }

    get percentText() {
        return fillLabel(
            percent,
            formatNumber(this.cadence.cadencePercent ?? 0, { maximumFractionDigits: 0 })
        );
    }

    get kept() {
        return this.cadence.cadencePercent ?? 0;
    }

    get items() {
        const rankOf = ({ status }) => ORDER.indexOf(status);
        return [...this.cadence.items]
            .sort((a, b) => rankOf(a) - rankOf(b))
            .map((item) => {
                const kind = KINDS[item.kind] ?? item.kind;
                const day = item.status === 'Held' ? item.heldOn : item.dueDate;
                return {
                    ...item,
                    kindText: kind,
                    dayText: formatDaysIn(fillLabel(SENTENCES[item.status] ?? dueOn, day)),
                    dayClass: item.status === 'Late' ? 'slds-text-color_error' : 'slds-text-color_weak',
                    mayMark: item.status === 'Late' || item.status === 'Due',
                    markName: fillLabel(markName, kind, item.name)
                };
            });
    }

    async handleMark(event) {
        const { item: itemId } = event.currentTarget.dataset;
        this.isBusy = true;
        this.actionError = undefined;
        this.announcement = '';
        try {
            await markHeld({ itemId, heldOn: new Date().toISOString().slice(0, 10) });
            await this.load();
            this.announcement = marked;
        } catch (error) {
            this.actionError = error;
        } finally {
            this.isBusy = false;
        }
    }

    handleRetry() {
        this.error = undefined;
        this.cadence = undefined;
        this.load();
    }
}
