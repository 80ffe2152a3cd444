// Words for the life of a period and for calculations, and moments as the user writes them.
import LOCALE from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { fillLabel } from 'c/labelText';
import open from '@salesforce/label/c.SpmConsoleOpen';
import calculated from '@salesforce/label/c.SpmConsoleCalculated';
import reviewed from '@salesforce/label/c.SpmConsoleReviewed';
import approved from '@salesforce/label/c.SpmConsoleApproved';
import published from '@salesforce/label/c.SpmConsolePublished';
import locked from '@salesforce/label/c.SpmConsoleLocked';
import runChoice from '@salesforce/label/c.SpmConsoleRunChoice';
import queued from '@salesforce/label/c.SpmConsoleRunQueued';
import running from '@salesforce/label/c.SpmConsoleRunRunning';
import succeeded from '@salesforce/label/c.SpmConsoleRunSucceeded';
import partial from '@salesforce/label/c.SpmConsoleRunPartial';
import cancelled from '@salesforce/label/c.SpmConsoleRunCancelled';
import failed from '@salesforce/label/c.SpmConsoleRunFailed';

/** In the order of a period's life. */
export const PERIOD_STATUSES = [
    { value: 'Open', label: open },
    { value: 'Calculated', label: calculated },
    { value: 'Reviewed', label: reviewed },
    { value: 'Approved', label: approved },
    { value: 'Published', label: published },
    { value: 'Locked', label: locked }
];
const RUN_STATUSES = {
    Queued: queued,
    Running: running,
    Succeeded: succeeded,
    Partial: partial,
    Failed: failed,
    Cancelled: cancelled
};

const moment = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short', timeZone });

/** @param {string} status */
export function periodStatusLabel(status) {
    return PERIOD_STATUSES.find(({ value }) => value === status)?.label ?? status;
}

export function momentText(value) {
    return value ? moment.format(new Date(value)) : '';
}

/** "R-0003, 21 Nov 2026, 09:10, complete" */
export function runLabel(run) {
    return fillLabel(
        runChoice,
        run.runNumber,
        momentText(run.finishedAt || run.startedAt),
        RUN_STATUSES[run.status] ?? run.status
    );
}

/** Whether the calculation has figures. */
export function isFinished(run) {
    return (run.status === 'Succeeded' || run.status === 'Partial') && run.kind !== 'Simulation';
}
