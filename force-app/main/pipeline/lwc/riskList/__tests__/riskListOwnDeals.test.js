import { createElement } from 'lwc';
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
// A permission the user lacks is undefined on the platform, not false.
jest.mock('@salesforce/customPermission/SpmViewTeam', () => ({ __esModule: true, default: undefined }), {
    virtual: true
});

describe('riskList of somebody without a team', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows own deals and offers no choice', async () => {
        const element = createElement('c-risk-list', { is: RiskList });
        document.body.appendChild(element);
        // Wires get their values a moment after the component is on the page.
        await Promise.resolve();
        expect(getRiskList.getLastConfig()).toEqual({ scope: 'mine', rowLimit: 200 });
        expect(element.shadowRoot.querySelector('lightning-radio-group')).toBeNull();
    });
});
