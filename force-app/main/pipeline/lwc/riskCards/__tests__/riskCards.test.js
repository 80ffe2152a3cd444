import { createElement } from 'lwc';
import RiskCards from 'c/riskCards';

const ROWS = [require('../../riskTable/__tests__/data/deal.json')];

function show(properties = {}) {
    const element = createElement('c-risk-cards', { is: RiskCards });
    Object.assign(element, { rows: ROWS, caption: 'Deals, 1 of 1', ...properties });
    document.body.appendChild(element);
    return element;
}

describe('riskCards', () => {
    afterEach(() => document.body.replaceChildren());

    it('shows of each deal its health, why, and what to do, and links to it', () => {
        const card = show().shadowRoot.querySelector('[data-id="row"]');
        expect(card.querySelector('c-band-badge').band).toBe('Stalled');
        expect(card.querySelector('c-record-link').recordId).toBe('006000000000001AAA');
        expect(card.textContent).toContain('In this stage for 38 business days');
        expect(card.textContent).toContain('Find what blocks this stage');
        const amount = card.querySelector('c-money-text');
        expect([amount.amount, amount.currencyCode]).toEqual([250000, 'EUR']);
        expect(card.querySelector('c-day-text').value).toBe('2026-10-11');
    });

    it.each([
        ['amount', 'descending'],
        ['close', 'ascending'],
        ['priority', 'ascending']
    ])('sorts by %s %s', (key, direction) => {
        const element = show();
        const onSort = jest.fn();
        element.addEventListener('sort', (event) => onSort(event.detail));
        const choice = element.shadowRoot.querySelector('lightning-combobox');
        choice.dispatchEvent(new CustomEvent('change', { detail: { value: key } }));
        expect(onSort).toHaveBeenCalledWith({ key, direction });
    });

    it('shows owners only where there is more than one', () => {
        expect(show().shadowRoot.textContent).not.toContain('Ada Rep');
        expect(show({ showOwner: true }).shadowRoot.textContent).toContain('Ada Rep');
    });

    it('is accessible', async () => {
        await expect(show({ showOwner: true })).toBeAccessible();
    });
});
