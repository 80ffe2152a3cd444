import { createElement } from 'lwc';
import PartTabs from 'c/partTabs';

const TABS = ['runs', 'problems', 'export'].map((key) => ({ key, label: key }));

function show(active) {
    const element = createElement('c-part-tabs', { is: PartTabs });
    Object.assign(element, { tabs: TABS, active, label: 'Parts' });
    const chosen = jest.fn();
    element.addEventListener('select', (event) => chosen(event.detail.key));
    document.body.appendChild(element);
    return { element, chosen, tab: (key) => element.shadowRoot.querySelector(`[data-key="${key}"]`) };
}

const press = (tab, key) => tab.dispatchEvent(new KeyboardEvent('keydown', { key }));

describe('partTabs', () => {
    afterEach(() => document.body.replaceChildren());

    it('marks the active tab, the only stop of the Tab key', () => {
        const { tab } = show('problems');
        expect(TABS.map(({ key }) => tab(key).getAttribute('aria-selected'))).toEqual([
            'false',
            'true',
            'false'
        ]);
        expect(TABS.map(({ key }) => tab(key).tabIndex)).toEqual([-1, 0, -1]);
    });

    it('is chosen by a click', () => {
        const { tab, chosen } = show('runs');
        tab('export').click();
        expect(chosen).toHaveBeenCalledWith('export');
    });

    it.each([
        ['runs', 'ArrowRight', 'problems'],
        ['runs', 'ArrowLeft', 'export'],
        ['export', 'ArrowRight', 'runs']
    ])('goes on from %s by %s to %s', (active, key, expected) => {
        const { element, tab, chosen } = show(active);
        press(tab(active), key);
        expect(chosen).toHaveBeenCalledWith(expected);
        expect(element.shadowRoot.activeElement).toBe(tab(expected));
    });

    it('leaves other keys to the browser', () => {
        const { tab, chosen } = show('runs');
        press(tab('runs'), 'a');
        expect(chosen).not.toHaveBeenCalled();
    });

    it('is accessible', async () => {
        await expect(show('runs').element).toBeAccessible();
    });
});
