// One-to-ones, reviews and forecasts a manager owes: what is late and what is due within a week stands open, the rest is folded away.
// What a calendar event shows as held needs no click; the rest is marked here, but forecasts: they are on time when they are submitted.
import { LightningElement } from 'lwc';
import getCadence from '@salesforce/apex/CadenceController.getCadence';
import markHeld from '@salesforce/apex/CadenceController.markHeld';
import { resultOf } from 'c/callResult';
import { keepFresh } from 'c/keepFresh';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { carryOut } from 'c/userAction';
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
import heldLate from '@salesforce/label/c.SpmCadenceHeldLate';
import heldOn from '@salesforce/label/c.SpmCadenceHeld';
import later from '@salesforce/label/c.SpmCadenceLater';
import missedCount from '@salesforce/label/c.SpmCadenceMissedCount';
import heldCount from '@salesforce/label/c.SpmCadenceHeldCount';
import mark from '@salesforce/label/c.SpmCadenceMark';
import markName from '@salesforce/label/c.SpmCadenceMarkName';
import marked from '@salesforce/label/c.SpmCadenceMarked';

const KINDS = { OneToOne: oneToOne, Review: review, Forecast: forecast };
/** Due within so many days is for now; forecasts, which people submit themselves, from their day on. */
const SOON_DAYS = 7;
const MS_PER_DAY = 86_400_000;
const FORECAST_DAYS = 0;
const isOver = ({ status, heldOn: on }) => status === 'Held' || (status === 'Late' && Boolean(on));
function isForNow(item, day) {
    if (isOver(item) || item.status === 'Missed') return false;
    const days = item.kind === 'Forecast' ? FORECAST_DAYS : SOON_DAYS;
    return item.status === 'Late' || Date.parse(item.dueDate) <= Date.parse(day) + days * MS_PER_DAY;
}
const SENTENCES = { Late: lateSince, Due: dueOn, Missed: missed, Held: heldOn };

const today = () => new Date().toISOString().slice(0, 10);

function shown(item) {
    const kind = KINDS[item.kind] ?? item.kind;
    const isHeld = isOver(item);
    const isLate = item.status === 'Late' && !isHeld;
    const sentence = isHeld && item.status === 'Late' ? heldLate : SENTENCES[item.status];
    return {
        ...item,
        kindText: kind,
        dayText: formatDaysIn(fillLabel(sentence ?? dueOn, isHeld ? item.heldOn : item.dueDate)),
        dayClass: isLate ? 'slds-text-color_error' : 'slds-text-color_weak',
        mayMark: item.kind !== 'Forecast' && (isLate || item.status === 'Due'),
        markName: fillLabel(markName, kind, item.name)
    };
}

export default class CadencePanel extends LightningElement {
    label = { title, none, noneText, mark };
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
        this.result = await resultOf(getCadence());
    }

    get cadence() {
        return this.result.data;
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

    /** Late ones first. */
    get urgent() {
        const now = this.cadence.items.filter((item) => isForNow(item, today()));
        return [
            ...now.filter(({ status }) => status === 'Late'),
            ...now.filter(({ status }) => status === 'Due')
        ].map(shown);
    }

    get groups() {
        const rest = this.cadence.items.filter((item) => !isForNow(item, today()));
        return [
            { key: 'later', belongs: ({ status }) => status === 'Due', words: later },
            { key: 'missed', belongs: ({ status }) => status === 'Missed', words: missedCount },
            { key: 'held', belongs: isOver, words: heldCount }
        ]
            .map(({ key, belongs, words }) => {
                const items = rest.filter(belongs).map(shown);
                return { key, items, heading: fillLabel(words, formatNumber(items.length)) };
            })
            .filter(({ items }) => items.length > 0);
    }

    async handleMark(event) {
        const { item: itemId } = event.currentTarget.dataset;
        await carryOut(this, async () => {
            await markHeld({ itemId, heldOn: today() });
            await this.load();
            this.announcement = marked;
        });
    }

    handleRetry() {
        this.result = {};
        this.load();
    }
}
