// One simulation: what was compared, the figures at a glance, what to know before trusting them, and its parts. The pay of people is
// read only when somebody looks at it, and only by who may.
import { LightningElement, api } from 'lwc';
import { countLabel, fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { amountText } from 'c/payFigures';
import { momentText } from 'c/periodWording';
import { changePercent, changeText, differenceOf, spanText, versionText } from 'c/simulationWording';
import heading from '@salesforce/label/c.SpmSimHeading';
import headingAlone from '@salesforce/label/c.SpmSimHeadingAlone';
import facts from '@salesforce/label/c.SpmSimFacts';
import peopleOf from '@salesforce/label/c.SpmSimPeopleOf';
import keptUntil from '@salesforce/label/c.SpmSimKeptUntil';
import planChanged from '@salesforce/label/c.SpmSimPlanChanged';
import dataChanged from '@salesforce/label/c.SpmSimDataChanged';
import stale from '@salesforce/label/c.SpmStale';
import leftOne from '@salesforce/label/c.SpmSimLeftOne';
import leftMany from '@salesforce/label/c.SpmSimLeftMany';
import cost from '@salesforce/label/c.SpmSimCostNew';
import costOther from '@salesforce/label/c.SpmSimCostOther';
import difference from '@salesforce/label/c.SpmSimDifference';
import winners from '@salesforce/label/c.SpmSimWinners';
import losers from '@salesforce/label/c.SpmSimLosers';
import later from '@salesforce/label/c.SpmSimOfItLater';
import people from '@salesforce/label/c.SpmSimPayees';
import failed from '@salesforce/label/c.SpmSimFailed';
import failedText from '@salesforce/label/c.SpmSimFailedText';
import partCost from '@salesforce/label/c.SpmSimPartCost';
import partPeople from '@salesforce/label/c.SpmSimPartPeople';
import partCurve from '@salesforce/label/c.SpmSimPartCurve';
import partProducts from '@salesforce/label/c.SpmSimPartProducts';
import partGates from '@salesforce/label/c.SpmSimPartGates';
import partNumbers from '@salesforce/label/c.SpmSimPartNumbers';
import partRules from '@salesforce/label/c.SpmSimPartRules';
import partProblems from '@salesforce/label/c.SpmSimPartProblems';
import parts from '@salesforce/label/c.SpmSimParts';
import noProblems from '@salesforce/label/c.SpmSimNoProblems';
import noProblemsText from '@salesforce/label/c.SpmSimNoProblemsText';
import manyTimes from '@salesforce/label/c.SpmSimTimes';
import notPaid from '@salesforce/label/c.SpmSimCreditNotPaid';
import moreProblems from '@salesforce/label/c.SpmSimMoreProblems';
import fixLabel from '@salesforce/label/c.SpmConsoleFix';
import whereLabel from '@salesforce/label/c.SpmConsoleWhere';
import codeLabel from '@salesforce/label/c.SpmCode';

/** Problems that have no place of their own. */
const SENTENCES = { CREDIT_NOT_PAID: notPaid, MORE_PROBLEMS: moreProblems };

export default class SimulationResult extends LightningElement {
    label = { parts, stale, failed, failedText, noProblems, noProblemsText };
    part = 'cost';
    _simulation;
    result;
    findings = [];

    /** As PlanSimulatorController tells it. */
    @api
    get simulation() {
        return this._simulation;
    }
    set simulation(value) {
        this._simulation = value;
        this.result = value.result ? JSON.parse(value.result) : undefined;
        this.findings = value.findings ? JSON.parse(value.findings) : [];
    }

    get heading() {
        const { planName, version, againstVersionId, againstPlanName, againstVersion } = this._simulation;
        const tried = versionText(planName, version);
        return againstVersionId
            ? fillLabel(heading, tried, versionText(againstPlanName, againstVersion))
            : fillLabel(headingAlone, tried);
    }

    get facts() {
        const { startDate, endDate, dataAsOf, ownerName } = this._simulation;
        const deals = formatNumber(this.result?.dealCount ?? 0);
        return fillLabel(facts, spanText(startDate, endDate), deals, momentText(dataAsOf), ownerName ?? '');
    }

    get keptText() {
        const { deleteAfterDate } = this._simulation;
        return deleteAfterDate ? formatDaysIn(fillLabel(keptUntil, deleteAfterDate)) : '';
    }

    get borrowedText() {
        return this.result?.peopleOf ? fillLabel(peopleOf, this._simulation.againstPlanName) : '';
    }

    get staleText() {
        const { isPlanChanged, isDataChanged } = this._simulation;
        return isPlanChanged ? planChanged : isDataChanged ? dataChanged : '';
    }

    get leftText() {
        const { leftCount } = this._simulation;
        return leftCount > 0 ? countLabel(leftCount, leftOne, leftMany) : '';
    }

    get tiles() {
        const { total, againstTotal, winners: won, losers: lost, currency } = this.result;
        const own = sum(total);
        const tiles = [tile('cost', cost, amountText(own, currency), this.laterText(total))];
        if (!againstTotal)
            return [...tiles, tile('people', people, formatNumber(this._simulation.payeeCount ?? 0), '')];
        const other = sum(againstTotal);
        const change = differenceOf(own, other);
        const part = Number(other) > 0 ? changePercent(String(Number(change) / Number(other))) : '';
        return [
            ...tiles,
            tile('other', costOther, amountText(other, currency), this.laterText(againstTotal)),
            tile('difference', difference, changeText(change, currency), part),
            tile('winners', winners, formatNumber(won.count), changeText(won.amount, currency)),
            tile('losers', losers, formatNumber(lost.count), changeText(lost.amount, currency))
        ];
    }

    laterText({ later: amount }) {
        return Number(amount) === 0 ? '' : fillLabel(later, amountText(amount, this.result.currency));
    }

    get tabs() {
        const problems = this.problems.length > 0 ? [{ key: 'problems', label: partProblems }] : [];
        return [
            { key: 'cost', label: partCost },
            { key: 'people', label: partPeople },
            { key: 'numbers', label: partNumbers },
            { key: 'curve', label: partCurve },
            { key: 'products', label: partProducts },
            { key: 'gates', label: partGates },
            { key: 'rules', label: partRules },
            ...problems
        ];
    }

    get panelLabel() {
        return this.tabs.find(({ key }) => key === this.part)?.label;
    }

    get show() {
        return { [this.part]: true };
    }

    /** Of no single payee. */
    get problems() {
        return this._simulation.problems.map(({ code, place, value, fix, count }, index) => ({
            key: index,
            text: SENTENCES[code]
                ? fillLabel(SENTENCES[code], formatNumber(count))
                : value
                  ? fillLabel(whereLabel, place, value)
                  : place,
            fix: fix ? fillLabel(fixLabel, fix) : '',
            times: count > 1 && !SENTENCES[code] ? fillLabel(manyTimes, formatNumber(count)) : '',
            code: fillLabel(codeLabel, code)
        }));
    }

    handlePart(event) {
        this.part = event.detail.key;
    }
}

function tile(key, name, value, note) {
    return { key, name, value, note };
}

/** Paid and due later together: what the plan costs. */
function sum({ paid, later: due }) {
    return String((Math.round(Number(paid) * 100) + Math.round(Number(due) * 100)) / 100);
}
