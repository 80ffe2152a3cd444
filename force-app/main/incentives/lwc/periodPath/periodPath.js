// Where a period is in its life, as a path, and who took each step when.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { momentText, PERIOD_STATUSES, periodStatusLabel } from 'c/periodWording';
import path from '@salesforce/label/c.SpmConsolePath';
import stepDone from '@salesforce/label/c.SpmConsoleStepDone';
import sentBack from '@salesforce/label/c.SpmConsoleSentBack';

export default class PeriodPath extends LightningElement {
    /** As CompensationController tells it. */
    @api period;

    label = { path };
    steps = PERIOD_STATUSES;

    get done() {
        return this.period.steps.map(({ status, byName, doneAt }) =>
            fillLabel(stepDone, periodStatusLabel(status), byName ?? '', momentText(doneAt))
        );
    }

    /** Only while it is what has to be worked on. */
    get sentBack() {
        const { status, sentBackReason } = this.period;
        return status === 'Open' && sentBackReason ? fillLabel(sentBack, sentBackReason) : '';
    }
}
