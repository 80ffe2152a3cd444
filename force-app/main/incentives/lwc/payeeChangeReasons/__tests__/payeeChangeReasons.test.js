import { createElement } from 'lwc';
import PayeeChangeReasons from 'c/payeeChangeReasons';
import getReason from '@salesforce/apex/RunComparisonController.getReason';

jest.mock(
    '@salesforce/apex/RunComparisonController.getReason',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const INPUTS = {
    planVersion: 'grid:1',
    definition: 'd1',
    assignment: 'a1',
    quotas: { bookings: '100000' },
    credits: { '006A': ['2026-02-01', '1000.00', '1000.00'], '006B': ['2026-02-02', '2000.00', '2000.00'] },
    creditCount: 2,
    creditHash: 'h1',
    adjustments: {},
    late: '0.00',
    openings: { draw: '0.00' }
};

async function reasons(changes, ids = { beforeId: 'b', afterId: 'a' }, now = { ...INPUTS, ...changes }) {
    const element = createElement('c-payee-change-reasons', { is: PayeeChangeReasons });
    Object.assign(element, { ...ids, currencyCode: 'GBP' });
    document.body.appendChild(element);
    getReason.emit({
        before: JSON.stringify(INPUTS),
        after: now && JSON.stringify(now),
        dealNames: { '006A': 'Acme' }
    });
    await Promise.resolve();
    return [...element.shadowRoot.querySelectorAll('li')].map(({ textContent }) => textContent);
}

describe('payeeChangeReasons', () => {
    afterEach(() => document.body.replaceChildren());

    it('names deals that came, went, changed and moved', async () => {
        const credits = {
            '006A': ['2026-02-09', '1500.00', '1500.00'],
            '006C': ['2026-03-01', '70.00', '70.00']
        };
        expect(await reasons({ creditHash: 'h2', credits })).toEqual([
            'Deal moved: Acme, now on Feb 9, 2026, before on Feb 1, 2026',
            'Deal changed: Acme, £1,500.00, before £1,000.00',
            'Deal gone: 006B, Feb 2, 2026, £2,000.00',
            'Deal added: 006C, Mar 1, 2026, £70.00'
        ]);
    });

    it('tells a deal that counts otherwise for the quota alone', async () => {
        const credits = { ...INPUTS.credits, '006A': ['2026-02-01', '1000.00', '0.00'] };
        expect(await reasons({ creditHash: 'h2', credits })).toEqual([
            'Deal changed: Acme, £0.00, before £1,000.00'
        ]);
    });

    it('counts deals where there are too many to name', async () => {
        expect(await reasons({ credits: null, creditCount: 1234, creditHash: 'h2' })).toEqual([
            'The deals changed; there are too many to name. Now 1,234, before 2'
        ]);
    });

    it.each([
        [{ planVersion: 'grid:2', definition: 'd2' }, 'Plan version: grid:2, before grid:1'],
        [{ definition: 'd2' }, 'The text of the plan changed.'],
        [{ assignment: 'a2' }, 'Dates, target incentive or terms of the assignment changed.'],
        [{ quotas: { bookings: '80000' } }, 'Quota for Bookings: 80,000, before 100,000'],
        [{ quotas: {} }, 'Quota for Bookings: –, before 100,000'],
        [{ adjustments: { x: '50.00' } }, 'Adjustment added: £50.00'],
        [{ late: '-10.00' }, 'Late data of closed periods: -£10.00, before £0.00'],
        [{ openings: { draw: '500.00' } }, 'Opening balance of Draw: £500.00, before £0.00']
    ])('names what differs: %j', async (changes, sentence) => {
        expect(await reasons(changes)).toEqual([sentence]);
    });

    it('says that the reason lies elsewhere where nothing of the payee differs', async () => {
        const [only, ...more] = await reasons({});
        expect(only).toContain('The reason lies elsewhere');
        expect(more).toEqual([]);
        expect((await reasons({}, undefined, null))[0]).toContain('The reason lies elsewhere');
    });

    it('says who had no statement, and where something was wrong', async () => {
        expect(await reasons({}, { afterId: 'a' })).toEqual([
            'There was no statement in the calculation compared with.'
        ]);
        expect(await reasons({}, { beforeId: 'b' })).toEqual(['There is no statement any more.']);
        const wrong = { beforeId: 'b', afterId: 'a', isWrong: true };
        expect((await reasons({ late: '1.00' }, wrong)).length).toBe(2);
    });

    it('is accessible', async () => {
        await reasons({ late: '1.00' });
        await expect(document.body).toBeAccessible();
    });
});
