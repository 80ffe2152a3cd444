import { createElement } from 'lwc';
import DimensionPicture from 'c/dimensionPicture';

const DIMENSIONS = [
    { dimension: 'business', weight: 0.3, score: 60, coverage: 1, previous: 70 },
    { dimension: 'client', weight: 0.3, score: 100, coverage: 0.5, previous: null },
    { dimension: 'execution', weight: 0.2, score: null, coverage: 0, previous: null },
    { dimension: 'team', weight: 0.2, score: 0, coverage: 1, previous: 0 }
];

function show() {
    const element = createElement('c-dimension-picture', { is: DimensionPicture });
    element.dimensions = DIMENSIONS;
    document.body.appendChild(element);
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

describe('dimensionPicture', () => {
    afterEach(() => document.body.replaceChildren());

    it('draws 100 at the rim, 0 in the middle, and no mark where there is no score', () => {
        const marks = all(show(), '.mark').map((mark) =>
            [mark.getAttribute('cx'), mark.getAttribute('cy')].map(Number)
        );
        expect(marks).toHaveLength(3);
        expect(marks[0][0]).toBeCloseTo(50);
        expect(marks[0][1]).toBeCloseTo(10);
        expect(marks[2]).toEqual([50, 50]);
    });

    it('says every figure of the picture in words, in the usual order, dimensions without weight left out', () => {
        const element = show();
        expect(all(element, '[data-id="dimension"] strong').map(({ textContent }) => textContent)).toEqual([
            'Clients',
            'Business',
            'Execution and risk',
            'Team and culture'
        ]);
        expect(all(element, '[data-id="words"]').map(({ textContent }) => textContent)).toEqual([
            '30% of the score · data for 50% of it',
            '30% of the score · 70 the month before',
            '20% of the score · data for 0% of it',
            '20% of the score · 0 the month before'
        ]);
        expect(all(element, 'c-score-cell').map(({ score }) => score)).toEqual([100, 60, null, 0]);
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
