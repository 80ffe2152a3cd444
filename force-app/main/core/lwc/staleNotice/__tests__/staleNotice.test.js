import { createElement } from 'lwc';
import StaleNotice from 'c/staleNotice';

describe('staleNotice', () => {
    afterEach(() => document.body.replaceChildren());

    it('says how old the data is and whom to tell, in words and with an icon that has a name', async () => {
        const element = createElement('c-stale-notice', { is: StaleNotice });
        document.body.appendChild(element);
        expect(element.shadowRoot.textContent).toContain('more than 26 hours old');
        expect(element.shadowRoot.textContent).toContain('tell your administrator');
        expect(element.shadowRoot.querySelector('lightning-icon').alternativeText).toBe('Out of date');
        await expect(element).toBeAccessible();
    });
});
