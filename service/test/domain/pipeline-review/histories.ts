// Deals with random histories: stages forward and back, reopened, renamed, deleted, amounts missing or below zero, close
// dates anywhere, clocks that ran wrong. Days are plain numbers here; an instant is day * 1000 and a bit.
import fc from 'fast-check';
import { NONE } from '../../../src/domain/pipeline/types.ts';
import { StageBook } from '../../../src/domain/pipeline-review/stage-book.ts';
import { TimeTravel } from '../../../src/domain/pipeline-review/time-travel.ts';
import type { DealRecord, DealState } from '../../../src/domain/pipeline-review/types.ts';

export const MS = 1000;
export const ZONE = { dayOfInstant: (ms: number): number => Math.floor(ms / MS) };
export const LAST_DAY = 120;
export const SEGMENTS = ['Custody', 'Lending'];

export const STAGES = new StageBook(
    [
        { name: 'Qualify', sortOrder: 1, isClosed: false, isWon: false },
        { name: 'Propose', sortOrder: 2, isClosed: false, isWon: false },
        { name: 'Won', sortOrder: 3, isClosed: true, isWon: true },
        { name: 'Lost', sortOrder: 4, isClosed: true, isWon: false }
    ],
    new Map([
        ['Offer', 'Quote'],
        ['Quote', 'Propose']
    ])
);

const change = fc.record({
    day: fc.integer({ min: 0, max: LAST_DAY }),
    tick: fc.integer({ min: 0, max: MS - 1 }),
    stageName: fc.constantFrom('Qualify', 'Propose', 'Offer', 'Forgotten', 'Won', 'Lost'),
    amountMinor: fc.option(fc.integer({ min: -500_000, max: 90_000_000 })),
    closeDate: fc.integer({ min: -20, max: 200 }),
    ownerId: fc.constantFrom('ann', 'bob', 'cy')
});

const history = fc.record({
    changes: fc.array(change, { minLength: 1, maxLength: 9 }),
    segment: fc.constantFrom(...SEGMENTS),
    createdOn: fc.integer({ min: 0, max: LAST_DAY }),
    deletedOn: fc.option(fc.integer({ min: 1, max: LAST_DAY }), { nil: NONE })
});

export const anyOrg: fc.Arbitrary<DealRecord[]> = fc
    .array(history, { minLength: 1, maxLength: 12 })
    .map((deals) =>
        deals.map(({ changes, segment, createdOn, deletedOn }, deal) => ({
            dealId: `006-${String(deal).padStart(3, '0')}`,
            accountId: `001-${deal % 3}`,
            segment,
            createdOn,
            deletedOn,
            versions: changes.map(({ day, tick, ...state }, at) => ({
                versionId: `008-${deal}-${at}`,
                atMs: day * MS + tick,
                ...state
            }))
        }))
    );

export function travel(records: readonly DealRecord[]): TimeTravel {
    return new TimeTravel(records, STAGES, ZONE);
}

/** One deal whose rows are written as [day, stage, amount, close date]. */
export function dealWith(
    rows: readonly (readonly [number, string, number | null, number])[],
    changes: Partial<DealRecord> = {}
): DealRecord {
    return {
        dealId: '006-1',
        accountId: '001-1',
        segment: 'Custody',
        createdOn: rows[0]![0],
        deletedOn: NONE,
        versions: rows.map(([day, stageName, amountMinor, closeDate], at) => ({
            versionId: `008-${at}`,
            atMs: day * MS,
            stageName,
            amountMinor,
            closeDate,
            ownerId: 'ann'
        })),
        ...changes
    };
}

export function dealState(changes: Partial<DealState> = {}): DealState {
    return {
        dealId: '006-1',
        accountId: '001-1',
        segment: 'Custody',
        ownerId: 'ann',
        createdOn: 100,
        stageName: 'Propose',
        outcome: 'Open',
        amountMinor: 100_000,
        closeDate: 300,
        stageEnteredOn: 150,
        changedOn: 190,
        closedOn: NONE,
        ...changes
    };
}
