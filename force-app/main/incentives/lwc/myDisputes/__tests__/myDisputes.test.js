import { createElement } from 'lwc';
import MyDisputes from 'c/myDisputes';
import { refreshApex } from '@salesforce/apex';
import getMyDisputes from '@salesforce/apex/DisputeController.getMyDisputes';
import withdraw from '@salesforce/apex/DisputeController.withdraw';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });
jest.mock(
    '@salesforce/apex/DisputeController.getMyDisputes',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/DisputeController.withdraw', () => ({ default: jest.fn() }), { virtual: true });

const dispute = (number, statementId) => ({
    disputeId: `a0D${number}`,
    disputeNumber: `D-000${number}`,
    statementId,
    reason: 'Other',
    status: 'Open',
    raisedAt: '2026-11-01T09:00:00.000Z',
    dueAt: '2999-11-08T09:00:00.000Z'
});
const DISPUTES = [dispute(1, 'a0S1'), dispute(2, 'a0S2')];

const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

async function show(disputes, properties = {}) {
    const element = createElement('c-my-disputes', { is: MyDisputes });
    Object.assign(element, properties);
    document.body.appendChild(element);
    if (disputes) getMyDisputes.emit(disputes);
    await settle();
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const numbers = (element) => all(element, 'c-dispute-card').map((card) => card.dispute.disputeNumber);
const text = (element, id) => all(element, `[data-id="${id}"]`)[0]?.textContent;

async function withdrawFirst(element) {
    const [card] = all(element, 'c-dispute-card');
    card.dispatchEvent(new CustomEvent('withdraw', { detail: { dispute: card.dispute } }));
    await settle();
}

describe('myDisputes', () => {
    beforeEach(() => {
        refreshApex.mockResolvedValue(undefined);
        withdraw.mockResolvedValue(undefined);
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('lists all of them, or those about one statement under their heading', async () => {
        expect(numbers(await show(DISPUTES))).toEqual(['D-0001', 'D-0002']);
        const element = await show(DISPUTES, { statementId: 'a0S2', heading: 'About this' });
        expect(numbers(element)).toEqual(['D-0002']);
        expect(text(element, 'heading')).toBe('About this');
    });

    it('says that there are none, but not under a statement', async () => {
        const [state] = all(await show([]), 'c-empty-state');
        expect(state.heading).toBe('No disputes');
        const element = await show([], { statementId: 'a0S2', heading: 'About this' });
        expect(all(element, 'c-empty-state, [data-id="heading"]')).toEqual([]);
    });

    it('withdraws one, says so and reads them again', async () => {
        const element = await show(DISPUTES);
        const onWithdrawn = jest.fn();
        element.addEventListener('withdrawn', onWithdrawn);
        await withdrawFirst(element);
        expect(withdraw).toHaveBeenCalledWith({ disputeId: 'a0D1' });
        expect(text(element, 'announcement')).toBe('Dispute D-0001 is withdrawn.');
        expect(refreshApex).toHaveBeenCalledTimes(1);
        expect(onWithdrawn).toHaveBeenCalledTimes(1);
    });

    it('says why it was refused', async () => {
        const message = JSON.stringify({ code: 'SAVE_REFUSED', message: 'It is answered already.' });
        withdraw.mockRejectedValue({ body: { message } });
        const element = await show(DISPUTES);
        await withdrawFirst(element);
        expect(all(element, 'c-error-panel')[0].shadowRoot.textContent).toContain('It is answered already.');
    });

    it('shows that it is loading, and an error that can be tried again', async () => {
        const element = await show();
        const [state] = all(element, 'c-load-state');
        expect(state.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
        getMyDisputes.error({ message: 'down' });
        await settle();
        expect(state.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        state.dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(await show(DISPUTES)).toBeAccessible();
    });
});
