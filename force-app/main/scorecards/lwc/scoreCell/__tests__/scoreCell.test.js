import { createElement } from 'lwc';
import ScoreCell from 'c/scoreCell';

function show(score) {
    const element = createElement('c-score-cell', { is: ScoreCell });
    element.score = score;
    document.body.appendChild(element);
    return element;
}

describe('scoreCell', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells a score without decimals, zero too', () => {
        expect(show(81.5).shadowRoot.querySelector('.cell_high').textContent).toBe('82');
        expect(show(0).shadowRoot.querySelector('.cell_low').textContent).toBe('0');
    });

    it('says in words that there is no data', async () => {
        const element = show(null);
        expect(element.shadowRoot.querySelector('.slds-assistive-text').textContent).toBe('no data');
        await expect(element).toBeAccessible();
    });
});
