import { createElement } from 'lwc';
import DisputeAssignee from 'c/disputeAssignee';
import { refreshApex } from '@salesforce/apex';
import getAnswerers from '@salesforce/apex/DisputeController.getAnswerers';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });
jest.mock(
    '@salesforce/apex/DisputeController.getAnswerers',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);

const PEOPLE = [
    { userId: '005A', name: 'Ada Analyst' },
    { userId: '005B', name: 'Ben Approver' }
];

async function show(people) {
    const element = createElement('c-dispute-assignee', { is: DisputeAssignee });
    element.disputeId = 'a0D1';
    document.body.appendChild(element);
    if (people) getAnswerers.emit(people);
    await Promise.resolve();
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const button = (element, id) =>
    element.shadowRoot.querySelector('c-form-buttons').shadowRoot.querySelector(`[data-id="${id}"]`);

describe('disputeAssignee', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('offers by name who may answer this dispute', async () => {
        const element = await show(PEOPLE);
        expect(getAnswerers.getLastConfig()).toEqual({ disputeId: 'a0D1' });
        expect(part(element, 'person').options).toEqual([
            { value: '005A', label: 'Ada Analyst' },
            { value: '005B', label: 'Ben Approver' }
        ]);
    });

    it('tells who was chosen, and not before somebody is', async () => {
        const element = await show(PEOPLE);
        const onChoose = jest.fn();
        element.addEventListener('choose', (event) => onChoose(event.detail));
        expect(button(element, 'send').disabled).toBe(true);
        part(element, 'person').dispatchEvent(new CustomEvent('change', { detail: { value: '005B' } }));
        await Promise.resolve();
        expect(button(element, 'send').disabled).toBe(false);
        button(element, 'send').click();
        expect(onChoose).toHaveBeenCalledWith({ assigneeId: '005B', assigneeName: 'Ben Approver' });
    });

    it('is left without a choice', async () => {
        const element = await show(PEOPLE);
        const onCancel = jest.fn();
        element.addEventListener('cancel', onCancel);
        button(element, 'cancel').click();
        expect(onCancel).toHaveBeenCalledTimes(1);
    });

    it('says what to do when nobody may answer', async () => {
        const element = await show([]);
        expect(part(element, 'nobody').textContent).toContain('Nobody else may answer this dispute');
        expect(part(element, 'person')).toBeNull();
        expect(button(element, 'send')).toBeNull();
    });

    it('waits for the names, and tries again after an error', async () => {
        const element = await show();
        const state = element.shadowRoot.querySelector('c-load-state');
        expect(state.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
        getAnswerers.error({ message: 'down' });
        await Promise.resolve();
        expect(state.shadowRoot.querySelector('lightning-spinner')).toBeNull();
        state.dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(await show(PEOPLE)).toBeAccessible();
        await expect(await show([])).toBeAccessible();
    });
});
