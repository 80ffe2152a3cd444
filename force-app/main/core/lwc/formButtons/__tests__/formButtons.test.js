import { createElement } from 'lwc';
import FormButtons from 'c/formButtons';

function show(properties) {
    const element = createElement('c-form-buttons', { is: FormButtons });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return element;
}

const button = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);

describe('formButtons', () => {
    afterEach(() => document.body.replaceChildren());

    it('calls sending what the form calls it, and tells the form when it is pressed', () => {
        const element = show({ label: 'Save goal' });
        const onSend = jest.fn();
        element.addEventListener('send', onSend);
        const { label, variant, disabled } = button(element, 'send');
        expect([label, variant, disabled]).toEqual(['Save goal', 'brand', false]);
        button(element, 'send').click();
        expect(onSend).toHaveBeenCalledTimes(1);
    });

    it('tells the form when it is cancelled', () => {
        const element = show({ label: 'Save', disabled: true });
        const onCancel = jest.fn();
        element.addEventListener('cancel', onCancel);
        expect(button(element, 'cancel').label).toBe('Cancel');
        button(element, 'cancel').click();
        expect(onCancel).toHaveBeenCalledTimes(1);
    });

    it('cannot send what is not complete, and can cancel it', () => {
        const element = show({ label: 'Save', disabled: true });
        expect(button(element, 'send').disabled).toBe(true);
        expect(button(element, 'cancel').disabled).toBeFalsy();
    });

    it('warns of what cannot be taken back by its colour', () => {
        expect(button(show({ label: 'Reject', variant: 'destructive' }), 'send').variant).toBe('destructive');
    });

    it('has nothing to cancel in a form that always stands there', () => {
        const element = show({ label: 'Send', isLasting: true });
        expect(button(element, 'cancel')).toBeNull();
        expect(button(element, 'send')).not.toBeNull();
    });

    it('has only Cancel where there is nothing to send', () => {
        const element = show({});
        expect(button(element, 'send')).toBeNull();
        expect(button(element, 'cancel')).not.toBeNull();
    });

    it('is accessible', async () => {
        await expect(show({ label: 'Save' })).toBeAccessible();
    });
});
