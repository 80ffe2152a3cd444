import { createElement } from 'lwc';
import StandardsEditor from 'c/standardsEditor';
import getStandards from '@salesforce/apex/StandardsController.getStandards';
import addStandard from '@salesforce/apex/StandardsController.addStandard';
import endStandard from '@salesforce/apex/StandardsController.endStandard';

jest.mock(
    '@salesforce/apex/StandardsController.getStandards',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/StandardsController.addStandard', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/StandardsController.endStandard', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const standard = (standardId, changes = {}) => ({
    standardId,
    roleKey: 'adviser',
    metricKey: 'csat',
    label: 'CSAT',
    unit: 'Percent',
    family: 'Results',
    floorValue: 75,
    targetValue: 90,
    effectiveStartDate: '2025-01-01',
    effectiveEndDate: null,
    reason: 'Firm plan',
    state: 'InForce',
    ...changes
});
const VIEW = {
    standards: [
        standard('s1'),
        standard('s2', { state: 'Past', effectiveEndDate: '2025-01-01' }),
        standard('s3', { roleKey: 'operations', metricKey: 'errors', label: 'Errors', unit: 'Count' })
    ],
    mayEdit: true
};

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

async function show(view) {
    const element = createElement('c-standards-editor', { is: StandardsEditor });
    document.body.appendChild(element);
    if (view) getStandards.emit(view);
    await flush();
    return element;
}

const one = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const button = (element, id) =>
    element.shadowRoot.querySelector('c-form-buttons').shadowRoot.querySelector(`[data-id="${id}"]`);
const all = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];
const field = (element, name) =>
    element.shadowRoot.querySelector('c-form-fields').shadowRoot.querySelector(`[data-name="${name}"]`);

async function enter(element, values) {
    for (const [name, value] of Object.entries(values)) {
        field(element, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
        await flush();
    }
}

describe('standardsEditor', () => {
    beforeEach(() => {
        jest.useFakeTimers({ now: new Date('2026-11-21T09:00:00Z'), doNotFake: ['queueMicrotask'] });
        addStandard.mockResolvedValue('s9');
        endStandard.mockResolvedValue();
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('shows what holds, by role, with past ones on request', async () => {
        const element = await show(VIEW);
        expect(all(element, 'standard')).toHaveLength(2);
        expect(all(element, 'standard')[0].textContent).toContain('75 %');
        Object.assign(one(element, 'past'), { checked: true });
        one(element, 'past').dispatchEvent(new CustomEvent('change'));
        await flush();
        expect(all(element, 'standard')).toHaveLength(3);
        one(element, 'role').dispatchEvent(new CustomEvent('change', { detail: { value: 'operations' } }));
        await flush();
        expect(all(element, 'standard')).toHaveLength(1);
    });

    it('changes one from next month, with a reason', async () => {
        const element = await show(VIEW);
        all(element, 'change')[0].click();
        await flush();
        expect(field(element, 'startDate').value).toBe('2026-12-01');
        expect(button(element, 'send').disabled).toBe(true);
        await enter(element, { targetValue: '92', reason: ' Clients ask for more ' });
        button(element, 'send').click();
        await flush();
        expect(addStandard).toHaveBeenCalledWith({
            roleKey: 'adviser',
            metricKey: 'csat',
            family: 'Results',
            floorValue: 75,
            targetValue: 92,
            startDate: '2026-12-01',
            reason: 'Clients ask for more'
        });
        expect(element.shadowRoot.querySelector('c-form-buttons')).toBeNull();
    });

    it('ends one with this month', async () => {
        const element = await show(VIEW);
        all(element, 'end')[0].click();
        await flush();
        expect(endStandard).toHaveBeenCalledWith({ standardId: 's1', endDate: '2026-12-01' });
    });

    it('sets a new one, and keeps what was typed when the guard refuses', async () => {
        addStandard.mockRejectedValue({ body: { message: '{"code":"SAVE_REFUSED","message":"No."}' } });
        const element = await show(VIEW);
        one(element, 'add').click();
        await flush();
        await enter(element, {
            roleKey: 'manager',
            metricKey: 'csat',
            floorValue: '1',
            targetValue: '2',
            reason: 'x'
        });
        button(element, 'send').click();
        await flush();
        expect(element.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        expect(field(element, 'targetValue').value).toBe('2');
        button(element, 'cancel').click();
        await flush();
        expect(element.shadowRoot.querySelector('c-error-panel')).toBeNull();
    });

    it('offers nothing to change to who may only read', async () => {
        const element = await show({ ...VIEW, mayEdit: false });
        expect([...all(element, 'change'), ...all(element, 'end'), ...all(element, 'add')]).toEqual([]);
    });

    it('shows loading, nothing yet and errors', async () => {
        const element = await show();
        expect(
            element.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('lightning-spinner')
        ).not.toBeNull();
        getStandards.error({ message: 'no' }, 500);
        await flush();
        expect(
            element.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('c-error-panel')
        ).not.toBeNull();
        document.body.replaceChildren();
        const empty = await show({ standards: [], mayEdit: true });
        expect(empty.shadowRoot.querySelector('c-empty-state').heading).toBe('No standards yet');
    });

    it('is accessible', async () => {
        jest.useRealTimers();
        const element = await show(VIEW);
        one(element, 'add').click();
        await flush();
        await expect(element).toBeAccessible();
    });
});
