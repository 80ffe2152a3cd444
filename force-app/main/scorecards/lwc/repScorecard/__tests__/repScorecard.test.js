import { createElement } from 'lwc';
import RepScorecard from 'c/repScorecard';
import getMine from '@salesforce/apex/ScorecardController.getMine';
import open from '@salesforce/apex/ScorecardController.open';

jest.mock('@salesforce/apex/ScorecardController.getMine', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/ScorecardController.open', () => ({ default: jest.fn() }), { virtual: true });

const metric = (resultId, dimension) => ({ resultId, dimension, label: resultId, series: [], status: 'Met' });
const VIEW = {
    userId: 'u1',
    name: 'Olga Ito',
    isOwn: true,
    scorecard: {
        scorecardId: 's2',
        roleKey: 'adviser',
        templateVersion: '1',
        status: 'Open',
        score: 71.5,
        coveragePercent: 92,
        previousScore: 75,
        trend: 'Falling',
        isRamping: false,
        percentile: 60,
        peerCount: 12,
        cappedBy: 'Business counts at most 60: CSAT is below its floor.',
        dimensions: [],
        reasons: ['CSAT fell by 6 since 2026-09-01'],
        isStale: false
    },
    metrics: [metric('m-client', 'client'), metric('m-team', 'team')],
    months: [
        { scorecardId: 's2', month: '2026-11-01', roleKey: 'adviser', status: 'Open' },
        { scorecardId: 's1', month: '2026-10-01', roleKey: 'adviser', status: 'Closed' }
    ],
    warnings: [
        { warningId: 'w1', kind: 'Warning', words: 'CSAT below the usual since 2026-10-12' },
        { warningId: 'w2', kind: 'CheckIn', words: 'Fewer calls than usual' }
    ],
    heldAboutMe: [],
    views: [],
    goals: []
};

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

async function show(props = {}) {
    const element = Object.assign(createElement('c-rep-scorecard', { is: RepScorecard }), props);
    document.body.appendChild(element);
    await flush();
    return element;
}

const one = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const all = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];
const card = (element) => element.shadowRoot.querySelector('lightning-card');
const withCard = (changes) => ({ ...VIEW, scorecard: { ...VIEW.scorecard, ...changes } });

describe('repScorecard', () => {
    beforeEach(() => {
        getMine.mockResolvedValue(VIEW);
        open.mockResolvedValue({ ...VIEW, isOwn: false });
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows the own score, where it stood, how complete it is and what capped it', async () => {
        const element = await show();
        expect(getMine).toHaveBeenCalledWith({ scorecardId: null });
        expect(card(element).title).toBe('My scorecard');
        expect(one(element, 'score').textContent).toBe('71.5 of 100');
        expect(one(element, 'facts').textContent).toBe(
            '75 the month before · data for 92 % of it · ahead of 60 % of 12 comparable colleagues · Adviser, template 1'
        );
        expect(one(element, 'note').textContent).toContain('CSAT is below its floor');
        expect(one(element, 'reasons').textContent).toBe('CSAT fell by 6 since Sep 1, 2026');
    });

    it('groups metrics by dimension, in the usual order, leaving out what has none', async () => {
        const element = await show();
        expect(all(element, 'group').map((group) => group.querySelector('h3').textContent)).toEqual([
            'Clients',
            'Team and culture'
        ]);
    });

    it('tells warnings, and that a check-in is read by the managers only', async () => {
        const element = await show();
        expect(all(element, 'warning').map(({ textContent }) => textContent.trim())).toEqual([
            'CSAT below the usual since Oct 12, 2026',
            'Fewer calls than usual(a check-in: only you and your managers read this)'
        ]);
    });

    it('opens somebody else by their id, so that it is written down, and goes back', async () => {
        const element = await show({ userId: 'u1', scorecardId: 's2', canGoBack: true });
        expect(open).toHaveBeenCalledWith({ userId: 'u1', scorecardId: 's2' });
        expect(getMine).not.toHaveBeenCalled();
        expect(card(element).title).toBe('Scorecard of Olga Ito');
        const back = jest.fn();
        element.addEventListener('back', back);
        one(element, 'back').click();
        expect(back).toHaveBeenCalledTimes(1);
    });

    it('shows the person of a User page', async () => {
        await show({ recordId: 'u7' });
        expect(open).toHaveBeenCalledWith({ userId: 'u7', scorecardId: null });
    });

    it('leaves metrics, goals and what is held out of the summary', async () => {
        const element = await show({ isSummary: true });
        expect(element.shadowRoot.querySelector('c-dimension-picture')).not.toBeNull();
        for (const part of ['c-metric-line', 'c-goal-panel', 'c-held-about'])
            expect(element.shadowRoot.querySelector(part)).toBeNull();
    });

    it('turns to another month', async () => {
        const element = await show();
        expect(one(element, 'month').options[0].label).toContain('(so far)');
        one(element, 'month').dispatchEvent(new CustomEvent('change', { detail: { value: 's1' } }));
        await flush();
        expect(getMine).toHaveBeenLastCalledWith({ scorecardId: 's1' });
    });

    it('says that there is too little data for a score, and that a ramp is a ramp', async () => {
        getMine.mockResolvedValue(
            withCard({
                score: null,
                previousScore: null,
                percentile: null,
                cappedBy: null,
                isRamping: true,
                rampMonth: 4
            })
        );
        const element = await show();
        expect(one(element, 'score').textContent).toBe('Too little data for a score');
        expect(one(element, 'note').textContent).toContain('Month 4 of the ramp');
    });

    it('says that there is none, that it is old, that it loads, and what went wrong', async () => {
        getMine.mockResolvedValueOnce(null);
        expect((await show()).shadowRoot.querySelector('c-empty-state').heading).toBe('No scorecard yet');
        getMine.mockResolvedValueOnce(withCard({ isStale: true }));
        expect((await show()).shadowRoot.querySelector('c-stale-notice')).not.toBeNull();
        getMine.mockReturnValueOnce(new Promise(() => {}));
        expect((await show()).shadowRoot.querySelector('c-load-state').isLoading).toBe(true);
        getMine.mockRejectedValueOnce(new Error('no'));
        const element = await show();
        const state = element.shadowRoot.querySelector('c-load-state');
        expect(state.error).toBeDefined();
        state.dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(one(element, 'score')).not.toBeNull();
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
