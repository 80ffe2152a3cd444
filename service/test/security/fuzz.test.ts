// A part of `npm run fuzz`, which sends a hundred thousand: a few thousand generated requests against the service that works
// for a local org. What is a fault stands in scripts/security/fuzz/judge.ts.
import { expect, test } from '@jest/globals';
import { fuzz } from '../../../scripts/security/fuzz/fuzz.ts';
import { verdictOf } from '../../../scripts/security/fuzz/report.ts';

test('generated requests of every kind to every route find no 5xx, no hang, no leak and nobody let in', async () => {
    const report = await fuzz({ requests: 2_000, seed: 7 });
    expect(verdictOf(report)).toEqual([]);
    expect(report.operations.length).toBeGreaterThan(10);
    // It went deep, too: requests were carried out, not only refused at the door.
    const kinds = [...report.table.values()];
    expect(kinds).toHaveLength(10);
    expect(kinds.reduce((sum, row) => sum + (row.get('2xx') ?? 0), 0)).toBeGreaterThan(200);
});
