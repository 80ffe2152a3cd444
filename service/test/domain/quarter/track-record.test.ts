import { describe, expect, test } from '@jest/globals';
import { StageBook } from '../../../src/domain/pipeline-review/stage-book.ts';
import { TimeTravel } from '../../../src/domain/pipeline-review/time-travel.ts';
import type { DealState } from '../../../src/domain/pipeline-review/types.ts';
import { actualsOf } from '../../../src/domain/quarter/actuals.ts';
import { briefOf } from '../../../src/domain/quarter/brief.ts';
import type { CommitFact, QuarterFacts } from '../../../src/domain/quarter/quarter-facts.ts';
import { quartersBefore } from '../../../src/domain/quarter/quarters.ts';
import { reviewQuarters } from '../../../src/domain/quarter/review-quarters.ts';
import { scopesOf, type ScopeOfPeople } from '../../../src/domain/quarter/teams.ts';
import {
    scopeKey,
    trackRecords,
    type HeldForecast,
    type TrackRecord
} from '../../../src/domain/quarter/track-record.ts';
import { MANAGER, MS, TODAY, smallFirm } from './small-firm.ts';

const firm = smallFirm(72);
const ended = firm.quarters.filter(({ endOn }) => endOn < TODAY).slice(-4);
const MONDAY = 4;
/** The Monday four weeks before the end. */
const mondayOf = ({ endOn }: { endOn: number }): number => endOn - 28 - ((endOn - 28 - MONDAY) % 7);

/** The parts of a review that the record is made of; models need none of it and take seconds. */
function partsOf(facts: QuarterFacts): {
    scopes: ScopeOfPeople[];
    travel: TimeTravel;
    today: Map<string, DealState[]>;
} {
    const travel = new TimeTravel(facts.deals, new StageBook(facts.stages), facts.zone);
    const today = Map.groupBy(travel.stateOn(TODAY), ({ ownerId }) => ownerId);
    return { travel, today, scopes: scopesOf(facts.people, new Set(today.keys())) };
}
function recordOf(facts: QuarterFacts, userId: string, scope: 'Own' | 'Team' = 'Own'): TrackRecord {
    const { scopes, travel, today } = partsOf(facts);
    const quarters = quartersBefore(facts.quarters, TODAY);
    return trackRecords(facts, scopes, travel, today, quarters).get(scopeKey({ scope, userId }))!;
}
function actualsIn(held: HeldForecast[]): { key: string; actualMinor: number }[] {
    const { scopes, today } = partsOf(firm);
    return actualsOf(held, scopes, today, TODAY);
}
const commit = (repId: string, at: number, amountMinor: number, day = mondayOf(ended[at]!)): CommitFact => ({
    repId,
    submittedById: repId,
    periodStartOn: ended[at]!.startOn,
    category: 'Commit',
    amountMinor,
    atMs: day * MS
});
/** What the seller or the team won in each of the last four quarters. */
function wonIn(at: number, owner: string | null): number {
    const { startOn, endOn } = ended[at]!;
    return firm.deals.reduce((sum, { versions }) => {
        const last = versions.at(-1)!;
        const day = Math.floor(last.atMs / MS);
        const counts = last.stageName === 'Won' && day >= startOn && day <= endOn;
        return counts && (owner === null || last.ownerId === owner) ? sum + last.amountMinor! : sum;
    }, 0);
}

