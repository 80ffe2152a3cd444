// The next step of a period: what it is, who may take it, and the buttons for it. Steps that cannot be undone ask once
// more. Fires `move` with { status, reason } and `run` with { kind }. Whether a step is allowed is the guards' to say.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import nextOpen from '@salesforce/label/c.SpmConsoleNextOpen';
import nextCalculated from '@salesforce/label/c.SpmConsoleNextCalculated';
import nextReviewed from '@salesforce/label/c.SpmConsoleNextReviewed';
import nextApproved from '@salesforce/label/c.SpmConsoleNextApproved';
import nextDrafts from '@salesforce/label/c.SpmConsoleNextDrafts';
import nextPublished from '@salesforce/label/c.SpmConsoleNextPublished';
import nextLocked from '@salesforce/label/c.SpmConsoleNextLocked';
import calculate from '@salesforce/label/c.SpmConsoleCalculate';
import calculateAgain from '@salesforce/label/c.SpmConsoleCalculateAgain';
import review from '@salesforce/label/c.SpmConsoleReview';
import approve from '@salesforce/label/c.SpmConsoleApprove';
import publish from '@salesforce/label/c.SpmConsolePublish';
import publishStatements from '@salesforce/label/c.SpmConsolePublishStatements';
import lock from '@salesforce/label/c.SpmConsoleLock';
import sendBack from '@salesforce/label/c.SpmConsoleSendBack';
import sendBackReason from '@salesforce/label/c.SpmConsoleSendBackReason';
import sure from '@salesforce/label/c.SpmConsoleSure';
import sureLock from '@salesforce/label/c.SpmConsoleSureLock';

const SEND_BACK = { key: 'send-back', label: sendBack };
const AGAIN = { key: 'calculate', label: calculateAgain, run: 'calculation' };
/** By status: the sentence and the buttons, the one that leads on first. */
const STEPS = {
    Open: { text: nextOpen, buttons: [{ key: 'calculate', label: calculate, run: 'calculation' }] },
    Calculated: {
        text: nextCalculated,
        buttons: [{ key: 'review', label: review, move: 'Reviewed' }, AGAIN, SEND_BACK]
    },
    Reviewed: {
        text: nextReviewed,
        buttons: [{ key: 'approve', label: approve, move: 'Approved', needsApprover: true }, SEND_BACK]
    },
    Approved: {
        text: nextApproved,
        buttons: [{ key: 'publish', label: publish, move: 'Published', question: sure }, SEND_BACK]
    },
    Drafts: {
        text: nextDrafts,
        buttons: [{ key: 'publish-statements', label: publishStatements, run: 'publication' }]
    },
    Published: {
        text: nextPublished,
        buttons: [{ key: 'lock', label: lock, move: 'Locked', question: sureLock }]
    },
    Locked: { text: nextLocked, buttons: [] }
};

export default class PeriodStep extends LightningElement {
    @api isBusy = false;

    label = { sendBackReason };
    /** The button that waits for a second press. */
    asked;
    reason = '';
    isFocusDue = false;
    _detail;

    /** As CompensationController tells it. */
    @api
    get detail() {
        return this._detail;
    }
    set detail(value) {
        const isSame =
            this._detail?.period.periodId === value?.period.periodId &&
            this._detail?.period.status === value?.period.status;
        this._detail = value;
        if (!isSame) this.forget();
    }

    renderedCallback() {
        if (!this.isFocusDue || !this.refs.reason) return;
        this.isFocusDue = false;
        /** @type {HTMLElement} */ (this.refs.reason).focus();
    }

    get step() {
        const { period, draftCount } = this._detail;
        return STEPS[period.status === 'Published' && draftCount > 0 ? 'Drafts' : period.status];
    }

    get text() {
        return fillLabel(this.step.text, formatNumber(this._detail.draftCount));
    }

    get isSendingBack() {
        return this.asked?.key === SEND_BACK.key;
    }

    get question() {
        return this.asked?.question ? fillLabel(this.asked.question, this._detail.period.name) : '';
    }

    get isIncomplete() {
        return this.isSendingBack && !this.reason.trim();
    }

    handleReason(event) {
        this.reason = event.detail.value;
    }

    handlePress(event) {
        const button = this.step.buttons.find(({ key }) => key === event.detail.key);
        if (!this.asked && (button.question || button.key === SEND_BACK.key)) {
            this.asked = button;
            this.isFocusDue = button.key === SEND_BACK.key;
            return;
        }
        const { reason } = this;
        this.forget();
        if (button.run) this.tell('run', { kind: button.run });
        else this.tell('move', { status: button.move ?? 'Open', reason: reason.trim() });
    }

    forget() {
        this.asked = undefined;
        this.reason = '';
    }

    tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}
