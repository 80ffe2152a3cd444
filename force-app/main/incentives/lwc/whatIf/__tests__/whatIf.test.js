import { TextEncoder } from 'node:util';
import { createElement } from 'lwc';
import WhatIf from 'c/whatIf';
import getBasis from '@salesforce/apex/WhatIfController.getBasis';
import getOpenDeals from '@salesforce/apex/WhatIfController.getOpenDeals';

jest.mock(
    '@salesforce/apex/WhatIfController.getBasis',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/WhatIfController.getOpenDeals', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const PLAN = `plan: seller
currency: GBP
period: month
crediting:
  - { key: direct, to: owner }
measures:
  bookings: { of: payable, interval: month }
tables:
  bands:
    mode: marginal
    rows:
      - { from: 0, to: 10000, value: 5% }
      - { from: 10000, value: 10% }
components:
  commission: { per: credit, base: payable, rate: { table: bands, at: measure.bookings } }
`;
const BASIS = {
    payeeId: '005R',
    planVersionId: 'a01V',
    definition: PLAN,
    currencyCode: 'GBP',
    periodName: 'November 2026',
    interval: 'Month',
    payoutAmount: 420,
    addedAmount: 20,
    periods: [{ key: '2026-11', startDate: '2026-11-01', endDate: '2026-11-30' }],
    assignments: [{ startDate: '2026-01-01', terms: '{}' }],
    quotas: [],
    openings: [],
    paid: [],
    credits: [
        {
            transactionKey: '006W',
            ruleKey: 'direct',
            creditDate: '2026-11-03',
            payable: 8000,
            quota: 8000,
            dealCount: 1
        }
    ]
};
const DEALS = [
    { opportunityId: '006A', name: 'Acme', amount: 6000, closeDate: '2026-11-20', stageName: 'Proposal' },
    { opportunityId: '006B', name: 'Birch', amount: 1000, closeDate: '2026-12-10', stageName: 'Discovery' },
    { opportunityId: '006C', name: 'Cedar', closeDate: '2026-11-10', stageName: 'Discovery' }
];

async function flush() {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

async function show(basis, pages = [{ deals: DEALS }]) {
    for (const page of pages) getOpenDeals.mockResolvedValueOnce(page);
    const element = createElement('c-what-if', { is: WhatIf });
    document.body.appendChild(element);
    if (basis !== undefined) getBasis.emit(basis);
    await flush();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const text = (element, id) => one(element, `[data-id="${id}"]`).textContent;
const totals = (element) => ['now', 'with', 'difference'].map((id) => text(element, id));

async function assume(element, detail) {
    one(element, 'c-what-if-deals').dispatchEvent(new CustomEvent('assume', { detail }));
    await flush();
}

describe('whatIf', () => {
    beforeAll(() => {
        global.TextEncoder = TextEncoder;
    });
    beforeEach(() => jest.resetAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('comes to the statement when nothing is picked, and says so', async () => {
        const element = await show(BASIS);
        expect(totals(element)).toEqual(['£420.00', '£420.00', '£0.00']);
        expect(text(element, 'proof')).toContain(
            'comes to exactly what your statement for November 2026 says'
        );
    });

    it('comes to the statement where parts wait for events, told ones among them', async () => {
        const release = 'schedule: { release: [{ on: won, share: 50% }, { on: cash, share: 50% }] }';
        const definition = PLAN.replace('rate: {', `${release}, rate: {`);
        const [credit] = BASIS.credits;
        const wonOnly = await show({ ...BASIS, definition, payoutAmount: 220 });
        expect(totals(wonOnly)[0]).toBe('£220.00'); // half of 8,000 x 5%, and 20 added
        expect(text(wonOnly, 'proof')).toContain('comes to exactly');
        const credits = [{ ...credit, events: { cash: '2026-11-20' } }];
        const paid = await show({ ...BASIS, definition, credits, payoutAmount: 420 });
        expect(totals(paid)[0]).toBe('£420.00');
    });

    it('says that it is an estimate when it does not come to the statement', async () => {
        expect(text(await show({ ...BASIS, payoutAmount: 500 }), 'proof')).toContain('as an estimate');
    });

    it('tells what a picked deal adds across the bands, by component, without asking the server', async () => {
        const element = await show(BASIS);
        await assume(element, { opportunityId: '006A', isPicked: true });
        // 2000 to the end of the first band at 5 %, 4000 at 10 %.
        expect(totals(element)).toEqual(['£420.00', '£920.00', '+£500.00']);
        expect(text(element, 'component')).toBe('Commission£400.00£900.00+£500.00');
        expect(getOpenDeals).toHaveBeenCalledTimes(1);
    });

    it('follows the assumed amount and day, in any order', async () => {
        const element = await show(BASIS);
        await assume(element, { opportunityId: '006B', isPicked: true });
        expect(text(element, 'difference')).toBe('+£50.00');
        await assume(element, { opportunityId: '006B', amount: 3000 });
        expect(text(element, 'difference')).toBe('+£150.00');
        await assume(element, { opportunityId: '006B', closeDate: '2026-11-29' });
        expect(text(element, 'difference')).toBe('+£200.00');
        await assume(element, { opportunityId: '006B', isPicked: false });
        expect(text(element, 'difference')).toBe('£0.00');
    });

    it('loads the deals of all pages and picks all that have an amount', async () => {
        const element = await show(BASIS, [
            { deals: DEALS.slice(0, 1), nextAfter: '006A' },
            { deals: DEALS.slice(1) }
        ]);
        expect(getOpenDeals.mock.calls).toEqual([
            [{ withReports: false, afterId: null, planVersionId: 'a01V' }],
            [{ withReports: false, afterId: '006A', planVersionId: 'a01V' }]
        ]);
        const names = () =>
            one(element, 'c-what-if-deals')
                .deals.filter(({ isPicked }) => isPicked)
                .map(({ name }) => name);
        one(element, '[data-id="pick-all"]').click();
        await flush();
        expect(names()).toEqual(['Acme', 'Birch']);
        one(element, '[data-id="pick-none"]').click();
        await flush();
        expect(names()).toEqual([]);
    });

    it('tells no figure when the scenario cannot be calculated, but why', async () => {
        const element = await show({
            ...BASIS,
            assignments: [{ startDate: '2026-01-01', endDate: '2026-11-30', terms: '{}' }]
        });
        await assume(element, { opportunityId: '006B', isPicked: true });
        expect(one(element, '[data-id="totals"]')).toBeNull();
        expect(text(element, 'problems')).toContain('Assign 005R to the plan');
        expect(one(element, 'c-what-if-deals')).not.toBeNull();
    });

    it('pays the share of a deal that is split, and says where shares are hidden', async () => {
        const split = {
            ...DEALS[0],
            ownerId: '005X',
            shares: [
                { payeeId: '005X', percent: 75 },
                { payeeId: '005R', percent: 25 }
            ]
        };
        const plan = PLAN.replace('to: owner', 'to: splits');
        const element = await show({ ...BASIS, definition: plan }, [{ deals: [split] }]);
        await assume(element, { opportunityId: '006A', isPicked: true });
        // A quarter of 6000 ends within the first band.
        expect(text(element, 'difference')).toBe('+£75.00');
        expect(one(element, '[data-id="shares-hidden"]')).toBeNull();
        const hidden = await show(BASIS, [{ deals: DEALS, areSharesHidden: true }]);
        expect(text(hidden, 'shares-hidden')).toContain('Payroll takes the shares into account');
    });

    it('pays on fields only this org has, of credits and of open deals', async () => {
        const definition = PLAN.replace('base: payable', 'base: grossMargin').replace(
            'direct,',
            'direct, when: isNew,'
        );
        const fields = (margin) => [
            { name: 'grossMargin', value: margin },
            { name: 'isNew', isTrue: true }
        ];
        const credits = [{ ...BASIS.credits[0], fields: fields('2000.5') }];
        const deals = [{ ...DEALS[0], fields: fields('1500') }];
        const element = await show({ ...BASIS, definition, credits, payoutAmount: 120.03 }, [{ deals }]);
        // 5 % of 2,000.50 is 100.025, paid as 100.02; and 20 was added.
        expect(totals(element)[0]).toBe('£120.02');
        await assume(element, { opportunityId: '006A', isPicked: true });
        // A third of the deal is in the first band: 1,500 at 5 % x 1/3 + 10 % x 2/3.
        expect(text(element, 'difference')).toBe('+£125.00');
        expect(one(element, '[data-id="hidden-fields"]')).toBeNull();
    });

    it('names fields of deals the reader may not see', async () => {
        const definition = PLAN.replace('base: payable', 'base: grossMargin');
        const element = await show({ ...BASIS, definition, hiddenFieldLabels: ['Gross Margin', 'Term'] });
        expect(text(element, 'hidden-fields')).toContain('may not see: Gross Margin, Term.');
        expect(text(element, 'problems')).toContain('grossMargin');
    });

    it('comes to the statement where part of an instalment was cancelled', async () => {
        const instalments = 'schedule: { instalments: [{ after: 0, share: 50% }, { after: 1, share: 50% }] }';
        const definition = PLAN.replace('rate: {', `${instalments}, rate: {`);
        const inputs = Object.entries({
            award: '2026-11',
            dueOn: '2026-12-31',
            part: '200',
            malus: '150',
            reason: 'Misselling',
            requestedBy: '005C',
            approvedBy: '005D'
        }).map(([name, value]) => ({ name, value }));
        const working = JSON.stringify({ steps: [{ what: 'malus', rule: '', inputs, result: '-150' }] });
        const periods = [
            ...BASIS.periods,
            { key: '2026-12', startDate: '2026-12-01', endDate: '2026-12-31' }
        ];
        const malus = [{ componentKey: 'commission', transactionKey: '006W', periodKey: '2026-12', working }];
        const element = await show({ ...BASIS, definition, periods, malus, payoutAmount: 70 });
        // Half of 8,000 x 5 % less 150, and 20 added.
        expect(totals(element)[0]).toBe('£70.00');
        expect(text(element, 'proof')).toContain('comes to exactly');
    });

    it('tells what a closed gate on facts leaves, and what it takes for months to come', async () => {
        const gate = 'gates: [{ key: conduct, when: fact.breaches < 2, otherwise: { multiply: 50% } }]';
        const definition = PLAN.replace('rate: {', `${gate}, rate: {`);
        const given = JSON.stringify({ facts: [{ name: 'breaches', period: '2026-11', value: '2' }] });
        const element = await show({ ...BASIS, definition, given, payoutAmount: 220 });
        // Half of 8,000 x 5 %, and 20 added.
        expect(totals(element)[0]).toBe('£220.00');
        expect(text(element, 'proof')).toContain('comes to exactly');
        expect(one(element, '[data-id="assumed-facts"]')).toBeNull();
        await assume(element, { opportunityId: '006B', isPicked: true });
        expect(text(element, 'difference')).toBe('+£25.00');
        expect(text(element, 'assumed-facts')).toContain('as in your statement: Breaches.');
        await expect(element).toBeAccessible();
    });

    it('comes to the statement where pay is asked back', async () => {
        const definition = `${PLAN}payout: [{ key: back, clawback: { windowMonths: 12 } }]\n`;
        const [credit] = BASIS.credits;
        const periods = [
            { key: '2026-10', startDate: '2026-10-01', endDate: '2026-10-31' },
            ...BASIS.periods
        ];
        const before = { ...credit, transactionKey: '006P', creditDate: '2026-10-05', payable: 1000 };
        const decision = { component: 'commission', award: '2026-10', transaction: '006P', dueOn: '2026-10-31', form: 'cash', period: '2026-11', amount: '30', reason: 'Cancelled', requestedBy: '005C', approvedBy: '005D' }; // prettier-ignore
        const given = JSON.stringify({ clawback: [decision] });
        const credits = [credit, before];
        const element = await show({ ...BASIS, definition, periods, credits, given, payoutAmount: 390 });
        // 8,000 x 5 % less 30 of the 50 October paid, and 20 added.
        expect(totals(element)[0]).toBe('£390.00');
        expect(text(element, 'proof')).toContain('comes to exactly');
    });

    it('tells what is missing: a statement, a figure in it, deals', async () => {
        const noStatement = one(await show(null), 'c-empty-state');
        expect(noStatement.heading).toBe('No statement to start from');
        expect(noStatement.message).toContain('first period');
        const noFigure = one(await show({ ...BASIS, payoutAmount: undefined }), 'c-empty-state');
        expect(noFigure.message).toContain('Your statement for November 2026 has no figure yet');
        expect(getOpenDeals).not.toHaveBeenCalled();
        expect(one(await show(BASIS, [{ deals: [] }]), 'c-empty-state').heading).toBe('No open deals');
    });

    it('shows that it is loading, and an error', async () => {
        expect(one(await show(), 'c-load-state').isLoading).toBe(true);
        const element = await show();
        getBasis.error({ message: 'You do not have access to the Apex class named X' }, 500);
        await flush();
        expect(one(element, 'c-load-state').error).toBeDefined();
    });

    it('is accessible', async () => {
        await expect(await show(BASIS)).toBeAccessible();
    });
});
