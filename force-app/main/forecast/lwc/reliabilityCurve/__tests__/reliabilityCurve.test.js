import { createElement } from 'lwc';
import ReliabilityCurve from 'c/reliabilityCurve';

const BINS = [
    { from: 0, to: 0.1, predicted: 0.05, observed: 0.06, count: 100 },
    { from: 0.1, to: 0.2, predicted: 0.15, observed: 0.1, count: 25 },
    { from: 0.9, to: 1, predicted: 0.95, observed: 0, count: 0 }
];

function show() {
    const element = createElement('c-reliability-curve', { is: ReliabilityCurve });
    element.bins = BINS;
    document.body.appendChild(element);
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

describe('reliabilityCurve', () => {
    afterEach(() => document.body.replaceChildren());

    it('draws a point for each bin that has deals, its area by their number', () => {
        const points = all(show(), 'circle').map((point) =>
            ['cx', 'cy', 'r'].map((name) => Number(point.getAttribute(name)))
        );
        expect(points).toHaveLength(2);
        expect(points[0]).toEqual([5, 94, 4]);
        expect(points[1]).toEqual([15, 90, 2.5]);
    });

    it('tells the same as a table', () => {
        expect(all(show(), '[data-id="bin"]').map(({ textContent }) => textContent)).toEqual([
            '5%6%100',
            '15%10%25'
        ]);
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
