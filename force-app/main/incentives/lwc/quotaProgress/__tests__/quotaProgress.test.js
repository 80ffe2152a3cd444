import { createElement } from 'lwc';
import QuotaProgress from 'c/quotaProgress';

function show(measure) {
    const element = createElement('c-quota-progress', { is: QuotaProgress });
    element.measure = { measure: 'bookings', label: 'Bookings', unit: 'GBP', ...measure };
    element.currencyCode = 'GBP';
    document.body.appendChild(element);
    return element;
}

const text = (element, id) => element.shadowRoot.querySelector(`[data-id="${id}"]`).textContent;
const width = (element) => element.shadowRoot.querySelector('.done').getAttribute('width');

describe('quotaProgress', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells how much is missing', () => {
        const element = show({ toDate: '93750', quota: '375000', attainment: '0.25' });
        expect(text(element, 'attainment')).toBe('25%');
        expect(text(element, 'text')).toBe('£93,750.00 of £375,000.00£281,250.00 to go');
        expect(width(element)).toBe('25');
    });

    it('ends the bar at the quota', () => {
        const element = show({ toDate: '500000', quota: '375000', attainment: '4/3' });
        expect(width(element)).toBe('100');
        expect(text(element, 'text')).toContain('Quota reached');
    });

    it('counts where the measure is no money, and begins at nothing when it is negative', () => {
        const element = show({ unit: 'Count', toDate: '-2', quota: '10', attainment: '-0.2' });
        expect(text(element, 'text')).toContain('-2 of 10');
        expect(width(element)).toBe('0');
    });

    it('is accessible', async () => {
        await expect(show({ toDate: '1', quota: '2', attainment: '0.5' })).toBeAccessible();
    });
});
