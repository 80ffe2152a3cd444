import { createElement } from 'lwc';
import MetricRegistry from 'c/metricRegistry';
import getRegistry from '@salesforce/apex/MetricController.getRegistry';
import addVersion from '@salesforce/apex/MetricController.addVersion';

jest.mock(
    '@salesforce/apex/MetricController.getRegistry',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/MetricController.addVersion', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });

const definition = (metricKey, version, state, changes = {}) => ({
    definitionId: `${metricKey}${version}`,
    metricKey,
    version,
    label: metricKey.toUpperCase(),
    kind: 'Client',
    formulaWords: `${metricKey} in words`,
    formula: '{"mean":"csat"}',
    unit: 'Percent',
    grain: 'Month',
    direction: 'Up',
    minimumSampleSize: 5,
    ownerName: 'Operations',
    sourceObjects: 'Survey',
    effectiveStartDate: '2026-01-01',
    whatMovesIt: 'Listen.',
    state,
    ...changes
});
const VIEW = {
    metrics: [
        definition('csat', 2, 'ToCome'),
        definition('csat', 1, 'InForce'),
        definition('nps', 1, 'InForce')
    ],
    mayEdit: true
};

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

async function show(view) {
    const element = createElement('c-metric-registry', { is: MetricRegistry });
    document.body.appendChild(element);
    if (view) getRegistry.emit(view);
    await flush();
    return element;
}

const one = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const button = (element, id) =>
    element.shadowRoot.querySelector('c-form-buttons').shadowRoot.querySelector(`[data-id="${id}"]`);
const all = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];
const field = (element, name) =>
    element.shadowRoot.querySelector('c-form-fields').shadowRoot.querySelector(`[data-name="${name}"]`);

async function enter(element, name, value) {
    field(element, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

describe('metricRegistry', () => {
    beforeEach(() => {
        jest.useFakeTimers({ now: new Date('2026-11-21T09:00:00Z'), doNotFake: ['queueMicrotask'] });
        addVersion.mockResolvedValue('m9');
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('shows each metric once, with all its versions', async () => {
        const element = await show(VIEW);
        expect(all(element, 'metric')).toHaveLength(2);
        expect(one(element, 'about').textContent).toBe(
            'Client, each Month, in Percent, from n = 5. Owned by Operations, from Survey.'
        );
        expect(all(element, 'version').map(({ textContent }) => textContent.trim())).toEqual([
            'Version 2, To come, from',
            'Version 1, In force, from',
            'Version 1, In force, from'
        ]);
    });

    it('finds a metric by its words', async () => {
        const element = await show(VIEW);
        one(element, 'search').dispatchEvent(new CustomEvent('change', { detail: { value: ' NPS ' } }));
        await flush();
        expect(one(element, 'count').textContent).toBe('1 of 2 metrics');
        one(element, 'search').dispatchEvent(new CustomEvent('change', { detail: { value: 'zebra' } }));
        await flush();
        expect(element.shadowRoot.querySelector('c-empty-state').heading).toBe('No metric fits');
    });

    it('adds a version that says what differs from the newest one, from next month', async () => {
        const element = await show(VIEW);
        all(element, 'new')[0].click();
        await flush();
        expect(button(element, 'send').disabled).toBe(true);
        await enter(element, 'minimumSampleSize', '10');
        await enter(element, 'ownerName', 'Operations ');
        button(element, 'send').click();
        await flush();
        expect(addVersion).toHaveBeenCalledWith({
            metricKey: 'csat',
            startDate: '2026-12-01',
            changes: '{"minimumSampleSize":10}'
        });
        expect(element.shadowRoot.querySelector('c-form-buttons')).toBeNull();
    });

    it('keeps what was typed when the guard refuses', async () => {
        addVersion.mockRejectedValue({ body: { message: '{"code":"SAVE_REFUSED","message":"No."}' } });
        const element = await show(VIEW);
        all(element, 'new')[1].click();
        await flush();
        await enter(element, 'formulaWords', 'other words');
        button(element, 'send').click();
        await flush();
        expect(element.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        expect(field(element, 'formulaWords').value).toBe('other words');
        button(element, 'cancel').click();
        await flush();
        expect(element.shadowRoot.querySelector('c-form-buttons')).toBeNull();
    });

    it('offers no version to who may only read', async () => {
        expect(all(await show({ ...VIEW, mayEdit: false }), 'new')).toHaveLength(0);
    });

    it('shows loading, nothing yet and errors', async () => {
        const element = await show();
        expect(
            element.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('lightning-spinner')
        ).not.toBeNull();
        getRegistry.error({ message: 'no' }, 500);
        await flush();
        expect(
            element.shadowRoot.querySelector('c-load-state').shadowRoot.querySelector('c-error-panel')
        ).not.toBeNull();
        document.body.replaceChildren();
        const empty = await show({ metrics: [], mayEdit: false });
        expect(empty.shadowRoot.querySelector('c-empty-state').heading).toBe('No metrics yet');
    });

    it('is accessible', async () => {
        jest.useRealTimers();
        const element = await show(VIEW);
        all(element, 'new')[0].click();
        await flush();
        await expect(element).toBeAccessible();
    });
});
