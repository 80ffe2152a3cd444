// What every test of bad input ends with: the database is whole, and holds what it held.
import { expect } from '@jest/globals';
import type { LocalOrg } from '../../local-org.ts';

export function expectUnharmed(org: LocalOrg): void {
    expect(org.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(org.db.inTransaction).toBe(false);
}

/** How many rows each object has, deleted ones too. */
export function rowCounts(org: LocalOrg): Record<string, number> {
    const counted = org.schema.objects().filter(({ queryable }) => queryable);
    return Object.fromEntries(
        counted.map(({ name }) => [
            name,
            org.db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number
        ])
    );
}
