import { createElement } from 'lwc';
import MetricWorking from 'c/metricWorking';

const METRIC = { version: 2, ownerName: 'Sales operations', formulaWords: 'Meetings held' };
const DETAIL = {
    sourceObjects: 'Event',
    working: '[{"words":"Meetings","value":"7"}]'
};

describe('metricWorking', () => {
    afterEach(() => document.body.replaceChildren());

    async function shown(detail) {
        const element = createElement('c-metric-working', { is: MetricWorking });
        element.metric = METRIC;
        element.detail = detail;
        document.body.appendChild(element);
        await Promise.resolve();
        return element;
    }

    it('tells the formula, whose definition it is, and each step', async () => {
        const element = await shown(DETAIL);
        expect(element.shadowRoot.textContent).toContain('Meetings held');
        expect(element.shadowRoot.querySelector('[data-id="definition"]').textContent).toContain(
            'Sales operations'
        );
        expect(element.shadowRoot.querySelector('li').textContent).toBe('Meetings: 7');
        await expect(element).toBeAccessible();
    });

    it('says about how much a fraction is', async () => {
        const steps = [
            { words: 'Revenue a meeting', value: '1100/13' },
            { words: 'Change', value: '-1/3' }
        ];
        const element = await shown({ ...DETAIL, working: JSON.stringify(steps) });
        const texts = [...element.shadowRoot.querySelectorAll('li')].map((item) => item.textContent);
        expect(texts).toEqual(['Revenue a meeting: 1100/13 ≈ 84.62', 'Change: -1/3 ≈ -0.33']);
    });

    it('survives a working that cannot be read', async () => {
        const element = await shown({ ...DETAIL, working: '[{' });
        expect(element.shadowRoot.querySelectorAll('li')).toHaveLength(0);
    });
});
