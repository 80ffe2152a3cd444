import { createElement } from 'lwc';
import HomeScorecard from 'c/homeScorecard';

jest.mock('@salesforce/customPermission/SpmViewTeam', () => ({ __esModule: true, default: true }), {
    virtual: true
});
jest.mock(
    '@salesforce/apex/ScorecardController.getTeam',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);

describe('homeScorecard of a manager', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows the team in short, and where the whole is', async () => {
        const element = createElement('c-home-scorecard', { is: HomeScorecard });
        document.body.appendChild(element);
        await Promise.resolve();
        const { shadowRoot } = element;
        expect(shadowRoot.querySelector('c-team-scorecard').isSummary).toBe(true);
        expect(shadowRoot.querySelector('c-rep-scorecard')).toBeNull();
        expect(shadowRoot.querySelector('[data-id="whole"]').textContent).toBe('See the whole team');
        await expect(element).toBeAccessible();
    });
});
