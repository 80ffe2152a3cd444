// Published pay examples, each written as a plan: found by words and by what they show, one opened at a time and calculated in the page.
// The plans come with the package (c/publishedPlans); nothing is asked of a server.
import { LightningElement } from 'lwc';
import { countLabel, fillLabel, formatNumber } from 'c/labelText';
import { capitalised } from 'c/planWording';
import { planInWords, readCases, readPlan } from 'c/payEngine';
import { PUBLISHED_PLANS } from 'c/publishedPlans';
import title from '@salesforce/label/c.SpmCaseTitle';
import about from '@salesforce/label/c.SpmCaseAbout';
import search from '@salesforce/label/c.SpmCaseSearch';
import mechanic from '@salesforce/label/c.SpmCaseMechanic';
import anyMechanic from '@salesforce/label/c.SpmCaseAnyMechanic';
import count from '@salesforce/label/c.SpmCaseCount';
import oneExample from '@salesforce/label/c.SpmCaseExample';
import examples from '@salesforce/label/c.SpmCaseExamples';
import onePlan from '@salesforce/label/c.SpmCasePlanOne';
import plans from '@salesforce/label/c.SpmCasePlans';
import noneFound from '@salesforce/label/c.SpmCaseNoneFound';
import noneFoundText from '@salesforce/label/c.SpmCaseNoneFoundText';
import back from '@salesforce/label/c.SpmCaseBack';
import source from '@salesforce/label/c.SpmCaseSource';
import own from '@salesforce/label/c.SpmCaseOwn';
import planHeading from '@salesforce/label/c.SpmCasePlan';
import showMore from '@salesforce/label/c.SpmShowMore';

const PAGE = 12;
const ANY = '';

export default class PlanCases extends LightningElement {
    label = { title, about, search, mechanic, noneFound, noneFoundText, back, planHeading, showMore };
    text = '';
    chosenMechanic = ANY;
    shownCount = PAGE;
    open;
    /** Where the keyboard goes once the page shows something else. */
    focusOn;

    renderedCallback() {
        if (!this.focusOn) return;
        const target = /** @type {HTMLElement | null} */ (this.template.querySelector(this.focusOn));
        this.focusOn = undefined;
        target?.focus();
    }

    get mechanicOptions() {
        const all = new Set(PUBLISHED_PLANS.flatMap(({ mechanics }) => mechanics));
        const counted = [...all].sort().map((name) => {
            const { length } = PUBLISHED_PLANS.filter(({ mechanics }) => mechanics.includes(name));
            return { value: name, label: `${name} (${formatNumber(length)})` };
        });
        return [{ value: ANY, label: anyMechanic }, ...counted];
    }

    /** Plans that fit, with those of their cases that do: all of them where the plan itself fits. */
    get found() {
        const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
        const fits = (...texts) => {
            const all = texts.join(' ').toLowerCase();
            return words.every((word) => all.includes(word));
        };
        return PUBLISHED_PLANS.filter(
            ({ mechanics }) => this.chosenMechanic === ANY || mechanics.includes(this.chosenMechanic)
        ).flatMap((plan) => {
            const ofPlan = [plan.name, plan.about, plan.mechanics.join(' ')];
            const cases = plan.cases.map((one, index) => ({ ...one, index }));
            const fitting = cases.filter((one) => fits(...ofPlan, one.name, one.source));
            return fitting.length > 0 ? [{ ...plan, cases: fitting }] : [];
        });
    }

    get shown() {
        return this.found
            .slice(0, this.shownCount)
            .map(({ key, name, about: aboutPlan, mechanics, cases }) => ({
                key,
                name,
                about: aboutPlan,
                mechanics,
                cases: cases.map((one) => ({
                    ...one,
                    title: capitalised(one.name),
                    key: `${key}/${one.index}`,
                    source: sourceText(one.source)
                }))
            }));
    }

    get hasMore() {
        return this.found.length > this.shownCount;
    }

    get isNothingFound() {
        return this.found.length === 0;
    }

    get countText() {
        const { found } = this;
        const cases = found.reduce((sum, plan) => sum + plan.cases.length, 0);
        return fillLabel(
            count,
            countLabel(cases, oneExample, examples),
            countLabel(found.length, onePlan, plans)
        );
    }

    handleSearch(event) {
        this.text = event.detail.value;
        this.shownCount = PAGE;
    }

    handleMechanic(event) {
        this.chosenMechanic = event.detail.value;
        this.shownCount = PAGE;
    }

    handleMore() {
        this.shownCount += PAGE;
    }

    handleOpen(event) {
        const { key } = event.currentTarget.dataset;
        const [planKey, index] = key.split('/');
        this.open = openCase(
            PUBLISHED_PLANS.find((plan) => plan.key === planKey),
            Number(index),
            key
        );
        this.focusOn = '[data-id="heading"]';
    }

    handleBack() {
        this.focusOn = `[data-key="${this.open.key}"]`;
        this.open = undefined;
    }
}

function openCase({ name, about: aboutPlan, planText, casesText }, index, key) {
    const { cases } = readCases(casesText);
    const { plan } = readPlan(planText);
    return {
        key,
        planName: name,
        about: aboutPlan,
        name: capitalised(cases[index].name),
        source: sourceText(cases[index].source),
        example: { definition: planText, ...cases[index] },
        words: planInWords(plan)
    };
}

function sourceText(text) {
    return text ? fillLabel(source, text) : own;
}
