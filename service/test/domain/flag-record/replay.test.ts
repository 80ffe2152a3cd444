import { describe, expect, test } from '@jest/globals';
import { parseDay, MS_PER_DAY } from '../../../src/domain/calendar.ts';
import { FlagReplay, type ReplayRows } from '../../../src/domain/flag-record/replay.ts';
import { orgTimeZone } from '../../../src/domain/org-time-zone.ts';
import { withChecksum } from '../../../src/domain/pipeline/id-index.ts';
import { policyBook } from '../../../src/domain/pipeline/policy.ts';
import { NONE } from '../../../src/domain/pipeline/types.ts';
import type { ActivityRow, HistoryRow, OpportunityRow } from '../../../src/domain/pipeline/feature-rows.ts';

const TODAY = parseDay('2026-11-18');
const MONDAY = parseDay('2026-06-01');
const id = (prefix: string, n: number): string => withChecksum(prefix + '8d0' + String(n).padStart(9, '0'));
const ms = (day: number): number => day * MS_PER_DAY + 10 * 3_600_000;

const options = {
    asOf: TODAY,
    timeZone: orgTimeZone('Europe/London'),
    fiscalQuarters: [],
    stages: [
        { name: 'Qualify', sortOrder: 1, isClosed: false, isWon: false },
        { name: 'Propose', sortOrder: 2, isClosed: false, isWon: false },
        { name: 'Won', sortOrder: 3, isClosed: true, isWon: true },
        { name: 'Lost', sortOrder: 4, isClosed: true, isWon: false }
    ],
    activityCoverage: 'Full' as const,
    hasNextStepField: true
};

interface Told {
    /** [day, stage, close date] */
    rows: readonly (readonly [number, string, number])[];
}

/** The org as it is today; a deal's row holds its last state. */
function org(deals: readonly Told[], activities: readonly ActivityRow[] = []): ReplayRows {
    const history: HistoryRow[] = [];
    const opportunities: OpportunityRow[] = deals.map(({ rows }, deal) => {
        rows.forEach(([day, stageName, closeDate], at) =>
            history.push({
                id: id('008', 100 * deal + at),
                opportunityId: id('006', deal),
                stageName,
                amountMinor: 100_000,
                closeDate,
                createdAtMs: ms(day)
            })
        );
        const [, stageName, closeDate] = rows.at(-1)!;
        return {
            id: id('006', deal),
            ownerId: id('005', 1),
            type: 'Custody',
            stageName,
            isClosed: stageName === 'Won' || stageName === 'Lost',
            isWon: stageName === 'Won',
            amountMinor: 100_000,
            closeDate,
            createdAtMs: ms(rows[0]![0]),
            hasNextStep: true,
            isPersonAccount: false
        };
    });
    return { opportunities, history, activities, managers: new Map() };
}

const replay = (rows: ReplayRows): FlagReplay => new FlagReplay(rows, options, policyBook([]));

describe('a past Monday over again', () => {
    const overdueThenWon: Told = {
        rows: [
            [MONDAY - 40, 'Qualify', MONDAY - 5],
            [MONDAY + 10, 'Propose', MONDAY + 60],
            [MONDAY + 30, 'Won', MONDAY + 30]
        ]
    };
    const overdueThenLost: Told = {
        rows: [
            [MONDAY - 40, 'Qualify', MONDAY - 20],
            [MONDAY + 120, 'Lost', MONDAY + 120]
        ]
    };
    const notYetThere: Told = { rows: [[MONDAY + 1, 'Qualify', MONDAY + 90]] };
    const closedBefore: Told = {
        rows: [
            [MONDAY - 90, 'Qualify', MONDAY - 50],
            [MONDAY - 60, 'Won', MONDAY - 60]
        ]
    };
    const rows = org([overdueThenWon, overdueThenLost, notYetThere, closedBefore]);

    test('flags what was overdue on that day, whatever was changed since, and knows what became of it', () => {
        const found = replay(rows).on(MONDAY, 90);
        expect(found.map(({ dealId }) => dealId)).toEqual([id('006', 0), id('006', 1)]);
        expect(found.every(({ flagged }) => flagged.includes('R3'))).toBe(true);
        expect(found.map(({ wentBadly, lostOn }) => [wentBadly, lostOn])).toEqual([
            [false, NONE],
            [true, MONDAY + 120]
        ]);
    });

    test('reads no row that was written after the day', () => {
        const later = (atMs: number): boolean => atMs > ms(MONDAY);
        const spoilt: ReplayRows = {
            ...rows,
            history: rows.history.map((row) =>
                later(row.createdAtMs) && row.stageName === 'Propose'
                    ? { ...row, stageName: 'Qualify', closeDate: 1, amountMinor: 9e9 }
                    : row
            ),
            opportunities: rows.opportunities.map((row) => ({ ...row, amountMinor: 1, hasNextStep: false }))
        };
        expect(replay(spoilt).on(MONDAY, 90)).toEqual(replay(rows).on(MONDAY, 90));
    });

    test('shows no day whose horizon is not over', () => {
        expect(replay(rows).on(TODAY - 89, 90)).toEqual([]);
        expect(replay(rows).on(TODAY - 90, 90).length).toBeGreaterThan(0);
    });

    test('counts a task that was done later as open, and past due, on the day', () => {
        const task: ActivityRow = {
            id: id('00T', 1),
            object: 'Task',
            whatId: id('006', 0),
            whoId: null,
            subtype: 'Task',
            type: '',
            status: 'Completed',
            direction: '',
            outcome: '',
            isClosed: true,
            subject: 'Send the offer',
            activityDate: MONDAY - 12,
            completedAtMs: ms(MONDAY + 3),
            createdAtMs: ms(MONDAY - 20)
        };
        const [deal] = replay(org([overdueThenWon], [task])).on(MONDAY, 90);
        expect(deal!.flagged).toContain('R9');
        const [done] = replay(org([overdueThenWon], [{ ...task, completedAtMs: ms(MONDAY - 3) }])).on(
            MONDAY,
            90
        );
        expect(done!.flagged).not.toContain('R9');
    });
});
