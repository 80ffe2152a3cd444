import { createElement } from 'lwc';
import ForecastChoice from 'c/forecastChoice';

jest.mock('@salesforce/customPermission/SpmViewTeam', () => ({ __esModule: true, default: true }), {
    virtual: true
});

const PERIODS = [
    { name: '2026-Q4', startDate: '2026-10-01' },
    { name: '2027-Q1', startDate: '2027-01-01' }
];

function show(properties = {}) {
    const element = createElement('c-forecast-choice', { is: ForecastChoice });
    Object.assign(element, {
        scope: 'team',
        periods: PERIODS,
        periodStartDate: '2026-10-01',
        days: ['2026-11-20', '2026-11-16'],
        asOfDate: '2026-11-20',
        ...properties
    });
    const chosen = [];
    element.addEventListener('choose', ({ detail }) => chosen.push(detail));
    document.body.appendChild(element);
    return { element, chosen };
}

function pick(element, name, value) {
    const field = [...element.shadowRoot.querySelectorAll('lightning-combobox, lightning-radio-group')].find(
        (one) => one.name === name
    );
    field.dispatchEvent(new CustomEvent('change', { detail: { value } }));
}

describe('forecastChoice', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells what was chosen; another team begins at its newest day', () => {
        const { element, chosen } = show();
        pick(element, 'quarter', '2027-01-01');
        pick(element, 'day', '2026-11-16');
        pick(element, 'forecast', 'mine');
        expect(chosen).toEqual([
            { periodStartDate: '2027-01-01' },
            { asOfDate: '2026-11-16' },
            { scope: 'mine', asOfDate: null, periodStartDate: null }
        ]);
    });

    it('offers no choice where there is only one', () => {
        const { element } = show({ periods: PERIODS.slice(0, 1), days: ['2026-11-20'] });
        expect(element.shadowRoot.querySelectorAll('lightning-combobox')).toHaveLength(0);
    });

    it('writes days as the reader does', () => {
        const { element } = show();
        const days = [...element.shadowRoot.querySelectorAll('lightning-combobox')].at(-1);
        expect(days.options[0]).toEqual({ label: 'Nov 20, 2026', value: '2026-11-20' });
    });

    it('is accessible', async () => {
        await expect(show().element).toBeAccessible();
    });
});
