import { createElement } from 'lwc';
import FocusList from 'c/focusList';
import getFocus from '@salesforce/apex/FocusController.getFocus';
import createTask from '@salesforce/apex/FocusController.createTask';
import { refreshApex } from '@salesforce/apex';

jest.mock(
    '@salesforce/apex/FocusController.getFocus',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/FocusController.createTask', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const item = (opportunityId, changes = {}) => ({
    opportunityId,
    opportunityName: `Deal ${opportunityId}`,
    accountName: 'Harbour plc',
    minutes: 45,
    chanceChange: 0.062,
    amount: 500_000,
    value: 31_000,
    reasons: ['No contact since 2026-10-12.'],
    action: 'Call the client',
    payEffect: 1_200,
    openTaskId: null,
    ...changes
});
const FOCUS = {
    items: [item('006A'), item('006B', { payEffect: null, openTaskId: '00T1' })],
    capacityMinutes: 240
};

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

async function show(focus) {
    const element = createElement('c-focus-list', { is: FocusList });
    document.body.appendChild(element);
    if (focus !== undefined) getFocus.emit(focus);
    await flush();
    return element;
}

const all = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];

describe('focusList', () => {
    beforeEach(() => createTask.mockResolvedValue('00T9'));
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('tells what to do, why, what it takes and what it may change', async () => {
        const element = await show(FOCUS);
        expect(all(element, 'capacity')[0].textContent).toContain('4 hours');
        expect(all(element, 'gain')[0].textContent).toContain('+6.2 points of chance to win on');
        expect(all(element, 'gain')[0].textContent).toContain('45 min');
        expect(all(element, 'why')[0].textContent).toBe('No contact since Oct 12, 2026.');
    });

    it('keeps pay apart, and quiet where a product must not be ranked by it', async () => {
        expect(all(await show(FOCUS), 'pay')).toHaveLength(1);
    });

    it('adds a task in one click, and links the one that is open', async () => {
        const element = await show(FOCUS);
        expect(all(element, 'task')).toHaveLength(1);
        all(element, 'task')[0].click();
        await flush();
        expect(createTask).toHaveBeenCalledWith({ opportunityId: '006A', action: 'Call the client' });
        expect(refreshApex).toHaveBeenCalledTimes(1);
        expect(element.shadowRoot.querySelector('[role="status"]').textContent).toBe('Task added.');
    });

    it('shows what went wrong with a task', async () => {
        createTask.mockRejectedValue({ body: { message: '{"code":"NO_ACCESS","message":"No."}' } });
        const element = await show(FOCUS);
        all(element, 'task')[0].click();
        await flush();
        expect(element.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
    });

    it('says that there is no list yet, that nothing stands out, that it is old, and what went wrong', async () => {
        expect((await show(null)).shadowRoot.querySelector('c-empty-state').heading).toBe('No list yet');
        document.body.replaceChildren();
        const empty = await show({ ...FOCUS, items: [], isStale: true });
        expect(empty.shadowRoot.querySelector('c-empty-state').heading).toBe('Nothing stands out');
        expect(empty.shadowRoot.querySelector('c-stale-notice')).not.toBeNull();
        document.body.replaceChildren();
        const element = await show();
        expect(
            element.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('lightning-spinner')
        ).not.toBeNull();
        getFocus.error({ message: 'no' }, 500);
        await flush();
        expect(
            element.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('c-error-panel')
        ).not.toBeNull();
    });

    it('is accessible', async () => {
        await expect(await show(FOCUS)).toBeAccessible();
    });
});
