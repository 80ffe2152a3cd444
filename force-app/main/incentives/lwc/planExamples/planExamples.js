// The worked examples of a plan version. Each opens to what it is given, what must come out and what does, calculated anew in the page
// from the text that pays; the text is asked for when the first one is opened.
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import getDefinition from '@salesforce/apex/PlanController.getDefinition';
import { fillLabel } from 'c/labelText';
import { capitalised } from 'c/planWording';
import about from '@salesforce/label/c.SpmPlanExamplesText';
import none from '@salesforce/label/c.SpmPlanNoExamples';
import noneText from '@salesforce/label/c.SpmPlanNoExamplesText';
import openName from '@salesforce/label/c.SpmPlanExampleOpen';
import closeName from '@salesforce/label/c.SpmPlanExampleClose';
import given from '@salesforce/label/c.SpmPlanExampleGiven';
import expected from '@salesforce/label/c.SpmPlanExampleExpected';
import result from '@salesforce/label/c.SpmPlanExampleResult';
import holds from '@salesforce/label/c.SpmPlanHolds';
import holdsNot from '@salesforce/label/c.SpmPlanHoldsNot';
import source from '@salesforce/label/c.SpmCaseSource';

export default class PlanExamples extends LightningElement {
    /** As PlanController tells them. */
    @api examples = [];
    @api planVersionId;

    label = { about, none, noneText, given, expected, result };
    openNames = [];
    /** Set once an example is opened: then the text is asked for. */
    wantedId;
    wired;
    definition;
    error;

    @wire(getDefinition, { planVersionId: '$wantedId' })
    receive(answer) {
        this.wired = answer;
        this.error = answer.error;
        if (answer.data) this.definition = answer.data;
    }

    get isEmpty() {
        return this.examples.length === 0;
    }

    get isLoading() {
        return !this.definition && !this.error;
    }

    get items() {
        return this.examples.map((one) => {
            const isOpen = this.openNames.includes(one.name);
            const planCase = isOpen ? caseOf(one) : null;
            return {
                ...one,
                title: capitalised(one.name),
                isOpen,
                icon: isOpen ? 'utility:chevrondown' : 'utility:chevronright',
                expanded: String(isOpen),
                toggleLabel: fillLabel(isOpen ? closeName : openName, one.name),
                verdict: one.holds ? holds : holdsNot,
                verdictIcon: one.holds ? 'utility:success' : 'utility:error',
                verdictVariant: one.holds ? 'success' : 'error',
                sourceText: one.source ? fillLabel(source, one.source) : '',
                // Examples that people told in words stay as they were told.
                isTold: isOpen && !planCase,
                isComputed: Boolean(planCase && this.definition),
                isWaiting: Boolean(planCase && !this.definition),
                example: planCase && { ...planCase, definition: this.definition }
            };
        });
    }

    handleToggle(event) {
        const { name } = event.currentTarget.dataset;
        this.wantedId = this.planVersionId;
        this.openNames = this.openNames.includes(name)
            ? this.openNames.filter((each) => each !== name)
            : [...this.openNames, name];
    }

    handleRetry() {
        this.error = undefined;
        refreshApex(this.wired);
    }
}

/** Null where given or expected are words. */
function caseOf({ name, given: input, expected: parts }) {
    try {
        const expect = JSON.parse(parts);
        const isData = typeof JSON.parse(input) === 'object' && typeof expect === 'object';
        return isData ? { name, given: input, expect } : null;
    } catch {
        return null;
    }
}
