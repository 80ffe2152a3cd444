import { createElement } from 'lwc';
import TeamScorecard from 'c/teamScorecard';
import getTeam from '@salesforce/apex/ScorecardController.getTeam';

jest.mock(
    '@salesforce/apex/ScorecardController.getTeam',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/ScorecardController.open',
    () => ({ default: jest.fn(() => new Promise(() => {})) }),
    {
        virtual: true
    }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const TEAM = {
    weekStartDate: '2026-11-16',
    verdict: 'One person needs you this week',
    shortlistCount: 1,
    peopleCount: 2,
    alertCount: 2,
    alertCap: 5,
    cadencePercent: 80,
    people: [
        { userId: 'u1', name: 'Olga', scorecardId: 's1', score: 41, dimensions: [] },
        { userId: 'u2', name: 'Ben', scorecardId: 's2', score: 88, dimensions: [] }
    ],
    shortlist: [
        {
            interventionId: 'i1',
            userId: 'u1',
            name: 'Olga',
            scorecardId: 's1',
            reasons: [{ metricKey: 'csat', words: 'CSAT low since 2026-10-12' }],
            stepText: 'Join one call.'
        }
    ],
    isStale: false
};

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

async function show(team, props = {}) {
    const element = Object.assign(createElement('c-team-scorecard', { is: TeamScorecard }), props);
    document.body.appendChild(element);
    if (team !== undefined) getTeam.emit(team);
    await flush();
    return element;
}

const one = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);

describe('teamScorecard', () => {
    afterEach(() => document.body.replaceChildren());

    it('says in one look who needs the manager, why and what to do', async () => {
        const element = await show(TEAM);
        expect(one(element, 'verdict').textContent.trim()).toBe('One person needs you this week');
        expect(one(element, 'needed').textContent).toContain('CSAT low since Oct 12, 2026');
        expect(one(element, 'needed').textContent).toContain('Join one call.');
        expect(one(element, 'facts').textContent).toBe(
            '2 people, 1 with a score under 50 · 2 of at most 5 alerts this week · 80 % of one-to-ones, reviews and forecasts on time'
        );
    });

    it('says so when nobody does', async () => {
        const element = await show({
            ...TEAM,
            verdict: 'Nobody needs you this week',
            shortlistCount: 0,
            shortlist: [],
            cadencePercent: null
        });
        expect(element.shadowRoot.querySelector('h3 lightning-icon').iconName).toBe('utility:success');
        expect(one(element, 'needed')).toBeNull();
        expect(one(element, 'facts').textContent).not.toContain('one-to-ones');
    });

    it('opens the sheet of a person in its place, from the list or the table, and comes back', async () => {
        const element = await show(TEAM);
        one(element, 'open-needed').click();
        await flush();
        let sheet = element.shadowRoot.querySelector('c-rep-scorecard');
        expect([sheet.userId, sheet.scorecardId]).toEqual(['u1', 's1']);
        sheet.dispatchEvent(new CustomEvent('back'));
        await flush();
        element.shadowRoot
            .querySelector('c-team-heat')
            .dispatchEvent(new CustomEvent('open', { detail: { userId: 'u2', scorecardId: 's2' } }));
        await flush();
        sheet = element.shadowRoot.querySelector('c-rep-scorecard');
        expect(sheet.userId).toBe('u2');
    });

    it('leaves the table out of the summary', async () => {
        const element = await show(TEAM, { isSummary: true });
        expect(one(element, 'needed')).not.toBeNull();
        expect(element.shadowRoot.querySelector('c-team-heat')).toBeNull();
    });

    it('shows loading, nothing yet, old data and errors', async () => {
        expect(
            (await show()).shadowRoot
                .querySelector('c-load-state')
                .shadowRoot.querySelector('lightning-spinner')
        ).not.toBeNull();
        document.body.replaceChildren();
        expect((await show(null)).shadowRoot.querySelector('c-empty-state').heading).toBe(
            'No scorecards yet'
        );
        document.body.replaceChildren();
        expect(
            (await show({ ...TEAM, isStale: true })).shadowRoot.querySelector('c-stale-notice')
        ).not.toBeNull();
        document.body.replaceChildren();
        const element = await show();
        getTeam.error({ message: 'no' }, 500);
        await flush();
        expect(
            element.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('c-error-panel')
        ).not.toBeNull();
    });

    it('is accessible', async () => {
        await expect(await show(TEAM)).toBeAccessible();
    });
});
