// Whose pay differs between two calculations of a period, the biggest change first; each row opens to the reason. Amounts are
// those the calculations came to; only their difference is made here.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getChanges from '@salesforce/apex/RunComparisonController.getChanges';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { decimalOf, minorUnits } from 'c/payFiles';
import caption from '@salesforce/label/c.SpmChangesCaption';
import none from '@salesforce/label/c.SpmChangesNone';
import same from '@salesforce/label/c.SpmChangesSame';
import notKept from '@salesforce/label/c.SpmChangesNotKept';
import cut from '@salesforce/label/c.SpmChangesCut';
import why from '@salesforce/label/c.SpmChangesWhy';
import whyName from '@salesforce/label/c.SpmChangesWhyName';
import noStatement from '@salesforce/label/c.SpmChangesNoStatement';
import noFigure from '@salesforce/label/c.SpmConsoleNoFigure';
import payee from '@salesforce/label/c.SpmConsolePayee';
import plan from '@salesforce/label/c.SpmConsolePlan';
import otherPayout from '@salesforce/label/c.SpmConsoleOtherPayout';
import change from '@salesforce/label/c.SpmConsoleChange';
import showMore from '@salesforce/label/c.SpmShowMore';

const PAGE_ROWS = 50;

export default class PayeeChanges extends LightningElement {
    /** As CompensationController tells them: the one looked at, and the one it is compared with. */
    @api run;
    @api other;

    label = { payee, plan, change, why, showMore };
    wired = {};
    openKeys = [];
    rowCount = PAGE_ROWS;

    get runId() {
        return this.run.runId;
    }

    get otherId() {
        return this.other.runId;
    }

    @wire(getChanges, { beforeRunId: '$otherId', afterRunId: '$runId' })
    receive(result) {
        this.wired = result;
    }

    get view() {
        return this.wired.data;
    }

    get hasChanges() {
        return Boolean(this.view?.isKept) && this.view.changes.length > 0;
    }

    get hasMore() {
        return this.view.changes.length > this.rowCount;
    }

    get notice() {
        if (!this.view) return '';
        if (!this.view.isKept) return notKept;
        if (this.view.isCut) return cut;
        return this.view.changes.length === 0 ? none : '';
    }

    get sameText() {
        return this.hasChanges ? fillLabel(same, formatNumber(this.view.sameCount)) : '';
    }

    get caption() {
        return fillLabel(caption, this.other.runNumber, this.run.runNumber);
    }

    get beforeLabel() {
        return fillLabel(otherPayout, this.other.runNumber);
    }

    get afterLabel() {
        return fillLabel(otherPayout, this.run.runNumber);
    }

    get rows() {
        return this.view.changes
            .map((/** @type {any} */ one) => ({ ...one, gap: gapOf(one) }))
            .sort((a, b) => Number(sizeOf(b.gap) - sizeOf(a.gap)) || nameOf(a).localeCompare(nameOf(b)))
            .slice(0, this.rowCount)
            .map((/** @type {any} */ one) => this.rowOf(one));
    }

    /** @param {any} row */
    rowOf({ gap, ...one }) {
        const key = `${one.beforeId ?? ''}:${one.afterId ?? ''}`;
        const isOpen = this.openKeys.includes(key);
        return {
            ...one,
            key,
            reasonKey: `${key}:why`,
            isOpen,
            isWrong: gap === null,
            expanded: String(isOpen),
            whyLabel: fillLabel(whyName, nameOf(one)),
            beforeText: paidText(one.beforeId, one.before, one.currencyCode),
            afterText: paidText(one.afterId, one.after, one.currencyCode),
            gapText: gap === null ? '' : amountText(decimalOf(gap), one.currencyCode)
        };
    }

    handleWhy(event) {
        const { key } = event.currentTarget.dataset;
        this.openKeys = this.openKeys.includes(key)
            ? this.openKeys.filter((open) => open !== key)
            : [...this.openKeys, key];
    }

    handleMore() {
        this.rowCount += PAGE_ROWS;
    }

    handleRetry() {
        refreshApex(this.wired);
    }
}

/** Without a statement there is nothing to pay; without figures the difference is not known. */
function gapOf({ beforeId, afterId, before, after }) {
    const units = [
        [beforeId, before],
        [afterId, after]
    ].map(([id, amount]) => (id ? (isKnown(amount) ? minorUnits(amount) : null) : BigInt(0)));
    return units.includes(null) ? null : units[1] - units[0];
}

function sizeOf(gap) {
    if (gap === null) return BigInt(0);
    return gap < 0 ? -gap : gap;
}

function paidText(id, amount, currencyCode) {
    if (!id) return noStatement;
    return isKnown(amount) ? amountText(amount, currencyCode) : noFigure;
}

/** @param {{ payeeName?: string }} row */
function nameOf({ payeeName }) {
    return payeeName ?? '';
}

function isKnown(amount) {
    return amount !== undefined && amount !== null;
}
