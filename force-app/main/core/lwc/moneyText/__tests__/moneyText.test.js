import { createElement } from 'lwc';
import MoneyText from 'c/moneyText';

jest.mock('@salesforce/i18n/currency', () => ({ __esModule: true, default: 'GBP' }), { virtual: true });

function shown(properties) {
    const element = createElement('c-money-text', { is: MoneyText });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return element.shadowRoot.querySelector('lightning-formatted-number');
}

describe('moneyText', () => {
    afterEach(() => document.body.replaceChildren());

    it.each([
        ['EUR', 'EUR'],
        [null, 'GBP'],
        [undefined, 'GBP']
    ])('writes an amount of a record in %s in %s', (currencyCode, expected) => {
        const number = shown({ amount: 250000, currencyCode });
        expect([number.value, number.formatStyle, number.currencyCode]).toEqual([
            250000,
            'currency',
            expected
        ]);
    });

    it('tells nothing from no amount', () => {
        expect(shown({ amount: 0 }).value).toBe(0);
        expect(shown({ amount: null })).toBeNull();
        expect(shown({})).toBeNull();
    });
});
