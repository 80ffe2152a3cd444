import { createElement } from 'lwc';
import ForecastTable from 'c/forecastTable';

function show(forecasts) {
    const element = createElement('c-forecast-table', { is: ForecastTable });
    Object.assign(element, { caption: 'By person', nameLabel: 'Person', forecasts });
    document.body.appendChild(element);
    return element;
}

const FORECASTS = [
    { forecastId: 'a1', repName: 'Ann', currencyCode: 'GBP', lowAmount: 1, middleAmount: 2, highAmount: 3 },
    {
        forecastId: 'a2',
        repName: 'Bob',
        currencyCode: 'GBP',
        lowAmount: 4,
        middleAmount: 5,
        highAmount: 6,
        commitAmount: 7
    }
];

describe('forecastTable', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows a row each, and only columns somebody has a figure in', () => {
        const root = show(FORECASTS).shadowRoot;
        const rows = [...root.querySelectorAll('[data-id="row"]')].map((row) =>
            [...row.children].map(({ textContent }) => textContent)
        );
        expect(rows).toEqual([
            ['Ann', '£1.00', '£2.00', '£3.00', ''],
            ['Bob', '£4.00', '£5.00', '£6.00', '£7.00']
        ]);
        expect([...root.querySelectorAll('thead th')].at(-1).textContent).toBe('Commit');
    });

    it('names segments by their type', () => {
        const root = show([{ ...FORECASTS[0], segment: 'Renewal' }]).shadowRoot;
        expect(root.querySelector('tbody th').textContent).toBe('Renewal');
    });

    it('is accessible', async () => {
        await expect(show(FORECASTS)).toBeAccessible();
    });
});
