import { createElement } from 'lwc';
import SetupKeys from 'c/setupKeys';
import makeKey from '@salesforce/apex/SetupController.makeKey';
import endKey from '@salesforce/apex/SetupController.endKey';
import disconnect from '@salesforce/apex/SetupController.disconnect';

jest.mock('@salesforce/apex/SetupController.makeKey', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SetupController.endKey', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/SetupController.disconnect', () => ({ default: jest.fn() }), { virtual: true });

const FIRST = { fingerprint: 'ab12', createdAt: '2026-11-01T08:00:00.000Z', isInUse: true };
const OLD = { fingerprint: 'cd34', createdAt: '2026-10-01T08:00:00.000Z', isInUse: false };
const refusal = (code) => ({ body: { message: JSON.stringify({ code, message: '' }) } });

async function flush() {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

async function show(keys) {
    const element = createElement('c-setup-keys', { is: SetupKeys });
    element.connection = { keys };
    const changed = jest.fn();
    element.addEventListener('changed', changed);
    document.body.appendChild(element);
    await flush();
    return { element, changed };
}
const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
async function press(element, id) {
    part(element, id).click();
    await flush();
}

describe('setupKeys', () => {
    beforeEach(() => {
        makeKey.mockReset().mockResolvedValue({ key: 'plk_new', fingerprint: 'ef56' });
        endKey.mockReset().mockResolvedValue(null);
        disconnect.mockReset().mockResolvedValue(null);
    });
    afterEach(() => document.body.replaceChildren());

    it('shows which key this org uses, and offers to end only another one', async () => {
        const { element } = await show([FIRST, OLD]);
        const rows = [...element.shadowRoot.querySelectorAll('tbody tr')];
        expect(rows.map((row) => row.dataset.key)).toEqual(['ab12', 'cd34']);
        expect(rows[0].textContent).toContain('In use');
        expect(rows[0].querySelector('lightning-button')).toBeNull();
        expect(rows[1].querySelector('lightning-button').title).toBe('End key cd34');
    });

    it('with one key offers a second, shows it once, and forgets it when it was entered', async () => {
        const { element, changed } = await show([FIRST]);
        await press(element, 'make');
        expect(part(element, 'new-key').querySelector('lightning-input').value).toBe('plk_new');
        expect(part(element, 'make')).toBeNull();
        expect(changed).not.toHaveBeenCalled();
        await press(element, 'entered');
        expect(part(element, 'new-key')).toBeNull();
        expect(changed).toHaveBeenCalledTimes(1);
    });

    it('with two keys offers no third', async () => {
        const { element } = await show([FIRST, OLD]);
        expect(part(element, 'make')).toBeNull();
    });

    it('ends a key, says so, and has the connection checked', async () => {
        const { element, changed } = await show([FIRST, OLD]);
        await press(element, 'end');
        expect(endKey).toHaveBeenCalledWith({ fingerprint: 'cd34' });
        expect(part(element, 'announcement').textContent).toBe('Key cd34 was ended.');
        expect(changed).toHaveBeenCalledTimes(1);
    });

    it('shows a refusal and leaves the buttons usable', async () => {
        endKey.mockRejectedValue(refusal('KEY_IN_USE'));
        const { element, changed } = await show([FIRST, OLD]);
        await press(element, 'end');
        expect(element.shadowRoot.querySelector('c-error-panel').error).toEqual(refusal('KEY_IN_USE'));
        expect(part(element, 'end').disabled).toBe(false);
        expect(changed).not.toHaveBeenCalled();
    });

    it('disconnects only after it was confirmed', async () => {
        const { element, changed } = await show([FIRST]);
        await press(element, 'disconnect');
        expect(disconnect).not.toHaveBeenCalled();
        await press(element, 'stay');
        expect(part(element, 'leave')).toBeNull();
        await press(element, 'disconnect');
        await press(element, 'leave');
        expect(disconnect).toHaveBeenCalledTimes(1);
        expect(changed).toHaveBeenCalledTimes(1);
    });

    it('is accessible with a new key and the question of disconnecting open', async () => {
        const { element } = await show([FIRST]);
        await press(element, 'make');
        await press(element, 'disconnect');
        await expect(element).toBeAccessible();
    });
});
