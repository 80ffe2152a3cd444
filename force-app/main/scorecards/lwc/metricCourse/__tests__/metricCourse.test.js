import { createElement } from 'lwc';
import MetricCourse from 'c/metricCourse';

function show(values, hurdles = {}) {
    const element = createElement('c-metric-course', { is: MetricCourse });
    Object.assign(element, {
        series: values.map((value, index) => ({ month: `m${index}`, value })),
        ...hurdles
    });
    document.body.appendChild(element);
    return element;
}

const pathOf = (element) => element.shadowRoot.querySelector('.line').getAttribute('d');

describe('metricCourse', () => {
    afterEach(() => document.body.replaceChildren());

    it('draws the least at the bottom and the most at the top', () => {
        expect(pathOf(show([0, 10]))).toBe('M2.00 22.00L98.00 2.00');
    });

    it('leaves a gap where a month has no figure', () => {
        expect(pathOf(show([0, null, 10, 10]))).toBe('M2.00 22.00M66.00 2.00L98.00 2.00');
    });

    it('draws floor and target to the same scale, and a flat course without dividing by nothing', () => {
        const element = show([5, 5], { floorValue: 0, targetValue: 10 });
        const heights = [...element.shadowRoot.querySelectorAll('.hurdle')].map((line) =>
            line.getAttribute('y1')
        );
        expect(heights).toEqual(['22', '2']);
        expect(pathOf(show([5, 5]))).toBe('M2.00 22.00L98.00 22.00');
    });

    it('draws nothing without a figure', () => {
        expect(show([null, null], { floorValue: 1 }).shadowRoot.querySelector('svg')).toBeNull();
        expect(show([]).shadowRoot.querySelector('svg')).toBeNull();
    });

    it('is accessible', async () => {
        await expect(show([1, 2])).toBeAccessible();
    });
});
