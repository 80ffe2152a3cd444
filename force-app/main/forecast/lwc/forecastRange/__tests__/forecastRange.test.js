import { createElement } from 'lwc';
import ForecastRange from 'c/forecastRange';

function show(changes = {}) {
    const element = createElement('c-forecast-range', { is: ForecastRange });
    element.forecast = {
        currencyCode: 'GBP',
        lowAmount: 500,
        middleAmount: 800,
        highAmount: 1000,
        wonAmount: 200,
        commitAmount: 900,
        ...changes
    };
    document.body.appendChild(element);
    return element;
}

const numbers = (element, selector, ...names) =>
    names.map((name) => Number(element.shadowRoot.querySelector(selector).getAttribute(name)));

describe('forecastRange', () => {
    afterEach(() => document.body.replaceChildren());

    it('draws won, range and middle to one scale', () => {
        const element = show();
        const [x, width] = numbers(element, '.possible', 'x', 'width');
        const [middle] = numbers(element, '.middle', 'x1');
        const [won] = numbers(element, '.won', 'width');
        expect((x + width) / x).toBeCloseTo(2);
        expect(middle / x).toBeCloseTo(1.6);
        expect(won / x).toBeCloseTo(0.4);
        expect(x + width).toBeLessThan(400);
    });

    it('lists the figures that are there and leaves out the others', () => {
        const keys = [...show().shadowRoot.querySelectorAll('[data-id]')].map(({ dataset }) => dataset.id);
        expect(keys).toEqual(['wonAmount', 'lowAmount', 'middleAmount', 'highAmount', 'commitAmount']);
        expect(
            show({ targetAmount: 1500 }).shadowRoot.querySelector('[data-id="targetAmount"]').textContent
        ).toContain('£1,500.00');
    });

    it('draws nothing wider than its frame when all is zero', () => {
        const element = show({ lowAmount: 0, middleAmount: 0, highAmount: 0, wonAmount: 0, commitAmount: 0 });
        const [x, width] = numbers(element, '.possible', 'x', 'width');
        expect([x, width]).toEqual([0, 2]);
    });

    it('is accessible, its picture told in words', async () => {
        const element = show();
        expect(element.shadowRoot.querySelector('svg').getAttribute('aria-label')).toBe(
            'The quarter ends between £500.00 and £1,000.00 eight times in ten, and around £800.00 in the middle'
        );
        await expect(element).toBeAccessible();
    });
});
