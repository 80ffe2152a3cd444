// Names of the warning rules.
import r1 from '@salesforce/label/c.SpmRuleR1';
import r2 from '@salesforce/label/c.SpmRuleR2';
import r3 from '@salesforce/label/c.SpmRuleR3';
import r4 from '@salesforce/label/c.SpmRuleR4';
import r5 from '@salesforce/label/c.SpmRuleR5';
import r6 from '@salesforce/label/c.SpmRuleR6';
import r7 from '@salesforce/label/c.SpmRuleR7';
import r8 from '@salesforce/label/c.SpmRuleR8';
import r9 from '@salesforce/label/c.SpmRuleR9';
import r10 from '@salesforce/label/c.SpmRuleR10';
import r11 from '@salesforce/label/c.SpmRuleR11';

const RULES = { R1: r1, R2: r2, R3: r3, R4: r4, R5: r5, R6: r6, R7: r7, R8: r8, R9: r9, R10: r10, R11: r11 };

/** @param {string} ruleKey `R1` to `R11`; a rule of a newer service is told by its key */
export function ruleTitle(ruleKey) {
    return RULES[ruleKey] ?? ruleKey;
}
