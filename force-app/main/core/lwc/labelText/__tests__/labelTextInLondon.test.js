import { formatDaysIn, formatNumber } from 'c/labelText';

jest.mock('@salesforce/i18n/locale', () => ({ __esModule: true, default: 'en-GB' }), { virtual: true });

describe('labelText for a user in London', () => {
    it('writes days and money as Londoners do', () => {
        expect(formatDaysIn('Meeting on 2026-10-03')).toBe('Meeting on 3 Oct 2026');
        expect(formatNumber(80000, { style: 'currency', currency: 'GBP', maximumFractionDigits: 0 })).toBe(
            '£80,000'
        );
    });
});
