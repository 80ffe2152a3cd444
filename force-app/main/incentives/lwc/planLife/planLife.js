// Where a plan version is in its life, and its next step: what it is, who may take it, and the buttons for it. Fires `move` with
// { status, lastDay }. Whether a step is allowed is the guards' to say.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { PLAN_STATUSES } from 'c/planWording';
import path from '@salesforce/label/c.SpmPlanPath';
import nextDraft from '@salesforce/label/c.SpmPlanNextDraft';
import nextInReview from '@salesforce/label/c.SpmPlanNextInReview';
import nextApproved from '@salesforce/label/c.SpmPlanNextApproved';
import nextActive from '@salesforce/label/c.SpmPlanNextActive';
import nextRetired from '@salesforce/label/c.SpmPlanNextRetired';
import submit from '@salesforce/label/c.SpmPlanSubmit';
import approve from '@salesforce/label/c.SpmPlanApprove';
import activate from '@salesforce/label/c.SpmPlanActivate';
import retire from '@salesforce/label/c.SpmPlanRetire';
import sendBack from '@salesforce/label/c.SpmPlanSendBack';
import lastDay from '@salesforce/label/c.SpmPlanLastDay';
import sureActivate from '@salesforce/label/c.SpmPlanSureActivate';

const SEND_BACK = { key: 'send-back', label: sendBack, status: 'Draft' };
/** By status: the sentence and the buttons, the one that leads on first. */
const STEPS = {
    Draft: { text: nextDraft, buttons: [{ key: 'submit', label: submit, status: 'InReview' }] },
    InReview: {
        text: nextInReview,
        buttons: [{ key: 'approve', label: approve, status: 'Approved', needsApprover: true }, SEND_BACK]
    },
    Approved: {
        text: nextApproved,
        buttons: [{ key: 'activate', label: activate, status: 'Active', question: sureActivate }, SEND_BACK]
    },
    Active: {
        text: nextActive,
        buttons: [{ key: 'retire', label: retire, status: 'Retired', needsLastDay: true }]
    },
    Retired: { text: nextRetired, buttons: [] }
};

export default class PlanLife extends LightningElement {
    @api isBusy = false;

    label = { path, lastDay };
    statuses = PLAN_STATUSES;
    /** The button that waits for a second press. */
    asked;
    lastDay = '';
    isFocusDue = false;
    _plan;

    /** As PlanController tells it. */
    @api
    get plan() {
        return this._plan;
    }
    set plan(value) {
        const isSame =
            this._plan?.planVersionId === value?.planVersionId && this._plan?.status === value?.status;
        this._plan = value;
        if (!isSame) this.forget();
    }

    renderedCallback() {
        if (!this.isFocusDue || !this.refs.lastDay) return;
        this.isFocusDue = false;
        /** @type {HTMLElement} */ (this.refs.lastDay).focus();
    }

    get step() {
        return STEPS[this._plan.status];
    }

    get asksLastDay() {
        return Boolean(this.asked?.needsLastDay);
    }

    get question() {
        return this.asked?.question ? fillLabel(this.asked.question, this._plan.versionName) : '';
    }

    get isIncomplete() {
        return this.asksLastDay && !this.lastDay;
    }

    handleLastDay(event) {
        this.lastDay = event.target.value;
    }

    handlePress(event) {
        const button = this.step.buttons.find(({ key }) => key === event.detail.key);
        if (!this.asked && (button.question || button.needsLastDay)) {
            this.asked = button;
            this.isFocusDue = Boolean(button.needsLastDay);
            return;
        }
        const day = this.lastDay || null;
        this.forget();
        this.dispatchEvent(new CustomEvent('move', { detail: { status: button.status, lastDay: day } }));
    }

    forget() {
        this.asked = undefined;
        this.lastDay = '';
    }
}
