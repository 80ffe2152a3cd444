import { createElement } from 'lwc';
import HomeScorecard from 'c/homeScorecard';

jest.mock('@salesforce/customPermission/SpmViewTeam', () => ({ __esModule: true, default: undefined }), {
    virtual: true
});
jest.mock(
    '@salesforce/apex/ScorecardController.getMine',
    () => ({ default: jest.fn(() => new Promise(() => {})) }),
    {
        virtual: true
    }
);

describe('homeScorecard', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows people without a team how they stand, and where the whole is', async () => {
        const element = createElement('c-home-scorecard', { is: HomeScorecard });
        document.body.appendChild(element);
        await Promise.resolve();
        const { shadowRoot } = element;
        expect(shadowRoot.querySelector('c-rep-scorecard').isSummary).toBe(true);
        expect(shadowRoot.querySelector('c-team-scorecard')).toBeNull();
        expect(shadowRoot.querySelector('[data-id="whole"]').textContent).toBe('See the whole scorecard');
        await expect(element).toBeAccessible();
    });
});
