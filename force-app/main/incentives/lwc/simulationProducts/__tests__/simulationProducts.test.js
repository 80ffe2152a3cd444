import { createElement } from 'lwc';
import SimulationProducts from 'c/simulationProducts';
import data from '../../simulationResult/__tests__/data/simulation.json';

const { result: RESULT } = data;

function show(more = {}) {
    const element = createElement('c-simulation-products', { is: SimulationProducts });
    element.result = { ...RESULT, ...more };
    document.body.appendChild(element);
    return element;
}

const all = (element, id) =>
    [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map(({ textContent }) => textContent);

describe('simulationProducts', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells the product that carries most against the one that carries least', () => {
        const element = show();
        expect(all(element, 'bias')).toEqual([
            'Custody carries 4% of its revenue, No product carries 2%: 2 times as much.'
        ]);
        expect(all(element, 'product')[0]).toMatch(/Custody.*10.*£100,000\.00.*£4,000\.00.*4%.*2%/s);
        expect(all(element, 'without-deal')[0]).toContain('£250.00 is earned by a period as a whole');
        expect(all(element, 'as-if')).toEqual(['Custody: £6,000.00 to everybody together']);
    });

    it('says that products are even, and that the plan does not look at them', () => {
        const even = RESULT.products.products.map((product) => ({ ...product, rate: '0.030000' }));
        const element = show({ products: { ...RESULT.products, products: even }, productPay: null });
        expect(all(element, 'bias')).toEqual(['All products carry the same part of their revenue.']);
        expect(element.shadowRoot.textContent).toContain('The plan itself does not look at the product');
    });

    it('says when deals do not name their product', () => {
        expect(show({ products: null }).shadowRoot.querySelector('c-empty-state').heading).toBe(
            'Deals do not say their product'
        );
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
