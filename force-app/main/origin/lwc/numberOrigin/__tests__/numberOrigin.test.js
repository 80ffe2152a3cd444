import { createElement } from 'lwc';
import { CurrentPageReference } from 'lightning/navigation';
import { registerRefreshHandler } from 'lightning/refresh';
import getOrigin from '@salesforce/apex/NumberOriginController.getOrigin';
import NumberOrigin from 'c/numberOrigin';

jest.mock('@salesforce/apex/NumberOriginController.getOrigin', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock(
    '@salesforce/apex/StatementController.getWorking',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);

const flush = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};
const FORECAST = { lowAmount: 70, middleAmount: 100, highAmount: 120, currencyCode: 'GBP' };
const DETAIL = { metric: { version: 1, formulaWords: 'Meetings held' }, working: '[]', evidence: [] };
const CHANCE = {
    win: 0.42,
    winSoon: 0.1,
    closeEarly: '2026-12-01',
    closeLikely: '2027-01-01',
    closeLate: '2027-03-01',
    reasons: '[]'
};
const COMMON = {
    title: 'Commission',
    personName: 'Riya Rep',
    periodName: 'Q3',
    currencyCode: 'GBP',
    dataAsOf: '2026-11-21T10:00:00.000Z',
    standing: 'Current',
    runKey: 'k',
    rule: { kind: 'Plan', name: 'Seller', version: '2' },
    inputs: [{ recordId: '006', objectName: 'Opportunity', name: 'Acme' }],
    hiddenInputCount: 0
};

let element;
const part = (name) => element.shadowRoot.querySelector(name);
const text = (id) => part(`[data-id="${id}"]`)?.textContent;

async function openPage(state) {
    element = createElement('c-number-origin', { is: NumberOrigin });
    document.body.appendChild(element);
    CurrentPageReference.emit({ state });
    await flush();
}

const show = async (fields) => {
    getOrigin.mockResolvedValue({ ...COMMON, ...fields });
    await openPage({ c__kind: fields.kind, c__result: 'a01' });
};

describe('numberOrigin', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it.each([
        [{ kind: 'Line', value: 12.5, unit: 'Amount', lineId: 'a01' }, '£12.50', 'c-line-working'],
        [
            { kind: 'Payout', value: 800, unit: 'Amount', payoutSteps: [], earnedAmount: 900 },
            '£800.00',
            'c-payout-steps'
        ],
        [{ kind: 'Chance', value: 0.42, unit: 'Share', chance: CHANCE }, '42%', 'c-deal-chance'],
        [
            { kind: 'Forecast', value: 100, unit: 'Amount', forecast: FORECAST, drivers: [] },
            '£100.00',
            'c-forecast-range'
        ],
        [
            { kind: 'Metric', value: 7, unit: 'Count', metric: DETAIL, periodName: '2026-10' },
            '7',
            'c-metric-working'
        ]
    ])('shows %j with the working its own page shows', async (fields, value, working) => {
        await show(fields);
        expect(getOrigin).toHaveBeenCalledWith({ kind: fields.kind, resultKey: 'a01' });
        expect(text('value')).toBe(value);
        expect(text('about')).toBe(`Commission · Riya Rep · ${fields.periodName ? 'October 2026' : 'Q3'}`);
        expect(part(working)).not.toBeNull();
        expect(part('c-evidence-list').records).toHaveLength(1);
        expect(part('c-origin-run').runKey).toBe('k');
    });

    it('tells a warning as the deal page does, and is accessible', async () => {
        const warning = {
            ruleKey: 'R1',
            unit: 'BusinessDays',
            observedBusinessDays: 23,
            threshold: 15,
            thresholdBasis: 'Policy'
        };
        await show({ kind: 'Warning', warning, rule: { kind: 'Policy', name: 'R1_Default' } });
        expect(text('value')).toContain('23 business days');
        expect(text('working')).toContain('15 business days');
        await expect(element).toBeAccessible();
    });

    it.each([
        ['Final', 0, 'does not change'],
        ['Superseded', 0, 'There is a newer one'],
        ['Changed', 1, 'One of the records'],
        ['Changed', 3, '3 of the records'],
        ['Stale', 0, 'more than 26 hours old'],
        ['Current', 0, 'None of the records below']
    ])('says that it is %s', async (standing, changedInputCount, words) => {
        await show({ kind: 'Line', value: 1, lineId: 'a01', standing, changedInputCount });
        expect(text('standing')).toContain(words);
    });

    it('counts records that are not visible, and says where none are named', async () => {
        await show({ kind: 'Line', value: 1, lineId: 'a01', inputs: [], hiddenInputCount: 2 });
        expect(text('hidden')).toBe('2 more records are not visible to you.');
        expect(part('[data-id="no-inputs"]')).toBeNull();
        document.body.replaceChildren();
        await show({ kind: 'Line', value: 1, lineId: 'a01', inputs: [] });
        expect(text('no-inputs')).toBe('No records are named.');
    });

    it('waits for a number to be chosen', async () => {
        await openPage({});
        expect(part('c-empty-state').heading).toBe('No number chosen');
        expect(getOrigin).not.toHaveBeenCalled();
        await expect(element).toBeAccessible();
    });

    it('says what went wrong, and tries again when asked to', async () => {
        getOrigin.mockRejectedValue({ body: { message: '{"code":"NO_ACCESS"}' } });
        await openPage({ c__kind: 'Line', c__result: 'a01' });
        expect(part('c-load-state').error).toBeDefined();
        getOrigin.mockResolvedValue({ ...COMMON, kind: 'Line', value: 1, lineId: 'a01' });
        part('c-load-state').dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(text('value')).toBe('£1.00');
    });

    it('takes an address that names no number for none, since trying again would not help', async () => {
        getOrigin.mockRejectedValue({ body: { message: '{"code":"INVALID_INPUT"}' } });
        await openPage({ c__kind: 'Sum', c__result: 'a01' });
        expect(part('c-empty-state').heading).toBe('No number chosen');
        expect(part('c-load-state').error).toBeUndefined();
    });

    it('keeps what it shows while it is read again, and shows nothing of a number it lost', async () => {
        await show({ kind: 'Line', value: 1, lineId: 'a01' });
        const [, readAgain] = registerRefreshHandler.mock.calls.at(-1);
        let answer;
        getOrigin.mockReturnValue(new Promise((resolve, reject) => (answer = reject)));
        readAgain();
        await flush();
        expect(text('value')).toBe('£1.00');
        answer({ body: { message: '{"code":"NO_ACCESS"}' } });
        await flush();
        expect(part('[data-id="value"]')).toBeNull();
        expect(part('c-load-state').error).toBeDefined();
    });
});
