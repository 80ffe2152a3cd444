// One person who needs the manager: why, with the records it rests on, the step recommended, and what the manager says to
// it. What may be decided is InterventionGuard's to say. Fires `decide` { interventionId, action, due, stepKey, words } with
// action `accept`, `change`, `dismiss` or `done`, and `open` { userId, scorecardId }.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatDaysIn } from 'c/labelText';
import { amountText } from 'c/payFigures';
import accept from '@salesforce/label/c.SpmActAccept';
import change from '@salesforce/label/c.SpmActChange';
import dismiss from '@salesforce/label/c.SpmActDismiss';
import done from '@salesforce/label/c.SpmActDone';
import actFor from '@salesforce/label/c.SpmActFor';
import save from '@salesforce/label/c.SpmActSave';
import dueLabel from '@salesforce/label/c.SpmActDue';
import stepLabel from '@salesforce/label/c.SpmActStep';
import reasonLabel from '@salesforce/label/c.SpmActReason';
import outcomeLabel from '@salesforce/label/c.SpmActOutcome';
import step from '@salesforce/label/c.SpmNeedStep';
import worth from '@salesforce/label/c.SpmNeedWorth';
import due from '@salesforce/label/c.SpmNeedDue';
import overdue from '@salesforce/label/c.SpmNeedOverdue';
import seeCard from '@salesforce/label/c.SpmNeedSeeCard';
import evidence from '@salesforce/label/c.SpmNeedEvidence';
import gapSkill from '@salesforce/label/c.SpmGapSkill';
import gapFit from '@salesforce/label/c.SpmGapFit';
import gapUnclear from '@salesforce/label/c.SpmGapUnclear';
import isDismissed from '@salesforce/label/c.SpmNeedDismissed';
import isDone from '@salesforce/label/c.SpmNeedDone';
import noEffectYet from '@salesforce/label/c.SpmNeedNoEffectYet';

const GAPS = { Skill: gapSkill, Fit: gapFit, Unclear: gapUnclear };
const ACTIONS = {
    Suggested: ['accept', 'change', 'done', 'dismiss'],
    Accepted: ['done', 'change', 'dismiss'],
    Changed: ['done', 'change', 'dismiss']
};
const ACTION_LABELS = { accept, change, done, dismiss };
const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 7;

const isoDay = (time) => new Date(time).toISOString().slice(0, 10);

export default class InterventionCard extends LightningElement {
    /** As InterventionController.getQueue tells it. */
    @api intervention;
    /** The playbook, as InterventionController.getQueue tells it. */
    @api steps = [];
    @api isBusy = false;

    label = { step, seeCard, evidence, save, dueLabel, stepLabel, noEffectYet };
    /** which form is open */
    action = '';
    due = '';
    stepKey = '';
    words = '';

    get worthText() {
        const { expectedBenefitAmount, currencyCode } = this.intervention;
        if (!expectedBenefitAmount) return '';
        return fillLabel(worth, amountText(Math.round(expectedBenefitAmount), currencyCode));
    }

    get gapText() {
        return GAPS[this.intervention.gapKind] ?? '';
    }

    get reasons() {
        return this.intervention.reasons.map(({ metricKey, label, words }) => ({
            key: metricKey,
            label,
            words: formatDaysIn(words)
        }));
    }

    get records() {
        return this.intervention.evidence ?? [];
    }

    get hasRecords() {
        return this.records.length > 0;
    }

    get seeName() {
        return fillLabel(actFor, seeCard, this.intervention.name);
    }

    get dueText() {
        const { dueDate, isOverdue, status } = this.intervention;
        if (!dueDate || !(status in ACTIONS)) return '';
        return formatDaysIn(fillLabel(isOverdue ? overdue : due, dueDate));
    }

    get dueClass() {
        return this.intervention.isOverdue ? 'slds-text-color_error' : 'slds-text-color_weak';
    }

    get decidedText() {
        const { status, dismissReason, outcome } = this.intervention;
        if (status === 'Dismissed') return fillLabel(isDismissed, dismissReason);
        return status === 'Done' ? fillLabel(isDone, outcome) : '';
    }

    get effectText() {
        const { status, effectWords } = this.intervention;
        if (status !== 'Done') return '';
        return effectWords ? formatDaysIn(effectWords) : noEffectYet;
    }

    get actions() {
        if (this.action) return [];
        return (ACTIONS[this.intervention.status] ?? []).map((key, index) => ({
            key,
            label: ACTION_LABELS[key],
            name: fillLabel(actFor, ACTION_LABELS[key], this.intervention.name),
            buttonClass: `slds-button slds-button_${index === 0 ? 'brand' : 'neutral'}`
        }));
    }

    get asksDue() {
        return this.action === 'accept' || this.action === 'change';
    }

    get asksStep() {
        return this.action === 'change';
    }

    get asksWords() {
        return this.action === 'dismiss' || this.action === 'done';
    }

    get wordsLabel() {
        return this.action === 'dismiss' ? reasonLabel : outcomeLabel;
    }

    get actionTitle() {
        return ACTION_LABELS[this.action];
    }

    get stepOptions() {
        return this.steps.map(({ stepKey, label }) => ({ value: stepKey, label }));
    }

    get chosenText() {
        return this.steps.find(({ stepKey }) => stepKey === this.stepKey)?.stepText ?? '';
    }

    get cannotSave() {
        if (this.isBusy) return true;
        if (this.asksWords) return !this.words.trim();
        return !this.due || (this.asksStep && !this.stepKey);
    }

    handleAction(event) {
        const { stepKey, dueDate } = this.intervention;
        const today = isoDay(Date.now());
        this.action = event.currentTarget.dataset.id;
        this.stepKey = stepKey;
        this.due =
            dueDate && dueDate >= today ? dueDate : isoDay(Date.now() + this.daysFor(stepKey) * DAY_MS);
        this.words = '';
    }

    daysFor(key) {
        return this.steps.find(({ stepKey }) => stepKey === key)?.dueInDays ?? DEFAULT_DAYS;
    }

    handleDue(event) {
        this.due = event.detail.value;
    }

    handleStep(event) {
        this.stepKey = event.detail.value;
        this.due = isoDay(Date.now() + this.daysFor(this.stepKey) * DAY_MS);
    }

    handleWords(event) {
        this.words = event.detail.value;
    }

    handleCancel() {
        this.action = '';
    }

    handleSave() {
        const { action, due: dueDay, stepKey } = this;
        const { interventionId } = this.intervention;
        this.dispatchEvent(
            new CustomEvent('decide', {
                detail: { interventionId, action, due: dueDay, stepKey, words: this.words.trim() }
            })
        );
        this.action = '';
    }

    handleOpen() {
        const { userId, scorecardId } = this.intervention;
        this.dispatchEvent(new CustomEvent('open', { detail: { userId, scorecardId } }));
    }
}
