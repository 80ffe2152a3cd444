import { createElement } from 'lwc';
import EmptyState from 'c/emptyState';

function show(picture) {
    const element = createElement('c-empty-state', { is: EmptyState });
    Object.assign(element, { picture, heading: 'No warnings', message: 'All is well.' });
    document.body.appendChild(element);
    return element;
}

describe('emptyState', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows heading and message', () => {
        const { shadowRoot } = show('calm');
        expect(shadowRoot.textContent).toContain('No warnings');
        expect(shadowRoot.textContent).toContain('All is well.');
    });

    it('draws a different picture for each occasion', () => {
        const drawings = ['calm', 'waiting', 'search', 'over'].map(
            (picture) => show(picture).shadowRoot.querySelector('svg').innerHTML
        );
        expect(new Set(drawings).size).toBe(4);
    });

    it('is accessible', async () => {
        await expect(show('waiting')).toBeAccessible();
    });
});
