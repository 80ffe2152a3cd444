// A plan version as people read it: how it pays in words and pictures, its examples, what rule packs found, who made it and the text that
// pays. On the page of a version, or as a tab where a payee picks a plan of his own and those who write plans any. Shows what was made
// from the text that pays; examples are calculated anew.
import { LightningElement, api, wire } from 'lwc';
import getPlan from '@salesforce/apex/PlanController.getPlan';
import getMyPlans from '@salesforce/apex/PlanController.getMyPlans';
import getVersions from '@salesforce/apex/PlanController.getVersions';
import moveVersion from '@salesforce/apex/PlanController.moveVersion';
import { keepFresh, readWires } from 'c/keepFresh';
import { fillLabel, formatNumber } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { momentText } from 'c/periodWording';
import { daysText, intervalText, planStatusLabel } from 'c/planWording';
import { carryOut } from 'c/userAction';
import { componentCards, doneSteps, meaningOf, scaleText, SHOWN_APART } from './planParts';
import title from '@salesforce/label/c.SpmPlanTitle';
import titleOf from '@salesforce/label/c.SpmPlanTitleOf';
import choose from '@salesforce/label/c.SpmPlanChoose';
import choice from '@salesforce/label/c.SpmPlanChoice';
import none from '@salesforce/label/c.SpmPlanNone';
import noneText from '@salesforce/label/c.SpmPlanNoneText';
import versionOf from '@salesforce/label/c.SpmPlanVersionOf';
import target from '@salesforce/label/c.SpmPlanTarget';
import outdated from '@salesforce/label/c.SpmPlanOutdated';
import earn from '@salesforce/label/c.SpmPlanEarn';
import noParts from '@salesforce/label/c.SpmPlanNoParts';
import partPays from '@salesforce/label/c.SpmPlanPartPays';
import partExamples from '@salesforce/label/c.SpmPlanPartExamples';
import partRules from '@salesforce/label/c.SpmPlanPartRules';
import partRecord from '@salesforce/label/c.SpmPlanPartRecord';
import who from '@salesforce/label/c.SpmPlanWho';
import complexity from '@salesforce/label/c.SpmPlanComplexity';
import moved from '@salesforce/label/c.SpmPlanMoved';

export default class PlanSummary extends LightningElement {
    /** On the page of a version. */
    @api recordId;

    label = { choose, none, noneText, target, outdated, earn, noParts, who };
    scaleText = scaleText;
    part = 'pays';
    chosenId;
    wiredMine = {};
    wiredVersions = {};
    wired = {};
    plan;
    error;
    isBusy = false;
    actionError;
    announcement = '';
    endRefresh;

    @wire(getMyPlans)
    receiveMine(result) {
        this.wiredMine = result;
    }

    @wire(getVersions)
    receiveVersions(result) {
        this.wiredVersions = result;
    }

    @wire(getPlan, { planVersionId: '$planVersionId' })
    receivePlan(result) {
        this.wired = result;
        if (result.error) {
            this.error = result.error;
            this.plan = undefined;
        } else if (result.data) {
            this.error = undefined;
            this.plan = result.data;
        }
    }

    connectedCallback() {
        this.endRefresh = keepFresh(this, this.refresh);
    }

    disconnectedCallback() {
        this.endRefresh();
    }

    get title() {
        return this.recordId ? titleOf : title;
    }

    /** Own plans first; a version that is both stands once. */
    get rows() {
        const mine = this.wiredMine.data ?? [];
        const ids = new Set(mine.map(({ planVersionId }) => planVersionId));
        const others = (this.wiredVersions.data ?? []).filter(({ planVersionId }) => !ids.has(planVersionId));
        return [...mine, ...others];
    }

    get isChoiceKnown() {
        return [this.wiredMine, this.wiredVersions].every(({ data, error }) => data || error);
    }

