import { createElement } from 'lwc';
import SimulationPeople from 'c/simulationPeople';
import getPeople from '@salesforce/apex/PlanSimulatorController.getPeople';
import data from '../../simulationResult/__tests__/data/simulation.json';

const { result: RESULT } = data;
const simulation = (more = {}) => ({
    ...data.simulation,
    result: JSON.stringify(data.result),
    findings: JSON.stringify(data.findings),
    ...more
});

jest.mock(
    '@salesforce/apex/PlanSimulatorController.getPeople',
    () => ({ __esModule: true, default: jest.fn() }),
    {
        virtual: true
    }
);

const person = (payeeName, pay, againstPay, difference, share) => ({
    payeeId: `005${payeeName}`,
    payeeName,
    pay,
    againstPay,
    difference,
    share,
    gates: []
});
const PEOPLE = [
    person('Bo', '100.00', '300.00', '-200.00', '-0.666667'),
    person('Cem', '50.00', '50.00', '0.00', '0.000000'),
    person('Dee', '700.00', '0.00', '700.00', null)
];
const LEFT = [
    {
        payeeId: '005E',
        payeeName: 'Eve',
        planKey: 'seller',
        code: 'QUOTA_MISSING',
        place: 'quotas',
        value: '',
        fix: 'Add one.'
    }
];

async function show(more = { seesPeople: true }, result = RESULT) {
    const element = createElement('c-simulation-people', { is: SimulationPeople });
    Object.assign(element, { result, simulation: simulation(more) });
    document.body.appendChild(element);
    await new Promise(process.nextTick);
    await new Promise(process.nextTick);
    return element;
}

const all = (element, id) =>
    [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map(({ textContent }) => textContent);

describe('simulationPeople', () => {
    beforeEach(() =>
        getPeople.mockReset().mockResolvedValue({ people: PEOPLE, left: LEFT, nextAfter: null })
    );
    afterEach(() => document.body.replaceChildren());

    it('shows how many change by how much, without names, to whoever may read the simulation', async () => {
        const element = await show({ seesPeople: false });
        const bands = all(element, 'band');
        expect(bands).toHaveLength(9);
        expect(bands[1]).toContain('Lose 25% to 50%');
        expect(bands[1]).toContain('1 person');
        expect(bands[4]).toContain('No change');
        expect(bands[8]).toContain('Gain 50% or more');
        expect(getPeople).not.toHaveBeenCalled();
        expect(all(element, 'only-analysts')[0]).toContain('compensation analysts only');
    });

    it('names people with amounts and the part of pay, largest loss first, and who is left out', async () => {
        const element = await show();
        const rows = all(element, 'person');
        expect(rows[0]).toMatch(/Bo.*£100\.00.*£300\.00.*-£200\.00.*-66\.7%/s);
        expect(rows[2]).toContain('+£700.00');
        expect(all(element, 'left-person')[0]).toMatch(/Eve.*Add one\..*QUOTA_MISSING/s);
        expect(all(element, 'count')).toEqual(['3 people']);
    });

    it('shows only winners or only losers', async () => {
        const element = await show();
        const filter = element.shadowRoot.querySelector('[data-id="filter"]');
        filter.dispatchEvent(new CustomEvent('change', { detail: { value: 'losers' } }));
        await Promise.resolve();
        expect(all(element, 'person')).toHaveLength(1);
        filter.dispatchEvent(new CustomEvent('change', { detail: { value: 'winners' } }));
        await Promise.resolve();
        expect(all(element, 'person')[0]).toContain('Dee');
    });

    it('reads thousands of people page by page and shows fifty at a time', async () => {
        const many = Array.from({ length: 60 }, (_, index) =>
            person(`P${index}`, '1.00', '2.00', '-1.00', '-0.5')
        );
        getPeople
            .mockResolvedValueOnce({ people: many, left: [], nextAfter: 5 })
            .mockResolvedValueOnce({ people: [PEOPLE[2]], left: [], nextAfter: null });
        const element = await show();
        expect(getPeople.mock.calls.map(([{ afterPart }]) => afterPart)).toEqual([0, 5]);
        expect(all(element, 'person')).toHaveLength(50);
        element.shadowRoot.querySelector('[data-id="more"]').click();
        await Promise.resolve();
        expect(all(element, 'person')).toHaveLength(61);
    });

    it('says what went wrong', async () => {
        getPeople.mockRejectedValue({ body: { message: '{"code":"NO_ACCESS","message":""}' } });
        const element = await show();
        expect(element.shadowRoot.querySelectorAll('c-load-state')[0].error).toBeDefined();
    });

    it('is accessible', async () => {
        await expect(await show()).toBeAccessible();
    });
});
