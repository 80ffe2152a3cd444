import { createElement } from 'lwc';
import QuarterCard from 'c/quarterCard';

const VIEW = {
    periods: [{ name: '2026-Q4', startDate: '2026-10-01' }],
    days: ['2026-11-20'],
    isStale: false,
    hasSeveralCurrencies: false
};
const SHOWN = { periodStartDate: '2026-10-01', asOfDate: '2026-11-20' };
const NONE = { noneHeading: 'No figures yet', noneText: 'After the next run.' };

function show(given) {
    const element = createElement('c-quarter-card', { is: QuarterCard });
    Object.assign(element, { heading: 'Quarter', iconName: 'standard:forecasts', ...NONE, ...given });
    document.body.appendChild(element);
    return element;
}

const one = ({ shadowRoot }, selector) => shadowRoot.querySelector(selector);

describe('quarterCard', () => {
    afterEach(() => document.body.replaceChildren());

    it('waits without choices, and offers those of the row it shows', () => {
        const waiting = show({});
        expect(one(waiting, 'c-load-state').isLoading).toBe(true);
        expect(one(waiting, 'c-forecast-choice')).toBeNull();
        const choice = one(show({ view: VIEW, shown: SHOWN }), 'c-forecast-choice');
        expect([choice.periodStartDate, choice.asOfDate]).toEqual(['2026-10-01', '2026-11-20']);
    });

    it.each([
        ['no row', VIEW, 'No figures yet'],
        ['several currencies', { ...VIEW, hasSeveralCurrencies: true }, 'No figures in several currencies']
    ])('says what is missing with %s', (_, view, heading) => {
        expect(one(show({ view }), 'c-empty-state').heading).toBe(heading);
    });

    it('says that figures are old', () => {
        expect(
            one(show({ view: { ...VIEW, isStale: true }, shown: SHOWN }), 'c-stale-notice')
        ).not.toBeNull();
    });

    it('tells its page what was chosen, and that it should try again', () => {
        const element = show({ view: VIEW, error: { status: 500 } });
        const told = [];
        for (const name of ['choose', 'retry'])
            element.addEventListener(name, ({ type, detail }) => told.push([type, detail]));
        const choice = new CustomEvent('choose', { detail: { scope: 'team' } });
        one(element, 'c-forecast-choice').dispatchEvent(choice);
        one(element, 'c-load-state').dispatchEvent(new CustomEvent('retry'));
        expect(told).toEqual([
            ['choose', { scope: 'team' }],
            ['retry', null]
        ]);
    });

    it('is accessible', async () => {
        await expect(show({ view: VIEW })).toBeAccessible();
    });
});
