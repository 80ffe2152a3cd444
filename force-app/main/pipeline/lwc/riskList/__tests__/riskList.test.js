import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import RiskList from 'c/riskList';
import getRiskList from '@salesforce/apex/RiskListController.getRiskList';

jest.mock(
    '@salesforce/apex/RiskListController.getRiskList',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });
jest.mock('@salesforce/customPermission/SpmViewTeam', () => ({ __esModule: true, default: true }), {
    virtual: true
});

function row(number, changes = {}) {
    return {
        opportunityId: `00600000000${String(1000 + number)}AAA`,
        opportunityName: `Deal ${number}`,
        band: 'Stalled',
        amount: 1000 * number,
        stageName: number % 2 ? 'Proposal' : 'Discovery',
        closeDate: '2026-12-31',
        topRuleKey: 'R5',
        unit: 'BusinessDays',
        observedBusinessDays: 30 + number,
        ...changes
    };
}

const ROWS = Array.from({ length: 30 }, (_, index) => row(index + 1));
const LIST = {
    rows: ROWS,
    totalCount: 431,
    hasOpenDeals: true,
    bands: [
        { band: 'Stalled', dealCount: 30, isCapped: false },
        { band: 'AtRisk', dealCount: 400, isCapped: false },
        { band: 'Watch', dealCount: 1, isCapped: false },
        { band: 'Healthy', dealCount: 2000, isCapped: true }
    ],
    dataAsOf: '2026-11-21T06:00:00.000Z',
    isStale: false
};

const NONE_COUNTED = LIST.bands.map((count) => ({ ...count, dealCount: 0, isCapped: false }));

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

