import { createElement } from 'lwc';
import DisputeForm from 'c/disputeForm';
import { refreshApex } from '@salesforce/apex';
import getStatement from '@salesforce/apex/StatementController.getStatement';
import getMyDisputes from '@salesforce/apex/DisputeController.getMyDisputes';
import raiseDispute from '@salesforce/apex/DisputeController.raiseDispute';
import withdraw from '@salesforce/apex/DisputeController.withdraw';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });
jest.mock(
    '@salesforce/apex/StatementController.getStatement',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/DisputeController.getMyDisputes',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/DisputeController.raiseDispute', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/DisputeController.withdraw', () => ({ default: jest.fn() }), { virtual: true });

const STATEMENT = {
    statementId: 'a0S1',
    isOwn: true,
    status: 'Published',
    currencyCode: 'GBP',
    payoutAmount: 800,
    choices: [
        { statementId: 'a0S1', periodName: 'Q3 2026', planName: 'Adviser grid', status: 'Published' },
        { statementId: 'a0S0', periodName: 'Q2 2026', planName: 'Adviser grid', status: 'Published' }
    ],
    lines: [{ lineId: 'a0L1', title: 'Commission', opportunityName: 'Harbour Trust', amount: 1000.1 }]
};
const DISPUTE = {
    disputeId: 'a0D1',
    disputeNumber: 'D-0001',
    reason: 'Other',
    status: 'Open',
    raisedAt: '2026-11-01T09:00:00.000Z',
    dueAt: '2999-11-08T09:00:00.000Z'
};

const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

async function show({ statement = STATEMENT, disputes = [], ...properties } = {}) {
    const element = createElement('c-dispute-form', { is: DisputeForm });
    Object.assign(element, properties);
    document.body.appendChild(element);
    getStatement.emit(statement);
    getMyDisputes.emit(disputes);
    await settle();
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const button = (element, id) =>
    element.shadowRoot.querySelector('c-form-buttons').shadowRoot.querySelector(`[data-id="${id}"]`);

function fill(element, id, value) {
    part(element, id).dispatchEvent(new CustomEvent('change', { detail: { value } }));
}

describe('disputeForm', () => {
    beforeEach(() => {
        refreshApex.mockResolvedValue(undefined);
        raiseDispute.mockResolvedValue('a0D9');
        withdraw.mockResolvedValue(undefined);
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('sends reason, expected amount and words about a line, and says so', async () => {
        const element = await show({ lineId: 'a0L1' });
        const onRaised = jest.fn();
        element.addEventListener('raised', (event) => onRaised(event.detail));
        expect(part(element, 'actual').textContent).toBe('£1,000.10');
        fill(element, 'reason', 'SplitUnclear');
        fill(element, 'expected', '1250.50');
        fill(element, 'words', 'Half each.');
        button(element, 'send').click();
        await settle();
        expect(raiseDispute).toHaveBeenCalledWith({
            statementId: 'a0S1',
            lineId: 'a0L1',
            reason: 'SplitUnclear',
            expectedAmount: 1250.5,
            justification: 'Half each.'
        });
        expect(onRaised).toHaveBeenCalledWith({ disputeId: 'a0D9' });
        expect(part(element, 'announcement').textContent).toContain('Your dispute was sent.');
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is about the statement as a whole unless a line is chosen', async () => {
        const element = await show();
        expect(part(element, 'actual').textContent).toBe('£800.00');
        fill(element, 'reason', 'MissingDeal');
        fill(element, 'words', 'One deal is missing.');
        button(element, 'send').click();
        await settle();
        const [sent] = raiseDispute.mock.calls[0];
        expect(sent).toMatchObject({ lineId: null, expectedAmount: null });
    });

    it('offers the lines with their deal and amount, and other statements', async () => {
        const element = await show();
        expect(part(element, 'line').options[1].label).toBe('Harbour Trust · Commission · £1,000.10');
        fill(element, 'statement', 'a0S0');
        await settle();
        expect(getStatement.getLastConfig()).toEqual({ statementId: 'a0S0' });
    });

    it('is not sent without a reason and words', async () => {
        const element = await show();
        fill(element, 'words', '  ');
        button(element, 'send').click();
        await settle();
        expect(raiseDispute).not.toHaveBeenCalled();
        expect(part(element, 'incomplete').textContent).toContain('Choose what is wrong');
    });

    it('says in words why it was refused, and keeps what was typed', async () => {
        const message = JSON.stringify({
            code: 'SAVE_REFUSED',
            message: 'Only a published statement is disputed.'
        });
        raiseDispute.mockRejectedValue({ body: { message } });
        const element = await show();
        fill(element, 'reason', 'Other');
        fill(element, 'words', 'Why?');
        button(element, 'send').click();
        await settle();
        const panel = element.shadowRoot.querySelector('c-error-panel');
        expect(panel.shadowRoot.textContent).toContain('Only a published statement is disputed.');
        expect(part(element, 'words').value).toBe('Why?');
        expect(button(element, 'send').disabled).toBe(false);
    });

    it.each([
        ['a draft', { status: 'Draft' }, 'Not published yet'],
        ['somebody else’s', { isOwn: false }, 'Not your statement']
    ])('cannot dispute %s', async (what, statement, heading) => {
        const element = await show({ statement: { ...STATEMENT, ...statement } });
        expect(element.shadowRoot.querySelector('c-form-buttons')).toBeNull();
        expect(element.shadowRoot.querySelector('c-empty-state').heading).toBe(heading);
    });

    it('has nothing to dispute before the first statement', async () => {
        const element = await show({ statement: null });
        expect(element.shadowRoot.querySelector('c-empty-state').heading).toBe('No statement yet');
    });

    it('lists the disputes, and reads them again once one was sent', async () => {
        const element = await show();
        expect(element.shadowRoot.querySelector('c-my-disputes')).not.toBeNull();
        expect(button(element, 'cancel')).toBeNull();
        fill(element, 'reason', 'Other');
        fill(element, 'words', 'Why?');
        button(element, 'send').click();
        await settle();
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('inside a statement is about that line alone, without a list, and can be left', async () => {
        const element = await show({ isInline: true, statementId: 'a0S1', lineId: 'a0L1' });
        expect([part(element, 'line'), part(element, 'statement')]).toEqual([null, null]);
        expect(element.shadowRoot.querySelector('c-my-disputes')).toBeNull();
        expect(part(element, 'actual').textContent).toBe('£1,000.10');
        const onCancel = jest.fn();
        element.addEventListener('cancel', onCancel);
        button(element, 'cancel').click();
        expect(onCancel).toHaveBeenCalledTimes(1);
    });

    it('shows what cannot be read as an error that can be tried again', async () => {
        const element = createElement('c-dispute-form', { is: DisputeForm });
        document.body.appendChild(element);
        getStatement.error({ message: 'down' });
        await settle();
        const [state] = element.shadowRoot.querySelectorAll('c-load-state');
        expect(state.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        state.dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(await show({ disputes: [DISPUTE] })).toBeAccessible();
    });
});
