import { createElement } from 'lwc';
import MetricLine from 'c/metricLine';
import getMetric from '@salesforce/apex/ScorecardController.getMetric';

jest.mock('@salesforce/apex/ScorecardController.getMetric', () => ({ default: jest.fn() }), {
    virtual: true
});

const METRIC = {
    resultId: 'r1',
    metricKey: 'client-retention',
    version: 2,
    label: 'Client retention',
    unit: 'Percent',
    direction: 'Up',
    formulaWords: 'Clients kept of all clients.',
    ownerName: 'Sales operations',
    whatMovesIt: 'Call before the renewal.',
    dimension: 'client',
    weight: 0.12,
    value: 96.5,
    sampleSize: 120,
    lowValue: 92.1,
    highValue: 98.6,
    floorValue: 95,
    targetValue: 98,
    points: 9.5,
    percentile: 40,
    trend: 'Falling',
    status: 'Near',
    series: [
        { month: '2026-09', value: 97, n: 118 },
        { month: '2026-10', value: null, n: null }
    ]
};
const DETAIL = {
    sourceObjects: 'Account',
    working: '[{"words":"Clients kept since 2026-09-01","value":"116"}]',
    evidence: [
        { recordId: '001A', objectName: 'Account', label: 'x', name: 'Harbour plc' },
        { recordId: null, objectName: 'Account', label: 'An account', name: null }
    ]
};

const one = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const part = (element, name) => element.shadowRoot.querySelector(name);

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

function show(changes = {}) {
    const element = createElement('c-metric-line', { is: MetricLine });
    element.metric = { ...METRIC, ...changes };
    document.body.appendChild(element);
    return element;
}

async function open(element) {
    one(element, 'toggle').click();
    await flush();
}

const all = (element, id) => [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)];

describe('metricLine', () => {
    beforeEach(() => getMetric.mockResolvedValue(DETAIL));
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('tells the figure, the standard, the interval, the place among colleagues and the points', () => {
        const element = show();
        expect(one(element, 'value').textContent).toBe('96.5 %');
        expect(one(element, 'standard').textContent).toBe('Floor 95 %, target 98 %');
        expect(one(element, 'facts').textContent).toBe(
            'likely 92.1 % to 98.6 % · n = 120 · ahead of 40 % of comparable colleagues · 9.5 of 12 points'
        );
        expect(one(element, 'mark').textContent).toBe('Between floor and target');
    });

    it.each([
        ['Down', 'At most 95 %, target 98 %'],
        ['Band', 'Between 95 % and 98 %']
    ])('words a standard where %s is better', (direction, text) => {
        expect(one(show({ direction }), 'standard').textContent).toBe(text);
    });

    it('says that there is no data or no standard, and keeps quiet about what is not known', () => {
        const element = show({
            value: null,
            status: 'NoData',
            lowValue: null,
            highValue: null,
            sampleSize: 0,
            percentile: null,
            points: null,
            floorValue: null
        });
        expect(one(element, 'value').textContent).toBe('–');
        expect(one(element, 'standard').textContent).toBe('No standard set');
        expect(one(element, 'facts').textContent).toBe('n = 0');
    });

    it('reads the working only when it is opened, once', async () => {
        const element = show();
        expect(getMetric).not.toHaveBeenCalled();
        await open(element);
        expect(getMetric).toHaveBeenCalledWith({ resultId: 'r1' });
        const working = part(element, 'c-metric-working');
        expect(one(working, 'working').textContent).toBe('Clients kept since Sep 1, 2026: 116');
        expect(one(working, 'definition').textContent).toBe(
            'Definition version 2, owned by Sales operations, from Account'
        );
        expect(all(element, 'month').map(({ textContent }) => textContent)).toEqual([
            '2026-0997 %118',
            '2026-10–'
        ]);
        await open(element);
        await open(element);
        expect(getMetric).toHaveBeenCalledTimes(1);
    });

    it('links the records that are shared, and says why there may be none', async () => {
        const element = show();
        await open(element);
        const list = part(element, 'c-evidence-list');
        expect(part(list, 'c-record-link').label).toBe('Harbour plc');
        expect(all(list, 'evidence')[1].textContent).toBe('An account');
        getMetric.mockResolvedValue({ ...DETAIL, evidence: [], working: '{oops' });
        const bare = show();
        await open(bare);
        expect(one(bare, 'no-evidence').textContent).toContain('who said what stays');
    });

    it('shows an error and tries again', async () => {
        getMetric.mockRejectedValueOnce(new Error('no'));
        const element = show();
        await open(element);
        const state = element.shadowRoot.querySelector('c-load-state');
        expect(state.error).toBeDefined();
        state.dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(part(element, 'c-metric-working')).not.toBeNull();
    });

    it('is accessible', async () => {
        const element = show();
        await open(element);
        await expect(element).toBeAccessible();
    });
});
