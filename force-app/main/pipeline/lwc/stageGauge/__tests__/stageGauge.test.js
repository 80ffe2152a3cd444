import { createElement } from 'lwc';
import StageGauge from 'c/stageGauge';

function show(days, usualDays) {
    const element = createElement('c-stage-gauge', { is: StageGauge });
    Object.assign(element, { stageName: 'Proposal', days, usualDays });
    document.body.appendChild(element);
    return element;
}

const width = (element) => Number(element.shadowRoot.querySelector('.days').getAttribute('width'));
const mark = (element) => element.shadowRoot.querySelector('.usual');

describe('stageGauge', () => {
    afterEach(() => document.body.replaceChildren());

    it('says the days and the usual days in words', () => {
        expect(show(38, 12).shadowRoot.textContent).toBe(
            'Proposal: 38 business days. Half of the deals we won needed at most 12.'
        );
    });

    it('draws a deal three times over the usual days with the mark at a third of its bar', () => {
        const element = show(36, 12);
        expect(Number(mark(element).getAttribute('x1'))).toBeCloseTo(width(element) / 3);
    });

    it('keeps bar and mark inside the drawing, whichever is longer', () => {
        for (const element of [show(400, 3), show(3, 400)]) {
            expect(width(element)).toBeLessThan(200);
            expect(Number(mark(element).getAttribute('x1'))).toBeLessThan(200);
        }
    });

    it('draws no mark when the usual days are not known', () => {
        const element = show(4, null);
        expect(mark(element)).toBeNull();
        expect(element.shadowRoot.textContent).toBe('Proposal: 4 business days');
    });

    it('draws an empty bar on the first day', () => {
        expect(width(show(0, undefined))).toBe(0);
    });

    it('is accessible', async () => {
        await expect(show(38, 12)).toBeAccessible();
    });
});
