// One warning of a deal: what was observed, the limit and where it comes from, the records it rests on, one next step.
// Fires `createstep` and `feedback`; talking to Salesforce is the parent's.
import { LightningElement, api } from 'lwc';
import { basisText, observedText } from 'c/flagWording';
import { fillLabel } from 'c/labelText';
import { reasonLabel } from 'c/feedbackReasons';
import severityRed from '@salesforce/label/c.SpmSeverityRed';
import severityAmber from '@salesforce/label/c.SpmSeverityAmber';
import evidence from '@salesforce/label/c.SpmEvidence';
import nextStep from '@salesforce/label/c.SpmNextStep';
import createTask from '@salesforce/label/c.SpmCreateTask';
import createTaskFor from '@salesforce/label/c.SpmCreateTaskFor';
import taskOpen from '@salesforce/label/c.SpmTaskOpen';
import notRight from '@salesforce/label/c.SpmNotRight';
import notRightFor from '@salesforce/label/c.SpmNotRightFor';
import feedbackThanks from '@salesforce/label/c.SpmFeedbackThanks';

export default class DealWarning extends LightningElement {
    /** WarningView of DealHealthController. */
    @api warning;
    @api stageMedianDays;
    /** ISO code of the deal's amounts; blank for the user's own. */
    @api currencyCode;
    @api isBusy = false;

    label = { evidence, nextStep, createTask, taskOpen, notRight };
    isAskingWhy = false;
    /** What should have the focus after the next render: an element that replaces the one just used. */
    focusNext = '';

    renderedCallback() {
        const target = /** @type {HTMLElement | undefined} */ (this.refs?.[this.focusNext]);
        if (!target) return;
        this.focusNext = '';
        target.focus();
    }

    get isRed() {
        return this.warning.severity === 'Red';
    }

    get severityIcon() {
        return this.isRed ? 'utility:error' : 'utility:warning';
    }

    get severityVariant() {
        return this.isRed ? 'error' : 'warning';
    }

    get severityText() {
        return this.isRed ? severityRed : severityAmber;
    }

    get observed() {
        return observedText(this.warning, this.currencyCode);
    }

    get basis() {
        return basisText(this.warning, {
            stageMedianDays: this.stageMedianDays,
            currency: this.currencyCode
        });
    }

    get hasEvidence() {
        return (this.warning.evidence ?? []).length > 0;
    }

    get createTaskName() {
        return fillLabel(createTaskFor, this.warning.actionText);
    }

    get taskLinkName() {
        return `${taskOpen}: ${this.warning.actionText}`;
    }

    get notRightName() {
        return fillLabel(notRightFor, this.observed);
    }

    get thanks() {
        return fillLabel(feedbackThanks, reasonLabel(this.warning.feedbackReason));
    }

    /** Called by the parent once the task is there and the page shows it. */
    @api
    focusTask() {
        this.focusNext = 'task';
    }

    /** Called by the parent once the feedback is stored. */
    @api
    endFeedback() {
        this.isAskingWhy = false;
        this.focusNext = 'thanks';
    }

    handleCreateTask() {
        this.dispatchEvent(new CustomEvent('createstep', { detail: { flagKey: this.warning.flagKey } }));
    }

    handleNotRight() {
        this.isAskingWhy = true;
    }

    handleCancel() {
        this.isAskingWhy = false;
        this.focusNext = 'notRight';
    }

    handleSend(event) {
        const { reason, note } = event.detail;
        this.dispatchEvent(
            new CustomEvent('feedback', { detail: { flagKey: this.warning.flagKey, reason, note } })
        );
    }
}
