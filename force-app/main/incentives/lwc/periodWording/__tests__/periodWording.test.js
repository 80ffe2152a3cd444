import { isFinished, momentText, PERIOD_STATUSES, periodStatusLabel, runLabel } from 'c/periodWording';

describe('periodWording', () => {
    it('names the statuses in the order of a period’s life', () => {
        expect(PERIOD_STATUSES.map(({ label }) => label)).toEqual([
            'Open',
            'Calculated',
            'Reviewed',
            'Approved',
            'Published',
            'Locked'
        ]);
        expect(periodStatusLabel('Elsewhere')).toBe('Elsewhere');
    });

    it('names a calculation by number, moment and outcome', () => {
        const run = { runNumber: 'CR-0003', status: 'Partial', finishedAt: '2026-11-21T09:10:00.000Z' };
        expect(runLabel(run)).toMatch(
            /^CR-0003, Nov 21, 2026, .+, complete except for payees with a problem$/
        );
        expect(runLabel({ ...run, status: 'Odd' })).toMatch(/Odd$/);
    });

    it('writes nothing for a moment that is not known', () => {
        expect(momentText(undefined)).toBe('');
    });

    it('has figures to compare only from calculations that came to an end and are paid', () => {
        expect(isFinished({ status: 'Partial', kind: 'Full' })).toBe(true);
        expect(isFinished({ status: 'Running', kind: 'Full' })).toBe(false);
        expect(isFinished({ status: 'Succeeded', kind: 'Simulation' })).toBe(false);
    });
});
