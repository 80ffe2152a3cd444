import { createElement } from 'lwc';
import SimulationNumbers from 'c/simulationNumbers';
import data from '../../simulationResult/__tests__/data/simulation.json';

const { result: RESULT } = data;
const { sensitivity: SENSITIVITY } = RESULT;

function show(sensitivity = SENSITIVITY) {
    const element = createElement('c-simulation-numbers', { is: SimulationNumbers });
    element.result = { ...RESULT, sensitivity };
    document.body.appendChild(element);
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const texts = (element, id) => all(element, `[data-id="${id}"]`).map((one) => one.textContent);
const spaced = (text) => text.replace(/\s+/g, ' ').trim();

describe('simulationNumbers', () => {
    afterEach(() => document.body.replaceChildren());

    it('says in a sentence what a number a tenth higher would have cost, and who gains', () => {
        const element = show();
        expect(texts(element, 'earned')).toEqual(['As it stands, the plan earned 6 people £1,500.00.']);
        expect(texts(element, 'sentence')).toEqual([
            'If “Commission: rate from 120 % of the quota of bookings” were 1.98% instead of 1.80%, it would have cost £1,220.00 more; 5 people gain.',
            'If “Commission: threshold at 120 % of the quota of bookings” were 108% instead of 120%, it would have cost £300.50 more; 2 people gain, 1 person loses.',
            'If “Bonus: cap” were 13,750 instead of 12,500, it would have cost the same.'
        ]);
    });

    it('draws a bar to the left where less, to the right where more would have been earned', () => {
        const [first] = all(show(), '[data-id="bar"]');
        const bars = [...first.querySelectorAll('rect')].map((bar) =>
            ['class', 'x', 'width'].map((name) => bar.getAttribute(name)).join(' ')
        );
        expect(bars).toEqual(['lower 0 50', 'higher 50 50']);
    });

    it('has every number in the table, with why one cannot be moved', () => {
        const rows = texts(show(), 'row').map(spaced);
        expect(rows[0]).toMatch(/1\.80%1\.62%-£1,220\.005 people lose1\.98%\+£1,220\.005 people gain/);
        expect(rows[1]).toMatch(/132%cannot be toldA band must end above where it begins/);
    });

    it('shows ten as bars and the rest in the table only', () => {
        const [first] = SENSITIVITY.numbers;
        const numbers = Array.from({ length: 12 }, () => first);
        const element = show({ ...SENSITIVITY, numbers, moreNumbers: 3 });
        expect([texts(element, 'bar').length, texts(element, 'row').length]).toEqual([10, 12]);
        expect(texts(element, 'note')).toEqual(['3 more numbers change the cost less than these.']);
    });

    it('marks what was calculated line by line, and says why', () => {
        const [first, ...rest] = SENSITIVITY.numbers;
        const numbers = [{ ...first, isByLine: true }, ...rest];
        const element = show({ ...SENSITIVITY, numbers, reason: 'measures.sales: looks back over a window' });
        expect(texts(element, 'row')[0]).toContain('Calculated line by line');
        expect(texts(element, 'row')[1]).not.toContain('Calculated line by line');
        expect(texts(element, 'note')).toEqual([
            'Some of it was calculated line by line, which takes longer: measures.sales: looks back over a window.'
        ]);
    });

    it.each([
        [null, 'Nothing to move'],
        [undefined, 'Not part of this simulation'],
        [{ ...SENSITIVITY, numbers: [], left: 40, reason: 'components.pot: shares a pool' }, 'Not tried']
    ])('says why there is nothing to show: %#', (sensitivity, heading) => {
        const element = createElement('c-simulation-numbers', { is: SimulationNumbers });
        element.result = { ...RESULT, sensitivity };
        document.body.appendChild(element);
        const empty = element.shadowRoot.querySelector('c-empty-state');
        expect(empty.heading).toBe(heading);
        expect(empty.message).not.toBe('');
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
