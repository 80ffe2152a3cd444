import { createElement } from 'lwc';
import StandupDigest from 'c/standupDigest';
import getDigest from '@salesforce/apex/StandupController.getDigest';

jest.mock(
    '@salesforce/apex/StandupController.getDigest',
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

const DIGEST = {
    wins: [{ opportunityId: '006A', opportunityName: 'Harbour', ownerName: 'Ben', amount: 10 }],
    blockers: [
        {
            opportunityId: '006B',
            opportunityName: 'Lake',
            ownerName: 'Olga',
            ruleKey: 'R1',
            actionText: 'Call'
        }
    ],
    priorities: [
        {
            userId: 'u1',
            userName: 'Olga',
            opportunityId: '006B',
            opportunityName: 'Lake',
            minutes: 30,
            action: 'Call'
        }
    ],
    checkIns: [{ warningId: 'w1', userName: 'Olga', words: 'Fewer calls than usual since 2026-10-12' }]
};
const EMPTY = { wins: [], blockers: [], priorities: [], checkIns: [] };

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

async function show(digest) {
    const element = createElement('c-standup-digest', { is: StandupDigest });
    document.body.appendChild(element);
    if (digest) getDigest.emit(digest);
    await flush();
    return element;
}

const all = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];

describe('standupDigest', () => {
    afterEach(() => document.body.replaceChildren());

    it('lists wins, blockers, priorities and check-ins of a team with names', async () => {
        const element = await show(DIGEST);
        expect(all(element, 'win')[0].textContent).toContain('Ben');
        expect(all(element, 'blocker')[0].textContent).toContain('Call');
        expect(all(element, 'priority')[0].textContent).toContain('30 min');
        expect(all(element, 'check-in')[0].textContent).toContain('since Oct 12, 2026');
    });

    it('leaves names out of the own list', async () => {
        const element = await show(DIGEST);
        element.shadowRoot
            .querySelector('lightning-radio-group')
            .dispatchEvent(new CustomEvent('change', { detail: { value: 'mine' } }));
        await flush();
        getDigest.emit({ ...DIGEST, checkIns: [] });
        await flush();
        expect(getDigest.getLastConfig()).toEqual({ scope: 'mine' });
        expect(all(element, 'win')[0].textContent).not.toContain('Ben');
        expect(all(element, 'check-in')).toHaveLength(0);
    });

    it('says what there is none of', async () => {
        const element = await show(EMPTY);
        expect(all(element, 'no-wins')).toHaveLength(1);
        expect(all(element, 'no-blockers')).toHaveLength(1);
        expect(all(element, 'no-priorities')).toHaveLength(1);
    });

    it('shows loading and errors', async () => {
        const element = await show();
        expect(
            element.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('lightning-spinner')
        ).not.toBeNull();
        getDigest.error({ message: 'no' }, 500);
        await flush();
        expect(
            element.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('c-error-panel')
        ).not.toBeNull();
    });

    it('is accessible', async () => {
        await expect(await show(DIGEST)).toBeAccessible();
    });
});
