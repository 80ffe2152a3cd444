import { createElement } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import DealHealth from 'c/dealHealth';
import getDealHealth from '@salesforce/apex/DealHealthController.getDealHealth';
import createNextStep from '@salesforce/apex/DealHealthController.createNextStep';
import giveFeedback from '@salesforce/apex/DealHealthController.giveFeedback';

jest.mock(
    '@salesforce/apex/DealHealthController.getDealHealth',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/DealHealthController.createNextStep', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex/DealHealthController.giveFeedback', () => ({ default: jest.fn() }), {
    virtual: true
});
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });
jest.mock('@salesforce/apex/RunController.getStatus', () => ({ default: jest.fn().mockResolvedValue({}) }), {
    virtual: true
});
jest.mock('@salesforce/apex/RunController.requestRun', () => ({ default: jest.fn() }), { virtual: true });

const DEAL_ID = '006000000000001AAA';

function warning(ruleKey, changes = {}) {
    return {
        flagKey: `${DEAL_ID}:${ruleKey}`,
        ruleKey,
        severity: 'Red',
        observedBusinessDays: 23,
        unit: 'BusinessDays',
        threshold: 15,
        thresholdBasis: 'Segment',
        thresholdSampleSize: 64,
        evidence: [],
        actionText: `Act on ${ruleKey}`,
        ...changes
    };
}

const HEALTH = {
    opportunityId: DEAL_ID,
    opportunityName: 'Pension mandate',
    isClosed: false,
    assessed: true,
    band: 'Stalled',
    dataAsOf: '2026-11-21T06:00:00.000Z',
    isStale: false,
    stageName: 'Proposal',
    businessDaysInStage: 38,
    stageMedianDays: 12,
    activityCoverage: 'Full',
    daysToClose: -41,
    warnings: [warning('R1'), warning('R5'), warning('R3', { unit: 'Days', observedDays: 41 })],
    moreWarningCount: 2
};

