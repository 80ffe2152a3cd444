import { expect, test } from '@jest/globals';
import { parseDay } from '../../src/domain/calendar.ts';
import { leftQuarter } from '../../src/domain/fiscal-quarters.ts';

const quarter = (startOn: string, endOn: string) => ({ startOn: parseDay(startOn), endOn: parseDay(endOn) });
/** A 4-4-5 year: quarters do not end with a month. */
const quarters = [quarter('2026-02-01', '2026-05-02'), quarter('2026-05-03', '2026-08-01')];

test.each([
    ['within its quarter', '2026-02-10', '2026-05-02', false],
    ['to the first day of the next quarter', '2026-05-02', '2026-05-03', true],
    ['over a whole quarter', '2026-03-01', '2026-12-31', true],
    ['to an earlier quarter', '2026-06-01', '2026-03-01', false],
    ['from a day no quarter is known for', '2025-01-01', '2026-03-01', false]
])('a close date that moves %s', (_what, from, to, left) => {
    expect(leftQuarter(quarters, parseDay(from), parseDay(to))).toBe(left);
});