    get planVersionId() {
        if (this.recordId) return this.recordId;
        return this.chosenId ?? (this.isChoiceKnown ? this.rows[0]?.planVersionId : undefined);
    }

    get listError() {
        return this.recordId ? undefined : (this.wiredMine.error ?? this.wiredVersions.error);
    }

    get shownError() {
        return this.error ?? (this.plan ? undefined : this.listError);
    }

    get isLoading() {
        if (this.plan || this.shownError) return false;
        return Boolean(this.recordId) || !this.isChoiceKnown || this.rows.length > 0;
    }

    get isEmpty() {
        return !this.recordId && !this.listError && this.isChoiceKnown && this.rows.length === 0;
    }

    get canChoose() {
        return !this.recordId && this.rows.length > 1;
    }

    get options() {
        return this.rows.map(({ planVersionId, planName, version, status }) => ({
            value: planVersionId,
            label: fillLabel(choice, planName, version, planStatusLabel(status))
        }));
    }

    get own() {
        return (this.wiredMine.data ?? []).find(
            ({ planVersionId }) => planVersionId === this.plan.planVersionId
        );
    }

    get targetText() {
        const amount = this.own?.targetIncentiveAmount;
        return amount === undefined || amount === null ? '' : amountText(amount, this.own.currencyCode);
    }

    get factText() {
        const { version, currencyCode, interval, effectiveStartDate, effectiveEndDate } = this.plan;
        return [
            fillLabel(versionOf, version),
            daysText(effectiveStartDate, effectiveEndDate),
            intervalText(interval, currencyCode)
        ]
            .filter(Boolean)
            .join(' · ');
    }

    get statusLabel() {
        return planStatusLabel(this.plan.status);
    }

    get tabs() {
        return [
            { key: 'pays', label: partPays },
            { key: 'examples', label: fillLabel(partExamples, formatNumber(this.plan.examples.length)) },
            { key: 'rules', label: fillLabel(partRules, formatNumber(this.plan.findings.length)) },
            { key: 'record', label: partRecord }
        ];
    }

    get panelLabel() {
        return this.tabs.find(({ key }) => key === this.part).label;
    }

    /** The chosen part, for the template. */
    get show() {
        return { [this.part]: true };
    }

    get components() {
        return componentCards(this.plan.components);
    }

    get hasComponents() {
        return this.components.length > 0;
    }

    /** What is shown apart stands in the words where there are no components to show. */
    get withoutNow() {
        if (!this.hasComponents) return [];
        return [
            ...SHOWN_APART,
            ...this.components.flatMap(({ sentences }) => sentences.map(({ text }) => text))
        ];
    }

    get isWordless() {
        return !this.plan.plainText && !this.hasComponents;
    }

    get steps() {
        return doneSteps(this.plan.steps, momentText);
    }

    get hasComplexity() {
        return this.plan.complexityIndex !== undefined && this.plan.complexityIndex !== null;
    }

    get complexityHeading() {
        return fillLabel(complexity, formatNumber(this.plan.complexityIndex));
    }

    get complexityMeaning() {
        return meaningOf(this.plan.complexityIndex);
    }

    handleChoice(event) {
        this.plan = undefined;
        this.error = undefined;
        this.actionError = undefined;
        this.announcement = '';
        this.chosenId = event.detail.value;
    }

    handlePart(event) {
        this.part = event.detail.key;
    }

    async handleMove(event) {
        const { status, lastDay } = event.detail;
        await carryOut(this, async () => {
            this.plan = await moveVersion({ planVersionId: this.plan.planVersionId, status, lastDay });
            this.announcement = fillLabel(moved, this.plan.versionName, planStatusLabel(this.plan.status));
            await readWires(this.wired, this.wiredVersions);
        });
    }

    async refresh() {
        await readWires(this.wiredMine, this.wiredVersions, this.wired);
    }

    handleRetry() {
        this.error = undefined;
        this.refresh();
    }
}
