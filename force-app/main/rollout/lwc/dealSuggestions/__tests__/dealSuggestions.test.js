import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import DealSuggestions from 'c/dealSuggestions';
import getSuggestions from '@salesforce/apex/SuggestionController.getSuggestions';
import accept from '@salesforce/apex/SuggestionController.accept';
import dismiss from '@salesforce/apex/SuggestionController.dismiss';

jest.mock(
    '@salesforce/apex/SuggestionController.getSuggestions',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/SuggestionController.accept', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SuggestionController.dismiss', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const DEAL_ID = '006000000000001AAA';
const DATE = {
    suggestionId: 'a0A1',
    kind: 'CloseDate',
    currentValue: '2026-10-03',
    suggestedValue: '2026-12-15',
    why: 'The close date 2026-10-03 has passed.',
    evidence: [{ recordId: DEAL_ID, objectName: 'Opportunity', label: 'Close date 2026-10-03' }]
};
const STEP = {
    suggestionId: 'a0A2',
    kind: 'NextStep',
    suggestedValue: 'Contract review (meeting on 2026-11-25)',
    why: 'No next step is written down, and a meeting is planned on 2026-11-25.',
    evidence: []
};
const CONTACT = { suggestionId: 'a0A3', kind: 'ContactRole', contactName: 'Ada Weber', why: 'Often met.' };

async function flush() {
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}

async function show(suggestions, error) {
    const element = createElement('c-deal-suggestions', { is: DealSuggestions });
    element.recordId = DEAL_ID;
    document.body.appendChild(element);
    if (suggestions) getSuggestions.emit(suggestions);
    if (error) getSuggestions.error(error.body, error.status);
    await flush();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const rows = (element) => [...element.shadowRoot.querySelectorAll('c-deal-suggestion')];
const inRow = (element, row, selector) => one(rows(element)[row], selector);
const click = async (element, row, selector) => {
    inRow(element, row, selector).click();
    await flush();
};

describe('dealSuggestions', () => {
    beforeEach(() => {
        jest.clearAllMocks();
        accept.mockResolvedValue(undefined);
        dismiss.mockResolvedValue(undefined);
    });
    afterEach(() => document.body.replaceChildren());

    it('asks for the deal of the page and shows that it is loading', async () => {
        const element = await show();
        expect(getSuggestions.getLastConfig()).toEqual({ opportunityId: DEAL_ID });
        expect(one(element, 'c-load-state').shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
    });

    it('says what would be updated, why, and that nothing is changed before', async () => {
        const element = await show([
            DATE,
            STEP,
            CONTACT,
            { ...CONTACT, suggestionId: 'a0A4', currentValue: '003' }
        ]);
        expect(rows(element).map((row) => one(row, '[data-id="what"]').textContent)).toEqual([
            'Close date: Dec 15, 2026 instead of Oct 3, 2026',
            'Next step: Contract review (meeting on 2026-11-25)',
            'Primary contact: Ada Weber',
            'Contact on the deal: Ada Weber'
        ]);
        expect(inRow(element, 0, '[data-id="why"]').textContent).toBe(
            'The close date Oct 3, 2026 has passed.'
        );
        expect(inRow(element, 0, 'c-evidence-list').records).toEqual(DATE.evidence);
        expect(inRow(element, 1, 'c-evidence-list')).toBeNull();
        expect(one(element, '[data-id="note"]').textContent).toContain('Nothing is changed until you accept');
    });

    it('accepts with one click, says so and has the page read the deal again', async () => {
        const element = await show([DATE]);
        await click(element, 0, '[data-id="accept"]');
        expect(accept).toHaveBeenCalledWith({ suggestionId: 'a0A1' });
        expect(refreshApex).toHaveBeenCalled();
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: DEAL_ID }]);
        expect(one(element, '[data-id="announcement"]').textContent).toBe(
            'Saved on the deal: Close date: Dec 15, 2026 instead of Oct 3, 2026'
        );
        expect(one(element, 'c-error-panel')).toBeNull();
    });

    it('shows why a suggestion could not be accepted, and what is suggested now', async () => {
        const body = { message: JSON.stringify({ code: 'SUGGESTION_STALE', message: 'changed' }) };
        accept.mockRejectedValue({ body });
        const element = await show([DATE]);
        await click(element, 0, '[data-id="accept"]');
        expect(one(element, 'c-error-panel').error).toEqual({ body });
        expect(one(element, '[data-id="announcement"]').textContent).toBe('');
        expect(refreshApex).toHaveBeenCalled();
    });

    it('dismisses with a reason, and not without', async () => {
        const element = await show([STEP]);
        await click(element, 0, '[data-id="dismiss"]');
        expect(dismiss).not.toHaveBeenCalled();
        expect(inRow(element, 0, '[data-id="accept"]')).toBeNull();
        await click(element, 0, '[data-id="cancel"]');
        expect(inRow(element, 0, '[data-id="accept"]')).not.toBeNull();
        await click(element, 0, '[data-id="dismiss"]');
        await click(element, 0, '[data-reason="NotNow"]');
        expect(dismiss).toHaveBeenCalledWith({ suggestionId: 'a0A2', reason: 'NotNow' });
        expect(one(element, '[data-id="announcement"]').textContent).toContain(
            'not suggested again for 30 days'
        );
    });

    it('is empty where everything fits', async () => {
        expect(one(await show([]), 'c-empty-state').heading).toBe('Nothing to update');
    });

    it('shows an error and tries again', async () => {
        const error = { body: { message: 'no' }, status: 500 };
        const element = await show(undefined, error);
        expect(one(element, 'c-load-state').result.error.body).toEqual(error.body);
        one(element, 'c-load-state').dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(refreshApex).toHaveBeenCalled();
    });

    it('is accessible', async () => {
        const element = await show([DATE, STEP, CONTACT]);
        await click(element, 1, '[data-id="dismiss"]');
        await expect(element).toBeAccessible();
    });
});
