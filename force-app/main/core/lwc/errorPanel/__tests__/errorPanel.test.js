import { createElement } from 'lwc';
import ErrorPanel from 'c/errorPanel';

const ours = (code) => ({ body: { message: JSON.stringify({ code, message: 'inside' }) } });

function show(properties) {
    const element = createElement('c-error-panel', { is: ErrorPanel });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return element;
}

describe('errorPanel', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows heading, sentence and code', () => {
        const { shadowRoot } = show({ error: ours('TIMEOUT') });
        const text = shadowRoot.textContent;
        expect(text).toContain('This did not work');
        expect(text).toContain('took too long');
        expect(text).toContain('Code: TIMEOUT');
        expect(text).not.toContain('inside');
    });

    it('offers to try again where that can help, and says so to its parent', () => {
        const element = show({ error: ours('SERVICE_ERROR'), canRetry: true });
        const onRetry = jest.fn();
        element.addEventListener('retry', onRetry);
        element.shadowRoot.querySelector('lightning-button').click();
        expect(onRetry).toHaveBeenCalledTimes(1);
    });

    it('does not offer to try again what needs an administrator', () => {
        const { shadowRoot } = show({ error: ours('NOT_CONNECTED'), canRetry: true });
        expect(shadowRoot.querySelector('lightning-button')).toBeNull();
        expect(shadowRoot.querySelector('lightning-icon').iconName).toBe('utility:offline');
    });

    it('is accessible', async () => {
        await expect(show({ error: ours('NO_ACCESS'), canRetry: true })).toBeAccessible();
    });
});
