import { createElement } from 'lwc';
import RunComparison from 'c/runComparison';

const total = (payout, more = {}) => ({
    planKey: 'grid',
    planVersion: '1',
    planName: 'Adviser grid',
    currencyCode: 'GBP',
    payeeCount: 2,
    earned: '1000.00',
    payout,
    ...more
});
const run = (number, more = {}) => ({
    runId: `r${number}`,
    runKey: `key-${number}`,
    runNumber: `CR-000${number}`,
    kind: 'Full',
    status: 'Succeeded',
    finishedAt: '2026-11-21T09:00:00.000Z',
    payeeCount: 2,
    transactionCount: 12,
    lineCount: 30,
    checkStatus: 'Agrees',
    totals: [total('800.10')],
    problems: [],
    ...more
});

async function show(runs, more = {}) {
    const element = createElement('c-run-comparison', { is: RunComparison });
    Object.assign(element, { runs, ...more });
    document.body.appendChild(element);
    await Promise.resolve();
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const rows = (element) =>
    [...element.shadowRoot.querySelectorAll('[data-id="row"]')].map((row) =>
        [...row.children].map((cell) => cell.textContent)
    );

describe('runComparison', () => {
    afterEach(() => document.body.replaceChildren());

    it('says that there is no calculation yet', async () => {
        const element = await show([]);
        expect(element.shadowRoot.querySelector('c-empty-state').heading).toBe('Not calculated yet');
    });

    it('shows the totals of the only calculation', async () => {
        const element = await show([run(1)]);
        expect(rows(element)).toEqual([['Adviser grid 1', '2', '£1,000.00', '£800.10']]);
        expect(part(element, 'other')).toBeNull();
        expect(part(element, 'counts').textContent).toBe(
            'Payees: 2 · Transactions: 12 · Statement lines: 30'
        );
        expect(part(element, 'check').textContent).toContain('came to the same figures');
    });

    it('compares with the one before to the cent', async () => {
        const element = await show([run(2, { totals: [total('800.40')] }), run(1)]);
        expect(rows(element)[0].slice(3)).toEqual(['£800.40', '£800.10', '£0.30']);
    });

    it('shows plans that only one of the two has', async () => {
        const other = total('50.00', { planKey: 'overlay', planName: 'Overlay' });
        const element = await show([run(2), run(1, { totals: [other] })]);
        expect(rows(element)).toEqual([
            ['Adviser grid 1', '2', '£1,000.00', '£800.10', '', '£800.10'],
            ['Overlay 1', '0', '', '', '£50.00', '-£50.00']
        ]);
    });

    it('compares any two, but with none that is unfinished', async () => {
        const element = await show([run(3, { status: 'Running', totals: [] }), run(2), run(1)]);
        expect(part(element, 'other').options.map(({ value }) => value)).toEqual(['r2', 'r1']);
        part(element, 'run').dispatchEvent(new CustomEvent('change', { detail: { value: 'r1' } }));
        await Promise.resolve();
        expect(part(element, 'other').value).toBe('r2');
        part(element, 'run').dispatchEvent(new CustomEvent('change', { detail: { value: 'r3' } }));
        await Promise.resolve();
        part(element, 'other').dispatchEvent(new CustomEvent('change', { detail: { value: 'r1' } }));
        await Promise.resolve();
        expect(part(element, 'other').value).toBe('r1');
    });

    it('names payees with new and solved problems', async () => {
        const element = await show(
            [
                run(2, { problems: [{ code: 'A', payeeId: 'u1' }] }),
                run(1, { problems: [{ code: 'B', payeeId: 'u2' }] })
            ],
            { names: { u1: 'Anna', u2: 'Bo' } }
        );
        expect([...part(element, 'payees').children].map(({ textContent }) => textContent)).toEqual([
            'Payees with a problem now and not in CR-0001: Anna',
            'Payees with a problem in CR-0001 and not now: Bo'
        ]);
    });

    it('compares the payees of the two, once both came to an end', async () => {
        const element = await show([run(3, { status: 'Running', totals: [] }), run(2), run(1)]);
        const changes = () => element.shadowRoot.querySelector('c-payee-changes');
        expect(changes()).toBeNull();
        part(element, 'run').dispatchEvent(new CustomEvent('change', { detail: { value: 'r2' } }));
        await Promise.resolve();
        expect([changes().run.runId, changes().other.runId]).toEqual(['r2', 'r1']);
    });

    it.each([
        [{ checkStatus: 'Differs', differenceCount: 3 }, 'in 3 places'],
        [{ checkStatus: 'NotChecked' }, 'not checked independently']
    ])('says what the independent check found: %j', async (check, sentence) => {
        const element = await show([run(1, check)]);
        expect(part(element, 'check').textContent).toContain(sentence);
    });

    it('is accessible', async () => {
        await expect(await show([run(2), run(1)])).toBeAccessible();
    });
});
