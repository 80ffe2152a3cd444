import { createElement } from 'lwc';
import RateTable from 'c/rateTable';

const tier = (position, from, to, value, numbers = {}) => ({
    position,
    columnNumber: 1,
    fromText: from,
    toText: to,
    valueText: value,
    unit: 'Rate',
    boundUnit: 'Amount',
    ...numbers
});
const BANDS = [
    tier(1, '0', '10,000', '5 %', { lowerBound: 0, upperBound: 10000, rate: 0.05 }),
    tier(2, '10,000', '50,000', '6 %', { lowerBound: 10000, upperBound: 50000, rate: 0.06 }),
    tier(3, '50,000', undefined, '8 %', { lowerBound: 50000, rate: 0.08 })
];

function show(component = {}) {
    const element = createElement('c-rate-table', { is: RateTable });
    element.component = {
        name: 'Commission',
        tableMode: 'Marginal',
        measure: 'bookings',
        tiers: BANDS,
        ...component
    };
    element.currencyCode = 'GBP';
    document.body.appendChild(element);
    return element;
}

const rows = (element) =>
    [...element.shadowRoot.querySelectorAll('tr')].map((row) =>
        [...row.cells].map(({ textContent }) => textContent)
    );
const has = (element, selector) => Boolean(element.shadowRoot.querySelector(selector));

describe('rateTable', () => {
    afterEach(() => document.body.replaceChildren());

    it('draws bands as stairs, and tells them in a table', async () => {
        const element = show();
        expect(rows(element)).toEqual([
            ['Bookings (GBP)', 'Rate'],
            ['up to 10,000', '5 %'],
            ['10,000 to 50,000', '6 %'],
            ['from 50,000', '8 %']
        ]);
        const stairs = element.shadowRoot.querySelector('c-tier-ladder');
        expect(stairs.shadowRoot.querySelectorAll('rect')).toHaveLength(3);
        expect(stairs.shadowRoot.querySelector('li, .mark')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it('draws points as a curve that is flat outside them', () => {
        const element = show({
            tableMode: 'Interpolated',
            measure: undefined,
            tiers: [
                tier(1, '50 %', undefined, '0 %', { lowerBound: 0.5, rate: 0 }),
                tier(2, '100 %', undefined, '100 %', { lowerBound: 1, rate: 1 })
            ]
        });
        const points = element.shadowRoot.querySelector('polyline').getAttribute('points').split(' ');
        expect(points).toHaveLength(4);
        expect(points[0].split(',')[1]).toBe(points[1].split(',')[1]);
        expect(points[2].split(',')[1]).toBe(points[3].split(',')[1]);
        expect(rows(element)[1]).toEqual(['at 50 %', '0 %']);
        expect(has(element, 'c-tier-ladder')).toBe(false);
    });

    it('shows two inputs as a grid, the deeper the more it pays', async () => {
        const cell = (position, columnNumber, columnText, rate) => ({
            ...tier(
                position,
                position === 1 ? '0' : '100',
                position === 1 ? '100' : undefined,
                `${rate * 100} %`,
                {
                    lowerBound: 0,
                    rate
                }
            ),
            columnNumber,
            columnText
        });
        const element = show({
            tableMode: 'Step',
            tiers: [
                cell(1, 1, '0 to 9', 0.1),
                cell(1, 2, 'from 9', 0.2),
                cell(2, 1, '0 to 9', 0.3),
                cell(2, 2, 'from 9', 0.4)
            ]
        });
        expect(rows(element)).toEqual([
            ['Bookings (GBP)', '0 to 9', 'from 9'],
            ['up to 100', '10 %', '20 %'],
            ['from 100', '30 %', '40 %']
        ]);
        const shades = [...element.shadowRoot.querySelectorAll('td')].map(({ className }) =>
            className.slice(-7)
        );
        expect(shades).toEqual(['shade-1', 'shade-2', 'shade-3', 'shade-4']);
        expect(has(element, 'c-tier-ladder, polyline')).toBe(false);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['Attainment', 'Rate', ['Share of your quota for bookings', 'Rate']],
        ['Count', 'Amount', ['Bookings', 'Pays (GBP)']],
        ['Amount', 'Multiplier', ['Bookings (GBP)', 'Multiple']]
    ])('names bounds of %s and values of %s', (boundUnit, unit, heading) => {
        const tiers = BANDS.map((one) => ({ ...one, boundUnit, unit }));
        expect(rows(show({ tiers }))[0]).toEqual(heading);
    });

    it('leaves out the picture where a bound is no number', () => {
        const tiers = BANDS.map((one) => ({ ...one, lowerBound: undefined }));
        const element = show({ tiers, measure: undefined });
        expect(has(element, 'c-tier-ladder')).toBe(false);
        expect(rows(element)[0][0]).toBe('Band');
    });
});
