import { createElement } from 'lwc';
import SimulationRules from 'c/simulationRules';
import data from '../../simulationResult/__tests__/data/simulation.json';

const { result: RESULT } = data;
const { findings: FINDINGS } = data;

function show(findings = FINDINGS) {
    const element = createElement('c-simulation-rules', { is: SimulationRules });
    Object.assign(element, { result: RESULT, findings });
    document.body.appendChild(element);
    return element;
}

describe('simulationRules', () => {
    afterEach(() => document.body.replaceChildren());

    it('hands on what is breached with authority, limit, remedy, and that it is to be confirmed', () => {
        expect(show().shadowRoot.querySelector('c-plan-findings').findings).toEqual([
            {
                rulePack: 'EU MiFID II',
                version: '1',
                rule: 'productBias',
                severity: 'Breach',
                text: 'The same deals pay twice as much. Held against 1.1 (ratio). Pay the same for every product.',
                citation: 'ESMA guidelines, 42',
                isToBeConfirmed: true
            }
        ]);
    });

    it('lists what was checked and is in order, with its source', () => {
        const element = show();
        const [row] = element.shadowRoot.querySelectorAll('[data-id="checked"]');
        expect(row.textContent).toMatch(
            /Conduct gate.*EU MiFID II.*In order.*A gate on conduct\..*ESMA guidelines, 40/s
        );
        expect(element.shadowRoot.textContent).toContain('1 more check');
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
