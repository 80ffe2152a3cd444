import { createElement } from 'lwc';
import ClaimedBar from 'c/claimedBar';

const SNAPSHOT = {
    claimedAmount: 100,
    realAmount: 60,
    realDealCount: 3,
    currencyCode: 'GBP',
    exclusions: [
        { kind: 'Outlived', amount: 30, dealCount: 1 },
        { kind: 'Silent', amount: 10, dealCount: 2 }
    ]
};

function show(changes = {}) {
    const element = createElement('c-claimed-bar', { is: ClaimedBar });
    element.snapshot = { ...SNAPSHOT, ...changes };
    document.body.appendChild(element);
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

describe('claimedBar', () => {
    afterEach(() => document.body.replaceChildren());

    it('draws what is real and what is not, to one scale', () => {
        const widths = all(show(), '.bar rect').map((part) => Number(part.getAttribute('width')));
        expect(widths[1] / widths[0]).toBeCloseTo(0.5);
        expect(widths[2] / widths[1]).toBeCloseTo(1 / 3);
        expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(396);
    });

    it('tells the same in words', () => {
        const parts = all(show(), '[data-id="part"]').map(({ textContent }) => textContent);
        expect(parts[0]).toBe('Real£60.003 deals');
        expect(parts[1]).toBe('Older than any deal that was won£30.001 deal');
    });

    it('draws nothing where nothing is claimed', () => {
        expect(all(show({ claimedAmount: 0, realAmount: 0, exclusions: [] }), '.bar rect')).toHaveLength(0);
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
