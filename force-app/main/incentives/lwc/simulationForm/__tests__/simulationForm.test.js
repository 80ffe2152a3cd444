import { createElement } from 'lwc';
import SimulationForm from 'c/simulationForm';

const version = (planVersionId, more) => ({
    planVersionId,
    planKey: 'seller',
    planName: 'Seller',
    version: planVersionId,
    status: 'Retired',
    interval: 'Quarter',
    currencyCode: 'GBP',
    isInForce: false,
    ...more
});
const VERSIONS = [
    version('1'),
    version('2', { status: 'Active', isInForce: true }),
    version('3', { status: 'Draft' }),
    version('4', { planKey: 'hunter', planName: 'Hunter', currencyCode: 'EUR' })
];

function show(more = {}) {
    const element = createElement('c-simulation-form', { is: SimulationForm });
    Object.assign(element, { choices: { versions: VERSIONS, periods: [] }, today: '2026-11-21', ...more });
    document.body.appendChild(element);
    return element;
}

const find = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const change = (element, id, value) =>
    find(element, id).dispatchEvent(new CustomEvent('change', { detail: { value } }));

describe('simulationForm', () => {
    afterEach(() => document.body.replaceChildren());

    it('begins with the draft beside the version in force and the last twelve months', () => {
        const element = show();
        expect(find(element, 'version').value).toBe('3');
        expect(find(element, 'against').value).toBe('2');
        expect([find(element, 'start').value, find(element, 'end').value]).toEqual([
            '2025-10-01',
            '2026-09-30'
        ]);
        expect(find(element, 'version').options.map(({ label }) => label)).toEqual([
            'Seller, version 1 (Retired)',
            'Seller, version 2 (in force)',
            'Seller, version 3 (Draft)',
            'Hunter, version 4 (Retired)'
        ]);
    });

    it('on the page of a version begins with that one', () => {
        expect(find(show({ planVersionId: '1' }), 'version').value).toBe('1');
    });

    it('offers to compare with versions of the same currency, or with nothing', async () => {
        const element = show();
        expect(find(element, 'against').options.map(({ value }) => value)).toEqual(['1', '2', 'nothing']);
        change(element, 'version', '4');
        await Promise.resolve();
        expect(find(element, 'against').options.map(({ value }) => value)).toEqual(['nothing']);
        expect(find(element, 'against').value).toBe('nothing');
    });

    it('asks for what is chosen', () => {
        const element = show();
        const asked = jest.fn();
        element.addEventListener('simulate', (event) => asked(event.detail));
        change(element, 'against', 'nothing');
        change(element, 'start', '2024-01-01');
        find(element, 'simulate').click();
        expect(asked).toHaveBeenCalledWith({
            planVersionId: '3',
            againstVersionId: null,
            startDate: '2024-01-01',
            endDate: '2026-09-30'
        });
    });

    it('refuses less than twelve months', async () => {
        const element = show();
        const asked = jest.fn();
        element.addEventListener('simulate', asked);
        change(element, 'start', '2026-01-01');
        find(element, 'simulate').click();
        await Promise.resolve();
        expect(find(element, 'warning').textContent).toContain('twelve months');
        expect(asked).not.toHaveBeenCalled();
    });

    it('is accessible', async () => {
        await expect(show()).toBeAccessible();
    });
});
