import {
    DIMENSIONS,
    dimensionLabel,
    familyLabel,
    figureOf,
    markOf,
    nextMonth,
    roleLabel,
    stateLabel,
    themeOf,
    trendOf
} from 'c/scorecardWording';

describe('scorecardWording', () => {
    it('names the five dimensions, and shows a key it does not know as it is', () => {
        expect(DIMENSIONS.map(({ label }) => label)).toEqual([
            'Clients',
            'Business',
            'Execution and risk',
            'Team and culture',
            'Learning'
        ]);
        expect(dimensionLabel('team')).toBe('Team and culture');
        expect(dimensionLabel('other')).toBe('other');
        expect(roleLabel('asset-servicing')).toBe('Asset-servicing seller');
        expect(roleLabel('pilot')).toBe('pilot');
        expect(roleLabel(null)).toBe('');
    });

    it('takes a trend or a mark it does not know for too little to say', () => {
        expect(trendOf('Falling').label).toBe('Falling');
        expect(trendOf(undefined).label).toBe('Too few months to say');
        expect(markOf('Missed').label).toBe('Below the floor');
        expect(markOf('?').label).toBe('No data');
    });

    it.each([
        [75, 'high'],
        [74.9, 'middle'],
        [50, 'middle'],
        [49.9, 'low'],
        [0, 'low'],
        [null, 'none'],
        [undefined, 'none']
    ])('colours a score of %s as %s', (score, theme) => {
        expect(themeOf(score)).toBe(theme);
    });

    it('names families and states, and shows what it does not know as it is', () => {
        expect([familyLabel('Behaviour'), familyLabel('x'), familyLabel(null)]).toEqual([
            'Behaviour',
            'x',
            ''
        ]);
        expect([stateLabel('InForce'), stateLabel('x'), stateLabel(undefined)]).toEqual([
            'In force',
            'x',
            ''
        ]);
    });

    it.each([
        [97.53, 'Percent', '97.5 %'],
        [1234567, 'Amount', '1,234,567'],
        [1.255, 'Ratio', '1.26'],
        [3, 'Days', '3 days'],
        [0, 'Count', '0'],
        [null, 'Count', '']
    ])('writes %s %s as %s', (value, unit, text) => {
        expect(figureOf(value, unit)).toBe(text);
    });

    it('begins the next month on its first day, in December next year', () => {
        expect(nextMonth(Date.UTC(2026, 10, 21))).toBe('2026-12-01');
        expect(nextMonth(Date.UTC(2026, 11, 31))).toBe('2027-01-01');
    });
});
