import { createElement } from 'lwc';
import CadencePanel from 'c/cadencePanel';
import getCadence from '@salesforce/apex/CadenceController.getCadence';
import markHeld from '@salesforce/apex/CadenceController.markHeld';

jest.mock('@salesforce/apex/CadenceController.getCadence', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/CadenceController.markHeld', () => ({ default: jest.fn() }), { virtual: true });

const item = (itemId, status, changes = {}) => ({
    itemId,
    kind: 'OneToOne',
    name: `Person ${itemId}`,
    dueDate: '2026-10-12',
    heldOn: null,
    status,
    ...changes
});
const CADENCE = {
    items: [
        item('a', 'Held', { heldOn: '2026-10-11' }),
        item('b', 'Due', { kind: 'Forecast' }),
        item('d', 'Missed'),
        item('e', 'Due', { dueDate: '2999-10-12' }),
        item('f', 'Late', { heldOn: '2026-10-20' }),
        item('c', 'Late')
    ],
    cadencePercent: 66.7,
    isStale: false
};

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

async function show() {
    const element = createElement('c-cadence-panel', { is: CadencePanel });
    document.body.appendChild(element);
    await flush();
    return element;
}

const all = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];

describe('cadencePanel', () => {
    beforeEach(() => {
        getCadence.mockResolvedValue(CADENCE);
        markHeld.mockResolvedValue();
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('puts late ones first, folds away what is for later or over, and tells how much was on time', async () => {
        const element = await show();
        expect(all(element, 'day').map(({ textContent }) => textContent)).toEqual([
            'late since Oct 12, 2026',
            'due Oct 12, 2026',
            'due Oct 12, 2999',
            'missed, was due Oct 12, 2026',
            'held Oct 11, 2026',
            'held late, Oct 20, 2026'
        ]);
        expect([...element.shadowRoot.querySelectorAll('c-fold-out')].map(({ label }) => label)).toEqual([
            'Due later (1)',
            'Missed (1)',
            'Held (2)'
        ]);
        expect(all(element, 'percent')[0].textContent).toBe('67 % held on time');
        expect(element.shadowRoot.querySelector('.kept').getAttribute('width')).toBe('66.7');
    });

    it('marks one as held and reads the list again; forecasts are submitted, not held', async () => {
        const element = await show();
        expect(all(element, 'mark')).toHaveLength(1);
        all(element, 'mark')[0].click();
        await flush();
        expect(markHeld).toHaveBeenCalledWith({
            itemId: 'c',
            heldOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)
        });
        expect(getCadence).toHaveBeenCalledTimes(2);
        expect(element.shadowRoot.querySelector('[role="status"]').textContent).toBe('Marked as held.');
    });

    it('shows why one could not be marked, and keeps the list', async () => {
        markHeld.mockRejectedValue({ body: { message: '{"code":"INVALID_INPUT","message":"No."}' } });
        const element = await show();
        all(element, 'mark')[0].click();
        await flush();
        expect(element.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        expect(all(element, 'item')).toHaveLength(6);
    });

    it('says that nothing is due, without a share of nothing', async () => {
        getCadence.mockResolvedValue({ items: [], cadencePercent: null });
        const element = await show();
        expect(element.shadowRoot.querySelector('c-empty-state').heading).toBe('Nothing is due');
        expect(all(element, 'percent')).toHaveLength(0);
    });

    it('shows loading, an error, and tries again', async () => {
        getCadence.mockRejectedValueOnce(new Error('no'));
        const element = await show();
        const state = element.shadowRoot.querySelector('c-load-state');
        expect(state.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        state.dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(all(element, 'item')).toHaveLength(6);
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
