import { createElement } from 'lwc';
import DisputeQueue from 'c/disputeQueue';
import { refreshApex } from '@salesforce/apex';
import getUnanswered from '@salesforce/apex/DisputeController.getUnanswered';
import assign from '@salesforce/apex/DisputeController.assign';
import reject from '@salesforce/apex/DisputeController.reject';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });
jest.mock(
    '@salesforce/apex/DisputeController.getUnanswered',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/DisputeController.assign', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/DisputeController.reject', () => ({ default: jest.fn() }), { virtual: true });

const dispute = (number, dueAt) => ({
    disputeId: `a0D${number}`,
    disputeNumber: `D-000${number}`,
    payeeName: 'Anna',
    reason: 'Other',
    status: 'Open',
    raisedAt: '2026-11-01T09:00:00.000Z',
    dueAt
});
const LATE = dispute(1, '2026-01-01T09:00:00.000Z');
const EARLY = dispute(2, '2999-01-01T09:00:00.000Z');

const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

async function show(disputes, detail = { disputesPerHundred: 2.5, disputeCount: 1, publishedCount: 40 }) {
    const element = createElement('c-dispute-queue', { is: DisputeQueue });
    element.detail = detail;
    document.body.appendChild(element);
    getUnanswered.emit(disputes);
    await settle();
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);

async function tell(element, name, reason = '') {
    element.shadowRoot
        .querySelector('c-dispute-card')
        .dispatchEvent(new CustomEvent(name, { detail: { dispute: LATE, reason } }));
    await settle();
}

describe('disputeQueue', () => {
    beforeEach(() => {
        assign.mockResolvedValue(undefined);
        reject.mockResolvedValue(undefined);
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('tells the rate per 100 statements and how many are overdue', async () => {
        const element = await show([LATE, EARLY]);
        expect(part(element, 'rate').textContent).toBe(
            '2.5 disputes per 100 statements (disputes: 1, published statements: 40).'
        );
        expect(part(element, 'late').textContent).toBe('1 of 2 open disputes are overdue.');
        expect(element.shadowRoot.querySelectorAll('c-dispute-card')).toHaveLength(2);
    });

    it('has no rate before the first statement is published', async () => {
        const element = await show([], { disputeCount: 0, publishedCount: 0 });
        expect(part(element, 'rate').textContent).toContain('no dispute rate');
        expect(element.shadowRoot.querySelector('c-empty-state').heading).toBe('No open disputes');
    });

    it('is taken by this user', async () => {
        const element = await show([LATE]);
        await tell(element, 'take');
        expect(assign).toHaveBeenCalledWith({ disputeId: 'a0D1', assigneeId: null });
        expect(part(element, 'announcement').textContent).toBe('You answer dispute D-0001.');
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is rejected with its reason, and the page is told', async () => {
        const element = await show([LATE]);
        const onAnswered = jest.fn();
        element.addEventListener('answered', onAnswered);
        await tell(element, 'reject', 'Agreed in writing.');
        expect(reject).toHaveBeenCalledWith({ disputeId: 'a0D1', reason: 'Agreed in writing.' });
        expect(onAnswered).toHaveBeenCalledTimes(1);
    });

    it('says in the words of the guard why it was refused', async () => {
        const message = JSON.stringify({
            code: 'SAVE_REFUSED',
            message: 'Somebody else answers your dispute.'
        });
        assign.mockRejectedValue({ body: { message } });
        const element = await show([LATE]);
        await tell(element, 'take');
        const panel = element.shadowRoot.querySelector('c-error-panel');
        expect(panel.shadowRoot.textContent).toContain('Somebody else answers your dispute.');
    });

    it('shows what cannot be read as an error that can be tried again', async () => {
        const element = await show([]);
        getUnanswered.error({ message: 'down' });
        await settle();
        element.shadowRoot.querySelector('c-load-state').dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(await show([LATE, EARLY])).toBeAccessible();
    });
});
