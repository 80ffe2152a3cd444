import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import LineWorking from 'c/lineWorking';
import getWorking from '@salesforce/apex/StatementController.getWorking';

jest.mock(
    '@salesforce/apex/StatementController.getWorking',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const WORKING = {
    bands: [{ row: 1, from: '0', to: '375000', quantity: '375000', rate: '0.06', amount: '22500.00' }],
    steps: [
        {
            what: 'base',
            rule: 'components.commission.base',
            inputs: [{ name: 'payable', value: '500000' }],
            result: '500000'
        },
        { what: 'day', inputs: [{ name: 'date', value: '2026-10-11' }], result: true }
    ],
    rounding: { unit: '0.01', mode: 'half-even' }
};

async function show(working) {
    const element = createElement('c-line-working', { is: LineWorking });
    element.lineId = 'a0L000000000001AAA';
    element.currencyCode = 'GBP';
    document.body.appendChild(element);
    if (working !== undefined) getWorking.emit(working);
    await Promise.resolve();
    return element;
}

const text = (element) => element.shadowRoot.querySelector('[data-id="working"]').textContent;

describe('lineWorking', () => {
    beforeEach(() => jest.clearAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('tells each step in words: inputs, result and rule', async () => {
        const element = await show(JSON.stringify(WORKING));
        expect(text(element)).toContain('BasePayable 500,000gives 500,000.Rule: components.commission.base');
        expect(text(element)).toContain('Oct 11, 2026gives true.');
    });

    it('tells the bands and the rounding', async () => {
        const element = await show(JSON.stringify(WORKING));
        expect(text(element)).toContain('375,000 at 6%: £22,500.00');
        expect(text(element)).toContain('Rounded to 0.01, half even.');
    });

    it.each([null, '{"steps":[]}', '{"steps":[{"wh'])(
        'says that there are no steps in %j',
        async (working) => {
            expect(text(await show(working))).toContain('This line has no steps of its own.');
        }
    );

    it('shows that it is loading, and an error', async () => {
        const element = await show();
        const state = element.shadowRoot.querySelector('c-load-state');
        expect(state.isLoading).toBe(true);
        getWorking.error({ message: 'broken' }, 500);
        await Promise.resolve();
        expect(state.error).toBeDefined();
        state.dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(await show(JSON.stringify(WORKING))).toBeAccessible();
    });
});
