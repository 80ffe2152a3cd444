import { createElement } from 'lwc';
import PayeeComparison from 'c/payeeComparison';

const payee = (payeeName, payoutAmount, previousPayoutAmount) => ({
    statementId: `a0S${payeeName}`,
    payeeName,
    planName: 'Adviser grid',
    currencyCode: 'GBP',
    payoutAmount,
    previousPayoutAmount
});

function show(payees, previousPeriodName) {
    const element = createElement('c-payee-comparison', { is: PayeeComparison });
    Object.assign(element, { payees, previousPeriodName });
    document.body.appendChild(element);
    return element;
}

const names = (element) =>
    [...element.shadowRoot.querySelectorAll('c-record-link')].map(({ label }) => label);
const cells = (element, name) =>
    [...element.shadowRoot.querySelectorAll(`[data-cell="${name}"]`)].map(({ textContent }) => textContent);

describe('payeeComparison', () => {
    afterEach(() => document.body.replaceChildren());

    it('puts the biggest change first, up or down', () => {
        const element = show([payee('Anna', 100, 99.5), payee('Bo', 10, 500), payee('Cem', 7)], 'Q2 2026');
        expect(names(element)).toEqual(['Bo', 'Anna', 'Cem']);
        expect(cells(element, 'change')).toEqual(['-£490.00', '£0.50', '']);
    });

    it('says where there is no figure', () => {
        expect(cells(show([payee('Anna', null)]), 'payout')).toEqual(['No figure']);
    });

    it('has no columns for a period that is not there', () => {
        expect(show([payee('Anna', 1)]).shadowRoot.querySelectorAll('thead th')).toHaveLength(3);
    });

    it('shows more on demand', async () => {
        const element = show(Array.from({ length: 60 }, (_, index) => payee(`P${index}`, index)));
        expect(names(element)).toHaveLength(50);
        element.shadowRoot.querySelector('[data-id="more"]').click();
        await Promise.resolve();
        expect(names(element)).toHaveLength(60);
    });

    it('says that there are no statements yet', () => {
        expect(show([]).shadowRoot.querySelector('c-empty-state').heading).toBe('No statements yet');
    });

    it('is accessible', async () => {
        await expect(show([payee('Anna', 100, 99.5)], 'Q2 2026')).toBeAccessible();
    });
});
