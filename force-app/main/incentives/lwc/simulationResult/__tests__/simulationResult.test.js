import { createElement } from 'lwc';
import SimulationResult from 'c/simulationResult';
import data from './data/simulation.json';

const { result: RESULT } = data;
const simulation = (more = {}) => ({
    ...data.simulation,
    result: JSON.stringify(data.result),
    findings: JSON.stringify(data.findings),
    ...more
});

function show(more) {
    const element = createElement('c-simulation-result', { is: SimulationResult });
    element.simulation = simulation(more);
    document.body.appendChild(element);
    return element;
}

const textOf = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`)?.textContent;

describe('simulationResult', () => {
    afterEach(() => document.body.replaceChildren());

    it('says what was compared, over which time, and the figures at a glance', () => {
        const element = show();
        expect(textOf(element, 'heading')).toBe('Seller, version 2 compared with Seller, version 1');
        expect(textOf(element, 'facts')).toContain('Oct 1, 2025 to Sep 30, 2026, 1,234 deals.');
        expect(textOf(element, 'facts')).toContain('Asked for by Ada Analyst.');
        expect(textOf(element, 'cost')).toContain('£1,500.00');
        expect(textOf(element, 'cost')).toContain('of it £300.00 due later');
        expect(textOf(element, 'difference')).toContain('+£500.00');
        expect(textOf(element, 'difference')).toContain('+50%');
        expect(textOf(element, 'losers')).toContain('-£200.00');
        expect(textOf(element, 'left')).toContain('1 person has a problem');
        expect(textOf(element, 'kept')).toBe('Kept until Feb 19, 2027.');
        expect(textOf(element, 'stale')).toBeUndefined();
    });

    it.each([
        [{ isPlanChanged: true, isDataChanged: true }, 'A plan has changed'],
        [{ isDataChanged: true }, 'Deals, targets or assignments have changed']
    ])('says what has changed since: %j', (more, sentence) => {
        expect(textOf(show(more), 'stale')).toContain(sentence);
    });

    it('compared with nothing has neither difference nor winners', () => {
        const alone = { ...RESULT, against: null, againstTotal: null, spread: null };
        const element = show({ againstVersionId: null, result: JSON.stringify(alone) });
        expect(textOf(element, 'heading')).toBe('Seller, version 2');
        expect(textOf(element, 'winners')).toBeUndefined();
        expect(textOf(element, 'people')).toContain('6');
    });

    it('says whose people were taken for a plan nobody is on', () => {
        const borrowed = { ...RESULT, peopleOf: 'seller' };
        expect(show({ result: JSON.stringify(borrowed) }).shadowRoot.textContent).toContain(
            'so it is tried on the people and targets of Seller.'
        );
    });

    it('shows a part at a time, and problems of nobody in particular in one of their own', async () => {
        const element = show();
        const tabs = element.shadowRoot.querySelector('c-part-tabs');
        expect(tabs.tabs.map(({ key }) => key)).toEqual([
            'cost',
            'people',
            'numbers',
            'curve',
            'products',
            'gates',
            'rules',
            'problems'
        ]);
        tabs.dispatchEvent(new CustomEvent('select', { detail: { key: 'problems' } }));
        await Promise.resolve();
        expect(element.shadowRoot.querySelector('c-simulation-cost')).toBeNull();
        expect(element.shadowRoot.textContent).toContain('3 credits are of people who are on no plan');
    });

    it('that could not be made names each problem and what to do', () => {
        const problems = [
            {
                code: 'NO_HISTORY',
                place: 'plan version seller:2',
                value: '2025',
                fix: 'Choose a time.',
                count: 1
            }
        ];
        const element = show({ result: null, findings: null, problems, leftCount: null });
        expect(textOf(element, 'failed')).toContain('This simulation could not be made');
        expect(textOf(element, 'problem')).toContain('plan version seller:2');
        expect(textOf(element, 'problem')).toContain('Choose a time.');
        expect(textOf(element, 'problem')).toContain('NO_HISTORY');
        expect(element.shadowRoot.querySelector('c-part-tabs')).toBeNull();
    });

    it('is accessible', async () => {
        await expect(show({ isPlanChanged: true })).toBeAccessible();
    });
});
