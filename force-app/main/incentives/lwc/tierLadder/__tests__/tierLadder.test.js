import { createElement } from 'lwc';
import TierLadder from 'c/tierLadder';

const TIERS = [
    {
        position: 1,
        columnNumber: 1,
        lowerBound: 0,
        upperBound: 1,
        rate: 0.06,
        unit: 'Rate',
        boundUnit: 'Attainment'
    },
    {
        position: 2,
        columnNumber: 1,
        lowerBound: 1,
        upperBound: 1.5,
        rate: 0.08,
        unit: 'Rate',
        boundUnit: 'Attainment'
    },
    { position: 3, columnNumber: 1, lowerBound: 1.5, rate: 0.12, unit: 'Rate', boundUnit: 'Attainment' }
];

function show(measure, component = {}) {
    const element = createElement('c-tier-ladder', { is: TierLadder });
    element.component = { name: 'Commission', boundary: 'Lower', tiers: TIERS, ...component };
    element.measure = { unit: 'GBP', toDate: '250000', quota: '500000', attainment: '0.5', ...measure };
    element.currencyCode = 'GBP';
    document.body.appendChild(element);
    return element;
}

const rungs = (element) =>
    [...element.shadowRoot.querySelectorAll('li')].map(({ textContent }) => textContent);
const current = (element) =>
    [...element.shadowRoot.querySelectorAll('.stair')].findIndex(({ classList }) =>
        classList.contains('current')
    );

describe('tierLadder', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows where the payee stands and what the next band needs', () => {
        const element = show();
        expect(rungs(element)).toEqual([
            'up to 100%You are here.6%',
            '100% to 150%£250,000.00 more to get here.8%',
            'from 150%12%'
        ]);
        expect(current(element)).toBe(0);
    });

    it('puts a value on a bound into the band the plan says', () => {
        const onBound = { toDate: '500000', attainment: '1' };
        expect(current(show(onBound))).toBe(1);
        expect(current(show(onBound, { boundary: 'Upper' }))).toBe(0);
    });

    it('says when there is no further band', () => {
        expect(rungs(show({ toDate: '900000', attainment: '1.8' }))[2]).toContain('It is the last band.');
    });

    it('writes bounds in money where the table has them so', () => {
        const tiers = [
            {
                position: 1,
                columnNumber: 1,
                lowerBound: 0,
                upperBound: 1000,
                rate: 10,
                unit: 'Amount',
                boundUnit: 'Amount'
            },
            {
                position: 2,
                columnNumber: 1,
                lowerBound: 1000,
                rate: 2,
                unit: 'Multiplier',
                boundUnit: 'Amount'
            }
        ];
        expect(rungs(show({ toDate: '400' }, { tiers }))).toEqual([
            'up to £1,000.00You are here.£10.00',
            'from £1,000.00£600.00 more to get here.× 2'
        ]);
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
