// Words for what the service wrote as keys: kinds of models, statuses, warning rules; and its lists in JSON.
import win from '@salesforce/label/c.SpmModelWin';
import win14 from '@salesforce/label/c.SpmModelWin14';
import win30 from '@salesforce/label/c.SpmModelWin30';
import stall14 from '@salesforce/label/c.SpmModelStall14';
import closeDate from '@salesforce/label/c.SpmModelCloseDate';
import inUse from '@salesforce/label/c.SpmModelInUse';
import notEnough from '@salesforce/label/c.SpmModelNotEnough';
import noSignal from '@salesforce/label/c.SpmModelNoSignal';
import demoted from '@salesforce/label/c.SpmModelDemoted';
import retired from '@salesforce/label/c.SpmModelRetired';
import kept from '@salesforce/label/c.SpmModelKept';
import tooFew from '@salesforce/label/c.SpmModelTooFew';
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

const KINDS = { Win: win, Win14: win14, Win30: win30, Stall14: stall14, CloseDate: closeDate };
const STATUSES = {
    InUse: { words: inUse, theme: 'slds-theme_success' },
    Kept: { words: kept, theme: 'slds-theme_success' },
    Demoted: { words: demoted, theme: 'slds-theme_warning' },
    NotEnoughHistory: { words: notEnough, theme: '' },
    NoSignal: { words: noSignal, theme: '' },
    Retired: { words: retired, theme: '' },
    TooFew: { words: tooFew, theme: '' }
};
const RULES = { R1: r1, R2: r2, R3: r3, R4: r4, R5: r5, R6: r6, R7: r7, R8: r8, R9: r9, R10: r10, R11: r11 };

export function wordsOfKind(kind) {
    return KINDS[kind] ?? kind;
}

export function statusOf(status) {
    const { words, theme } = STATUSES[status] ?? { words: status, theme: '' };
    return { words, style: `slds-badge slds-m-left_x-small ${theme}`.trim() };
}

export function ruleTitle(ruleKey) {
    return RULES[ruleKey] ?? ruleKey;
}

/** An empty list where there is none, or it cannot be read. */
export function listIn(text) {
    try {
        const list = JSON.parse(text || '[]');
        return Array.isArray(list) ? list : [];
    } catch {
        return [];
    }
}
