import { createElement } from 'lwc';
import PlumblineSetup from 'c/plumblineSetup';
import getOrg from '@salesforce/apex/SetupController.getOrg';
import verify from '@salesforce/apex/SetupController.verify';

jest.mock('@salesforce/apex/SetupController.getOrg', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SetupController.verify', () => ({ default: jest.fn() }), { virtual: true });

const ORG = { orgId: '00D000000000001EAA', runs: [], permissionSets: [] };
const fine = { name: 'signIn', outcome: 'ok', code: null, message: '', fix: null };
const checked = (...checks) => ({
    checks: [fine, ...checks],
    connection: { keys: [], schedule: { minutes: 0, forecastHour: null } },
    recordCounts: []
});
const refusal = (code) => ({ body: { message: JSON.stringify({ code, message: '' }) } });

async function flush() {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
async function show() {
    const element = createElement('c-plumbline-setup', { is: PlumblineSetup });
    document.body.appendChild(element);
    await flush();
    return element;
}
const child = (element, name) => element.shadowRoot.querySelector(name);
const summary = (element) => child(element, '[data-id="summary"]').textContent;

describe('plumblineSetup', () => {
    beforeEach(() => {
        getOrg.mockReset().mockResolvedValue(ORG);
        verify.mockReset().mockResolvedValue(checked());
    });
    afterEach(() => document.body.replaceChildren());

    it.each([
        ['all is well', checked(), 'both directions work'],
        ['something needs a look', checked({ ...fine, name: 'storage', outcome: 'warning' }), 'needs a look'],
        ['something is missing', checked({ ...fine, name: 'writes', outcome: 'failed' }), 'Not ready']
    ])('sums up that %s', async (_what, answer, words) => {
        verify.mockResolvedValue(answer);
        const element = await show();
        expect(summary(element)).toContain(words);
        expect(child(element, 'c-setup-directions').checked).toEqual(answer);
        expect(child(element, 'c-setup-keys').connection).toEqual(answer.connection);
    });

    it('takes a refusal as an answer: what is missing, and no keys to change', async () => {
        verify.mockRejectedValue(refusal('NOT_CONNECTED'));
        const element = await show();
        expect(summary(element)).toContain('Not ready');
        expect(child(element, 'c-setup-directions').error).toEqual(refusal('NOT_CONNECTED'));
        expect(child(element, 'c-setup-keys')).toBeNull();
        expect(child(element, 'c-setup-figures').org).toEqual(ORG);
        expect(child(element, 'c-error-panel')).toBeNull();
    });

    it('shows an error that says nothing of the connection as an error', async () => {
        verify.mockRejectedValue({ status: 500, body: {} });
        const element = await show();
        expect(child(element, 'c-error-panel').canRetry).toBe(true);
        expect(child(element, 'c-setup-directions')).toBeNull();
    });

    it('reads the org and checks again when asked, and when the keys have changed', async () => {
        const element = await show();
        child(element, '[data-id="again"]').click();
        await flush();
        child(element, 'c-setup-keys').dispatchEvent(new CustomEvent('changed'));
        await flush();
        expect(verify).toHaveBeenCalledTimes(3);
        expect(getOrg).toHaveBeenCalledTimes(3);
    });

    it('says that it is checking meanwhile, and offers no second check', async () => {
        verify.mockReturnValue(new Promise(() => {}));
        const element = await show();
        expect(summary(element)).toContain('Checking');
        expect(child(element, '[data-id="again"]').disabled).toBe(true);
    });

    it('shows who may not see it what to ask for, and calls nobody', async () => {
        getOrg.mockRejectedValue({
            status: 403,
            body: { message: 'You do not have access to the Apex class' }
        });
        const element = await show();
        expect(child(element, 'c-load-state').error.status).toBe(403);
        expect(verify).not.toHaveBeenCalled();
        expect(child(element, '[data-id="again"]')).toBeNull();
        getOrg.mockResolvedValue(ORG);
        child(element, 'c-load-state').dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(summary(element)).toContain('both directions work');
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
