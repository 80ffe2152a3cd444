// What planSummary shows of a plan, as rows for its template: components with their tables, the steps of a life, what an index means.
import { fillLabel, formatNumber } from 'c/labelText';
import clause from '@salesforce/label/c.SpmPlanClause';
import designed from '@salesforce/label/c.SpmPlanStepDraft';
import submitted from '@salesforce/label/c.SpmPlanStepInReview';
import approved from '@salesforce/label/c.SpmPlanStepApproved';
import activated from '@salesforce/label/c.SpmPlanStepActive';
import retired from '@salesforce/label/c.SpmPlanStepRetired';
import complexityText from '@salesforce/label/c.SpmPlanComplexityText';
import simple from '@salesforce/label/c.SpmPlanSimple';
import middling from '@salesforce/label/c.SpmPlanMiddling';
import complex from '@salesforce/label/c.SpmPlanComplex';

/** Sections of the words that stand beside the pictures, or under Record, as the service titles them. */
export const SHOWN_APART = ['What you earn', 'How complex it is'];

const STEPS = {
    Draft: designed,
    InReview: submitted,
    Approved: approved,
    Active: activated,
    Retired: retired
};

/** Nine in ten of the published plans have at most the first, and none more than the second; scripts/plan/app-plans.test.ts. */
export const SIMPLE_UP_TO = 7;
export const MIDDLING_UP_TO = 12;
export const scaleText = fillLabel(complexityText, formatNumber(SIMPLE_UP_TO), formatNumber(MIDDLING_UP_TO));

export function componentCards(components) {
    return components.map((component) => ({
        key: component.componentKey,
        component,
        name: component.name,
        sentences: (component.plainText ?? '')
            .split('\n')
            .filter(Boolean)
            .map((text, key) => ({ key, text })),
        clauseText: component.clause ? fillLabel(clause, component.clause) : '',
        hasTable: component.tiers.length > 0
    }));
}

/** "Approved by Abel, 21 Nov 2026, 09:10" */
export function doneSteps(steps, momentText) {
    return (steps ?? []).map(({ status, byName, doneAt }) => ({
        key: status,
        text: fillLabel(STEPS[status], byName ?? '–', momentText(doneAt))
    }));
}

export function meaningOf(index) {
    if (index <= SIMPLE_UP_TO) return simple;
    return index <= MIDDLING_UP_TO ? middling : complex;
}
