// One measure against its quota as a bar: how much, of what, and in per cent. The bar ends at the quota; what is above it
// is told in words.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText, figureText, nameInWords, numberOf } from 'c/payFigures';
import ofQuota from '@salesforce/label/c.SpmPayOfQuota';
import toGo from '@salesforce/label/c.SpmPayToGo';
import reached from '@salesforce/label/c.SpmPayQuotaReached';

export default class QuotaProgress extends LightningElement {
    /** A measure of the statement: figures as text. */
    @api measure;
    @api currencyCode;

    get name() {
        return this.measure.label || nameInWords(this.measure.measure);
    }

    get attainmentText() {
        const value = numberOf(this.measure.attainment);
        return value === null ? '' : formatNumber(value, { style: 'percent' });
    }

    get isReached() {
        return numberOf(this.measure.attainment) >= 1;
    }

    get width() {
        const part = numberOf(this.measure.attainment) ?? 0;
        return Math.round(Math.min(1, Math.max(0, part)) * 1000) / 10;
    }

    get barClass() {
        return this.isReached ? 'done reached' : 'done';
    }

    get text() {
        return fillLabel(ofQuota, this.write(this.measure.toDate), this.write(this.measure.quota));
    }

    get nextText() {
        const left = (numberOf(this.measure.quota) ?? 0) - (numberOf(this.measure.toDate) ?? 0);
        return left > 0 ? fillLabel(toGo, this.write(left)) : reached;
    }

    write(figure) {
        const isMoney = String(this.measure.unit).toLowerCase() === 'amount' || this.isCurrency;
        return isMoney ? amountText(figure, this.currencyCode) : figureText(figure);
    }

    get isCurrency() {
        return /^[A-Z]{3}$/.test(this.measure.unit ?? '');
    }
}
