import { createElement } from 'lwc';
import DisputeQueue from 'c/disputeQueue';
import { refreshApex } from '@salesforce/apex';
import getUnanswered from '@salesforce/apex/DisputeController.getUnanswered';
import assign from '@salesforce/apex/DisputeController.assign';
import reject from '@salesforce/apex/DisputeController.reject';
import accept from '@salesforce/apex/DisputeController.accept';
import proposeAdjustment from '@salesforce/apex/DisputeController.proposeAdjustment';
import decideAdjustment from '@salesforce/apex/CompensationController.decideAdjustment';

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
jest.mock('@salesforce/apex/DisputeController.accept', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/DisputeController.proposeAdjustment', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/CompensationController.decideAdjustment', () => ({ default: jest.fn() }), {
    virtual: true
});

const dispute = (number, dueAt) => ({
    disputeId: `a0D${number}`,
    disputeNumber: `D-000${number}`,
    payeeName: 'Anna',
    planId: 'a0P1',
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

async function answer(element, name, detail) {
    element.shadowRoot
        .querySelector('c-dispute-answer')
        .dispatchEvent(new CustomEvent(name, { detail: { dispute: LATE, ...detail } }));
    await settle();
}

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
        accept.mockResolvedValue(undefined);
        proposeAdjustment.mockResolvedValue('a0A1');
        decideAdjustment.mockResolvedValue(undefined);
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

    it('is given to a named colleague', async () => {
        const element = await show([LATE]);
        const detail = { dispute: LATE, assigneeId: '005B', assigneeName: 'Ben Approver' };
        element.shadowRoot
            .querySelector('c-dispute-card')
            .dispatchEvent(new CustomEvent('assign', { detail }));
        await settle();
        expect(assign).toHaveBeenCalledWith({ disputeId: 'a0D1', assigneeId: '005B' });
        expect(part(element, 'announcement').textContent).toBe('Ben Approver answers dispute D-0001.');
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

    it('is answered by an adjustment: proposed, decided by somebody else, accepted with it', async () => {
        const element = await show([LATE]);
        const adjustment = { adjustmentId: 'a0A1', adjustmentNumber: 'A-0001' };
        const said = () => part(element, 'announcement').textContent;
        await answer(element, 'propose', { periodId: 'p1', amount: 200.1, reason: 'Agreed' });
        expect(proposeAdjustment).toHaveBeenCalledWith({
            disputeId: 'a0D1',
            periodId: 'p1',
            planId: 'a0P1',
            amount: 200.1,
            reason: 'Agreed'
        });
        expect(said()).toContain('Somebody else approves it.');
        await answer(element, 'decide', { adjustment, status: 'Approved' });
        expect(decideAdjustment).toHaveBeenCalledWith({ adjustmentId: 'a0A1', status: 'Approved' });
        expect(said()).toBe('Adjustment A-0001 is approved.');
        await answer(element, 'decide', { adjustment, status: 'Rejected' });
        expect(said()).toBe('Adjustment A-0001 is rejected.');
        await answer(element, 'accept', { adjustment });
        expect(accept).toHaveBeenCalledWith({ disputeId: 'a0D1', adjustmentId: 'a0A1', reason: null });
        expect(said()).toBe('Dispute D-0001 is accepted.');
        expect(refreshApex).toHaveBeenCalledTimes(4);
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
