// Whose deals a row counts: those of one person, or of a manager and everybody below. A circle of managers ends where it
// began.
import type { Person } from './quarter-facts.ts';

export interface ScopeOfPeople {
    scope: 'Own' | 'Team';
    userId: string;
    /** owners whose deals count */
    owners: ReadonlySet<string>;
}

/** People with deals, and every manager who has somebody with deals below; in order of ids. */
export function scopesOf(people: ReadonlyMap<string, Person>, owners: ReadonlySet<string>): ScopeOfPeople[] {
    const teams = new Map<string, Set<string>>();
    for (const owner of owners) {
        const met = new Set([owner]);
        let manager = people.get(owner)?.managerId ?? '';
        while (manager !== '' && !met.has(manager)) {
            met.add(manager);
            const team = teams.get(manager) ?? new Set();
            teams.set(manager, team.add(owner));
            manager = people.get(manager)?.managerId ?? '';
        }
    }
    for (const [manager, team] of teams) if (owners.has(manager)) team.add(manager);
    const own = [...owners].map((userId): ScopeOfPeople => ({
        scope: 'Own',
        userId,
        owners: new Set([userId])
    }));
    const led = [...teams].map(([userId, team]): ScopeOfPeople => ({ scope: 'Team', userId, owners: team }));
    return [...own, ...led].sort((a, b) => (a.userId + a.scope < b.userId + b.scope ? -1 : 1));
}