describe('the record of commits and forecasts', () => {
    test('holds commits against what came in, beside the naive methods, for each person', () => {
        const commits = [0, 1, 2, 3].map((at) => commit('ann', at, Math.round(wonIn(at, 'ann') * 1.2)));
        const { methods } = recordOf({ ...firm, commits }, 'ann');
        const said = methods.find(({ method }) => method === 'Commit')!;
        expect(said).toMatchObject({ count: 4 });
        expect(said.wape).toBeCloseTo(0.2, 6);
        expect(said.bias).toBeCloseTo(0.2, 6);
        expect(said.biasInterval!.low).toBeGreaterThan(0.1);
        expect(methods.map(({ method }) => method)).toEqual(
            expect.arrayContaining(['LastPeriod', 'StageWeighted'])
        );
        expect(said.skill).not.toBeNull();
        const errors = methods.map(({ wape }) => wape!);
        expect(errors).toEqual(errors.toSorted((a, b) => a - b));
    });

    test('takes a commit from the Monday on which it was known, week by week', () => {
        const commits = [0, 1, 2, 3].map((at) => commit('ann', at, 100, mondayOf(ended[at]!) + 1));
        const { methods, weeks } = recordOf({ ...firm, commits }, 'ann');
        expect(methods.some(({ method }) => method === 'Commit')).toBe(false);
        const known = weeks.filter((week) => week.methods.some(({ method }) => method === 'Commit'));
        expect(known.map(({ weeksToGo }) => weeksToGo)).toEqual([1]);
        expect(weeks.map(({ weeksToGo }) => weeksToGo)).toEqual([10, 7, 4, 1]);
    });

    test('reads forecasts of the past as they were written, never worked out again', () => {
        const held = [0, 1, 2, 3].map((at): HeldForecast => ({
            key: `k${at}`,
            scope: 'Team',
            userId: MANAGER,
            segment: '',
            asOf: mondayOf(ended[at]!),
            periodStartOn: ended[at]!.startOn,
            periodEndOn: ended[at]!.endOn,
            middleMinor: Math.round(wonIn(at, null) / 2),
            actualMinor: null
        }));
        const p50 = recordOf({ ...firm, held }, MANAGER, 'Team').methods.find(
            ({ method }) => method === 'P50'
        )!;
        expect(p50).toMatchObject({ count: 4 });
        expect(p50.wape).toBeCloseTo(0.5, 6);
        expect(p50.bias).toBeCloseTo(-0.5, 6);
        expect(recordOf({ ...firm, held }, 'ann').methods.some(({ method }) => method === 'P50')).toBe(false);
        expect(actualsIn(held)).toEqual(held.map(({ key }, at) => ({ key, actualMinor: wonIn(at, null) })));
    });

    test('tells what a quarter became once, and again only where that changes', () => {
        const held = (actualMinor: number, segment: string): HeldForecast => ({
            key: segment,
            scope: segment === '' ? 'Own' : 'Segment',
            userId: segment === '' ? 'ann' : MANAGER,
            segment,
            asOf: mondayOf(ended[3]!),
            periodStartOn: ended[3]!.startOn,
            periodEndOn: ended[3]!.endOn,
            middleMinor: null,
            actualMinor
        });
        const [found] = actualsIn([held(-1, 'New')]);
        expect(found!.actualMinor).toBeGreaterThan(0);
        expect(found!.actualMinor).toBeLessThan(wonIn(3, null));
        const settled = [held(wonIn(3, 'ann'), ''), held(found!.actualMinor, 'New')];
        expect(actualsIn(settled)).toEqual([]);
    });
});

describe('targets in a review', () => {
    const [period] = firm.quarters.filter(({ endOn }) => endOn >= TODAY);
    const quotas = ['ann', 'bob'].map((personId) => ({
        personId,
        measure: 'bookings',
        ...period!,
        targetMinor: 100_000_000
    }));
    const review = reviewQuarters({ ...firm, quotas }, []);
    const team = review.snapshots.find(({ of }) => of.scope === 'Team')!;

    test('give coverage of what is missing, and the brief tells it', () => {
        expect(team.targetMinor).toBe(200_000_000);
        expect(team.coverage).toBeCloseTo(team.realMinor / (200_000_000 - team.wonMinor), 12);
        const ann = review.forecasts.find(({ of }) => of.userId === 'ann')!;
        expect(ann.targetMinor).toBe(100_000_000);
        const said = review.briefs[0]!.sentences.find(({ text }) => text.includes('missing to the target'))!;
        expect(said.figures.map(({ value, field }) => [field, value])).toEqual([
            ['Coverage__c', team.coverage!.toFixed(2)],
            ['TargetAmount__c', '2000000.00'],
            ['RequiredCoverage__c', team.requiredCoverage!.toFixed(2)]
        ]);
    });

    test('that are reached need no coverage', () => {
        const who = team.of;
        const reached = { ...team, targetMinor: 1, coverage: null };
        expect(briefOf(who, [reached], [], TODAY)!.sentences.at(-1)!.text).toBe(
            'The target of {0} is reached.'
        );
    });
});
