// What is earned and not paid yet: by date, and what waits for an event last.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { amountText, nameInWords } from 'c/payFigures';
import title from '@salesforce/label/c.SpmPayToCome';
import caption from '@salesforce/label/c.SpmPayToComeCaption';
import due from '@salesforce/label/c.SpmPayDue';
import what from '@salesforce/label/c.SpmPayWhat';
import amount from '@salesforce/label/c.SpmPayAmount';
import waitsFor from '@salesforce/label/c.SpmPayWaitsFor';
import earnedIn from '@salesforce/label/c.SpmPayEarnedIn';
import clawback from '@salesforce/label/c.SpmPayClawbackUntil';
import instalment from '@salesforce/label/c.SpmPayKindInstalment';
import release from '@salesforce/label/c.SpmPayKindRelease';
import tranche from '@salesforce/label/c.SpmPayKindTranche';
import instruments from '@salesforce/label/c.SpmPayInInstruments';

const KINDS = { Instalment: instalment, Release: release, Tranche: tranche };

export default class PaymentCalendar extends LightningElement {
    /** By due date, waiting ones last. */
    @api payments = [];

    label = { title, caption, due, what, amount };

    get rows() {
        return this.payments.map((payment) => ({
            ...payment,
            amountText: amountText(payment.amount, payment.currencyCode),
            waitText: payment.waitsFor
                ? fillLabel(waitsFor, nameInWords(payment.waitsFor).toLowerCase())
                : '',
            what: [KINDS[payment.kind] ?? payment.kind, payment.form === 'Instrument' ? instruments : '']
                .filter(Boolean)
                .join(' '),
            earnedText: fillLabel(earnedIn, nameInWords(payment.componentKey ?? ''), payment.earnedIn),
            clawbackText: clawback
        }));
    }
}