async function show(list, properties = {}) {
    const element = createElement('c-risk-list', { is: RiskList });
    Object.assign(element, properties);
    document.body.appendChild(element);
    if (list) getRiskList.emit(list);
    await flush();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const table = (element) => one(element, 'c-risk-table');
const shown = (element) => table(element).rows.map(({ opportunityName }) => opportunityName);
async function change(element, selector, value) {
    one(element, selector).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

describe('riskList', () => {
    beforeEach(() => jest.clearAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('shows that it is loading', async () => {
        expect(one(await show(), 'c-load-state').isLoading).toBe(true);
        expect(one(await show(LIST), 'c-load-state').isLoading).toBe(false);
    });

    it('shows the deals in the order they come in, a page at a time', async () => {
        const element = await show(LIST);
        expect(shown(element)).toHaveLength(25);
        expect(shown(element)[0]).toBe('Deal 1');
        expect(one(element, '[data-id="count"]').textContent).toBe('25 of 431 deals');
        one(element, '[data-id="more"]').click();
        await flush();
        expect(shown(element)).toHaveLength(30);
        expect(one(element, '[data-id="more"]')).toBeNull();
    });

    it('says that there are more deals than were counted', async () => {
        const bands = [{ band: 'AtRisk', dealCount: 2000, isCapped: true }];
        const element = await show({ ...LIST, bands, totalCount: 2000 });
        expect(one(element, '[data-id="count"]').textContent).toBe('25 of 2,000+ deals');
    });

    it('takes the number of deals to load as the page builder hands it over, as text', async () => {
        await show(undefined, { rowLimit: '10' });
        expect(getRiskList.getLastConfig()).toEqual({ scope: 'team', rowLimit: 10 });
    });

    it('sorts by a column', async () => {
        const element = await show(LIST);
        const detail = { key: 'amount', direction: 'descending' };
        table(element).dispatchEvent(new CustomEvent('sort', { detail }));
        await flush();
        expect(shown(element)[0]).toBe('Deal 30');
        expect([table(element).sortKey, table(element).sortDirection]).toEqual(['amount', 'descending']);
    });

    it('filters by stage and by words, and back', async () => {
        const element = await show(LIST);
        await change(element, 'lightning-combobox', 'Discovery');
        await change(element, 'lightning-input', 'deal 1');
        expect(shown(element)).toEqual(['Deal 10', 'Deal 12', 'Deal 14', 'Deal 16', 'Deal 18']);
        one(element, '[data-id="clear"]').click();
        await flush();
        expect(shown(element)).toHaveLength(25);
        expect(one(element, '[data-id="clear"]')).toBeNull();
    });

    it('filters by a part of the picture', async () => {
        const element = await show({ ...LIST, rows: [row(1), row(2, { band: 'Watch' })] });
        one(element, 'c-band-bar').dispatchEvent(new CustomEvent('select', { detail: { band: 'Watch' } }));
        await flush();
        expect(shown(element)).toEqual(['Deal 2']);
        expect(one(element, 'c-band-bar').selected).toBe('Watch');
    });

    it('tells nothing found from nothing to do', async () => {
        const element = await show(LIST);
        await change(element, 'lightning-input', 'nobody');
        expect(one(element, 'c-empty-state').heading).toBe('No deal fits these filters');
        const calm = await show({ ...LIST, rows: [], totalCount: 0 });
        expect(one(calm, 'c-empty-state').heading).toBe('Nothing needs you right now');
    });

    it.each([
        [
            { hasOpenDeals: false, bands: NONE_COUNTED },
            'No open deals',
            'None of the deals you can see is open.'
        ],
        [{ bands: NONE_COUNTED }, 'Not looked at yet', 'Your open deals appear here after the next refresh.'],
        [{}, 'Nothing needs you right now', 'No open deal had a warning at the last refresh.']
    ])('says which kind of nothing an empty list is: %j', async (changes, heading, message) => {
        const element = await show({ ...LIST, rows: [], totalCount: 0, ...changes });
        const state = one(element, 'c-empty-state');
        expect([state.heading, state.message]).toEqual([heading, message]);
    });

    it('speaks of the own deals where those are listed', async () => {
        const element = await show(LIST);
        await change(element, 'lightning-radio-group', 'mine');
        getRiskList.emit({ ...LIST, rows: [], totalCount: 0, hasOpenDeals: false, bands: NONE_COUNTED });
        await flush();
        expect(one(element, 'c-empty-state').message).toContain('You own no open deal.');
    });

    it('changes to the own deals and starts afresh', async () => {
        const element = await show(LIST);
        await change(element, 'lightning-input', 'deal 3');
        await change(element, 'lightning-radio-group', 'mine');
        expect(getRiskList.getLastConfig().scope).toBe('mine');
        expect(one(element, 'c-load-state').isLoading).toBe(true);
        getRiskList.emit(LIST);
        await flush();
        expect(shown(element)).toHaveLength(25);
        expect(table(element).showOwner).toBe(false);
    });

    it('shows cards where there is no room for a table', async () => {
        const sizes = [];
        global.ResizeObserver = class {
            constructor(report) {
                sizes.push(report);
            }
            observe() {}
            disconnect() {}
        };
        const element = await show(LIST);
        sizes.at(-1)([{ contentRect: { width: 420 } }]);
        await flush();
        expect(one(element, 'c-risk-cards').rows).toHaveLength(25);
        expect(table(element)).toBeNull();
        sizes.at(-1)([{ contentRect: { width: 1200 } }]);
        await flush();
        expect(one(element, 'c-risk-cards')).toBeNull();
        delete global.ResizeObserver;
    });

    it('says when what it shows is out of date', async () => {
        const element = await show({ ...LIST, isStale: true });
        expect(one(element, 'c-stale-notice')).not.toBeNull();
        expect(one(await show(LIST), 'c-stale-notice')).toBeNull();
    });

    it('shows an error in place of the list, and asks again', async () => {
        const element = await show();
        getRiskList.error({ message: 'You do not have access to the Apex class named X' }, 500);
        await flush();
        expect(table(element)).toBeNull();
        one(element, 'c-load-state').dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(await show(LIST)).toBeAccessible();
        await expect(await show({ ...LIST, rows: [] })).toBeAccessible();
    });
});
