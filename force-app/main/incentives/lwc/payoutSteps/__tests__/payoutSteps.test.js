import { createElement } from 'lwc';
import PayoutSteps from 'c/payoutSteps';

describe('payoutSteps', () => {
    afterEach(() => document.body.replaceChildren());

    it('leads from earned to paid by the steps that changed something', async () => {
        const element = createElement('c-payout-steps', { is: PayoutSteps });
        Object.assign(element, {
            earnedAmount: 1000,
            currencyCode: 'GBP',
            steps: [
                { key: 'cap', label: 'Cap', before: '1000.00', after: '1000.00' },
                { key: 'drawRecovered', label: '', before: '1000.00', after: '800.00' }
            ]
        });
        document.body.appendChild(element);
        await Promise.resolve();
        const { textContent } = element.shadowRoot.querySelector('[data-id="steps"]');
        expect(textContent).toContain('£1,000.00');
        expect(textContent).toContain('Draw recovered£800.00');
        expect(textContent).not.toContain('Cap');
        expect(element.shadowRoot.querySelector('[data-id="due"]')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it('says what of it is due, where some comes later or was kept from before', async () => {
        const element = createElement('c-payout-steps', { is: PayoutSteps });
        Object.assign(element, {
            earnedAmount: 22455,
            currencyCode: 'GBP',
            steps: [{ key: 'cap', label: 'Cap', before: '11227.50', after: '11227.50' }]
        });
        document.body.appendChild(element);
        await Promise.resolve();
        const texts = [...element.shadowRoot.querySelectorAll('dt, dd')].map(
            ({ textContent }) => textContent
        );
        expect(texts).toEqual(['Earned', '£22,455.00', 'Due in this period', '£11,227.50']);
    });
});
