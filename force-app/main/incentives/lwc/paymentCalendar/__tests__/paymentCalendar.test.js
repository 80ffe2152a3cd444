import { createElement } from 'lwc';
import PaymentCalendar from 'c/paymentCalendar';

const TRANCHE = {
    paymentId: '1',
    kind: 'Tranche',
    form: 'Instrument',
    componentKey: 'bonus',
    earnedIn: '2025',
    dueDate: '2027-03-31',
    amount: 1200,
    currencyCode: 'GBP',
    clawbackUntilDate: '2030-03-31'
};
const RELEASE = {
    paymentId: '2',
    kind: 'Release',
    form: 'Cash',
    componentKey: 'commission',
    earnedIn: 'October',
    opportunityId: '006A',
    opportunityName: 'Acme',
    waitsFor: 'cash',
    amount: 300.5,
    currencyCode: 'GBP'
};

function show(payments) {
    const element = createElement('c-payment-calendar', { is: PaymentCalendar });
    element.payments = payments;
    document.body.appendChild(element);
    return element;
}

const all = (element, selector) => [...element.shadowRoot.querySelectorAll(selector)];

describe('paymentCalendar', () => {
    afterEach(() => document.body.replaceChildren());

    it('tells the day, what it is, where it was earned and how long it can be taken back', () => {
        const element = show([TRANCHE]);
        const [row] = all(element, '[data-id="payment"]');
        expect(all(element, 'c-day-text').map(({ value }) => value)).toEqual(['2027-03-31', '2030-03-31']);
        expect(row.textContent).toContain('Deferred award in instruments');
        expect(row.textContent).toContain('Bonus, earned in 2025');
        expect(row.textContent).toContain('£1,200.00');
    });

    it('tells what a payment without a day waits for, and links to its deal', () => {
        const element = show([RELEASE]);
        expect(all(element, '[data-id="payment"]')[0].textContent).toContain('When cash arrives');
        expect(all(element, 'c-record-link').map(({ label }) => label)).toEqual(['Acme']);
    });

    it('is accessible', async () => {
        await expect(show([TRANCHE, RELEASE])).toBeAccessible();
    });
});
