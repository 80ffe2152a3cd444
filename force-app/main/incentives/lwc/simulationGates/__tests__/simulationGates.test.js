import { createElement } from 'lwc';
import SimulationGates from 'c/simulationGates';
import data from '../../simulationResult/__tests__/data/simulation.json';

const { result: RESULT } = data;

function show(gates = RESULT.gates) {
    const element = createElement('c-simulation-gates', { is: SimulationGates });
    element.result = { ...RESULT, gates };
    document.body.appendChild(element);
    return element;
}

const text = (element) => element.shadowRoot.querySelector('[data-id="gate"]').textContent;

describe('simulationGates', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells how often a gate was not met, for how many, and what it held back', () => {
        expect(text(show())).toMatch(
            /Clean record, before Commission on bookings.*40.*4 \(10%\).*1.*2.*£500\.00/s
        );
    });

    it('says where what it held back is not known', () => {
        expect(text(show([{ ...RESULT.gates[0], heldBack: null }]))).toContain('not known');
    });

    it('says that the plan has no gates', () => {
        expect(show([]).shadowRoot.querySelector('c-empty-state').heading).toBe('The plan has no gates');
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
