import { createElement } from 'lwc';
import ConductBoard from 'c/conductBoard';
import getConduct from '@salesforce/apex/ConductController.getConduct';
import { refreshApex } from '@salesforce/apex';

jest.mock(
    '@salesforce/apex/ConductController.getConduct',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });

const result = (name, status, changes = {}) => ({
    resultId: `${name}-${changes.metricKey ?? 'gates'}`,
    userId: name,
    name,
    metricKey: 'gates',
    label: 'Gates passed',
    unit: 'Percent',
    value: 82.5,
    floorValue: 80,
    targetValue: 95,
    status,
    trend: 'Steady',
    ...changes
});
const finding = (name, severity, changes = {}) => ({
    warningId: `w-${name}`,
    userId: name,
    name,
    metricKey: 'gaming-DateResets',
    words: 'Close dates of 5 deals moved on in bulk.',
    since: '2026-09-14',
    severity,
    status: 'Open',
    evidence: [],
    ...changes
});
const CONDUCT = {
    month: '2026-11-01',
    months: ['2026-11-01', '2026-10-01'],
    results: [
        result('Ben', 'Missed'),
        result('Ada', 'Met'),
        result('Cleo', 'Near'),
        result('Dora', 'Met'),
        result('Eve', 'Met')
    ],
    findings: [
        finding('Dora', 'Medium'),
        finding('Cleo', 'High'),
        finding('Eve', 'High', { status: 'Cleared' })
    ],
    imports: [],
    isStale: false
};

async function flush() {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}

async function show(data = CONDUCT) {
    const element = createElement('c-conduct-board', { is: ConductBoard });
    document.body.appendChild(element);
    if (data) getConduct.emit(data);
    await flush();
    return element;
}

const all = (element, query) => [...element.shadowRoot.querySelectorAll(query)];
const one = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const people = (element) =>
    all(element, 'c-conduct-person').map(({ person }) => [person.name, person.severity]);

async function choose(element, id, value) {
    one(element, id).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await flush();
}

describe('conductBoard', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows who needs a look, what weighs most first', async () => {
        const element = await show();
        expect(people(element)).toEqual([
            ['Cleo', 'High'],
            ['Dora', 'Medium'],
            ['Ben', 'Missed']
        ]);
        expect(one(element, 'count').textContent).toBe('3 of 5 people');
    });

    it('a sign that is seen no more weighs nothing, and is still shown among signs', async () => {
        const element = await show();
        await choose(element, 'show', 'signs');
        expect(people(element)).toEqual([
            ['Cleo', 'High'],
            ['Dora', 'Medium'],
            ['Eve', 'Fine']
        ]);
    });

    it('shows missed standards, everybody, and people by name', async () => {
        const element = await show();
        await choose(element, 'show', 'missed');
        expect(people(element)).toEqual([['Ben', 'Missed']]);
        await choose(element, 'show', 'all');
        expect(people(element)).toHaveLength(5);
        await choose(element, 'search', ' ad');
        expect(people(element)).toEqual([['Ada', 'Fine']]);
    });

    it('says that nobody needs a look', async () => {
        const element = await show({ ...CONDUCT, findings: [], results: [result('Ada', 'Met')] });
        expect(all(element, 'c-empty-state')[0].heading).toBe('Nobody here needs a look');
        expect(people(element)).toEqual([]);
    });

    it('reads another month', async () => {
        const element = await show();
        expect(one(element, 'month').options.map(({ label }) => label)).toEqual([
            'November 2026',
            'October 2026'
        ]);
        await choose(element, 'month', '2026-10-01');
        expect(getConduct.getLastConfig()).toEqual({ month: '2026-10-01' });
    });

    it('shows forty people, and more when asked', async () => {
        const results = Array.from({ length: 45 }, (_, index) => result(`Person ${index}`, 'Missed'));
        const element = await show({ ...CONDUCT, results, findings: [] });
        expect(people(element)).toHaveLength(40);
        one(element, 'more').click();
        await flush();
        expect(people(element)).toHaveLength(45);
        expect(one(element, 'more')).toBeNull();
    });

    it('says that there is nothing before the first run, and shows deliveries all the same', async () => {
        const element = await show({ ...CONDUCT, month: null, months: [], results: [], findings: [] });
        expect(all(element, 'c-empty-state')[0].heading).toBe('No conduct figures yet');
        expect(all(element, 'c-fact-imports')).toHaveLength(1);
    });

    it('says that figures are out of date', async () => {
        expect(all(await show(), 'c-stale-notice')).toHaveLength(0);
        expect(all(await show({ ...CONDUCT, isStale: true }), 'c-stale-notice')).toHaveLength(1);
    });

    it('shows loading, then an error, and tries again', async () => {
        const element = await show(null);
        const state = element.shadowRoot.querySelector('c-load-state');
        expect(state.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
        getConduct.error({ message: '{"code":"NO_ACCESS","message":"No."}' });
        await flush();
        expect(state.shadowRoot.querySelector('c-error-panel')).not.toBeNull();
        expect(all(element, 'c-fact-imports')).toHaveLength(0);
        state.dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
