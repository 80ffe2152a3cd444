import { createElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import TabLink from 'c/tabLink';

/** Where Lightning was asked to go. */
const navigated = jest.fn();
TabLink.prototype[NavigationMixin.Navigate] = navigated;

describe('tabLink', () => {
    afterEach(() => {
        document.body.replaceChildren();
        navigated.mockClear();
    });

    async function shown(fields) {
        const element = createElement('c-tab-link', { is: TabLink });
        Object.assign(element, { label: 'Go', tab: 'NumberOrigin', state: { kind: 'Line' }, ...fields });
        document.body.appendChild(element);
        await Promise.resolve();
        await Promise.resolve();
        return element;
    }

    it('is a real address that opens inside Lightning', async () => {
        const element = await shown({ accessibleName: 'Go there' });
        const link = element.shadowRoot.querySelector('a');
        expect(link.getAttribute('aria-label')).toBe('Go there');
        expect(link.href).not.toBe('');
        link.click();
        expect(navigated).toHaveBeenCalledTimes(1);
        const [pageReference] = navigated.mock.lastCall;
        expect(pageReference.attributes.apiName).toBe('NumberOrigin');
        expect(pageReference.state).toEqual({ c__kind: 'Line' });
        await expect(element).toBeAccessible();
    });

    it('leaves a click with a modifier key to the browser', async () => {
        const element = await shown({});
        const link = element.shadowRoot.querySelector('a');
        const click = new MouseEvent('click', { ctrlKey: true, cancelable: true, bubbles: true });
        link.addEventListener('click', (event) => expect(event.defaultPrevented).toBe(false));
        document.body.addEventListener('click', (event) => event.preventDefault(), { once: true });
        link.dispatchEvent(click);
        expect(navigated).not.toHaveBeenCalled();
    });
});
