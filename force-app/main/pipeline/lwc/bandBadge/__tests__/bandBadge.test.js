import { createElement } from 'lwc';
import BandBadge from 'c/bandBadge';

function show(band) {
    const element = createElement('c-band-badge', { is: BandBadge });
    element.band = band;
    document.body.appendChild(element);
    return element;
}

describe('bandBadge', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows a band as text and icon', () => {
        const { shadowRoot } = show('AtRisk');
        expect(shadowRoot.textContent).toBe('At risk');
        expect(shadowRoot.querySelector('lightning-icon').iconName).toBe('utility:warning');
    });

    it('shows the value of a band it does not know', () => {
        const { shadowRoot } = show('Frozen');
        expect(shadowRoot.textContent).toBe('Frozen');
    });

    it('is accessible', async () => {
        await expect(show('Stalled')).toBeAccessible();
    });
});
