import { createElement } from 'lwc';
import LedgerBalances from 'c/ledgerBalances';

const DRAW = {
    ledger: 'draw',
    openingAmount: 5000,
    movementAmount: -2000,
    closingAmount: 3000,
    movements: [{ what: 'recovered', amount: '-2000.00' }]
};

function show(balances) {
    const element = createElement('c-ledger-balances', { is: LedgerBalances });
    Object.assign(element, { balances, currencyCode: 'GBP' });
    document.body.appendChild(element);
    return element;
}

const cells = (element) =>
    [...element.shadowRoot.querySelectorAll('tbody th, tbody td')].map(({ textContent }) => textContent);

describe('ledgerBalances', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells opening, movements and closing', () => {
        expect(cells(show([DRAW]))).toEqual([
            'DrawRecovered -£2,000.00',
            '£5,000.00',
            '-£2,000.00',
            '£3,000.00'
        ]);
    });

    it('tells apart the balances of one ledger', () => {
        const scoped = ['policy 1', 'policy 2'].map((scope) => ({ ...DRAW, scope, movements: [] }));
        const names = cells(show(scoped)).filter((text) => text.startsWith('Draw'));
        expect(names).toEqual(['Draw: policy 1', 'Draw: policy 2']);
    });

    it('is accessible', async () => {
        await expect(show([DRAW])).toBeAccessible();
    });
});
