import { createElement } from 'lwc';
import FlagFeedback from 'c/flagFeedback';

function show(properties = {}) {
    const element = createElement('c-flag-feedback', { is: FlagFeedback });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return element;
}

const button = (element, id) =>
    element.shadowRoot.querySelector('c-form-buttons').shadowRoot.querySelector(`[data-id="${id}"]`);

async function choose(element, reason, note) {
    const { shadowRoot } = element;
    shadowRoot
        .querySelector('lightning-radio-group')
        .dispatchEvent(new CustomEvent('change', { detail: { value: reason } }));
    shadowRoot
        .querySelector('lightning-input')
        .dispatchEvent(new CustomEvent('change', { detail: { value: note } }));
    await Promise.resolve();
}

describe('flagFeedback', () => {
    afterEach(() => document.body.replaceChildren());

    it('needs a reason before it can be sent', async () => {
        const element = show();
        expect(button(element, 'send').disabled).toBe(true);
        await choose(element, 'WaitingOnClient', '');
        expect(button(element, 'send').disabled).toBe(false);
    });

    it('hands reason and note to its parent', async () => {
        const element = show();
        const onSend = jest.fn();
        element.addEventListener('send', (event) => onSend(event.detail));
        await choose(element, 'WaitingOnClient', 'Board meets in January');
        button(element, 'send').click();
        expect(onSend).toHaveBeenCalledWith({ reason: 'WaitingOnClient', note: 'Board meets in January' });
    });

    it('cannot be sent twice while it is being stored', async () => {
        const element = show({ isBusy: true });
        await choose(element, 'Other', '');
        expect(button(element, 'send').disabled).toBe(true);
    });

    it('can be left without an answer', () => {
        const element = show();
        const onCancel = jest.fn();
        element.addEventListener('cancel', onCancel);
        button(element, 'cancel').click();
        expect(onCancel).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