async function flush() {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

async function show(health, error) {
    const element = createElement('c-deal-health', { is: DealHealth });
    element.recordId = DEAL_ID;
    document.body.appendChild(element);
    if (health) getDealHealth.emit(health);
    if (error) getDealHealth.error(error.body, error.status);
    await flush();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

describe('dealHealth', () => {
    beforeEach(() => jest.clearAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('asks for the deal of the page', async () => {
        await show();
        expect(getDealHealth.getLastConfig()).toEqual({ opportunityId: DEAL_ID });
    });

    it('shows that it is loading', async () => {
        const element = await show();
        expect(one(element, 'c-load-state').isLoading).toBe(true);
        expect(one(await show(HEALTH), 'c-load-state').isLoading).toBe(false);
    });

    it('shows the band, its headline and how long the deal is in its stage', async () => {
        const element = await show(HEALTH);
        expect(one(element, 'c-band-badge').band).toBe('Stalled');
        expect(one(element, '[data-id="band"]').textContent).toContain('This deal has stopped moving.');
        const gauge = one(element, 'c-stage-gauge');
        expect([gauge.stageName, gauge.days, gauge.usualDays]).toEqual(['Proposal', 38, 12]);
        expect(one(element, '[data-id="close"]').textContent).toBe('41 days past the close date');
    });

    it.each([
        [1, '1 day to the close date'],
        [12, '12 days to the close date'],
        [0, 'The close date is today'],
        [-1, '1 day past the close date']
    ])('reads %i days to close as: %s', async (daysToClose, text) => {
        const element = await show({ ...HEALTH, daysToClose });
        expect(one(element, '[data-id="close"]').textContent).toBe(text);
    });

    it('shows the chance alone, and says so, where warnings are not switched on for the team', async () => {
        const chance = {
            win: 0.4,
            closeEarly: '2026-12-01',
            closeLikely: '2026-12-20',
            closeLate: '2027-02-01',
            reasons: '[]'
        };
        const element = await show({ ...HEALTH, warningsOff: true, chance, warnings: [] });
        expect(one(element, '[data-id="warnings-off"]').textContent).toContain(
            'not switched on for your team'
        );
        expect(one(element, 'c-deal-chance').chance).toEqual(chance);
        expect(one(element, '[data-id="band"]')).toBeNull();
        expect(one(element, 'c-empty-state')).toBeNull();
    });

    it('lists the warnings in the order they come in, and says how many more there are', async () => {
        const element = await show(HEALTH);
        expect(all(element, 'c-deal-warning').map((row) => row.warning.ruleKey)).toEqual(['R1', 'R5', 'R3']);
        expect(one(element, '[data-id="more"]').textContent).toBe('2 more warnings of lower importance');
    });

    it('says that nothing speaks against a healthy deal', async () => {
        const element = await show({ ...HEALTH, band: 'Healthy', warnings: [], moreWarningCount: 0 });
        expect(one(element, 'c-empty-state').heading).toBe('No warnings');
        expect(one(element, 'c-deal-warning')).toBeNull();
    });

    it('says that a deal without a row comes with the next refresh', async () => {
        const element = await show({ ...HEALTH, assessed: false, band: null, warnings: [] });
        expect(one(element, 'c-empty-state').heading).toBe('Not looked at yet');
        expect(one(element, 'c-band-badge')).toBeNull();
    });

    it.each([
        [true, 'This deal is closed: won'],
        [false, 'This deal is closed: lost']
    ])('does not judge a closed deal (won: %s), by word or picture', async (isWon, heading) => {
        const element = await show({ ...HEALTH, isClosed: true, isWon, warnings: [] });
        const state = one(element, 'c-empty-state');
        expect([state.heading, state.picture]).toEqual([heading, 'over']);
        expect(one(element, 'c-band-badge')).toBeNull();
    });

    it('hands the currency of the deal to its warnings', async () => {
        const element = await show({ ...HEALTH, currencyIsoCode: 'EUR' });
        expect(one(element, 'c-deal-warning').currencyCode).toBe('EUR');
    });

    it('says when what it shows is out of date', async () => {
        const element = await show({ ...HEALTH, isStale: true });
        expect(one(element, 'c-stale-notice')).not.toBeNull();
        expect(one(await show(HEALTH), 'c-stale-notice')).toBeNull();
    });

    it.each([
        ['None', 'warnings about silence are off'],
        ['Partial', 'only partly recorded']
    ])('says what it cannot see when activity coverage is %s', async (activityCoverage, text) => {
        const element = await show({ ...HEALTH, activityCoverage });
        expect(one(element, '[data-id="coverage"]').textContent).toContain(text);
    });

    it('shows an error in place of the deal, and asks again', async () => {
        const body = { message: JSON.stringify({ code: 'NO_ACCESS', message: '' }) };
        const element = await show(undefined, { status: 500, body });
        const state = one(element, 'c-load-state');
        expect(state.error.body).toEqual(body);
        expect(state.isLoading).toBe(false);
        state.dispatchEvent(new CustomEvent('retry'));
        expect(refreshApex).toHaveBeenCalledTimes(1);
    });

    it('creates the task of a warning, says so, and reads the deal again', async () => {
        createNextStep.mockResolvedValue('00T000000000001AAA');
        const element = await show(HEALTH);
        const detail = { flagKey: `${DEAL_ID}:R5` };
        all(element, 'c-deal-warning')[1].dispatchEvent(new CustomEvent('createstep', { detail }));
        await flush();
        expect(createNextStep).toHaveBeenCalledWith({ opportunityId: DEAL_ID, flagKey: `${DEAL_ID}:R5` });
        expect(one(element, '[data-id="announcement"]').textContent).toBe('Task created: Act on R5');
        expect(refreshApex).toHaveBeenCalled();
        expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: DEAL_ID }]);
    });

    it('keeps the deal on the page when the task cannot be created', async () => {
        const error = { body: { message: JSON.stringify({ code: 'SAVE_REFUSED', message: 'No' }) } };
        createNextStep.mockRejectedValue(error);
        const element = await show(HEALTH);
        const detail = { flagKey: `${DEAL_ID}:R1` };
        one(element, 'c-deal-warning').dispatchEvent(new CustomEvent('createstep', { detail }));
        await flush();
        expect(one(element, 'c-error-panel').error).toEqual(error);
        expect(all(element, 'c-deal-warning')).toHaveLength(3);
        expect(one(element, 'c-deal-warning').isBusy).toBe(false);
        expect(refreshApex).not.toHaveBeenCalled();
    });

    it('stores why a warning is not right', async () => {
        giveFeedback.mockResolvedValue('a0F000000000001AAA');
        const element = await show(HEALTH);
        const detail = { flagKey: `${DEAL_ID}:R1`, reason: 'DataWrong', note: 'We met on Monday' };
        one(element, 'c-deal-warning').dispatchEvent(new CustomEvent('feedback', { detail }));
        await flush();
        expect(giveFeedback).toHaveBeenCalledWith({ opportunityId: DEAL_ID, ...detail });
        expect(one(element, '[data-id="announcement"]').textContent).toBe(
            'You said: The data in Salesforce is wrong'
        );
    });

    it('reads the deal again when a run has finished', async () => {
        const element = await show(HEALTH);
        one(element, 'c-run-status').dispatchEvent(new CustomEvent('runfinished'));
        expect(refreshApex).toHaveBeenCalled();
    });

    it('takes part in the refresh of the page, until it leaves it', async () => {
        const element = await show(HEALTH);
        const mine = registerRefreshHandler.mock.calls.findIndex(([component]) => component !== undefined);
        expect(mine).toBeGreaterThanOrEqual(0);
        const registered = registerRefreshHandler.mock.calls.length;
        element.remove();
        expect(unregisterRefreshHandler).toHaveBeenCalledTimes(registered);
    });

    it.each([
        ['a stalled deal', HEALTH],
        ['a healthy deal', { ...HEALTH, band: 'Healthy', warnings: [], moreWarningCount: 0 }],
        ['a stale one', { ...HEALTH, isStale: true, activityCoverage: 'None' }]
    ])('is accessible for %s', async (_, health) => {
        await expect(await show(health)).toBeAccessible();
    });

    describe('after a save on the page', () => {
        const saved = (at) =>
            getRecord.emit({ apiName: 'Opportunity', fields: { LastModifiedDate: { value: at } } });
        const seconds = async (count) => {
            jest.advanceTimersByTime(count * 1000);
            await flush();
        };

        beforeEach(() => jest.useFakeTimers());
        afterEach(() => jest.useRealTimers());

        it('reads the figures again until they are newer than the save', async () => {
            await show(HEALTH);
            saved('2026-11-21T05:00:00.000Z');
            await seconds(120);
            expect(refreshApex).not.toHaveBeenCalled();
            saved('2026-11-21T08:00:00.000Z');
            await seconds(2);
            await seconds(2);
            expect(refreshApex).toHaveBeenCalledTimes(2);
            getDealHealth.emit({ ...HEALTH, dataAsOf: '2026-11-21T08:00:03.000Z' });
            await seconds(120);
            expect(refreshApex).toHaveBeenCalledTimes(2);
        });

        it('gives up after a minute or so, and asks for nothing in the background or once it is closed', async () => {
            const element = await show(HEALTH);
            saved('2026-11-21T05:00:00.000Z');
            saved('2026-11-21T08:00:00.000Z');
            for (let second = 0; second < 300; second += 1) await seconds(1);
            expect(refreshApex).toHaveBeenCalledTimes(8);
            jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
            saved('2026-11-21T09:00:00.000Z');
            await seconds(10);
            jest.restoreAllMocks();
            element.remove();
            for (let second = 0; second < 300; second += 1) await seconds(1);
            expect(refreshApex).toHaveBeenCalledTimes(8);
        });
    });
});
