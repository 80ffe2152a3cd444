import { createElement } from 'lwc';
import FoldOut from 'c/foldOut';

function show(given) {
    const element = createElement('c-fold-out', { is: FoldOut });
    Object.assign(element, { label: 'What this rests on', ...given });
    document.body.appendChild(element);
    return element;
}

const details = ({ shadowRoot }) => shadowRoot.querySelector('details');

describe('foldOut', () => {
    afterEach(() => document.body.replaceChildren());

    it('is closed until it is asked for, and names what it opens', () => {
        const element = show();
        expect(details(element).open).toBe(false);
        expect(details(element).querySelector('summary').textContent).toBe('What this rests on');
    });

    it('is open from the beginning where that is wanted', () => {
        expect(details(show({ isOpen: true })).open).toBe(true);
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
