import { createElement } from 'lwc';
import PlanSimulator from 'c/planSimulator';
import getChoices from '@salesforce/apex/PlanSimulatorController.getChoices';
import getSimulations from '@salesforce/apex/PlanSimulatorController.getSimulations';
import getSimulation from '@salesforce/apex/PlanSimulatorController.getSimulation';
import getProgress from '@salesforce/apex/PlanSimulatorController.getProgress';
import requestSimulation from '@salesforce/apex/PlanSimulatorController.requestSimulation';
import { refreshApex } from '@salesforce/apex';
import data from '../../simulationResult/__tests__/data/simulation.json';

const simulation = (more = {}) => ({
    ...data.simulation,
    result: JSON.stringify(data.result),
    findings: JSON.stringify(data.findings),
    ...more
});

jest.mock(
    '@salesforce/apex/PlanSimulatorController.getChoices',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { __esModule: true, default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PlanSimulatorController.getSimulations',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { __esModule: true, default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PlanSimulatorController.getSimulation',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { __esModule: true, default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PlanSimulatorController.getProgress',
    () => ({ __esModule: true, default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PlanSimulatorController.requestSimulation',
    () => ({ __esModule: true, default: jest.fn() }),
    { virtual: true }
);

const CHOICES = {
    versions: [
        {
            planVersionId: '3',
            planKey: 'seller',
            planName: 'Seller',
            version: '2',
            status: 'Draft',
            interval: 'Quarter',
            currencyCode: 'GBP',
            isInForce: false
        }
    ],
    periods: [],
    seesPeople: true
};
const ASK = { planVersionId: '3', againstVersionId: null, startDate: '2025-10-01', endDate: '2026-09-30' };

async function settle() {
    for (let turn = 0; turn < 6; turn++) await Promise.resolve();
}

async function show({ choices = CHOICES, list = [] } = {}) {
    const element = createElement('c-plan-simulator', { is: PlanSimulator });
    document.body.appendChild(element);
    if (choices) getChoices.emit(choices);
    if (list) getSimulations.emit(list);
    await settle();
    return element;
}

const find = (element, selector) => element.shadowRoot.querySelector(selector);
const ask = (element) =>
    find(element, 'c-simulation-form').dispatchEvent(new CustomEvent('simulate', { detail: ASK }));

describe('planSimulator', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        getProgress.mockReset();
        requestSimulation.mockReset().mockResolvedValue({ runKey: 'k-1', status: 'queued' });
        refreshApex.mockReset?.();
    });
    afterEach(() => {
        jest.useRealTimers();
        document.body.replaceChildren();
    });

    it('waits for what may be chosen', async () => {
        const element = await show({ choices: null, list: null });
        expect(find(element, 'c-load-state').isLoading).toBe(true);
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });

    it('without plan versions says what to do first', async () => {
        const element = await show({ choices: { versions: [], periods: [] } });
        expect(find(element, 'c-empty-state').heading).toBe('No plan versions yet');
        expect(find(element, 'c-simulation-form')).toBeNull();
    });

    it('before the first simulation says how to make one', async () => {
        const element = await show();
        expect(find(element, 'c-empty-state').heading).toBe('No simulation yet');
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });

    it('opens the newest simulation, and others by choice', async () => {
        const element = await show({ list: [simulation(), simulation({ simulationId: 'a1S0' })] });
        expect(getSimulation.getLastConfig()).toEqual({ simulationId: 'a1S1' });
        getSimulation.emit(simulation());
        await settle();
        expect(find(element, 'c-simulation-result').simulation.simulationId).toBe('a1S1');
        const choice = find(element, '[data-id="simulation"]');
        expect(choice.options[0].label).toContain(
            'Seller, version 2 against Seller, version 1, Oct 1, 2025 to Sep 30, 2026'
        );
        choice.dispatchEvent(new CustomEvent('change', { detail: { value: 'a1S0' } }));
        await settle();
        expect(getSimulation.getLastConfig()).toEqual({ simulationId: 'a1S0' });
    });

    it('asks for a simulation, shows how far it is, and opens it when it is there', async () => {
        const element = await show();
        getProgress
            .mockResolvedValueOnce({ stage: 'Computing', status: 'Running', progressPercent: 40, errors: [] })
            .mockResolvedValueOnce({ simulationId: 'a1S9', errors: [] });
        ask(element);
        await settle();
        expect(requestSimulation).toHaveBeenCalledWith(ASK);
        expect(find(element, '[data-id="progress"]').textContent).toContain('Waiting for the service');
        expect(find(element, 'c-simulation-form').isBusy).toBe(true);
        jest.advanceTimersByTime(1000);
        await settle();
        const bar = find(element, '[role="progressbar"]');
        expect(bar.getAttribute('aria-valuenow')).toBe('40');
        expect(find(element, '[data-id="progress"]').textContent).toContain('Replaying the periods');
        jest.advanceTimersByTime(2000);
        await settle();
        await settle();
        expect(find(element, '[data-id="announcement"]').textContent).toBe('The simulation is there.');
        expect(getSimulation.getLastConfig()).toEqual({ simulationId: 'a1S9' });
        expect(find(element, '[data-id="progress"]')).toBeNull();
    });

    it('leaves it to a simulation that could not be made to say so', async () => {
        const element = await show({ list: [simulation({ simulationId: 'a1S9', status: 'Failed' })] });
        getProgress.mockResolvedValue({ simulationId: 'a1S9', errors: [] });
        ask(element);
        await settle();
        jest.advanceTimersByTime(1000);
        await settle();
        await settle();
        expect(find(element, '[data-id="progress"]')).toBeNull();
        expect(find(element, '[data-id="announcement"]').textContent).toBe('');
    });

    it('stops following a simulation that was cancelled, and says so', async () => {
        const element = await show();
        getProgress.mockResolvedValue({ status: 'Cancelled', stage: 'Done', errors: [] });
        ask(element);
        await settle();
        jest.advanceTimersByTime(1000);
        await settle();
        expect(find(element, '[data-id="announcement"]').textContent).toBe(
            'The simulation was cancelled. Nothing was saved.'
        );
        expect(find(element, 'c-simulation-form').isBusy).toBe(false);
    });

    it('shows why the service refused, and why a run failed without a simulation', async () => {
        const element = await show();
        requestSimulation.mockRejectedValueOnce({
            body: { message: '{"code":"NOT_CONNECTED","message":""}' }
        });
        ask(element);
        await settle();
        expect(find(element, 'c-error-panel').error.body.message).toContain('NOT_CONNECTED');
        getProgress.mockResolvedValue({
            status: 'Failed',
            stage: 'Done',
            errors: [{ code: 'PLAN_VERSION_NOT_FOUND', message: 'The org has no plan version seller:2.' }]
        });
        ask(element);
        await settle();
        jest.advanceTimersByTime(1000);
        await settle();
        expect(find(element, 'c-error-panel').error.body.message).toContain('PLAN_VERSION_NOT_FOUND');
        expect(find(element, 'c-simulation-form').isBusy).toBe(false);
    });

    it('says who may not use it', async () => {
        const element = createElement('c-plan-simulator', { is: PlanSimulator });
        document.body.appendChild(element);
        getChoices.error({ message: 'You do not have access to the Apex class' }, 403);
        await settle();
        expect(find(element, 'c-load-state').error).toBeDefined();
        expect(find(element, 'c-simulation-form')).toBeNull();
    });
});
