// The next step of what goes through stages (a period, a plan version): what it is, who may take it, and the buttons for it, the
// one that leads on first. What a step asks for stands in the slot. Fires `press` { key } and `cancel`; which stages there are and
// what a press does is the parent's.
import { LightningElement, api } from 'lwc';
import next from '@salesforce/label/c.SpmConsoleNext';
import mayNotApprove from '@salesforce/label/c.SpmConsoleMayNotApprove';
import cancel from '@salesforce/label/c.SpmCancel';

export default class NextStep extends LightningElement {
    @api text;
    /** { key, label, needsApprover }, of the stage it is in. */
    @api buttons = [];
    /** The button that waits for a second press. */
    @api asked;
    @api question = '';
    /** What the step asks for is missing. */
    @api isIncomplete = false;
    @api mayApprove = false;
    @api isBusy = false;

    label = { next };

    get mayNotText() {
        return this.buttons.some((button) => this.isBarred(button)) ? mayNotApprove : '';
    }

    get shown() {
        const { isBusy, isIncomplete } = this;
        if (this.asked)
            return [
                { ...this.asked, variant: 'brand', disabled: isBusy || isIncomplete },
                { key: 'cancel', label: cancel, variant: 'neutral', disabled: isBusy }
            ];
        return this.buttons
            .map((button, index) => ({
                ...button,
                variant: index === 0 ? 'brand' : 'neutral',
                disabled: isBusy
            }))
            .filter((button) => !this.isBarred(button));
    }

    isBarred({ needsApprover }) {
        return Boolean(needsApprover) && !this.mayApprove;
    }

    handleButton(event) {
        const { id: key } = event.currentTarget.dataset;
        this.dispatchEvent(
            key === 'cancel' ? new CustomEvent('cancel') : new CustomEvent('press', { detail: { key } })
        );
    }
}
