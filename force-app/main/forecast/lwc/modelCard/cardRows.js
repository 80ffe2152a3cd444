// Words for what the service wrote as keys: kinds of models, statuses; and its lists in JSON.
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

export function wordsOfKind(kind) {
    return KINDS[kind] ?? kind;
}

export function statusOf(status) {
    const { words, theme } = STATUSES[status] ?? { words: status, theme: '' };
    return { words, style: `slds-badge slds-m-left_x-small ${theme}`.trim() };
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
