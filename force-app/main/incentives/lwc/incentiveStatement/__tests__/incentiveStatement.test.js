import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import IncentiveStatement from 'c/incentiveStatement';
import getStatement from '@salesforce/apex/StatementController.getStatement';
import getSituation from '@salesforce/apex/PaySituationController.getSituation';
import getPlan from '@salesforce/apex/PlanController.getPlan';

const STATEMENT = require('./statement.json');
const PLAN = require('./plan.json');

jest.mock(
    '@salesforce/apex/StatementController.getStatement',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PaySituationController.getSituation',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PlanController.getPlan',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const ON_A_PLAN = { plans: ['Seller'], problems: [] };

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

async function show(statement, { situation = ON_A_PLAN, plan = PLAN, ...properties } = {}) {
    const element = createElement('c-incentive-statement', { is: IncentiveStatement });
    Object.assign(element, properties);
    document.body.appendChild(element);
    if (statement !== undefined) getStatement.emit(statement);
    getSituation.emit(situation);
    await flush();
    getPlan.emit(plan);
    await flush();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const text = (element, id) => one(element, `[data-id="${id}"]`).textContent;

describe('incentiveStatement', () => {
    beforeEach(() => jest.clearAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('shows that it is loading', async () => {
        expect(one(await show(), 'c-load-state').isLoading).toBe(true);
        expect(one(await show(STATEMENT), 'c-load-state').isLoading).toBe(false);
    });

    it('tells what is paid, to the penny, and the steps from earned to paid that changed it', async () => {
        const element = await show(STATEMENT);
        expect(text(element, 'payout')).toBe('£31,125.50');
        const steps = one(element, 'c-payout-steps');
        expect(text(steps, 'earned')).toBe('£33,125.50');
        expect(text(steps, 'steps')).toContain('Draw recovered£31,125.50');
        expect(text(steps, 'steps')).not.toContain('Cap');
        expect(text(element, 'status')).toContain('can change');
    });

    it('says that published figures stay', async () => {
        expect(text(await show({ ...STATEMENT, status: 'Published' }), 'status')).toContain('do not change');
    });

    it('lets the payee ask about a published statement of his own, and shows what was asked', async () => {
        const element = await show({ ...STATEMENT, isOwn: true, status: 'Published' });
        expect(one(element, 'c-statement-lines').statementId).toBe(STATEMENT.statementId);
        one(element, '[data-id="ask"]').click();
        await flush();
        const form = one(element, 'c-dispute-form');
        expect([form.isInline, form.statementId, form.lineId]).toEqual([
            true,
            STATEMENT.statementId,
            undefined
        ]);
        form.dispatchEvent(new CustomEvent('raised', { detail: { disputeId: 'a0D1' } }));
        await flush();
        expect(one(element, 'c-dispute-form')).toBeNull();
        expect(text(element, 'asked')).toContain('Your dispute was sent');
        expect(one(element, 'c-my-disputes').statementId).toBe(STATEMENT.statementId);
        expect(refreshApex).toHaveBeenCalled();
    });

    it.each([
        ['a draft', { isOwn: true, status: 'Draft' }],
        ['the statement of somebody else', { isOwn: false, status: 'Published' }]
    ])('offers no question about %s', async (_what, changes) => {
        const element = await show({ ...STATEMENT, ...changes });
        expect(one(element, '[data-id="ask"]')).toBeNull();
        expect(one(element, 'c-statement-lines').statementId).toBeUndefined();
    });

    it('shows progress only where there is a quota', async () => {
        const element = await show(STATEMENT);
        expect(all(element, 'c-quota-progress').map(({ measure }) => measure.measure)).toEqual(['bookings']);
    });

    it('draws the tables that follow a measure and have one input', async () => {
        const element = await show(STATEMENT);
        expect(all(element, 'c-tier-ladder').map(({ component }) => component.componentKey)).toEqual([
            'commission'
        ]);
    });

    it('hands lines, payments and balances to their parts, and stands without the plan', async () => {
        const element = await show(STATEMENT, { plan: { components: [] } });
        expect(one(element, 'c-statement-lines').lines).toHaveLength(3);
        expect(one(element, 'c-payment-calendar').payments).toHaveLength(2);
        expect(one(element, 'c-ledger-balances').balances).toHaveLength(1);
    });

    it('is short on a home page', async () => {
        const element = await show(STATEMENT, { isSummary: true });
        expect(text(element, 'payout')).toBe('£31,125.50');
        expect(one(element, 'c-statement-lines')).toBeNull();
    });

    it('asks for the period that is picked', async () => {
        const element = await show(STATEMENT);
        const detail = { value: 'a0S000000000002AAA' };
        one(element, 'lightning-combobox').dispatchEvent(new CustomEvent('change', { detail }));
        await flush();
        expect(getStatement.getLastConfig()).toEqual({ statementId: 'a0S000000000002AAA' });
    });

    it('shows the statement of the page it is on, without a picker', async () => {
        const element = await show(STATEMENT, { recordId: 'a0S000000000009AAA' });
        expect(getStatement.getLastConfig()).toEqual({ statementId: 'a0S000000000009AAA' });
        expect(one(element, 'lightning-combobox')).toBeNull();
    });

    it.each([
        ['no plan', { plans: [], problems: [] }, 'You are on no plan'],
        ['no statement yet', ON_A_PLAN, 'No statement yet']
    ])('tells %s', async (name, situation, heading) => {
        expect(one(await show(null, { situation }), 'c-empty-state').heading).toBe(heading);
    });

    it('tells nothing earned from nothing there', async () => {
        const element = await show({ ...STATEMENT, lines: [] });
        expect(one(element, 'c-empty-state').heading).toBe('Nothing was earned');
    });

    it('says why a period could not be calculated', async () => {
        const problem = { periodName: 'November 2026', message: 'There is no quota.', fix: 'Give a quota.' };
        const element = await show(null, { situation: { plans: ['Seller'], problems: [problem] } });
        expect(text(element, 'problems')).toContain('Your pay for November 2026 could not be calculated');
        expect(text(element, 'problems')).toContain('There is no quota. Give a quota.');
    });

    it('says when a draft is out of date', async () => {
        expect(one(await show({ ...STATEMENT, isStale: true }), 'c-stale-notice')).not.toBeNull();
        expect(one(await show(STATEMENT), 'c-stale-notice')).toBeNull();
    });

    it('shows an error in place of the statement, and asks again', async () => {
        const element = await show();
        getStatement.error({ message: 'You do not have access to the Apex class named X' }, 500);
        await flush();
        expect(one(element, 'c-load-state').error).toBeDefined();
        expect(one(element, 'c-statement-lines')).toBeNull();
        one(element, 'c-load-state').dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(await show(STATEMENT)).toBeAccessible();
        await expect(await show(null)).toBeAccessible();
    });
});
