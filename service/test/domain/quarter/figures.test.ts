import { describe, expect, test } from '@jest/globals';
import { StageBook } from '../../../src/domain/pipeline-review/stage-book.ts';
import { TimeTravel, type StageStay } from '../../../src/domain/pipeline-review/time-travel.ts';
import { dayBook } from '../../../src/domain/quarter/day-book.ts';
import { figuresOf } from '../../../src/domain/quarter/figures.ts';
import { paceOf } from '../../../src/domain/quarter/pace.ts';
import { TouchDays } from '../../../src/domain/quarter/touch-days.ts';
import { TODAY, smallFirm } from './small-firm.ts';

const rankOf = (name: string): number => ['Qualify', 'Propose', 'Agree'].indexOf(name);
const open = (stageName: string, fromOn: number): StageStay => ({ stageName, outcome: 'Open', fromOn });
/** Deals that step from the first to the second stage on these days. */
const steps = (days: readonly number[]): { stays: StageStay[] }[] =>
    days.map((day) => ({ stays: [open('Qualify', day - 10), open('Propose', day)] }));
/** So many steps in each week, oldest first; the last week ends on TODAY. */
const weekly = (counts: readonly number[]): { stays: StageStay[] }[] =>
    steps(
        counts.flatMap((count, week) =>
            Array.from({ length: count }, () => TODAY - 7 * (counts.length - 1 - week) - 3)
        )
    );
const STEADY = [6, 5, 7, 6, 6, 5, 7, 6, 5, 7, 6, 6, 6, 5, 7, 6, 6, 6];

describe('the pace of deals', () => {
    test('that stays is no slowdown', () => {
        const pace = paceOf(weekly([...STEADY, 6, 7, 5, 6, 6, 7, 5, 6]), rankOf, TODAY)!;
        expect(pace.weekly).toEqual([...STEADY, 6, 7, 5, 6, 6, 7, 5, 6]);
        expect(pace).toMatchObject({ before: 6, now: 6, slowerSince: null });
    });

    test('that halves is told from the week on in which it did', () => {
        const pace = paceOf(weekly([...STEADY, 2, 3, 2, 3, 2, 2, 3, 2]), rankOf, TODAY)!;
        expect(pace.now).toBe(2.25);
        expect(pace.slowerSince).toBe(TODAY - 7 * 8 + 1);
    });

    test('counts steps forward and wins: not new deals, steps back, losses or reopened deals', () => {
        const on = (week: number): number => TODAY - 7 * week - 3;
        const one = (...stays: StageStay[]): { stays: StageStay[] } => ({ stays });
        const ended = (outcome: 'Won' | 'Lost', fromOn: number): StageStay => ({
            stageName: outcome,
            outcome,
            fromOn
        });
        const base = weekly(new Array<number>(26).fill(4));
        const more = [
            one(open('Propose', on(1))),
            one(open('Agree', on(9)), open('Propose', on(1))),
            one(open('Propose', on(9)), ended('Lost', on(1))),
            one(ended('Lost', on(9)), open('Agree', on(1))),
            one(open('Propose', on(9)), ended('Won', on(2)))
        ];
        const counted = paceOf([...base, ...more], rankOf, TODAY)!.weekly;
        expect(counted.slice(-3)).toEqual([5, 4, 4]);
    });

    test('of too few steps is not told', () => {
        expect(paceOf(weekly(new Array<number>(26).fill(1)), rankOf, TODAY)).toBeNull();
        expect(paceOf([], rankOf, TODAY)).toBeNull();
    });
});

describe('the figures beside a snapshot', () => {
    const firm = smallFirm(400);
    const travel = new TimeTravel(firm.deals, new StageBook(firm.stages), firm.zone);
    const records = new Map(firm.deals.map((record) => [record.dealId, record]));
    const book = dayBook(travel, records, new TouchDays([], firm.zone), false, firm.zone, TODAY);
    const team = { scope: 'Team' as const, userId: 'manager', owners: new Set(['ann', 'bob']) };
    const states = [...book.states.values()].flat();
    const wonIds = new Set(states.filter(({ outcome }) => outcome === 'Won').map(({ dealId }) => dealId));
    /** Won deals mostly came by referral. */
    const traits = new Map(
        states.map(({ dealId }, at) => [
            dealId,
            [`Lead source: ${wonIds.has(dealId) === at % 5 > 0 ? 'Referral' : 'Web'}`]
        ])
    );
    const today = { now: firm.now, traits, rankOf };

    test('find what won deals have in common, and take no chance for a pattern', () => {
        const { winLoss } = figuresOf(book, team, states, today);
        const found = winLoss!.reasons.filter(({ isFinding }) => isFinding).map(({ reason }) => reason);
        expect(found.toSorted()).toEqual(['Lead source: Referral', 'Lead source: Web']);
        expect(winLoss!.reasons.some(({ reason }) => reason === 'Type: New')).toBe(true);
        for (const { share, interval } of winLoss!.reasons) {
            expect(interval.low).toBeLessThan(share);
            expect(interval.high).toBeGreaterThan(share);
        }
    });

    test('of days of the past leave out what is asked of today alone', () => {
        const figures = figuresOf(book, team, states, null);
        expect(figures).toMatchObject({ pace: null, winLoss: null });
        expect(figures.conversion.map(({ stageName }) => stageName)).toEqual(['Propose', 'Qualify']);
    });
});
