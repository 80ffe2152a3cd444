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

    it('loads until a wire has given data or an error', async () => {
        const element = show({ result: { data: undefined, error: undefined } });
        expect(one(element, 'lightning-spinner')).not.toBeNull();
        element.result = { data: undefined, error: { status: 404, body: {} } };
        await Promise.resolve();
        expect(one(element, 'lightning-spinner')).toBeNull();
        expect(one(element, 'c-error-panel').error).toEqual({ status: 404, body: {} });
        element.result = { data: [], error: undefined };
        await Promise.resolve();
        expect(element.shadowRoot.childElementCount).toBe(0);
    });

    it('does not wait for data after the answer that there is none', () => {
        expect(show({ result: { data: null } }).shadowRoot.childElementCount).toBe(0);
    });

    it('is accessible', async () => {
        await expect(show({ isLoading: true })).toBeAccessible();
    });
});
