// What if these deals closed? Picks open deals with an assumed amount and day, and tells what the plan would pay. Everything is
// calculated here, by the engine of the service (scenario.js): once the deals are there, no change asks the server.
import { LightningElement, wire } from 'lwc';
import getBasis from '@salesforce/apex/WhatIfController.getBasis';
import getOpenDeals from '@salesforce/apex/WhatIfController.getOpenDeals';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel } from 'c/labelText';
import { amountText, nameInWords } from 'c/payFigures';
import { paysManagers, scenarioOutcome, scenarioPlan } from './scenario';
import title from '@salesforce/label/c.SpmWhatIfTitle';
import now from '@salesforce/label/c.SpmWhatIfNow';
import withDeals from '@salesforce/label/c.SpmWhatIfWithDeals';
import difference from '@salesforce/label/c.SpmWhatIfDifference';
import same from '@salesforce/label/c.SpmWhatIfSame';
import notSame from '@salesforce/label/c.SpmWhatIfNotSame';
import noBasis from '@salesforce/label/c.SpmWhatIfNoBasis';
import noBasisText from '@salesforce/label/c.SpmWhatIfNoBasisText';
import noDeals from '@salesforce/label/c.SpmWhatIfNoDeals';
import noDealsText from '@salesforce/label/c.SpmWhatIfNoDealsText';
import noFigure from '@salesforce/label/c.SpmWhatIfNoFigure';
import problemTitle from '@salesforce/label/c.SpmWhatIfProblem';
import component from '@salesforce/label/c.SpmWhatIfComponent';
import pickAll from '@salesforce/label/c.SpmWhatIfPickAll';
import pickNone from '@salesforce/label/c.SpmWhatIfPickNone';
import factsAssumed from '@salesforce/label/c.SpmWhatIfFactsAssumed';
import fieldsHidden from '@salesforce/label/c.SpmWhatIfFieldsHidden';
import sharesHidden from '@salesforce/label/c.SpmWhatIfSharesHidden';

export default class WhatIf extends LightningElement {
    label = {
        title,
        now,
        withDeals,
        difference,
        noBasis,
        noDeals,
        noDealsText,
        problemTitle,
        component,
        pickAll,
        pickNone,
        sharesHidden
    };
    wired;
    basis;
    isBasisLoaded = false;
    /** All open deals with the assumptions made about them. */
    deals;
    areSharesHidden = false;
    error;
    plan;
    planProblems = [];
    baseline;
    outcome;
    endRefresh;

    @wire(getBasis)
    receiveBasis(result) {
        this.wired = result;
        if (result.error) this.error = result.error;
        else if (result.data !== undefined) {
            this.isBasisLoaded = true;
            this.basis = result.data ?? undefined;
            this.begin();
        }
    }

    async loadDeals() {
        try {
            const { definition, planVersionId } = this.basis;
            const withReports = paysManagers(definition);
            const found = [];
            let afterId = null;
            do {
                // Each page begins where the one before ended.
                // eslint-disable-next-line no-await-in-loop
                const page = await getOpenDeals({ withReports, afterId, planVersionId });
                found.push(...page.deals);
                this.areSharesHidden = page.areSharesHidden === true;
                afterId = page.nextAfter ?? null;
            } while (afterId);
            this.deals = found.map((deal) => ({ ...deal, isPicked: false })).sort(byCloseDate);
            this.calculate();
        } catch (error) {
            this.error = error;
        }
    }

    begin() {
        if (!this.hasFigure) return;
        const { plan, problems } = scenarioPlan(this.basis.definition);
        this.plan = plan;
        this.planProblems = problems;
        if (plan) this.baseline = scenarioOutcome(plan, this.basis, []);
        if (this.deals) this.calculate();
        else this.loadDeals();
    }

