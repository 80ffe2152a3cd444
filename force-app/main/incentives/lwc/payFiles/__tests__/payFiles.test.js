import { csvOf, decimalOf, minorUnits, sumsByCurrency } from 'c/payFiles';

const COLUMNS = [
    { name: 'payee', of: (row) => row.payee },
    { name: 'payout', of: (row) => row.payout, amount: true }
];

describe('payFiles', () => {
    it.each([
        ['12.5', 1250n],
        ['-0.05', -5n],
        ['9007199254740993.00', 900719925474099300n],
        [1250.1, 125010n],
        [-3, -300n]
    ])('reads %s as whole cents', (amount, cents) => {
        expect(minorUnits(amount)).toBe(cents);
    });

    it('rounds nothing: more than two decimals are refused', () => {
        expect(() => minorUnits('1.005')).toThrow('"1.005" is not an amount');
        expect(() => minorUnits('1/3')).toThrow();
        expect(minorUnits('1.500')).toBe(150n);
    });

    it('writes cents as an amount', () => {
        expect([1250n, -5n, 0n].map(decimalOf)).toEqual(['12.50', '-0.05', '0.00']);
    });

    it('adds up to the cent, currency by currency, without rows that have no amount', () => {
        const rows = [
            { currencyCode: 'GBP', amount: 0.1 },
            { currencyCode: 'GBP', amount: 0.2 },
            { currencyCode: 'EUR', amount: '5.00' },
            { currencyCode: 'EUR', amount: null }
        ];
        expect([...sumsByCurrency(rows)]).toEqual([
            ['GBP', 30n],
            ['EUR', 500n]
        ]);
    });

    it('writes one line a row, ended as RFC 4180 says', () => {
        expect(csvOf(COLUMNS, [{ payee: 'Anna', payout: 12.5 }])).toBe('payee,payout\r\nAnna,12.50\r\n');
    });

    it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1'])(
        'writes %j as text, not as a formula of the spreadsheet',
        (payee) => {
            const [, line] = csvOf(COLUMNS, [{ payee, payout: 1 }]).split('\r\n');
            expect(line).toBe(`'${payee},1.00`);
        }
    );

    it('leaves a negative amount a number', () => {
        expect(csvOf(COLUMNS, [{ payee: 'Anna', payout: -12.5 }])).toContain('Anna,-12.50');
    });

    it('quotes what would break the line', () => {
        const rows = [{ payee: 'Smith, "Bo"\nJr', payout: null }];
        expect(csvOf(COLUMNS, rows)).toBe('payee,payout\r\n"Smith, ""Bo""\nJr",\r\n');
    });

    it('quotes a formula with a comma too', () => {
        expect(csvOf(COLUMNS, [{ payee: '=HYPERLINK("x","y")', payout: 1 }])).toContain(
            `"'=HYPERLINK(""x"",""y"")",1.00`
        );
    });
});
