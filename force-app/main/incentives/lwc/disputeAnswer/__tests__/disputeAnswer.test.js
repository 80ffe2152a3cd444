import { createElement } from 'lwc';
import DisputeAnswer from 'c/disputeAnswer';

const PROPOSAL = {
    adjustmentId: 'a0A1',
    adjustmentNumber: 'A-0001',
    amount: 250.4,
    currencyCode: 'GBP',
    periodName: 'Q4 2026',
    reason: 'Split agreed.',
    status: 'Proposed',
    requestedByName: 'Ada'
};
const DISPUTE = {
    disputeId: 'a0D1',
    disputeNumber: 'D-0001',
    expectedAmount: 1250.5,
    actualAmount: 1000.1,
    currencyCode: 'GBP',
    interval: 'Quarter',
    proposals: []
};
const PERIODS = [
    { periodId: 'p3', name: 'Q4 2026', status: 'Open', interval: 'Quarter' },
    { periodId: 'p2', name: 'Q3 2026', status: 'Calculated', interval: 'Quarter' },
    { periodId: 'm1', name: 'Sept 2026', status: 'Open', interval: 'Month' },
    { periodId: 'p1', name: 'Q2 2026', status: 'Locked', interval: 'Quarter' }
];

async function show(proposals = [], properties = {}) {
    const element = createElement('c-dispute-answer', { is: DisputeAnswer });
    Object.assign(element, { dispute: { ...DISPUTE, proposals }, periods: PERIODS, ...properties });
    element.heard = [];
    for (const name of ['propose', 'decide', 'accept'])
        element.addEventListener(name, ({ detail }) => element.heard.push([name, detail]));
    document.body.appendChild(element);
    await Promise.resolve();
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const button = (element, id) =>
    element.shadowRoot.querySelector('c-form-buttons').shadowRoot.querySelector(`[data-id="${id}"]`);

async function press(element, id) {
    (part(element, id) ?? button(element, id)).click();
    await Promise.resolve();
}

async function fill(element, id, value) {
    part(element, id).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await Promise.resolve();
}

describe('disputeAnswer', () => {
    afterEach(() => document.body.replaceChildren());

    it('proposes the gap between expected and actual, in the next period to be paid, with a reason', async () => {
        const element = await show();
        await press(element, 'propose');
        expect(Number(part(element, 'amount').value)).toBe(250.4);
        expect(part(element, 'period').options.map(({ label }) => label)).toEqual(['Q4 2026', 'Q3 2026']);
        expect(part(element, 'period').value).toBe('p2');
        expect(button(element, 'send').disabled).toBe(true);
        await fill(element, 'reason', ' Split agreed. ');
        await fill(element, 'amount', '200.10');
        await press(element, 'send');
        const [[name, detail]] = element.heard;
        expect([name, detail.dispute.disputeId]).toEqual(['propose', 'a0D1']);
        expect(detail).toMatchObject({ periodId: 'p2', amount: 200.1, reason: 'Split agreed.' });
        expect(element.shadowRoot.querySelector('c-form-buttons')).toBeNull();
    });

    it('can propose nothing while no period may be paid in', async () => {
        const element = await show([], { periods: PERIODS.slice(3) });
        await press(element, 'propose');
        expect(part(element, 'no-period').textContent).toContain('No period is open');
        expect(button(element, 'send').disabled).toBe(true);
        await press(element, 'cancel');
        expect(part(element, 'propose')).not.toBeNull();
    });

    it('tells who proposed and who decides next, and offers no second proposal', async () => {
        const element = await show([PROPOSAL]);
        expect(part(element, 'proposal').textContent).toContain(
            'A-0001 of £250.40 in Q4 2026, proposed by Ada. An approver other than Ada and the payee decides.'
        );
        expect(part(element, 'may-not').textContent).toContain('Plumbline Compensation Approver');
        expect([part(element, 'approve'), part(element, 'propose')]).toEqual([null, null]);
    });

    it('lets an approver decide', async () => {
        const element = await show([PROPOSAL], { mayApprove: true });
        expect(part(element, 'may-not')).toBeNull();
        await press(element, 'approve');
        await press(element, 'decline');
        expect(element.heard.map(([name, { status }]) => [name, status])).toEqual([
            ['decide', 'Approved'],
            ['decide', 'Rejected']
        ]);
    });

    it('is accepted with the approved adjustment', async () => {
        const element = await show([{ ...PROPOSAL, status: 'Approved', decidedByName: 'Arno' }]);
        expect(part(element, 'proposal').textContent).toContain('approved by Arno');
        await press(element, 'accept');
        expect(element.heard[0][0]).toBe('accept');
        expect(element.heard[0][1].adjustment.adjustmentId).toBe('a0A1');
    });

    it('tells a rejected proposal, and offers another', async () => {
        const element = await show([{ ...PROPOSAL, status: 'Rejected', decidedByName: 'Arno' }]);
        expect(part(element, 'proposal').textContent).toContain('was rejected by Arno');
        expect(part(element, 'propose')).not.toBeNull();
    });

    it('is accessible', async () => {
        const element = await show([{ ...PROPOSAL, status: 'Rejected', decidedByName: 'Arno' }]);
        await press(element, 'propose');
        await expect(element).toBeAccessible();
    });
});
