import { defaultSpan, isLongEnough, periodOptions } from '../spanOptions';

const TODAY = '2026-11-21';
const quarter = (name, startDate, endDate) => ({ name, interval: 'Quarter', startDate, endDate });

describe('spanOptions', () => {
    it('offers three years of calendar periods in an org without periods, none of them under way', () => {
        const options = periodOptions([], 'Quarter', TODAY);
        expect(options.at(-1)).toEqual({ start: '2026-07-01', end: '2026-09-30', label: 'Q3 2026' });
        expect(options[0].start).toBe('2024-01-01');
        expect(defaultSpan(options)).toEqual({ start: '2025-10-01', end: '2026-09-30' });
    });

    it('takes the periods of the org, and more before the first of them', () => {
        const own = [
            quarter('FY26 Q1', '2026-02-01', '2026-04-30'),
            quarter('FY26 Q2', '2026-05-01', '2026-07-31')
        ];
        const options = periodOptions([...own, { ...own[0], interval: 'Month' }], 'Quarter', TODAY);
        expect(options.slice(-2).map(({ label }) => label)).toEqual(['FY26 Q1', 'FY26 Q2']);
        expect(options.at(-3)).toMatchObject({ start: '2025-11-01', end: '2026-01-31' });
        expect(defaultSpan(options)).toEqual({ start: '2025-08-01', end: '2026-07-31' });
    });

    it.each([
        ['Month', '2026-10-01', '2026-10-31', 'Oct 2026', '2025-11-01'],
        ['HalfYear', '2026-01-01', '2026-06-30', 'Jan 1, 2026 to Jun 30, 2026', '2025-07-01'],
        ['Year', '2025-01-01', '2025-12-31', '2025', '2025-01-01'],
        ['Week', '2026-11-09', '2026-11-15', 'Nov 9, 2026 to Nov 15, 2026', '2025-11-10']
    ])('knows a plan that pays every %s', (interval, start, end, label, first) => {
        const options = periodOptions([], interval, TODAY);
        expect(options.at(-1)).toEqual({ start, end, label });
        expect(defaultSpan(options)).toEqual({ start: first, end });
    });

    it('says what is long enough', () => {
        expect(isLongEnough('2025-10-01', '2026-09-30')).toBe(true);
        expect(isLongEnough('2025-10-01', '2026-06-30')).toBe(false);
    });
});
