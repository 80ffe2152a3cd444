// Why the result of one payee differs between two calculations, as far as what is kept of both tells (reasons.js).
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getReason from '@salesforce/apex/RunComparisonController.getReason';
import { reasonsOf } from './reasons';

export default class PayeeChangeReasons extends LightningElement {
    /** Ids of the two results; blank: no statement in that calculation. */
    @api beforeId;
    @api afterId;
    @api currencyCode;
    /** One of the two has no figure, since something was wrong. */
    @api isWrong = false;

    wired = {};

    get wiredBefore() {
        return this.beforeId ?? null;
    }

    get wiredAfter() {
        return this.afterId ?? null;
    }

    @wire(getReason, { beforeId: '$wiredBefore', afterId: '$wiredAfter' })
    receive(result) {
        this.wired = result;
    }

    get error() {
        return this.wired.error;
    }

    get isLoaded() {
        return Boolean(this.wired.data);
    }

    get isLoading() {
        return !this.isLoaded && !this.error;
    }

    get reasons() {
        const { data } = this.wired;
        const { beforeId, afterId, currencyCode, isWrong } = this;
        const texts = reasonsOf({ ...data, beforeId, afterId, currencyCode, isWrong });
        return texts.map((text, key) => ({ key, text }));
    }

    handleRetry() {
        refreshApex(this.wired);
    }
}
