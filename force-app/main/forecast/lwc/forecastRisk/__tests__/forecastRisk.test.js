import { createElement } from 'lwc';
import ForecastRisk from 'c/forecastRisk';
import getForecast from '@salesforce/apex/ForecastController.getForecast';

jest.mock(
    '@salesforce/apex/ForecastController.getForecast',
    () => {
        const { createApexTestWireAdapter } = require('@salesforce/sfdx-lwc-jest');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn().mockResolvedValue() }), { virtual: true });
jest.mock('@salesforce/customPermission/SpmViewTeam', () => ({ __esModule: true, default: true }), {
    virtual: true
});

const FORECAST = {
    forecastId: 'a01000000000001AAA',
    repName: 'Mia Manager',
    isTeam: true,
    asOfDate: '2026-11-20',
    periodName: '2026-Q4',
    periodStartDate: '2026-10-01',
    currencyCode: 'GBP',
    lowAmount: 700,
    middleAmount: 1000,
    highAmount: 1200,
    atRiskAmount: 300,
    wonAmount: 400,
    newBusinessAmount: 50,
    commitAmount: 900,
    basis: 'Model'
};
const VIEW = {
    forecast: FORECAST,
    drivers: [
        {
            accountId: '001000000000001AAA',
            accountName: 'Harbour Bank',
            amount: 200,
            deals: [{ opportunityId: '006000000000001AAA', opportunityName: 'Custody' }],
            mitigations: [
                {
                    opportunityId: '006000000000001AAA',
                    opportunityName: 'Custody',
                    kind: 'Secure',
                    lowAmount: 880,
                    middleAmount: 1060
                }
            ]
        },
        { accountId: null, amount: 100, deals: [], mitigations: [] }
    ],
    segments: [{ ...FORECAST, forecastId: 'a01000000000002AAA', segment: 'New Business' }],
    people: [{ ...FORECAST, forecastId: 'a01000000000003AAA', repName: 'Rob Rep', isTeam: false }],
    history: [],
    days: ['2026-11-20', '2026-11-16'],
    periods: [
        { name: '2026-Q4', startDate: '2026-10-01', endDate: '2026-12-31' },
        { name: '2027-Q1', startDate: '2027-01-01', endDate: '2027-03-31' }
    ],
    isStale: false
};

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

async function show(view) {
    const element = createElement('c-forecast-risk', { is: ForecastRisk });
    document.body.appendChild(element);
    if (view) getForecast.emit(view);
    await flush();
    return element;
}

const one = (element, selector) => element.shadowRoot.querySelector(selector);
const inCard = (element, selector) => one(one(element, 'c-quarter-card'), selector);
const headingOf = (element) => (inCard(element, 'c-empty-state') ?? one(element, 'c-empty-state')).heading;

describe('forecastRisk', () => {
    beforeEach(() => jest.clearAllMocks());
    afterEach(() => document.body.replaceChildren());

    it('says in one sentence how much of the quarter is at risk', async () => {
        const element = await show(VIEW);
        expect(one(element, '[data-id="headline"]').textContent).toBe(
            '2026-Q4 ends at or above £700.00 nine times in ten, and around £1,000.00 in the middle. Between the two, £300.00 is at risk.'
        );
        expect(one(element, '[data-id="as-of"]').textContent).toContain('Nov 20, 2026');
        expect(one(element, 'c-forecast-range').forecast).toEqual(FORECAST);
        expect(one(element, 'c-downside-bars').drivers).toHaveLength(2);
    });

    it('spreads it over segments and people for a manager', async () => {
        const tables = (await show(VIEW)).shadowRoot.querySelectorAll('c-forecast-table');
        expect([...tables].map(({ forecasts }) => forecasts[0].segment ?? forecasts[0].repName)).toEqual([
            'New Business',
            'Rob Rep'
        ]);
    });

    it('asks for the quarter and the day that are chosen', async () => {
        const element = await show(VIEW);
        expect(getForecast.getLastConfig()).toEqual({ scope: 'team', asOfDate: null, periodStartDate: null });
        const choose = (detail) =>
            inCard(element, 'c-forecast-choice').dispatchEvent(new CustomEvent('choose', { detail }));
        choose({ periodStartDate: '2027-01-01' });
        await flush();
        expect(getForecast.getLastConfig().periodStartDate).toBe('2027-01-01');
        expect(inCard(element, 'c-load-state').isLoading).toBe(true);
    });

    it.each([
        ['no forecast', { ...VIEW, forecast: null, days: [], periods: [] }, 'No forecast yet'],
        [
            'several currencies',
            { ...VIEW, forecast: null, days: [], periods: [], hasSeveralCurrencies: true },
            'No figures in several currencies'
        ],
        [
            'too little history',
            { ...VIEW, forecast: { ...FORECAST, basis: 'TooLittle' } },
            'Not enough history'
        ]
    ])('says what is missing: %s', async (_, view, heading) => {
        const element = await show(view);
        expect(headingOf(element)).toBe(heading);
        expect(one(element, 'c-forecast-range')).toBeNull();
    });

    it('says that stages alone are counted, and that figures are old', async () => {
        const element = await show({
            ...VIEW,
            forecast: { ...FORECAST, basis: 'StageRates' },
            isStale: true
        });
        expect(one(element, '[data-id="by-stage"]').textContent).toContain('No model proved better');
        expect(inCard(element, 'c-stale-notice')).not.toBeNull();
    });

    it('shows an error with a way to try again', async () => {
        const element = await show();
        getForecast.error({ message: 'no' }, 500);
        await flush();
        expect(inCard(element, 'c-load-state').error).toBeDefined();
        inCard(element, 'c-load-state').dispatchEvent(new CustomEvent('retry'));
        await flush();
        expect(inCard(element, 'c-load-state').error).toBeUndefined();
    });

    it('is accessible', async () => {
        await expect(await show(VIEW)).toBeAccessible();
    });
});
