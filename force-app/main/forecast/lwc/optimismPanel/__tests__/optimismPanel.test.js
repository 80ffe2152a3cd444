import { createElement } from 'lwc';
import OptimismPanel from 'c/optimismPanel';
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

const judged = (sign, ratio, low, high) =>
    JSON.stringify({ sign, ratio, low, high, periodCount: 4, ownWeight: '0.8' });
const PEOPLE = [
    { forecastId: 'a1', repName: 'Olga', optimism: judged('Optimist', '0.8', '0.7', '0.9') },
    { forecastId: 'a2', repName: 'Sam', optimism: judged('Sandbagger', '1.5', '1.2', '2.4') },
    { forecastId: 'a3', repName: 'Nora', optimism: judged('None', '1', '0.9', '1.1') },
    {
        forecastId: 'a4',
        repName: 'New',
        optimism: '{"reason":"No commit above zero in the last four periods."}'
    },
    { forecastId: 'a5', repName: 'Odd', optimism: '{oops' }
];

async function flush() {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

async function show(people) {
    const element = createElement('c-optimism-panel', { is: OptimismPanel });
    document.body.appendChild(element);
    if (people) getForecast.emit({ people });
    await flush();
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];
const words = (element) => all(element, '[data-id="words"]').map(({ textContent }) => textContent);

describe('optimismPanel', () => {
    afterEach(() => document.body.replaceChildren());

    it('gives a sign only where the record is clear', async () => {
        expect(words(await show(PEOPLE))).toEqual([
            'Commits more than comes in',
            'More comes in than committed',
            'No clear lean',
            'No commit above zero in the last four periods.',
            'Too few quarters to say'
        ]);
    });

    it('draws each record around the commit that was kept, within the picture', async () => {
        const element = await show(PEOPLE);
        const bars = all(element, '.interval').map((bar) =>
            [bar.getAttribute('x'), bar.getAttribute('width')].map(Number)
        );
        expect(bars[0][0]).toBeCloseTo(35);
        expect(bars[0][1]).toBeCloseTo(10);
        expect(bars[1][0] + bars[1][1]).toBe(100);
        expect(all(element, '[data-id="record"]')[0].textContent).toBe(
            '80% of what was committed came in (70% to 90%, 4 quarters).'
        );
        expect(all(element, '.interval')).toHaveLength(3);
    });

    it('tells how far commits were off beside the best naive forecast, and the same of the team', async () => {
        const method = (name, wape) => ({
            method: name,
            count: 4,
            wape,
            bias: 0,
            biasInterval: null,
            beatNaive: [0, 0]
        });
        const record = (...methods) => JSON.stringify({ reason: 'Too few.', methods, weeks: [] });
        const people = [
            {
                ...PEOPLE[0],
                optimism: record(
                    method('LastPeriod', 0.1),
                    method('Commit', 0.2),
                    method('StageWeighted', 0.3)
                )
            },
            { ...PEOPLE[1], optimism: record(method('LastPeriod', 0.1)) }
        ];
        const element = createElement('c-optimism-panel', { is: OptimismPanel });
        document.body.appendChild(element);
        getForecast.emit({ people, forecast: { optimism: record(method('Commit', 0.2)) } });
        await flush();
        expect(all(element, '[data-id="accuracy"]').map(({ textContent }) => textContent)).toEqual([
            'Commits were off by 20%, the best naive forecast by 10%.'
        ]);
        expect(all(element, 'c-accuracy-table')[0].record.methods).toHaveLength(1);
        expect(words(element)[0]).toBe('Too few.');
        expect(all(await show(PEOPLE), 'c-accuracy-table')).toHaveLength(0);
    });

    it('says that nobody reports to the reader', async () => {
        expect(all(await show([]), 'c-empty-state')[0].heading).toBe('Nobody reports to you here');
    });

    it('shows loading and errors', async () => {
        const element = await show();
        expect(all(element, 'c-load-state')[0].shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
        getForecast.error({ message: 'no' }, 500);
        await flush();
        expect(all(element, 'c-load-state')[0].shadowRoot.querySelector('c-error-panel')).not.toBeNull();
    });

    it('is accessible', async () => {
        await expect(await show(PEOPLE)).toBeAccessible();
    });
});
