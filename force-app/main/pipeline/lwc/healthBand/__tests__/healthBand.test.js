import { BANDS, bandOf, urgencyOf } from 'c/healthBand';

describe('healthBand', () => {
    it('orders bands from the most urgent to the healthiest', () => {
        expect(BANDS.map(({ value }) => value)).toEqual(['Stalled', 'AtRisk', 'Watch', 'Healthy']);
        expect(urgencyOf('Stalled')).toBeLessThan(urgencyOf('AtRisk'));
        expect(urgencyOf('AtRisk')).toBeLessThan(urgencyOf('Watch'));
    });

    it('puts a band it does not know after all others', () => {
        expect(urgencyOf('Brand new')).toBeGreaterThan(urgencyOf('Healthy'));
        expect(bandOf('Brand new')).toBeUndefined();
    });

    it('tells bands apart by icon and by words, not by colour alone', () => {
        expect(new Set(BANDS.map(({ iconName }) => iconName)).size).toBe(4);
        expect(new Set(BANDS.map(({ label }) => label)).size).toBe(4);
    });
});
