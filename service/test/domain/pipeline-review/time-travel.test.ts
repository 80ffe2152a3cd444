import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NONE } from '../../../src/domain/pipeline/types.ts';
import type { DealRecord, DealVersion } from '../../../src/domain/pipeline-review/types.ts';
import { anyOrg, dealWith, LAST_DAY, MS, STAGES, travel } from './histories.ts';

const anyDay = fc.integer({ min: 0, max: LAST_DAY });

/** What was in the org at the end of a day: rows written by then, deals not deleted by then. */
function asItWas(records: readonly DealRecord[], day: number): DealRecord[] {
    return records
        .filter(({ deletedOn }) => deletedOn === NONE || deletedOn > day)
        .map((record) => ({
            ...record,
            deletedOn: NONE,
            versions: record.versions.filter(({ atMs }) => atMs < (day + 1) * MS)
        }));
}

describe('the pipeline as of a day', () => {
    test('recomputed at any later time is what it was on that day', () => {
        fc.assert(
            fc.property(anyOrg, anyDay, (records, day) => {
                expect(travel(records).stateOn(day)).toEqual(travel(asItWas(records, day)).stateOn(day));
            })
        );
    });

    test('reads nothing dated after the day: later rows may hold anything', () => {
        fc.assert(
            fc.property(anyOrg, anyDay, (records, day) => {
                const spoilt = records.map((record) => ({
                    ...record,
                    versions: record.versions.map((version) =>
                        version.atMs < (day + 1) * MS
                            ? version
                            : { ...version, stageName: 'Won', amountMinor: 1, ownerId: 'nobody' }
                    )
                }));
                expect(travel(spoilt).stateOn(day)).toEqual(travel(records).stateOn(day));
            })
        );
    });

    test('is the same whatever the order of rows, and when rows are delivered twice', () => {
        fc.assert(
            fc.property(anyOrg, anyDay, (records, day) => {
                const shuffled = records.toReversed().map((record) => ({
                    ...record,
                    versions: [...record.versions, ...record.versions].toReversed()
                }));
                expect(travel(shuffled).stateOn(day)).toEqual(travel(records).stateOn(day));
            })
        );
    });

    test('equals a diary kept day by day', () => {
        fc.assert(
            fc.property(anyOrg, (records) => {
                const rows = records
                    .flatMap(({ dealId, versions }) => versions.map((version) => ({ dealId, version })))
                    .sort(
                        (a, b) =>
                            a.version.atMs - b.version.atMs ||
                            (a.version.versionId < b.version.versionId ? -1 : 1)
                    );
                const time = travel(records);
                const now = new Map<string, DealVersion>();
                let next = 0;
                for (let day = 0; day <= LAST_DAY; day += 7) {
                    for (; next < rows.length && rows[next]!.version.atMs < (day + 1) * MS; next++)
                        now.set(rows[next]!.dealId, rows[next]!.version);
                    const gone = new Set(
                        records
                            .filter(({ deletedOn }) => deletedOn !== NONE && deletedOn <= day)
                            .map((r) => r.dealId)
                    );
                    const open = [...now].filter(
                        ([dealId, { stageName }]) =>
                            !gone.has(dealId) && STAGES.outcomeOf(stageName) === 'Open'
                    );
                    const recomputed = time.stateOn(day).filter(({ outcome }) => outcome === 'Open');
                    expect(recomputed.map(({ dealId, amountMinor }) => [dealId, amountMinor])).toEqual(
                        open.map(([dealId, { amountMinor }]) => [dealId, amountMinor]).sort()
                    );
                }
            }),
            { numRuns: 30 }
        );
    });
});

describe('histories as they are', () => {
    test('a renamed stage is the stage it became: the deal did not move when the name did', () => {
        const time = travel([
            dealWith([
                [1, 'Offer', 100, 50],
                [5, 'Quote', 100, 50],
                [9, 'Propose', 100, 50]
            ])
        ]);
        expect(time.stateOn(10)[0]).toMatchObject({ stageName: 'Propose', stageEnteredOn: 1, changedOn: 9 });
        expect(time.warnings(10)).toEqual([]);
    });

    test('a reopened deal is open again, and closed on the last day it was closed', () => {
        const time = travel([
            dealWith([
                [1, 'Qualify', 100, 50],
                [5, 'Lost', 100, 50],
                [9, 'Propose', 100, 50],
                [20, 'Won', 100, 50],
                [21, 'Won', 200, 50]
            ])
        ]);
        expect([6, 10, 30].map((day) => time.stateOn(day)[0]!.outcome)).toEqual(['Lost', 'Open', 'Won']);
        expect([6, 10, 30].map((day) => time.stateOn(day)[0]!.closedOn)).toEqual([5, NONE, 20]);
    });

    test('five thousand flips of the stage of one deal are read like any other', () => {
        const rows = Array.from(
            { length: 5000 },
            (_, at) => [at, at % 2 === 0 ? 'Qualify' : 'Propose', 100, 9000] as const
        );
        const time = travel([dealWith(rows)]);
        expect(time.stateOn(4000)[0]).toMatchObject({ stageName: 'Qualify', stageEnteredOn: 4000 });
        expect(time.stateOn(9999)[0]).toMatchObject({ stageName: 'Propose', stageEnteredOn: 4999 });
    });

    test('odd rows are named, and a stage nobody knows is open', () => {
        const time = travel([
            dealWith(
                [
                    [1, 'Forgotten', -100, -3],
                    [90, 'Forgotten', -100, -3]
                ],
                { createdOn: 4 }
            )
        ]);
        expect(time.stateOn(2)[0]).toMatchObject({ outcome: 'Open', createdOn: 1 });
        expect(
            time
                .warnings(60)
                .map(({ code }) => code)
                .sort()
        ).toEqual([
            'AMOUNT_NEGATIVE',
            'CLOSE_BEFORE_CREATION',
            'HISTORY_BEFORE_CREATION',
            'HISTORY_IN_THE_FUTURE',
            'STAGE_UNKNOWN'
        ]);
    });
});
