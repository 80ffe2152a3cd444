import { countLabel, fillLabel, formatDaysIn, formatMonth, formatNumber } from 'c/labelText';

describe('labelText', () => {
    it('puts values into their numbered places, in any order', () => {
        expect(fillLabel('{1} of {0}, {1} in all', 12, 3)).toBe('3 of 12, 3 in all');
    });

    it('leaves a place without a value as it is, so that the mistake is seen', () => {
        expect(fillLabel('{0} and {1}', 'a')).toBe('a and {1}');
    });

    it('does not read a value as a place', () => {
        expect(fillLabel('{0} {1}', '{1}', 'b')).toBe('{1} b');
    });

    it('takes the singular for one only', () => {
        expect(countLabel(1, '{0} day', '{0} days')).toBe('1 day');
        expect(countLabel(0, '{0} day', '{0} days')).toBe('0 days');
        expect(countLabel(1200, '{0} day', '{0} days')).toBe('1,200 days');
    });

    it('writes the days of a sentence as the user does, and leaves what only looks like a day', () => {
        expect(formatDaysIn('Close date moved 2026-10-03 to 2027-01-31')).toBe(
            'Close date moved Oct 3, 2026 to Jan 31, 2027'
        );
        expect(formatDaysIn('2026-13-45, 2026-02-31, 12026-10-03')).toBe(
            '2026-13-45, 2026-02-31, 12026-10-03'
        );
        expect(formatDaysIn('')).toBe('');
    });

    it('shows at most one decimal unless told otherwise', () => {
        expect(formatNumber(12.25)).toBe('12.3');
        expect(formatNumber(0.25, { style: 'percent' })).toBe('25%');
    });

    it('writes a month in words, given as a month or a day of it', () => {
        expect([formatMonth('2026-10'), formatMonth('2026-01-31')]).toEqual(['October 2026', 'January 2026']);
    });
});
