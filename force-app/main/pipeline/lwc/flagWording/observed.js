// What was observed, one sentence a rule.
import { countLabel, fillLabel, formatNumber } from 'c/labelText';
import { quantity } from './quantity';
import r1 from '@salesforce/label/c.SpmObservedR1';
import r2 from '@salesforce/label/c.SpmObservedR2';
import r3 from '@salesforce/label/c.SpmObservedR3';
import r4Count from '@salesforce/label/c.SpmObservedR4Count';
import r4Days from '@salesforce/label/c.SpmObservedR4Days';
import r5 from '@salesforce/label/c.SpmObservedR5';
import r6None from '@salesforce/label/c.SpmObservedR6None';
import r6One from '@salesforce/label/c.SpmObservedR6One';
import r6Many from '@salesforce/label/c.SpmObservedR6Many';
import r7 from '@salesforce/label/c.SpmObservedR7';
import r8Change from '@salesforce/label/c.SpmObservedR8Change';
import r8Size from '@salesforce/label/c.SpmObservedR8Size';
import r9None from '@salesforce/label/c.SpmObservedR9None';
import r9Due from '@salesforce/label/c.SpmObservedR9Due';
import r10 from '@salesforce/label/c.SpmObservedR10';
import r11 from '@salesforce/label/c.SpmObservedR11';
import r11None from '@salesforce/label/c.SpmObservedR11None';
import other from '@salesforce/label/c.SpmObservedOther';
import time from '@salesforce/label/c.SpmTime';
import times from '@salesforce/label/c.SpmTimes';

/** @type {Record<string, (value: number, quantityText: string, unit: string) => string>} */
const SENTENCES = {
    R1: (_, text) => fillLabel(r1, text),
    R2: (_, text) => fillLabel(r2, text),
    R3: (_, text) => fillLabel(r3, text),
    R4: (value, text, unit) =>
        unit === 'Days' ? fillLabel(r4Days, text) : fillLabel(r4Count, timesText(value)),
    R5: (_, text) => fillLabel(r5, text),
    R6: (value) => (value === 0 ? r6None : countLabel(value, r6One, r6Many)),
    R7: (_, text) => fillLabel(r7, text),
    R8: (_, text, unit) => fillLabel(unit === 'Percent' ? r8Change : r8Size, text),
    R9: (_, text, unit) => (unit === 'Count' ? r9None : fillLabel(r9Due, text)),
    R10: (value) => fillLabel(r10, timesText(value)),
    R11: (value, text) => (value === 0 ? r11None : fillLabel(r11, text))
};

export function observedSentence(warning, currency) {
    const value = observedIn(warning);
    const sentence = SENTENCES[warning.ruleKey];
    // A newer service may know a rule this package does not: say so rather than nothing.
    return sentence
        ? sentence(value, quantity(value, warning.unit, currency), warning.unit)
        : fillLabel(other, warning.ruleKey);
}

/** Values that move with the calendar are counted by formula fields; the others are stored. */
function observedIn({ unit, observedValue, observedDays, observedBusinessDays }) {
    if (observedValue !== undefined && observedValue !== null) return observedValue;
    return (unit === 'BusinessDays' ? observedBusinessDays : observedDays) ?? 0;
}

function timesText(value) {
    return fillLabel(value === 1 ? time : times, formatNumber(value));
}
