// The payees of a period beside the period before: biggest change first, since that is what a review looks for.
import { LightningElement, api } from 'lwc';
import { fillLabel } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { decimalOf, minorUnits } from 'c/payFiles';
import none from '@salesforce/label/c.SpmConsoleNoPayees';
import noneText from '@salesforce/label/c.SpmConsoleNoRunsText';
import besideCaption from '@salesforce/label/c.SpmConsolePayeesCaption';
import aloneCaption from '@salesforce/label/c.SpmConsolePayeesAlone';
import payee from '@salesforce/label/c.SpmConsolePayee';
import plan from '@salesforce/label/c.SpmConsolePlan';
import payout from '@salesforce/label/c.SpmConsolePayout';
import otherPayout from '@salesforce/label/c.SpmConsoleOtherPayout';
import change from '@salesforce/label/c.SpmConsoleChange';
import noFigure from '@salesforce/label/c.SpmConsoleNoFigure';
import showMore from '@salesforce/label/c.SpmShowMore';

const PAGE_ROWS = 50;

export default class PayeeComparison extends LightningElement {
    @api payees = [];
    /** Blank: there is no period before. */
    @api previousPeriodName;

    label = { none, noneText, payee, plan, payout, change, showMore };
    rowCount = PAGE_ROWS;

    get isEmpty() {
        return this.payees.length === 0;
    }

    get caption() {
        return this.previousPeriodName ? fillLabel(besideCaption, this.previousPeriodName) : aloneCaption;
    }

    get otherLabel() {
        return fillLabel(otherPayout, this.previousPeriodName);
    }

    get hasMore() {
        return this.payees.length > this.rowCount;
    }

    get shown() {
        return this.payees
            .map(rowOf)
            .sort((a, b) => Number(b.size - a.size) || a.payeeName.localeCompare(b.payeeName))
            .slice(0, this.rowCount);
    }

    handleMore() {
        this.rowCount += PAGE_ROWS;
    }
}

function rowOf({ statementId, payeeName, planName, currencyCode, payoutAmount, previousPayoutAmount }) {
    const hasBoth = isKnown(payoutAmount) && isKnown(previousPayoutAmount);
    const gap = hasBoth ? minorUnits(payoutAmount) - minorUnits(previousPayoutAmount) : BigInt(0);
    return {
        statementId,
        payeeName: payeeName ?? '',
        planName,
        payout: isKnown(payoutAmount) ? amountText(payoutAmount, currencyCode) : noFigure,
        previous: amountText(previousPayoutAmount, currencyCode),
        change: hasBoth ? amountText(decimalOf(gap), currencyCode) : '',
        size: gap < 0 ? -gap : gap
    };
}

function isKnown(amount) {
    return amount !== undefined && amount !== null;
}
