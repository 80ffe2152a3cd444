import { createElement } from 'lwc';
import WeeklyBrief from 'c/weeklyBrief';
import getBrief from '@salesforce/apex/BriefController.getBrief';

jest.mock(
    '@salesforce/apex/BriefController.getBrief',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const BRIEF = {
    asOfDate: '2026-11-16',
    periodName: '2026-Q4',
    body: JSON.stringify([
        {
            text: 'Since 2026-11-09 the real pipeline fell to {0}, in {1} deals.',
            figures: [
                { unit: 'Amount', value: '9.00', recordKey: '2026-11-16:x', field: 'RealAmount__c' },
                { unit: 'Count', value: '1234', recordKey: '2026-11-16:x', field: 'DealCount__c' }
            ]
        },
        { text: 'Nobody needs you.' }
    ]),
    isStale: false
};

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

async function show(brief) {
    const element = createElement('c-weekly-brief', { is: WeeklyBrief });
    document.body.appendChild(element);
    if (brief !== undefined) getBrief.emit(brief);
    await flush();
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

describe('weeklyBrief', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows the sentences, days as the reader writes them, and where each figure is from', async () => {
        const element = await show(BRIEF);
        expect(all(element, '[data-id="sentence"]').map(({ textContent }) => textContent)).toEqual([
            'Since Nov 9, 2026 the real pipeline fell to $9.00, in 1,234 deals.',
            'Nobody needs you.'
        ]);
        expect(all(element, '[data-id="figure"]').map(({ textContent }) => textContent)).toEqual([
            '$9.00: 2026-11-16:x, RealAmount__c',
            '1,234: 2026-11-16:x, DealCount__c'
        ]);
    });

    it('says that a brief is old, that there is none, or what went wrong', async () => {
        expect(all(await show({ ...BRIEF, isStale: true }), 'c-stale-notice')).toHaveLength(1);
        expect(all(await show(null), 'c-empty-state')[0].heading).toBe('No brief yet');
        expect(
            all(await show(), 'c-load-state')[0].shadowRoot.querySelector('lightning-spinner')
        ).not.toBeNull();
        const element = await show();
        getBrief.error({ message: 'no' }, 500);
        await flush();
        expect(all(element, 'c-load-state')[0].shadowRoot.querySelector('c-error-panel')).not.toBeNull();
    });

    it('a body that cannot be read shows no sentences', async () => {
        expect(all(await show({ ...BRIEF, body: '{oops' }), '[data-id="sentence"]')).toHaveLength(0);
    });

    it('is accessible', async () => {
        await expect(await show(BRIEF)).toBeAccessible();
    });
});
