import { createElement } from 'lwc';
import CompConsole from 'c/compConsole';
import { refreshApex } from '@salesforce/apex';
import getPeriods from '@salesforce/apex/CompensationController.getPeriods';
import getPeriod from '@salesforce/apex/CompensationController.getPeriod';
import movePeriod from '@salesforce/apex/CompensationController.movePeriod';
import requestRun from '@salesforce/apex/CompensationController.requestRun';
import getPayees from '@salesforce/apex/PeriodPayeesController.getPayees';
import getNames from '@salesforce/apex/PeriodPayeesController.getNames';

jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });
jest.mock(
    '@salesforce/apex/CompensationController.getPeriods',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/CompensationController.getPeriod',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PeriodPayeesController.getPayees',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PeriodPayeesController.getNames',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/CompensationController.movePeriod', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/CompensationController.requestRun', () => ({ default: jest.fn() }), {
    virtual: true
});

const PAYEE = '005000000000001AAA';
const PERIOD = { periodId: 'a0P1', periodKey: '2026-Q3', name: 'Q3 2026', status: 'Calculated', steps: [] };
const RUN = {
    runId: 'r1',
    runKey: 'key-1',
    runNumber: 'CR-0001',
    kind: 'Full',
    status: 'Partial',
    finishedAt: '2026-11-21T09:00:00.000Z',
    totals: [],
    problems: [{ code: 'QUOTA_MISSING', payeeId: PAYEE, place: 'quotas', message: 'No quota' }]
};
const detailOf = (period = {}, more = {}) => ({
    period: { ...PERIOD, ...period },
    runs: [RUN],
    draftCount: 2,
    publishedCount: 0,
    disputeCount: 0,
    openDisputeCount: 0,
    mayApprove: false,
    ...more
});

const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

async function show(detail = detailOf()) {
    const element = createElement('c-comp-console', { is: CompConsole });
    document.body.appendChild(element);
    getPeriods.emit([PERIOD, { ...PERIOD, periodId: 'a0P0', name: 'Q2 2026', status: 'Locked' }]);
    await settle();
    getPeriod.emit(detail);
    getPayees.emit({ payees: [] });
    await settle();
    return element;
}

