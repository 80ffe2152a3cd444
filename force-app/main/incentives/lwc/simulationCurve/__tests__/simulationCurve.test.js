import { createElement } from 'lwc';
import SimulationCurve from 'c/simulationCurve';
import data from '../../simulationResult/__tests__/data/simulation.json';

const { result: RESULT } = data;

function show(curve = RESULT.curve) {
    const element = createElement('c-simulation-curve', { is: SimulationCurve });
    element.result = { ...RESULT, curve };
    document.body.appendChild(element);
    return element;
}

const all = (element, id) =>
    [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map(({ textContent }) => textContent);

describe('simulationCurve', () => {
    afterEach(() => document.body.replaceChildren());

    it('says where one more unit changes pay at once, and by how much', () => {
        expect(all(show(), 'cliff')).toEqual([
            'At 100,000.46 of Bookings one more unit adds £3,000.00 to pay at once: 31.3% of target pay.'
        ]);
        const down = { ...RESULT.curve, cliffs: [{ at: '5', jump: '-20.00', share: '0.020000' }] };
        expect(all(show(down), 'cliff')[0]).toContain('takes £20.00 from pay at once: 2% of target pay.');
    });

    it('draws both plans, and has every point in the table', () => {
        const element = show();
        expect(all(element, 'point')).toHaveLength(3);
        expect(all(element, 'point')[1]).toMatch(/100%.*100,000.*£5,000\.00.*£4,000\.00/s);
        const [other, own] = element.shadowRoot.querySelectorAll('polyline');
        expect(own.getAttribute('points').split(' ')).toEqual(['0,40', '50,23.333333333333332', '100,0']);
        expect(other.getAttribute('points').split(' ')).toHaveLength(3);
    });

    it('says that there is no cliff, or no curve', () => {
        expect(all(show({ ...RESULT.curve, cliffs: [] }), 'no-cliffs')).toHaveLength(1);
        expect(show(null).shadowRoot.querySelector('c-empty-state').heading).toBe('No pay curve');
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
