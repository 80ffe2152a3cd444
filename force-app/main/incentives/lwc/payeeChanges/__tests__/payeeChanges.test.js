import { createElement } from 'lwc';
import PayeeChanges from 'c/payeeChanges';
import getChanges from '@salesforce/apex/RunComparisonController.getChanges';

jest.mock(
    '@salesforce/apex/RunComparisonController.getChanges',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const change = (number, more) => ({
    payeeId: `005${number}`,
    payeeName: `Payee ${number}`,
    planName: 'Adviser grid',
    currencyCode: 'GBP',
    before: 800,
    after: 800,
    beforeId: `b${number}`,
    afterId: `a${number}`,
    ...more
});
const CHANGES = [
    change(1, { after: 800.1 }),
    change(2, { after: 500 }),
    change(3, { before: undefined, beforeId: undefined, after: 120 }),
    change(4, { after: undefined })
];

async function show(view) {
    const element = createElement('c-payee-changes', { is: PayeeChanges });
    Object.assign(element, {
        run: { runId: 'r2', runNumber: 'CR-2' },
        other: { runId: 'r1', runNumber: 'CR-1' }
    });
    document.body.appendChild(element);
    if (view) getChanges.emit({ isKept: true, isCut: false, sameCount: 0, changes: [], ...view });
    await Promise.resolve();
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const text = (element, id) => all(element, `[data-id="${id}"]`)[0]?.textContent;
const rows = (element) =>
    all(element, '[data-id="change"]').map((row) =>
        [...row.children].slice(0, 5).map(({ textContent }) => textContent)
    );

describe('payeeChanges', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows whose result differs, the biggest change first', async () => {
        const element = await show({ sameCount: 1234, changes: CHANGES });
        expect(rows(element)).toEqual([
            ['Payee 2', 'Adviser grid', '£800.00', '£500.00', '-£300.00'],
            ['Payee 3', 'Adviser grid', 'No statement', '£120.00', '£120.00'],
            ['Payee 1', 'Adviser grid', '£800.00', '£800.10', '£0.10'],
            ['Payee 4', 'Adviser grid', '£800.00', 'No figure', '']
        ]);
        expect(text(element, 'same')).toBe('Payees with the same result in both: 1,234');
        expect(getChanges.getLastConfig()).toEqual({ beforeRunId: 'r1', afterRunId: 'r2' });
    });

    it('opens a row to its reason, and closes it again', async () => {
        const element = await show({ changes: CHANGES });
        const [why] = all(element, '[data-id="why"]');
        why.click();
        await Promise.resolve();
        const [reasons] = all(element, 'c-payee-change-reasons');
        expect([reasons.beforeId, reasons.afterId, reasons.isWrong]).toEqual(['b2', 'a2', false]);
        why.click();
        await Promise.resolve();
        expect(all(element, 'c-payee-change-reasons')).toEqual([]);
    });

    it.each([
        [{ changes: [] }, 'Nobody’s result differs'],
        [{ isKept: false, changes: CHANGES }, 'before results were kept by payee'],
        [{ isCut: true, changes: CHANGES }, 'more results than can be compared']
    ])('says so: %j', async (view, sentence) => {
        expect(text(await show(view), 'notice')).toContain(sentence);
    });

    it('shows fifty at first', async () => {
        const changes = Array.from({ length: 60 }, (_, index) => change(index, { after: index }));
        const element = await show({ changes });
        expect(rows(element)).toHaveLength(50);
        all(element, '[data-id="more"]')[0].click();
        await Promise.resolve();
        expect(rows(element)).toHaveLength(60);
    });

    it('shows that it is loading, and an error', async () => {
        const element = await show();
        expect(all(element, 'c-load-state')[0].shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
        getChanges.error({ message: 'No access' }, 403);
        await Promise.resolve();
        expect(all(element, 'c-load-state')[0].shadowRoot.querySelector('c-error-panel')).not.toBeNull();
    });

    it('is accessible', async () => {
        await expect(await show({ changes: CHANGES })).toBeAccessible();
    });
});
