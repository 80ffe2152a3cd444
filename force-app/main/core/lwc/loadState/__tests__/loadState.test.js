import { createElement } from 'lwc';
import LoadState from 'c/loadState';

function show(properties) {
    const element = createElement('c-load-state', { is: LoadState });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);

describe('loadState', () => {
    afterEach(() => document.body.replaceChildren());

    it('says that it is loading', () => {
        const element = show({ isLoading: true });
        expect(one(element, 'lightning-spinner').alternativeText).toBe('Loading');
        expect(one(element, 'c-error-panel')).toBeNull();
    });

    it('shows what went wrong, and tells its parent to try again', () => {
        const error = { status: 500, body: {} };
        const element = show({ error });
        const onRetry = jest.fn();
        element.addEventListener('retry', onRetry);
        const panel = one(element, 'c-error-panel');
        expect([panel.error, panel.canRetry]).toEqual([error, true]);
        panel.dispatchEvent(new CustomEvent('retry'));
        expect(onRetry).toHaveBeenCalledTimes(1);
    });

    it('is empty once the data is there', () => {
        expect(show({}).shadowRoot.childElementCount).toBe(0);
    });

    it('is accessible', async () => {
        await expect(show({ isLoading: true })).toBeAccessible();
    });
});
