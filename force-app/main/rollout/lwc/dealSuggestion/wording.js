// What a suggestion says in one line.
import { fillLabel, formatDaysIn } from 'c/labelText';
import closeDate from '@salesforce/label/c.SpmSuggestCloseDate';
import contact from '@salesforce/label/c.SpmSuggestContact';
import nextStep from '@salesforce/label/c.SpmSuggestNextStep';
import primaryContact from '@salesforce/label/c.SpmSuggestPrimaryContact';

/** @param {{ kind: string, currentValue?: string, suggestedValue: string, contactName?: string }} suggestion */
export function describeSuggestion({ kind, currentValue, suggestedValue, contactName }) {
    if (kind === 'CloseDate') return formatDaysIn(fillLabel(closeDate, suggestedValue, currentValue ?? ''));
    // The text of a next step is written to the deal as it is shown.
    if (kind === 'NextStep') return fillLabel(nextStep, suggestedValue);
    return fillLabel(currentValue ? contact : primaryContact, contactName ?? '');
}