    calculate() {
        if (!this.plan || !this.deals) return;
        const picks = this.deals.filter(({ isPicked }) => isPicked);
        this.outcome = picks.length === 0 ? this.baseline : scenarioOutcome(this.plan, this.basis, picks);
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get isLoading() {
        return !this.error && (!this.isBasisLoaded || (this.hasFigure && !this.deals));
    }

    get isEmpty() {
        return !this.error && this.isBasisLoaded && !this.hasFigure;
    }

    /** A statement with a problem has none, and not its credits either: nothing to start from. */
    get hasFigure() {
        const payout = this.basis?.payoutAmount;
        return payout !== null && payout !== undefined;
    }

    get emptyText() {
        return this.basis ? fillLabel(noFigure, this.basis.periodName) : noBasisText;
    }

    get isReady() {
        return Boolean(this.outcome);
    }

    get hasDeals() {
        return this.deals.length > 0;
    }

    get problems() {
        const found = this.outcome?.problems ?? this.planProblems;
        return found.map(({ where, fix }, key) => ({ key, text: `${where}: ${fix}` }));
    }

    /** Fields the plan pays by, where the reader may not see them: the problem names what was not given, this why. */
    get hiddenFields() {
        const labels = this.basis?.hiddenFieldLabels ?? [];
        return labels.length > 0 ? fillLabel(fieldsHidden, labels.join(', ')) : '';
    }

    get hasProblems() {
        return this.problems.length > 0;
    }

    get canTell() {
        return this.isReady && !this.hasProblems;
    }

    get nowText() {
        return this.money(this.baseline.paid + this.added);
    }

    get withText() {
        return this.money(this.outcome.paid + this.added);
    }

    get differenceText() {
        return this.signed(this.outcome.paid - this.baseline.paid);
    }

    /** What people and late data added to the statement stays as it is in every scenario. */
    get added() {
        return this.basis.addedAmount ?? 0;
    }

    /** Nothing is known of the time to come: what is taken for it is said. */
    get assumedFacts() {
        const names = this.outcome.assumed.map(nameInWords);
        return names.length > 0 ? fillLabel(factsAssumed, names.join(', ')) : '';
    }

    /** The page proves itself: with nothing changed, it must come to the statement. */
    get proof() {
        const off = this.baseline.paid + this.added - this.basis.payoutAmount;
        const isSame = Math.abs(off) < 0.005;
        return {
            text: isSame
                ? fillLabel(same, this.basis.periodName, this.money(this.basis.payoutAmount))
                : fillLabel(notSame, this.basis.periodName, this.money(this.basis.payoutAmount)),
            style: isSame ? 'slds-text-body_small' : 'slds-box slds-box_xx-small slds-theme_warning'
        };
    }

    get components() {
        const keys = new Set([...this.baseline.components.keys(), ...this.outcome.components.keys()]);
        const both = [...keys].map((key) => ({
            key,
            before: this.baseline.components.get(key) ?? 0,
            after: this.outcome.components.get(key) ?? 0
        }));
        const told = both.filter(({ before, after }) => before !== 0 || after !== 0);
        return told.map(({ key, before, after }) => ({
            key,
            name: this.nameOf(key),
            before: this.money(before),
            after: this.money(after),
            difference: this.signed(after - before)
        }));
    }

    /** A part without a name of its own has its key for one. */
    nameOf(key) {
        const name = this.plan.components.find((part) => part.key === key)?.name ?? key;
        return name === key ? nameInWords(key) : name;
    }

    get hasComponents() {
        return this.components.length > 0;
    }

    money(amount) {
        return amountText(amount.toFixed(2), this.basis.currencyCode);
    }

    signed(amount) {
        const text = this.money(amount);
        return amount > 0 ? `+${text}` : text;
    }

    handleAssume(event) {
        const { opportunityId, ...assumed } = event.detail;
        this.deals = this.deals.map((deal) =>
            deal.opportunityId === opportunityId ? { ...deal, ...assumed } : deal
        );
        this.calculate();
    }

    handlePickAll() {
        this.pickEach(true);
    }

    handlePickNone() {
        this.pickEach(false);
    }

    pickEach(isPicked) {
        this.deals = this.deals.map((deal) => ({ ...deal, isPicked: isPicked && canBePicked(deal) }));
        this.calculate();
    }

    async refresh() {
        await readWires(this.wired);
    }

    handleRetry() {
        this.error = undefined;
        if (this.hasFigure && !this.deals) this.loadDeals();
        this.refresh();
    }
}

function canBePicked({ amount, closeDate }) {
    return amount !== null && amount !== undefined && Boolean(closeDate);
}

function byCloseDate(a, b) {
    return a.closeDate < b.closeDate ? -1 : Number(a.closeDate > b.closeDate);
}
