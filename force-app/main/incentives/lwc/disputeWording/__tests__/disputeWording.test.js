import { clockText, isLate, REASONS, reasonLabel, statusLabel } from 'c/disputeWording';

const NOW = Date.parse('2026-11-21T09:00:00.000Z');
const open = (dueAt) => ({ status: 'Open', dueAt });

describe('disputeWording', () => {
    it('offers every reason once and names it', () => {
        expect(new Set(REASONS.map(({ value }) => value)).size).toBe(10);
        expect(reasonLabel('SplitUnclear')).toBe('Split of the deal');
        expect(statusLabel('InReview')).toBe('In review');
    });

    it('shows what it does not know as it is', () => {
        expect(reasonLabel('New')).toBe('New');
        expect(statusLabel('New')).toBe('New');
    });

    it('counts the days until an answer is due', () => {
        expect(clockText(open('2026-11-27T09:00:00.000Z'), NOW)).toBe(
            'Answer due in 6 days, on Nov 27, 2026'
        );
        expect(clockText(open('2026-11-22T09:00:00.000Z'), NOW)).toBe('Answer due in 1 day, on Nov 22, 2026');
        expect(clockText(open('2026-11-21T18:00:00.000Z'), NOW)).toMatch(/^Answer due today, Nov 21, 2026/);
    });

    it('says that an answer is late', () => {
        const dispute = open('2026-11-20T09:00:00.000Z');
        expect(clockText(dispute, NOW)).toMatch(/^Overdue: an answer was due on Nov 20, 2026/);
        expect(isLate(dispute, NOW)).toBe(true);
        expect(isLate(open('2026-11-22T09:00:00.000Z'), NOW)).toBe(false);
    });

    it('stops once there is an answer', () => {
        const rejected = {
            status: 'Rejected',
            dueAt: '2026-11-01T09:00:00.000Z',
            resolvedAt: '2026-11-19T09:00:00.000Z'
        };
        expect(clockText(rejected, NOW)).toBe('Answered on Nov 19, 2026');
        expect(isLate(rejected, NOW)).toBe(false);
        expect(clockText({ ...rejected, status: 'Withdrawn' }, NOW)).toBe('Withdrawn on Nov 19, 2026');
    });

    it('says nothing where no day is set', () => {
        expect(clockText({ status: 'Open' }, NOW)).toBe('');
    });
});
