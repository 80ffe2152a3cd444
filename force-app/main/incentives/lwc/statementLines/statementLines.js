// The lines of a statement, grouped by component; each opens to its working, links to its deal, and can be asked about where
// the statement is the reader's and published. Fires `raised` when a question was sent.
import { LightningElement, api } from 'lwc';
import { fillLabel, countLabel } from 'c/labelText';
import { amountText, nameInWords, percentText, sumOfAmounts } from 'c/payFigures';
import { isUnanswered, statusClass, statusLabel } from 'c/disputeWording';
import showWorking from '@salesforce/label/c.SpmPayShowWorking';
import hideWorking from '@salesforce/label/c.SpmPayHideWorking';
import showMore from '@salesforce/label/c.SpmShowMore';
import fromEarned from '@salesforce/label/c.SpmPayFromEarnedToPaid';
import baseTimesRate from '@salesforce/label/c.SpmPayBaseTimesRate';
import corrects from '@salesforce/label/c.SpmPayCorrects';
import moreLine from '@salesforce/label/c.SpmPayMoreLine';
import moreLines from '@salesforce/label/c.SpmPayMoreLines';
import ask from '@salesforce/label/c.SpmDisputeAsk';
import askName from '@salesforce/label/c.SpmDisputeAskName';
import questionStatus from '@salesforce/label/c.SpmDisputeLineStatus';

const PAGE_LINES = 10;
/** Kinds that lead from earned to paid, or come from outside the plan. */
const NOT_OF_COMPONENTS = new Set(['PayoutStep', 'Adjustment', 'Correction', 'Release']);

export default class StatementLines extends LightningElement {
    @api lines = [];
    /** Component keys and names of the plan; empty while it is not there. */
    @api components = [];
    @api currencyCode;
    /** Lines the server did not hand over. */
    @api moreLineCount = 0;
    /** Where its lines may be asked about; blank: they may not. */
    @api statementId;

    label = { showMore, ask };
    openIds = [];
    askedId;
    wholeGroups = [];

    get groups() {
        const groups = new Map();
        for (const line of this.lines) {
            const key = NOT_OF_COMPONENTS.has(line.kind) ? '' : (line.componentKey ?? '');
            groups.set(key, [...(groups.get(key) ?? []), line]);
        }
        return [...groups].map(([key, lines]) => this.group(key, lines));
    }

    group(key, lines) {
        const isWhole = this.wholeGroups.includes(key);
        const shown = isWhole ? lines : lines.slice(0, PAGE_LINES);
        return {
            key,
            name: this.nameOf(key),
            total: this.moreLineCount
                ? ''
                : amountText(sumOfAmounts(lines.map(({ amount }) => amount)), this.currencyCode),
            lines: shown.map((line) => this.row(line)),
            hasMore: shown.length < lines.length
        };
    }

    nameOf(key) {
        if (key === '') return fromEarned;
        return this.components.find(({ componentKey }) => componentKey === key)?.name ?? nameInWords(key);
    }

    row(line) {
        const isOpen = this.openIds.includes(line.lineId);
        return {
            ...line,
            isOpen,
            icon: isOpen ? 'utility:chevrondown' : 'utility:chevronright',
            expanded: String(isOpen),
            toggleLabel: fillLabel(isOpen ? hideWorking : showWorking, line.title, line.lineNumber),
            amountText: amountText(line.amount, this.currencyCode),
            factors: this.factorsOf(line),
            canAsk: Boolean(this.statementId) && !isUnanswered({ status: line.disputeStatus }),
            isAsking: this.askedId === line.lineId,
            asking: String(this.askedId === line.lineId),
            askLabel: fillLabel(askName, `${line.opportunityName ?? line.title} (${line.lineNumber})`),
            disputeText: line.disputeStatus ? fillLabel(questionStatus, statusLabel(line.disputeStatus)) : '',
            disputeClass: `${statusClass(line.disputeStatus)} slds-m-right_x-small`,
            correctsText: line.correctsLineNumber ? fillLabel(corrects, line.correctsLineNumber) : ''
        };
    }

    factorsOf({ baseAmount, rate }) {
        if (baseAmount === null || baseAmount === undefined || rate === null || rate === undefined) return '';
        return fillLabel(baseTimesRate, amountText(baseAmount, this.currencyCode), percentText(rate));
    }

    get moreText() {
        return this.moreLineCount ? countLabel(this.moreLineCount, moreLine, moreLines) : '';
    }

    handleToggle(event) {
        const { id } = event.currentTarget.dataset;
        this.openIds = this.openIds.includes(id)
            ? this.openIds.filter((openId) => openId !== id)
            : [...this.openIds, id];
    }

    handleAsk(event) {
        const { line } = event.currentTarget.dataset;
        this.askedId = this.askedId === line ? undefined : line;
    }

    handleRaised(event) {
        this.askedId = undefined;
        this.dispatchEvent(new CustomEvent('raised', { detail: event.detail }));
    }

    handleCancel() {
        this.askedId = undefined;
    }

    handleMore(event) {
        this.wholeGroups = [...this.wholeGroups, event.currentTarget.dataset.key];
    }
}
