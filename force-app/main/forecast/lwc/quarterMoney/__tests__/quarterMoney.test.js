import { quarterMoney } from 'c/quarterMoney';

it('writes amounts in the currency of the row, else of the reader', () => {
    expect(quarterMoney('1234.5', 'GBP')).toBe('£1,234.50');
    expect(quarterMoney(1234.5)).toBe('$1,234.50');
    expect(quarterMoney(null, 'GBP')).toBe('');
});
