import { createElement } from 'lwc';
import PipelineHealthBoard from 'c/pipelineHealthBoard';
import getBoard from '@salesforce/apex/PipelineBoardController.getBoard';

jest.mock(
    '@salesforce/apex/PipelineBoardController.getBoard',
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

const SNAPSHOT = {
    snapshotId: 'a02000000000001AAA',
    repName: 'Mia Manager',
    asOfDate: '2026-11-20',
    periodName: '2026-Q4',
    periodStartDate: '2026-10-01',
    currencyCode: 'GBP',
    claimedAmount: 100,
    realAmount: 60,
    realDealCount: 3,
    wonAmount: 40,
    expectedAmount: 25,
    openingAmount: 90,
    changesSinceDate: '2026-11-13',
    requiredCoverage: 4.5,
    hygieneScore: 72.5,
    exclusions: [{ kind: 'Silent', amount: 40, dealCount: 2 }],
    changes: [{ kind: 'Created', amount: 10, dealCount: 1 }],
    figures: JSON.stringify({ velocity: { winRate: 0.22, perDay: '1.50' } })
};
const VIEW = {
    snapshot: SNAPSHOT,
    days: ['2026-11-20', '2026-11-16'],
    periods: [{ name: '2026-Q4', startDate: '2026-10-01' }],
    people: [{ ...SNAPSHOT, snapshotId: 'a02000000000002AAA', repName: 'Rob Rep' }],
    isStale: false
};

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

async function show(view) {
    const element = createElement('c-pipeline-health-board', { is: PipelineHealthBoard });
    document.body.appendChild(element);
    if (view) getBoard.emit(view);
    await flush();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const inCard = (element, selector) => one(one(element, 'c-quarter-card'), selector);
const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

describe('pipelineHealthBoard', () => {
    beforeEach(() => jest.clearAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('says what is claimed and what is real', async () => {
        const element = await show(VIEW);
        expect(one(element, '[data-id="headline"]').textContent).toBe(
            'Of £100.00 claimed for 2026-Q4, £60.00 is real.'
        );
        expect(one(element, 'c-claimed-bar').snapshot).toEqual(SNAPSHOT);
        expect(one(element, 'c-change-waterfall').snapshot).toEqual(SNAPSHOT);
        const figures = all(element, 'dd').map(({ textContent }) => textContent);
        expect(figures).toEqual(['£40.00', '£25.00', '4.5 times the target', '72.5', '£1.50', '22%']);
    });

    it('says what is to be brought, and how many times the real pipeline covers what is missing', async () => {
        const aimed = { ...SNAPSHOT, targetAmount: 200, coverage: 0.38 };
        const element = await show({ ...VIEW, snapshot: aimed, people: [{ ...aimed, snapshotId: 'a0' }] });
        expect(one(element, '[data-id="target"] dd').textContent).toBe('£200.00');
        expect(one(element, '[data-id="coverage"] dd').textContent).toBe('0.4 times what is missing');
        expect(one(element, '[data-id="person"]').textContent).toContain('£200.000.4 times what is missing');
    });

    it('shows how deals move on, what they have in common and what to mend, where it is known', async () => {
        const winLoss = { closedCount: 1, coverage: 1, silence: 'Not enough.', reasons: [] };
        const figures = JSON.stringify({ pace: { now: 3, before: 3 }, conversion: [], winLoss });
        const checks = [{ opportunityId: '006', checkKey: 'Amount', points: 15 }];
        const element = await show({ ...VIEW, snapshot: { ...SNAPSHOT, figures }, checks });
        expect(one(element, 'c-stage-flow').figures.pace).toEqual({ now: 3, before: 3 });
        expect(one(element, 'c-win-loss-table').winLoss).toEqual(winLoss);
        expect(one(element, 'c-hygiene-checks').checks).toEqual(checks);
        expect(all(await show(VIEW), 'c-stage-flow, c-win-loss-table, c-hygiene-checks')).toHaveLength(0);
    });

    it('leaves out what is not known', async () => {
        const bare = {
            ...SNAPSHOT,
            expectedAmount: null,
            requiredCoverage: null,
            hygieneScore: null,
            figures: '{oops'
        };
        const element = await show({ ...VIEW, snapshot: bare });
        expect(all(element, 'dd')).toHaveLength(1);
    });

    it('shows each person to a manager', async () => {
        expect(all(await show(VIEW), '[data-id="person"]').map(({ textContent }) => textContent)).toEqual([
            'Rob Rep£100.00£60.00£40.0072.5'
        ]);
    });

    it('goes back to an earlier day', async () => {
        const element = await show(VIEW);
        const detail = { asOfDate: '2026-11-16' };
        inCard(element, 'c-forecast-choice').dispatchEvent(new CustomEvent('choose', { detail }));
        await flush();
        expect(getBoard.getLastConfig()).toEqual({
            scope: 'team',
            asOfDate: '2026-11-16',
            periodStartDate: null
        });
    });

    it('tells empty, stale, loading and errors apart', async () => {
        const empty = await show({ ...VIEW, snapshot: null, days: [], periods: [], people: [] });
        expect(inCard(empty, 'c-empty-state').heading).toBe('No figures yet');
        const several = {
            ...VIEW,
            snapshot: null,
            days: [],
            periods: [],
            people: [],
            hasSeveralCurrencies: true
        };
        expect(inCard(await show(several), 'c-empty-state').heading).toBe('No figures in several currencies');
        expect(inCard(await show({ ...VIEW, isStale: true }), 'c-stale-notice')).not.toBeNull();
        const element = await show();
        expect(inCard(element, 'c-load-state').isLoading).toBe(true);
        getBoard.error({ message: 'no' }, 500);
        await flush();
        expect(inCard(element, 'c-load-state').error).toBeDefined();
    });

    it('is accessible', async () => {
        await expect(await show(VIEW)).toBeAccessible();
    });
});
