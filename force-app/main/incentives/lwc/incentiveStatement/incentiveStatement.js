// My pay: what is paid for a period, how far the quotas are reached, where in the tables that is, each line with its working,
// what is still to come and what is owed. Shows what the service wrote; the parts are components of their own.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getStatement from '@salesforce/apex/StatementController.getStatement';
import getSituation from '@salesforce/apex/PaySituationController.getSituation';
import getPlan from '@salesforce/apex/PlanController.getPlan';
import { keepFresh } from 'c/keepFresh';
import { fillLabel } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { isDrawable } from './drawable';
import title from '@salesforce/label/c.SpmPayTitle';
import period from '@salesforce/label/c.SpmPayPeriod';
import paid from '@salesforce/label/c.SpmPayPaid';
import willBePaid from '@salesforce/label/c.SpmPayWillBePaid';
import payDate from '@salesforce/label/c.SpmPayOnDate';
import draftText from '@salesforce/label/c.SpmPayDraftText';
import publishedText from '@salesforce/label/c.SpmPayPublishedText';
import lines from '@salesforce/label/c.SpmPayLines';
import noLines from '@salesforce/label/c.SpmPayNoLines';
import noLinesText from '@salesforce/label/c.SpmPayNoLinesText';
import noPlan from '@salesforce/label/c.SpmPayNoPlan';
import noPlanText from '@salesforce/label/c.SpmPayNoPlanText';
import noStatement from '@salesforce/label/c.SpmPayNoStatement';
import noStatementText from '@salesforce/label/c.SpmPayNoStatementText';
import problemTitle from '@salesforce/label/c.SpmPayProblemTitle';
import problemText from '@salesforce/label/c.SpmPayProblemText';
import asOf from '@salesforce/label/c.SpmAsOf';
import askStatement from '@salesforce/label/c.SpmDisputeAskStatement';
import disputes from '@salesforce/label/c.SpmDisputeOfStatement';
import sent from '@salesforce/label/c.SpmDisputeSent';

export default class IncentiveStatement extends LightningElement {
    /** Only the pay and the quotas, for a home page. */
    @api isSummary = false;
    /** On the page of a statement. */
    @api recordId;

    label = { title, period, lines, noLines, noLinesText, asOf, askStatement, disputes };
    chosenId;
    statement;
    isLoaded = false;
    error;
    situation;
    plan;
    wired;
    endRefresh;
    isAsking = false;
    askedText = '';

    get statementId() {
        return this.chosenId ?? this.recordId ?? null;
    }

    get planVersionId() {
        return this.statement?.planVersionId;
    }

    @wire(getStatement, { statementId: '$statementId' })
    receive(result) {
        this.wired = result;
        if (result.error) {
            this.error = result.error;
            this.statement = undefined;
        } else if (result.data !== undefined) {
            this.error = undefined;
            this.statement = result.data ?? undefined;
            this.isLoaded = true;
        }
    }

    @wire(getSituation)
    receiveSituation(result) {
        if (result.data || result.error) this.situation = result.data ?? { plans: [], problems: [] };
    }

    /** Without it the statement still stands; only names of components and the pictures of the tables are missing. */
    @wire(getPlan, { planVersionId: '$planVersionId' })
    receivePlan(result) {
        if (result.data || result.error) this.plan = result.data;
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get isLoading() {
        return !this.error && (!this.isLoaded || (!this.statement && !this.situation));
    }

    get isEmpty() {
        return !this.isLoading && !this.error && !this.statement;
    }

    get empty() {
        const [planName] = this.situation.plans;
        if (!planName) return { picture: 'over', heading: noPlan, message: noPlanText };
        return { picture: 'waiting', heading: noStatement, message: fillLabel(noStatementText, planName) };
    }

    get problems() {
        return (this.situation?.problems ?? []).map(({ periodName, message, place, fix }, index) => ({
            key: index,
            title: fillLabel(problemTitle, periodName),
            text: [message || place, fix].filter(Boolean).join(' ')
        }));
    }

    get hasProblems() {
        return this.problems.length > 0 && !this.recordId;
    }

    get problemNotice() {
        return problemText;
    }

    get choices() {
        return this.statement.choices.map(({ statementId, periodName, planName }) => ({
            label: `${periodName} · ${planName}`,
            value: statementId
        }));
    }

    get canChoose() {
        return Boolean(this.statement) && !this.recordId && this.statement.choices.length > 0;
    }

    get isPublished() {
        return this.statement.status === 'Published';
    }

    get statusText() {
        return this.isPublished ? publishedText : draftText;
    }

    get payoutText() {
        return amountText(this.statement.payoutAmount, this.statement.currencyCode);
    }

    get paidLabel() {
        return this.isPublished ? paid : willBePaid;
    }

    get payDateLabel() {
        return this.statement.payDate ? payDate : '';
    }

    get quotaMeasures() {
        return this.statement.measures.filter(({ quota }) => quota !== null && quota !== undefined);
    }

    get hasQuotas() {
        return this.quotaMeasures.length > 0;
    }

    get components() {
        return this.plan?.components ?? [];
    }

    get ladders() {
        return this.components.flatMap((component) => {
            const measure = this.statement.measures.find((one) => one.measure === component.measure);
            return measure && isDrawable(component)
                ? [{ key: component.componentKey, component, measure }]
                : [];
        });
    }

    get hasLines() {
        return this.statement.lines.length > 0;
    }

    get hasPayments() {
        return this.statement.scheduledPayments.length > 0;
    }

    get hasBalances() {
        return this.statement.balances.length > 0;
    }

    get isWhole() {
        return !this.isSummary;
    }

    /** A payee asks about his own statement once it is published; before that it may still change. */
    get askableId() {
        return this.statement.isOwn && this.isPublished ? this.statement.statementId : undefined;
    }

    handleAsk() {
        this.isAsking = true;
        this.askedText = '';
    }

    handleCancel() {
        this.isAsking = false;
    }

    /** The line shows the status of its question, which the statement tells. */
    async handleRaised() {
        this.isAsking = false;
        this.askedText = sent;
        await Promise.all([/** @type {any} */ (this.refs.disputes).refresh(), this.refresh()]);
    }

    async handleWithdrawn() {
        this.askedText = '';
        await this.refresh();
    }

    handleChoice(event) {
        this.handleCancel();
        this.askedText = '';
        this.chosenId = event.detail.value;
        this.isLoaded = false;
    }

    async refresh() {
        await refreshApex(this.wired);
    }

    handleRetry() {
        this.error = undefined;
        this.isLoaded = false;
        this.refresh();
    }
}
