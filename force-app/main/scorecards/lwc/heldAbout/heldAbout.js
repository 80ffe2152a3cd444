// What is held about a person: which signals, from where, for what purpose and until when, and who looked at the sheet.
import { LightningElement, api } from 'lwc';
import { formatNumber } from 'c/labelText';
import heldTitle from '@salesforce/label/c.SpmHeldTitle';
import heldNone from '@salesforce/label/c.SpmHeldNone';
import signal from '@salesforce/label/c.SpmHeldSignal';
import source from '@salesforce/label/c.SpmHeldSource';
import count from '@salesforce/label/c.SpmHeldCount';
import newest from '@salesforce/label/c.SpmHeldNewest';
import purpose from '@salesforce/label/c.SpmHeldPurpose';
import until from '@salesforce/label/c.SpmHeldUntil';
import looksTitle from '@salesforce/label/c.SpmLooksTitle';
import looksNone from '@salesforce/label/c.SpmLooksNone';

export default class HeldAbout extends LightningElement {
    /** [{signal, source, count, lastExtracted, purpose, retainUntil}] */
    @api held = [];
    /** [{viewerName, viewedAt, what}] newest first */
    @api views = [];

    label = { heldTitle, heldNone, signal, source, count, newest, purpose, until, looksTitle, looksNone };

    get rows() {
        return this.held.map((one, index) => ({
            ...one,
            key: index,
            countText: formatNumber(one.count)
        }));
    }

    get hasHeld() {
        return this.held.length > 0;
    }

    get looks() {
        return this.views.map((one, index) => ({ ...one, key: index }));
    }

    get hasLooks() {
        return this.views.length > 0;
    }
}
