import { createElement } from 'lwc';
import NextStep from 'c/nextStep';

const APPROVE = { key: 'approve', label: 'Approve', needsApprover: true };
const SEND_BACK = { key: 'send-back', label: 'Send back' };

function show(properties = {}) {
    const element = createElement('c-next-step', { is: NextStep });
    Object.assign(element, {
        text: 'It waits for approval.',
        buttons: [APPROVE, SEND_BACK],
        mayApprove: true,
        ...properties
    });
    const told = jest.fn();
    for (const name of ['press', 'cancel'])
        element.addEventListener(name, ({ detail }) => told(name, detail));
    document.body.appendChild(element);
    return { element, told };
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const buttons = (element) =>
    [...element.shadowRoot.querySelectorAll('lightning-button')].map(
        ({ label, variant }) => `${label}: ${variant}`
    );

describe('nextStep', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells the next step and offers what leads on first', () => {
        const { element } = show();
        expect(part(element, 'text').textContent).toBe('It waits for approval.');
        expect(buttons(element)).toEqual(['Approve: brand', 'Send back: neutral']);
        expect(part(element, 'may-not')).toBeNull();
    });

    it('offers approval to nobody who may not approve, says so, and does not put another step in its place', () => {
        const { element } = show({ mayApprove: false });
        expect(part(element, 'may-not').textContent).toContain(
            'You do not hold the permission to approve pay.'
        );
        expect(buttons(element)).toEqual(['Send back: neutral']);
    });

    it('tells which button was pressed', () => {
        const { element, told } = show();
        part(element, 'send-back').click();
        expect(told.mock.calls).toEqual([['press', { key: 'send-back' }]]);
    });

    it('asks once more, with a way back', () => {
        const { element, told } = show({ asked: APPROVE, question: 'Approve Q3 2026?' });
        expect(part(element, 'question').textContent).toBe('Approve Q3 2026?');
        expect(buttons(element)).toEqual(['Approve: brand', 'Cancel: neutral']);
        part(element, 'cancel').click();
        part(element, 'approve').click();
        expect(told.mock.calls).toEqual([
            ['cancel', null],
            ['press', { key: 'approve' }]
        ]);
    });

    it('waits for what the step asks for, and can be left without it', () => {
        const { element } = show({ asked: SEND_BACK, isIncomplete: true });
        expect(part(element, 'send-back').disabled).toBe(true);
        expect(part(element, 'cancel').disabled).toBe(false);
    });

    it('can do nothing while a step is taken', () => {
        const { element } = show({ isBusy: true });
        expect(['approve', 'send-back'].map((id) => part(element, id).disabled)).toEqual([true, true]);
    });

    it('is accessible', async () => {
        await expect(show({ mayApprove: false }).element).toBeAccessible();
    });
});