const part = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`);
const child = (element, name) => element.shadowRoot.querySelector(`c-${name}`);

async function choosePart(element, key) {
    child(element, 'part-tabs').dispatchEvent(new CustomEvent('select', { detail: { key } }));
    await settle();
}

async function tell(element, name, detail) {
    child(element, 'period-step').dispatchEvent(new CustomEvent(name, { detail }));
    await settle();
}

describe('compConsole', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        refreshApex.mockResolvedValue(undefined);
        requestRun.mockResolvedValue({ runKey: 'key-2', status: 'queued' });
    });
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('opens at the newest period and offers the others with their status', async () => {
        const element = await show();
        expect(part(element, 'period').value).toBe('a0P1');
        expect(part(element, 'period').options.map(({ label }) => label)).toEqual([
            'Q3 2026 · Calculated',
            'Q2 2026 · Locked'
        ]);
        expect(child(element, 'period-path').period.name).toBe('Q3 2026');
        part(element, 'period').dispatchEvent(new CustomEvent('change', { detail: { value: 'a0P0' } }));
        await settle();
        expect(getPeriod.getLastConfig()).toEqual({ periodId: 'a0P0' });
        expect(child(element, 'period-path')).toBeNull();
    });

    it('shows the part that was chosen', async () => {
        const element = await show(detailOf({}, { openDisputeCount: 3 }));
        expect(child(element, 'run-comparison').runs).toEqual([RUN]);
        expect(child(element, 'part-tabs').tabs.map(({ label }) => label)).toEqual([
            'Calculations',
            'Problems (1)',
            'Payees',
            'Disputes (3)',
            'Releases',
            'Export'
        ]);
        for (const [key, name] of [
            ['payees', 'payee-comparison'],
            ['disputes', 'dispute-queue'],
            ['releases', 'release-queue'],
            ['export', 'pay-export']
        ]) {
            await choosePart(element, key);
            expect(child(element, name)).not.toBeNull();
            expect(child(element, 'run-comparison')).toBeNull();
        }
    });

    it('names the payees of problems', async () => {
        const element = await show();
        await choosePart(element, 'problems');
        expect(getNames.getLastConfig()).toEqual({ payeeIds: [PAYEE] });
        getNames.emit({ [PAYEE]: 'Anna' });
        await settle();
        expect(child(element, 'pay-problems').names).toEqual({ [PAYEE]: 'Anna' });
        expect(child(element, 'pay-problems').problems).toHaveLength(1);
    });

    it('moves the period and says so', async () => {
        const element = await show();
        movePeriod.mockResolvedValue(detailOf({ status: 'Reviewed' }));
        await tell(element, 'move', { status: 'Reviewed', reason: '' });
        expect(movePeriod).toHaveBeenCalledWith({ periodId: 'a0P1', status: 'Reviewed', reason: null });
        expect(part(element, 'announcement').textContent).toBe('Q3 2026 is now Reviewed.');
        expect(child(element, 'period-path').period.status).toBe('Reviewed');
        expect(requestRun).not.toHaveBeenCalled();
    });

    it('says in the words of the guard why a step was refused', async () => {
        const sentence = 'You reviewed Q3 2026, so somebody else approves it.';
        const message = JSON.stringify({ code: 'SAVE_REFUSED', message: sentence });
        movePeriod.mockRejectedValue({ body: { message } });
        const element = await show(detailOf({ status: 'Reviewed' }));
        await tell(element, 'move', { status: 'Approved', reason: '' });
        expect(child(element, 'error-panel').shadowRoot.textContent).toContain(sentence);
        expect(part(element, 'announcement').textContent).toBe('');
        expect(child(element, 'period-step').isBusy).toBe(false);
    });

    it('has the statements published once the period is', async () => {
        const element = await show(detailOf({ status: 'Approved' }));
        movePeriod.mockResolvedValue(detailOf({ status: 'Published' }));
        await tell(element, 'move', { status: 'Published', reason: '' });
        expect(requestRun).toHaveBeenCalledWith({ periodId: 'a0P1', kind: 'publication' });
        expect(part(element, 'announcement').textContent).toContain('are being published');
        getPeriod.emit(detailOf({ status: 'Published' }, { draftCount: 0 }));
        jest.advanceTimersByTime(2000);
        await settle();
        expect(part(element, 'announcement').textContent).toContain('Done.');
    });

    it('asks for a calculation and follows it until it is done', async () => {
        const element = await show();
        await tell(element, 'run', { kind: 'calculation' });
        expect(requestRun).toHaveBeenCalledWith({ periodId: 'a0P1', kind: 'calculation' });
        expect(part(element, 'announcement').textContent).toContain('was asked for');
        jest.advanceTimersByTime(2000);
        await settle();
        expect(part(element, 'announcement').textContent).toContain('was asked for');
        getPeriod.emit(detailOf({}, { runs: [{ ...RUN, runKey: 'key-2' }, RUN] }));
        jest.advanceTimersByTime(4000);
        await settle();
        expect(part(element, 'announcement').textContent).toContain('Done.');
    });

    it('says that it takes long, and stops asking', async () => {
        const element = await show();
        await tell(element, 'run', { kind: 'calculation' });
        for (let turn = 0; turn < 20; turn++) {
            jest.advanceTimersByTime(15000);
            await settle();
        }
        expect(part(element, 'announcement').textContent).toContain('longer than usual');
        expect(jest.getTimerCount()).toBe(0);
    });

    it('says why the service was not asked', async () => {
        requestRun.mockRejectedValue({
            body: { message: JSON.stringify({ code: 'UNREACHABLE', message: '' }) }
        });
        const element = await show();
        await tell(element, 'run', { kind: 'calculation' });
        expect(child(element, 'error-panel').shadowRoot.textContent).toContain('UNREACHABLE');
    });

    it('says that there are no periods yet', async () => {
        const element = createElement('c-comp-console', { is: CompConsole });
        document.body.appendChild(element);
        getPeriods.emit([]);
        await settle();
        expect(child(element, 'empty-state').heading).toBe('No periods yet');
    });

    it('shows what cannot be read as an error that can be tried again', async () => {
        const element = createElement('c-comp-console', { is: CompConsole });
        document.body.appendChild(element);
        getPeriods.error({ message: 'down' });
        await settle();
        const state = child(element, 'load-state');
        expect(state.error).toBeDefined();
        state.dispatchEvent(new CustomEvent('retry'));
        await settle();
        expect(refreshApex).toHaveBeenCalled();
    });

    it('is accessible', async () => {
        jest.useRealTimers();
        await expect(await show()).toBeAccessible();
    });
});
