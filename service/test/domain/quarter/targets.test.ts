import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../../src/domain/calendar.ts';
import { Targets, type QuotaFact } from '../../../src/domain/quarter/targets.ts';
import type { ScopeOfPeople } from '../../../src/domain/quarter/teams.ts';

const quarter = { key: '2026-Q4', startOn: parseDay('2026-10-01'), endOn: parseDay('2026-12-31') };
const quota = (
    personId: string,
    from: string,
    to: string,
    targetMinor: number,
    measure = 'bookings'
): QuotaFact => ({ personId, measure, startOn: parseDay(from), endOn: parseDay(to), targetMinor });
const own = (userId: string): ScopeOfPeople => ({ scope: 'Own', userId, owners: new Set([userId]) });
const team = (userId: string, ...owners: string[]): ScopeOfPeople => ({
    scope: 'Team',
    userId,
    owners: new Set(owners)
});
const scopes = [own('ann'), own('bob'), own('max'), team('max', 'ann', 'bob', 'max')];
const targetOf = (of: ScopeOfPeople, ...quotas: QuotaFact[]): number | null =>
    new Targets(quotas, scopes).of(of, quarter);

describe('the target of a quarter', () => {
    test('is a quarter of a year’s quota, and its share of days where the term is not whole months', () => {
        expect(targetOf(own('ann'), quota('ann', '2026-01-01', '2026-12-31', 100_000))).toBe(25_000);
        expect(targetOf(own('ann'), quota('ann', '2026-12-22', '2027-01-10', 100_000))).toBe(50_000);
        expect(targetOf(own('ann'), quota('ann', '2026-11-16', '2026-11-20', 700))).toBe(700);
    });

    test('adds quotas that follow each other, and counts measures that are parts of one another once', () => {
        expect(
            targetOf(
                own('ann'),
                quota('ann', '2026-10-01', '2026-10-31', 100),
                quota('ann', '2026-11-01', '2026-12-31', 300),
                quota('ann', '2026-10-01', '2026-12-31', 250, 'newBookings')
            )
        ).toBe(400);
    });

    test('is unknown without a quota that is in force in it', () => {
        expect(targetOf(own('ann'))).toBeNull();
        expect(targetOf(own('ann'), quota('ann', '2026-07-01', '2026-09-30', 100))).toBeNull();
        expect(targetOf(own('ann'), quota('bob', '2026-10-01', '2026-12-31', 100))).toBeNull();
    });

    test('of a team is the leader’s quota, else what those who lead nobody add up to', () => {
        const people = [
            quota('ann', '2026-10-01', '2026-12-31', 100),
            quota('bob', '2026-10-01', '2026-12-31', 50)
        ];
        const leader = quota('max', '2026-10-01', '2026-12-31', 140);
        expect(targetOf(team('max', 'ann', 'bob', 'max'), ...people)).toBe(150);
        expect(targetOf(team('max', 'ann', 'bob', 'max'), ...people, leader)).toBe(140);
        expect(targetOf(own('max'), ...people, leader)).toBeNull();
        expect(targetOf(team('max', 'ann', 'bob', 'max'))).toBeNull();
    });
});
