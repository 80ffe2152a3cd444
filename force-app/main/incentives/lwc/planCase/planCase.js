// One worked example of a plan: what is given, what must come out, what does, and how. Calculated here, when it is shown, by the engine of
// the service. Knows nothing of where plan and case come from.
import { LightningElement, api } from 'lwc';
import { fillLabel, formatNumber } from 'c/labelText';
import { ENGINE_HASH, readPlan, tryCase } from 'c/payEngine';
import { comparedRows } from './compared';
import { givenOf } from './given';
import { workingOf } from './working';
import verdict from '@salesforce/label/c.SpmCaseVerdict';
import verdictOne from '@salesforce/label/c.SpmCaseVerdictOne';
import verdictNot from '@salesforce/label/c.SpmCaseVerdictNot';
import engine from '@salesforce/label/c.SpmCaseEngine';
import given from '@salesforce/label/c.SpmCaseGiven';
import compared from '@salesforce/label/c.SpmCaseCompared';
import figure from '@salesforce/label/c.SpmCaseFigure';
import expected from '@salesforce/label/c.SpmPlanExampleExpected';
import calculated from '@salesforce/label/c.SpmCaseCalculated';
import holds from '@salesforce/label/c.SpmCaseHolds';
import working from '@salesforce/label/c.SpmCaseWorking';
import how from '@salesforce/label/c.SpmCaseHow';
import amount from '@salesforce/label/c.SpmCaseAmount';
import what from '@salesforce/label/c.SpmPayWhat';
import later from '@salesforce/label/c.SpmCaseLater';
import laterCut from '@salesforce/label/c.SpmCaseLaterCut';
import when from '@salesforce/label/c.SpmCaseWhen';
import person from '@salesforce/label/c.SpmCasePerson';
import kind from '@salesforce/label/c.SpmCaseKind';
import unreadable from '@salesforce/label/c.SpmCaseUnreadable';

const HASH_SHOWN = 12;

export default class PlanCase extends LightningElement {
    label = {
        given,
        compared,
        figure,
        expected,
        calculated,
        holds,
        working,
        how,
        amount,
        what,
        later,
        when,
        person,
        kind,
        unreadable
    };
    engineText = fillLabel(engine, ENGINE_HASH.slice(0, HASH_SHOWN));
    tried;
    given;
    problems = [];
    _example;

    /** @type {{ definition: string, name: string, source?: string, given: string, expect: any }} */
    @api
    get example() {
        return this._example;
    }
    set example(value) {
        this._example = value;
        this.calculate();
    }

    calculate() {
        const { definition, ...planCase } = this._example;
        const { plan, problems } = readPlan(definition);
        this.problems = problems.map(({ where, fix }, key) => ({ key, text: `${where}: ${fix}` }));
        this.tried = undefined;
        if (!plan) return;
        this.given = givenOf(planCase.given);
        const { result, compared: figures } = tryCase(plan, planCase);
        this.tried = { rows: comparedRows(figures), working: workingOf(result), figures };
    }

    get isUnreadable() {
        return this.problems.length > 0;
    }

    get failing() {
        return this.tried.figures.filter((one) => !one.holds).length;
    }

    get verdict() {
        const { length } = this.tried.figures;
        const isGood = this.failing === 0;
        return {
            text: isGood
                ? fillLabel(length === 1 ? verdictOne : verdict, formatNumber(length))
                : fillLabel(verdictNot, formatNumber(this.failing), formatNumber(length)),
            icon: isGood ? 'utility:success' : 'utility:error',
            variant: isGood ? 'success' : 'error'
        };
    }

    get hasLater() {
        return this.tried.working.later.length > 0;
    }

    get laterText() {
        const { isLaterCut, laterCount } = this.tried.working;
        return isLaterCut ? fillLabel(laterCut, formatNumber(laterCount)) : '';
    }
}
