import { createElement } from 'lwc';
import SetupDirections from 'c/setupDirections';

const CHECKS = [
    { name: 'signIn', outcome: 'ok', code: null, message: 'The service signs in.', fix: null },
    {
        name: 'writes',
        outcome: 'failed',
        code: 'OBJECT_NOT_WRITABLE',
        message: 'The service cannot save Run__c.',
        fix: 'Assign SpmIntegration to the Run As user.'
    }
];
const refusal = (code) => ({ body: { message: JSON.stringify({ code, message: '' }) } });

async function show(properties) {
    const element = createElement('c-setup-directions', { is: SetupDirections });
    Object.assign(element, { orgId: '00D000000000001EAA', ...properties });
    document.body.appendChild(element);
    await Promise.resolve();
    return element;
}
const line = (element, check) => element.shadowRoot.querySelector(`[data-check="${check}"]`);

describe('setupDirections', () => {
    afterEach(() => document.body.replaceChildren());

    it('says in words how each check stands, and for what is missing the next step and the code', async () => {
        const element = await show({ checked: { checks: CHECKS } });
        expect(line(element, 'reach').textContent).toContain('OK');
        expect(line(element, 'signIn').textContent).not.toContain('The service signs in.');
        const missing = line(element, 'writes');
        expect(missing.dataset.outcome).toBe('failed');
        for (const part of ['Missing', CHECKS[1].message, CHECKS[1].fix, 'OBJECT_NOT_WRITABLE'])
            expect(missing.textContent).toContain(part);
        expect(element.shadowRoot.querySelector('[data-id="steps"]')).toBeNull();
    });

    it('tells how to enter the key of this org where a key is missing', async () => {
        const element = await show({ error: refusal('NOT_CONNECTED') });
        const steps = element.shadowRoot.querySelector('[data-id="steps"]');
        expect(steps.querySelectorAll('li')).toHaveLength(4);
        expect(steps.textContent).toContain('The username is 00D000000000001EAA');
        expect(steps.querySelector('a').getAttribute('href')).toBe('/lightning/setup/NamedCredential/home');
        expect(line(element, 'signIn').dataset.outcome).toBe('unknown');
    });

    it('is accessible', async () => {
        const element = await show({ error: refusal('ORG_MISMATCH') });
        await expect(element).toBeAccessible();
    });
});
