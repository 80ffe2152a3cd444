import { DIMENSIONS, dimensionLabel, markOf, roleLabel, themeOf, trendOf } from 'c/scorecardWording';

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
});
