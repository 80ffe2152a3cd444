import { createElement } from 'lwc';
import SimulationCost from 'c/simulationCost';
import data from '../../simulationResult/__tests__/data/simulation.json';

const { result: RESULT } = data;

function show(result = RESULT) {
    const element = createElement('c-simulation-cost', { is: SimulationCost });
    element.result = result;
    document.body.appendChild(element);
    return element;
}

const cells = (element, name) =>
    [...element.shadowRoot.querySelectorAll(`[data-cell="${name}"]`)].map(({ textContent }) => textContent);

describe('simulationCost', () => {
    afterEach(() => document.body.replaceChildren());

    it('has every month of the picture in the table, and the total of what is paid', () => {
        const element = show();
        expect(cells(element, 'own')).toEqual(['£700.00', '£500.00']);
        expect(cells(element, 'change')).toEqual(['+£300.00', '-£100.00']);
        expect(cells(element, 'published')).toEqual(['£400.00', '']);
        const totals = [...element.shadowRoot.querySelectorAll('tfoot td')].map(
            ({ textContent }) => textContent
        );
        expect(totals).toEqual(['£1,200.00', '£1,000.00', '+£200.00', '£400.00']);
        expect(element.shadowRoot.querySelectorAll('rect')).toHaveLength(4);
    });

    it('has one bar a month without another plan', () => {
        const costs = RESULT.costs.map((cost) => ({ ...cost, againstPaid: null, published: null }));
        const element = show({ ...RESULT, costs, againstTotal: null });
        expect(element.shadowRoot.querySelectorAll('rect')).toHaveLength(2);
        expect(element.shadowRoot.querySelectorAll('thead th')).toHaveLength(2);
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
