import { createElement } from 'lwc';
import TrendMark from 'c/trendMark';

function show(props) {
    const element = Object.assign(createElement('c-trend-mark', { is: TrendMark }), props);
    document.body.appendChild(element);
    return element;
}

describe('trendMark', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells the trend by icon and word', async () => {
        const element = show({ trend: 'Falling' });
        expect(element.shadowRoot.querySelector('lightning-icon').iconName).toBe('utility:arrowdown');
        expect(element.shadowRoot.textContent).toBe('Falling');
        await expect(element).toBeAccessible();
    });

    it('leaves the word to screen readers where room is short', () => {
        const element = show({ trend: 'Rising', isShort: true });
        expect(element.shadowRoot.querySelector('.slds-assistive-text').textContent).toBe('Rising');
    });
});
