// Ends a run that waits or is under way, after asking whether it should. Fires `cancelled` when the service has taken it up; the
// page around it shows what becomes of the run.
import { LightningElement, api } from 'lwc';
import cancelRun from '@salesforce/apex/RunController.cancelRun';
import { fillLabel } from 'c/labelText';
import { carryOut } from 'c/userAction';
import cancel from '@salesforce/label/c.SpmCancelRun';
import cancelName from '@salesforce/label/c.SpmCancelRunName';
import sure from '@salesforce/label/c.SpmCancelRunSure';
import yes from '@salesforce/label/c.SpmCancelRunYes';
import no from '@salesforce/label/c.SpmCancelRunNo';
import asked from '@salesforce/label/c.SpmCancelRunAsked';
import done from '@salesforce/label/c.SpmCancelRunDone';

export default class CancelRun extends LightningElement {
    @api runKey;
    /** Which run, for screen readers. */
    @api about = '';

    label = { cancel, sure, yes, no };
    isAsking = false;
    isBusy = false;
    actionError;
    announcement = '';
    /** Which button takes the focus once it is there: the one that was pressed has gone. */
    focusDue;

    renderedCallback() {
        if (!this.focusDue) return;
        this.template.querySelector(`[data-id="${this.focusDue}"]`)?.focus();
        this.focusDue = undefined;
    }

    get name() {
        return this.about ? fillLabel(cancelName, this.about) : cancel;
    }

    /** A run is asked once: then it ends, or says why it does not. */
    get canAsk() {
        return !this.isAsking && !this.announcement;
    }

    handleAsk() {
        this.isAsking = true;
        this.focusDue = 'keep';
    }

    handleKeep() {
        this.isAsking = false;
        this.focusDue = 'cancel';
    }

    async handleCancel() {
        const { runKey } = this;
        const isDone = await carryOut(this, async () => {
            const { outcome } = await cancelRun({ runKey });
            this.announcement = outcome === 'cancelled' ? done : asked;
        });
        this.isAsking = false;
        if (isDone) this.dispatchEvent(new CustomEvent('cancelled', { detail: { runKey } }));
        else this.focusDue = 'cancel';
    }
}
