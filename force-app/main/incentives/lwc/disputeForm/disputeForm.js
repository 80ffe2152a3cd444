// Where a payee disputes a published statement, or a line of it, and follows his disputes. Stands on the page of a
// statement, on a page of its own (then the newest statement comes first), or inside one (`is-inline`, `statement-id`,
// `line-id`). Fires `raised` with { disputeId }, and `cancel` where it is inside.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import { RefreshEvent } from 'lightning/refresh';
import getStatement from '@salesforce/apex/StatementController.getStatement';
import raiseDispute from '@salesforce/apex/DisputeController.raiseDispute';
import { fillLabel } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { REASONS } from 'c/disputeWording';
import { carryOut } from 'c/userAction';
import title from '@salesforce/label/c.SpmDisputeTitle';
import statement from '@salesforce/label/c.SpmDisputeStatement';
import statementChoice from '@salesforce/label/c.SpmDisputeStatementChoice';
import line from '@salesforce/label/c.SpmDisputeLine';
import wholeStatement from '@salesforce/label/c.SpmDisputeWholeStatement';
import reason from '@salesforce/label/c.SpmDisputeReason';
import expected from '@salesforce/label/c.SpmDisputeExpected';
import expectedHelp from '@salesforce/label/c.SpmDisputeExpectedHelp';
import actual from '@salesforce/label/c.SpmDisputeActual';
import words from '@salesforce/label/c.SpmDisputeWords';
import send from '@salesforce/label/c.SpmDisputeSend';
import sent from '@salesforce/label/c.SpmDisputeSent';
import incomplete from '@salesforce/label/c.SpmDisputeIncomplete';
import notPublished from '@salesforce/label/c.SpmDisputeNotPublished';
import notPublishedText from '@salesforce/label/c.SpmDisputeNotPublishedText';
import notYours from '@salesforce/label/c.SpmDisputeNotYours';
import notYoursText from '@salesforce/label/c.SpmDisputeNotYoursText';
import noStatement from '@salesforce/label/c.SpmDisputeNoStatement';
import noStatementText from '@salesforce/label/c.SpmDisputeNoStatementText';
import disputes from '@salesforce/label/c.SpmDisputes';

/** A combobox has no blank value of its own. */
const WHOLE = 'statement';

export default class DisputeForm extends LightningElement {
    label = {
        title,
        statement,
        line,
        reason,
        expected,
        actual,
        words,
        send,
        incomplete,
        disputes
    };
    reasons = REASONS;

    /** null: the newest of this user */
    wantedId = null;
    lineValue = WHOLE;
    reason = '';
    expected = '';
    words = '';
    isIncomplete = false;
    isBusy = false;
    announcement = '';
    actionError;

    wiredStatement = {};

    /** Inside a statement, about the line or the whole of it: nothing to choose, and no list. */
    @api isInline = false;

    /** The statement on whose page this stands. */
    @api
    get recordId() {
        return this.wantedId;
    }
    set recordId(value) {
        this.wantedId = value ?? null;
    }

    @api
    get statementId() {
        return this.wantedId;
    }
    set statementId(value) {
        this.wantedId = value ?? null;
    }

    /** The line it is about; blank: the statement as a whole. */
    @api
    get lineId() {
        return this.lineValue === WHOLE ? undefined : this.lineValue;
    }
    set lineId(value) {
        this.lineValue = value || WHOLE;
    }

    @wire(getStatement, { statementId: '$wantedId' })
    receiveStatement(result) {
        this.wiredStatement = result;
    }

    get isPage() {
        return !this.isInline;
    }

    get frameClass() {
        return this.isInline ? 'slds-box slds-box_x-small slds-theme_shade' : 'slds-card';
    }

    get bodyClass() {
        return this.isInline ? '' : 'slds-card__body slds-card__body_inner';
    }

    get statement() {
        return this.wiredStatement.data ?? undefined;
    }

    /** Why this statement cannot be disputed here. */
    get refusal() {
        if (this.wiredStatement.data === null)
            return { picture: 'waiting', heading: noStatement, message: noStatementText };
        if (!this.statement) return null;
        if (!this.statement.isOwn) return { picture: 'over', heading: notYours, message: notYoursText };
        return this.statement.status === 'Published'
            ? null
            : { picture: 'waiting', heading: notPublished, message: notPublishedText };
    }

    get canDispute() {
        return Boolean(this.statement) && !this.refusal;
    }

    get canChoose() {
        return this.isPage && Boolean(this.statement?.isOwn) && this.statement.choices?.length > 1;
    }

    get statementOptions() {
        return this.statement.choices.map(({ statementId, periodName, planName }) => ({
            value: statementId,
            label: fillLabel(statementChoice, periodName, planName)
        }));
    }

    get lineOptions() {
        const lines = this.statement.lines.map((each) => ({
            value: each.lineId,
            label: [each.opportunityName, each.title, this.money(each.amount)].filter(Boolean).join(' · ')
        }));
        return [{ value: WHOLE, label: wholeStatement }, ...lines];
    }

    get actualText() {
        const chosen = this.statement.lines.find(({ lineId }) => lineId === this.lineValue);
        return this.money(chosen ? chosen.amount : this.statement.payoutAmount);
    }

    get expectedHelp() {
        return fillLabel(expectedHelp, this.statement.currencyCode);
    }

    money(amount) {
        return amountText(amount, this.statement.currencyCode);
    }

    handleStatement(event) {
        this.wantedId = event.detail.value;
        this.lineValue = WHOLE;
        this.announcement = '';
    }

    handleLine(event) {
        this.lineValue = event.detail.value;
    }

    handleReason(event) {
        this.reason = event.detail.value;
        this.isIncomplete = false;
    }

    handleExpected(event) {
        this.expected = event.detail.value;
    }

    handleWords(event) {
        this.words = event.detail.value;
        this.isIncomplete = false;
    }

    handleRetry() {
        refreshApex(this.wiredStatement);
    }

    /** What was refused is said, and what was typed stays. */
    async handleSend() {
        this.isIncomplete = !this.reason || !this.words.trim();
        if (this.isIncomplete) return;
        await carryOut(this, async () => {
            await this.send();
            this.announcement = sent;
            this.dispatchEvent(new RefreshEvent());
        });
    }

    async send() {
        const disputeId = await raiseDispute({
            statementId: this.statement.statementId,
            lineId: this.lineId ?? null,
            reason: this.reason,
            expectedAmount: this.expected === '' ? null : Number(this.expected),
            justification: this.words
        });
        this.reason = '';
        this.expected = '';
        this.words = '';
        /** @type {any} */ (this.refs.list)?.refresh();
        this.dispatchEvent(new CustomEvent('raised', { detail: { disputeId } }));
    }

    handleCancel() {
        this.dispatchEvent(new CustomEvent('cancel'));
    }

    handleWithdrawn() {
        this.announcement = '';
    }
}
