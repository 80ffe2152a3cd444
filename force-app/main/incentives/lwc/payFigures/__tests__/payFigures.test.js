import {
    amountText,
    exactPercentText,
    exactText,
    figureText,
    nameInWords,
    numberOf,
    percentText,
    sumOfAmounts
} from 'c/payFigures';

describe('payFigures', () => {
    it.each([
        ['0.0675', 0.0675],
        ['4/3', 4 / 3],
        ['-12.50', -12.5],
        ['a word', null],
        ['', null],
        [undefined, null]
    ])('reads %j as %j', (text, value) => {
        expect(numberOf(text)).toBe(value);
    });

    it('writes per cent, figures and amounts as people read them', () => {
        expect(percentText('4/3')).toBe('133.3333%');
        expect(figureText('1234567')).toBe('1,234,567');
        expect(figureText('Bond')).toBe('Bond');
        expect(amountText('-1234.5', 'GBP')).toBe('-£1,234.50');
        expect(amountText('1234.5')).toBe('1,234.50');
        expect(amountText(null, 'GBP')).toBe('');
    });

    it('keeps every digit where figures are exact', () => {
        expect(exactText('123456789012345678901234567890.10')).toBe(
            '123,456,789,012,345,678,901,234,567,890.10'
        );
        expect(exactText('1/3')).toBe('1/3');
        expect(exactText(undefined)).toBe('');
        expect(exactPercentText('0.0662512345')).toBe('6.62512345%');
    });

    it('makes words of the names of plans', () => {
        expect(nameInWords('measure.newAssets before')).toBe('Measure new assets before');
    });

    it('adds amounts without errors of fractions', () => {
        expect(sumOfAmounts([0.1, 0.2, null])).toBe(0.3);
    });
});
