import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import CommitPanel from 'c/commitPanel';
import getForecast from '@salesforce/apex/ForecastController.getForecast';
import getCommits from '@salesforce/apex/CommitController.getCommits';
import say from '@salesforce/apex/CommitController.say';

function mockWire() {
    const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
    return { default: createApexTestWireAdapter(jest.fn()) };
}
jest.mock('@salesforce/apex/ForecastController.getForecast', () => mockWire(), { virtual: true });
jest.mock('@salesforce/apex/CommitController.getCommits', () => mockWire(), { virtual: true });
jest.mock('@salesforce/apex/CommitController.say', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });
jest.mock('@salesforce/user/Id', () => ({ __esModule: true, default: '005000000000001AAA' }), {
    virtual: true
});
jest.mock('@salesforce/customPermission/SpmViewTeam', () => ({ __esModule: true, default: true }), {
    virtual: true
});

const FORECAST = {
    periodName: '2026-Q4',
    periodStartDate: '2026-10-01',
    periodEndDate: '2026-12-31',
    currencyCode: 'GBP',
    lowAmount: 700,
    middleAmount: 1000,
    highAmount: 1200
};
const PAGE = { forecast: FORECAST, periods: [{ name: '2026-Q4', startDate: '2026-10-01' }] };
const said = (commitId, amount, changes = {}) => ({
    commitId,
    repId: '005000000000002AAA',
    repName: 'Rob Rep',
    submittedByName: 'Rob Rep',
    submittedAt: '2026-11-02T09:00:00.000Z',
    category: 'Commit',
    amount,
    isOverride: false,
    isLate: false,
    isInForce: true,
    ...changes
});
const COMMITS = {
    own: [],
    people: [
        said('a3', 60, {
            submittedByName: 'Mia Manager',
            isOverride: true,
            reason: 'Too early.',
            submittedAt: '2026-11-09T09:00:00.000Z'
        }),
        said('a2', 80, { previousAmount: 100, submittedAt: '2026-11-05T09:00:00.000Z' }),
        said('a1', 100, { isInForce: false })
    ],
    reports: [{ userId: '005000000000002AAA', name: 'Rob Rep' }]
};

async function flush() {
    for (let turn = 0; turn < 6; turn++) await Promise.resolve();
}

async function show(page = PAGE, commits = COMMITS) {
    const element = createElement('c-commit-panel', { is: CommitPanel });
    document.body.appendChild(element);
    getForecast.emit(page);
    await flush();
    if (commits) getCommits.emit(commits);
    await flush();
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const one = (element, selector) => element.shadowRoot.querySelector(selector);
const textOf = (node) => node.textContent.replace(/\s+/g, ' ').trim();

async function fill(element, values) {
    for (const [id, value] of Object.entries(values))
        one(element, `[data-id="${id}"]`).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

async function send(element) {
    one(element, '[data-id="send"]').click();
    await flush();
}

describe('commitPanel', () => {
    beforeEach(() => jest.clearAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('shows what is in force, the manager’s amount beside that of the person', async () => {
        const element = await show();
        const rows = all(element, '[data-id="person"]').map(textOf);
        expect(rows[0]).toContain('Me');
        expect(rows[1]).toContain('Rob Rep');
        expect(rows[1]).toContain('£80.00');
        expect(rows[1]).not.toContain('£100.00');
        expect(all(element, '[data-id="override"]').map(textOf)).toEqual(['Mia Manager: £60.00']);
        expect(textOf(one(element, '[data-id="likely"]'))).toBe(
            '2026-Q4 is likely to end between £700.00 and £1,200.00, with £1,000.00 in the middle.'
        );
    });

    it('keeps everything that was said, newest first', async () => {
        const entries = all(await show(), '[data-id="entry"]').map(textOf);
        expect(entries).toHaveLength(3);
        expect(entries[0]).toContain('Too early.');
        expect(entries[1]).toContain('(before: £100.00)');
    });

    it('says an amount for the user', async () => {
        say.mockResolvedValue('a9');
        const element = await show();
        await fill(element, { amount: '750.5', category: 'BestCase' });
        await send(element);
        expect(say).toHaveBeenCalledWith({
            repId: '005000000000001AAA',
            periodName: '2026-Q4',
            periodStartDate: '2026-10-01',
            periodEndDate: '2026-12-31',
            category: 'BestCase',
            amount: 750.5,
            reason: null
        });
        expect(one(element, '[data-id="announcement"]').textContent).toBe('£750.50 is on record.');
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it.each([
        [{ amount: '' }, 'Enter an amount of zero or more.'],
        [{ amount: '-1' }, 'Enter an amount of zero or more.'],
        [{ amount: '5', who: '005000000000002AAA' }, 'Say why you see it differently.']
    ])('asks for what is missing: %j', async (values, problem) => {
        const element = await show();
        await fill(element, values);
        await send(element);
        expect(one(element, '[data-id="problem"]').textContent).toBe(problem);
        expect(say).not.toHaveBeenCalled();
    });

    it('shows why the org refused', async () => {
        say.mockRejectedValue({ body: { message: '{"code":"SAVE_REFUSED","message":"No."}' } });
        const element = await show();
        await fill(element, { amount: '1' });
        await send(element);
        expect(one(element, 'c-error-panel').error).toBeDefined();
        expect(one(element, '[data-id="announcement"]').textContent).toBe('');
    });

    it('says that there is nothing to commit to yet', async () => {
        const element = await show({ forecast: null, periods: [] }, null);
        expect(one(element, 'c-empty-state').heading).toBe('Nothing to commit to yet');
    });

    it('offers nobody else to a person to whom nobody reports', async () => {
        const element = await show(PAGE, { own: [], people: [], reports: [] });
        expect(one(element, '[data-id="who"]')).toBeNull();
        expect(element.shadowRoot.textContent).toContain('Nobody has said anything about this quarter.');
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
