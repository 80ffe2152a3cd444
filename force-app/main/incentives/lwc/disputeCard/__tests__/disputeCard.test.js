import { createElement } from 'lwc';
import DisputeCard from 'c/disputeCard';

const DISPUTE = {
    disputeId: 'a0D1',
    disputeNumber: 'D-0001',
    payeeName: 'Anna Adviser',
    periodName: 'Q3 2026',
    planName: 'Adviser grid',
    lineTitle: 'Commission',
    reason: 'SplitUnclear',
    expectedAmount: 1250.5,
    actualAmount: 1000.1,
    currencyCode: 'GBP',
    justification: 'We agreed on half each.',
    status: 'Open',
    raisedAt: '2026-11-01T09:00:00.000Z',
    dueAt: '2999-11-08T09:00:00.000Z'
};

function show(dispute = {}, properties = {}) {
    const element = createElement('c-dispute-card', { is: DisputeCard });
    Object.assign(element, { dispute: { ...DISPUTE, ...dispute } }, properties);
    document.body.appendChild(element);
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const button = (element, id) =>
    element.shadowRoot.querySelector('c-form-buttons').shadowRoot.querySelector(`[data-id="${id}"]`);
const amount = (element, key) => element.shadowRoot.querySelector(`[data-amount="${key}"]`)?.textContent;

describe('disputeCard', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows what was asked, expected beside actual to the cent', () => {
        const element = show();
        const text = element.shadowRoot.textContent;
        expect(text).toContain('Split of the deal');
        expect(text).toContain('Commission · Q3 2026 · Adviser grid');
        expect(text).toContain('We agreed on half each.');
        expect(text).not.toContain('Anna Adviser');
        expect(amount(element, 'actual')).toBe('£1,000.10');
        expect(amount(element, 'expected')).toBe('£1,250.50');
        expect(amount(element, 'difference')).toBe('£250.40');
    });

    it('leaves out what nobody said', () => {
        const element = show({ expectedAmount: undefined, lineTitle: undefined });
        expect(amount(element, 'expected')).toBeUndefined();
        expect(amount(element, 'difference')).toBeUndefined();
        expect(element.shadowRoot.textContent).toContain('The statement as a whole');
    });

    it('lets the payee withdraw it while nobody has answered', () => {
        const element = show();
        const onWithdraw = jest.fn();
        element.addEventListener('withdraw', (event) => onWithdraw(event.detail.dispute.disputeId));
        expect(part(element, 'take')).toBeNull();
        part(element, 'withdraw').click();
        expect(onWithdraw).toHaveBeenCalledWith('a0D1');
    });

    it('shows the outcome and offers nothing once it is answered', () => {
        const element = show({
            status: 'Rejected',
            outcomeReason: 'The split was agreed in writing.',
            resolvedAt: '2026-11-05T09:00:00.000Z'
        });
        expect(part(element, 'outcome').textContent).toContain('The split was agreed in writing.');
        expect(part(element, 'status').textContent).toBe('Rejected');
        expect(part(element, 'withdraw')).toBeNull();
    });

    it('says that an adjustment settled it', () => {
        const element = show({
            status: 'Accepted',
            outcomeAdjustmentId: 'a0A1',
            resolvedAt: '2026-11-05T09:00:00.000Z'
        });
        expect(part(element, 'outcome').textContent).toContain('Corrected by an adjustment.');
    });

    it('lets an analyst take it', () => {
        const element = show({}, { forAnalyst: true });
        const onTake = jest.fn();
        element.addEventListener('take', onTake);
        expect(element.shadowRoot.textContent).toContain('Anna Adviser');
        part(element, 'take').click();
        expect(onTake).toHaveBeenCalledTimes(1);
    });

    it('lets an analyst give it to a named colleague', async () => {
        const element = show({}, { forAnalyst: true });
        const onAssign = jest.fn();
        element.addEventListener('assign', (event) => onAssign(event.detail));
        part(element, 'assign').click();
        await Promise.resolve();
        const choice = element.shadowRoot.querySelector('c-dispute-assignee');
        expect(choice.disputeId).toBe('a0D1');
        const chosen = { assigneeId: '005B', assigneeName: 'Ben Approver' };
        choice.dispatchEvent(new CustomEvent('choose', { detail: chosen }));
        await Promise.resolve();
        expect(onAssign).toHaveBeenCalledWith({
            dispute: expect.objectContaining({ disputeId: 'a0D1' }),
            ...chosen
        });
        expect(part(element, 'take')).not.toBeNull();
    });

    it('offers its buttons again when no colleague is chosen', async () => {
        const element = show({}, { forAnalyst: true });
        part(element, 'assign').click();
        await Promise.resolve();
        expect(part(element, 'take')).toBeNull();
        element.shadowRoot.querySelector('c-dispute-assignee').dispatchEvent(new CustomEvent('cancel'));
        await Promise.resolve();
        expect(part(element, 'take')).not.toBeNull();
    });

    it('is rejected only with a reason', async () => {
        const element = show({}, { forAnalyst: true });
        const onReject = jest.fn();
        element.addEventListener('reject', (event) => onReject(event.detail.reason));
        part(element, 'reject').click();
        await Promise.resolve();
        expect(button(element, 'send').disabled).toBe(true);
        element.shadowRoot
            .querySelector('lightning-textarea')
            .dispatchEvent(new CustomEvent('change', { detail: { value: ' Agreed in writing. ' } }));
        await Promise.resolve();
        button(element, 'send').click();
        expect(onReject).toHaveBeenCalledWith('Agreed in writing.');
    });

    it('says that the answer is late in words, not by colour alone', () => {
        const element = show({ dueAt: '2026-01-02T09:00:00.000Z' });
        expect(part(element, 'clock').textContent).toContain('Overdue');
        expect(element.shadowRoot.querySelector('lightning-icon')).not.toBeNull();
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
        await expect(show({}, { forAnalyst: true })).toBeAccessible();
    });
});
