import { createElement } from 'lwc';
import RiskTable from 'c/riskTable';

const DEAL = require('./data/deal.json');
const ROWS = [DEAL, { opportunityId: '006000000000002AAA', opportunityName: 'No amount yet', band: 'Watch' }];

function show(properties = {}) {
    const element = createElement('c-risk-table', { is: RiskTable });
    Object.assign(element, { rows: ROWS, caption: 'Deals, 2 of 2', ...properties });
    document.body.appendChild(element);
    return element;
}

const rows = (element) => [...element.shadowRoot.querySelectorAll('[data-id="row"]')];

describe('riskTable', () => {
    afterEach(() => document.body.replaceChildren());

    it('links each row to its deal', () => {
        const links = rows(show()).map((row) => row.querySelector('c-record-link'));
        expect(links.map((link) => [link.recordId, link.label])).toEqual([
            ['006000000000001AAA', 'Pension mandate'],
            ['006000000000002AAA', 'No amount yet']
        ]);
    });

    it('shows amount in the currency of the deal, and nothing for a deal without one', () => {
        const [withAmount, without] = rows(show());
        const amount = withAmount.querySelector('c-money-text');
        expect([amount.amount, amount.currencyCode]).toEqual([250000, 'EUR']);
        expect(without.querySelector('c-money-text').amount).toBeUndefined();
    });

    it('shows the close date', () => {
        expect(rows(show())[0].querySelector('c-day-text').value).toBe('2026-10-11');
    });

    it('shows owners only where there is more than one', () => {
        expect(show().shadowRoot.textContent).not.toContain('Ada Rep');
        expect(show({ showOwner: true }).shadowRoot.textContent).toContain('Ada Rep');
    });

    it('tells which column is sorted, and which way', () => {
        const { shadowRoot } = show({ sortKey: 'amount', sortDirection: 'descending' });
        const sorts = [...shadowRoot.querySelectorAll('thead th')].map((cell) =>
            cell.getAttribute('aria-sort')
        );
        expect(sorts).toEqual(['none', 'none', 'none', 'descending', 'none', 'none']);
    });

    it('sorts by a column, and turns round when it is chosen again', () => {
        const element = show({ sortKey: 'amount', sortDirection: 'ascending' });
        const onSort = jest.fn();
        element.addEventListener('sort', (event) => onSort(event.detail));
        element.shadowRoot.querySelector('[data-key="amount"]').click();
        element.shadowRoot.querySelector('[data-key="close"]').click();
        expect(onSort.mock.calls).toEqual([
            [{ key: 'amount', direction: 'descending' }],
            [{ key: 'close', direction: 'ascending' }]
        ]);
    });

    it('has a caption', () => {
        expect(show().shadowRoot.querySelector('caption').textContent).toBe('Deals, 2 of 2');
    });

    it('is accessible', async () => {
        await expect(show({ showOwner: true })).toBeAccessible();
    });
});
