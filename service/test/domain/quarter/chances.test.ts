import { describe, expect, test } from '@jest/globals';
import type { PipelineOutcomes } from '../../../src/domain/outcomes/pipeline-outcomes.ts';
import { chanceByModel } from '../../../src/domain/quarter/model-chances.ts';
import { quartersBefore, quartersFrom } from '../../../src/domain/quarter/quarters.ts';
import { chanceByStage, stageChances } from '../../../src/domain/quarter/stage-chances.ts';
import { scopesOf } from '../../../src/domain/quarter/teams.ts';

const person = (managerId: string) => ({ managerId, isActive: true });
const state = (outcome: 'Open' | 'Won' | 'Lost', stageName = 'Propose', closeDate = 130) =>
    ({ outcome, stageName, closeDate }) as never;
const stay = (stageName: string) => ({ stageName, outcome: 'Open' as const, fromOn: 1 });

describe('chances by stage', () => {
    test('are the share of deals that passed it and were won, drawn towards all deals', () => {
        const ended = Array.from({ length: 100 }, (_, at) => ({
            deal: state(at < 40 ? 'Won' : 'Lost'),
            stays: at < 50 ? [stay('Qualify'), stay('Propose')] : [stay('Qualify')]
        }));
        const found = stageChances(ended)!;
        expect(found.won.get('Qualify')).toBeCloseTo(0.4);
        // 40 of 50, and 20 deals of 40 % beside them
        expect(found.won.get('Propose')).toBeCloseTo((40 + 8) / 70);
        expect(chanceByStage(found, state('Open'), 100)).toEqual([{ on: 130, chance: (40 + 8) / 70 }]);
        expect(chanceByStage(found, state('Open', 'Propose', 90), 100)[0]!.on).toBe(130);
        expect(chanceByStage(found, state('Open', 'Unheard of'), 100)[0]!.chance).toBe(0);
    });

    test('are not told of too few deals', () => {
        expect(
            stageChances(Array.from({ length: 49 }, () => ({ deal: state('Won'), stays: [] })))
        ).toBeNull();
    });
});

test('chances by model never fall with time, and end at the chance to win', () => {
    const outcomes = {
        probability: { win: [0.5], win14: [0.1], win30: [0.3] },
        closes: { p10: [5], p50: [40], p90: [80] }
    } as unknown as PipelineOutcomes;
    const points = chanceByModel(outcomes, 0, 1000);
    expect(points.map(({ on }) => on)).toEqual([1005, 1014, 1030, 1040, 1080, 1120]);
    const chances = points.map(({ chance }) => chance);
    expect(chances).toEqual(chances.toSorted((a, b) => a - b));
    expect(chances.at(-1)).toBe(0.5);
});

describe('scopes of people', () => {
    test('a manager counts everybody below, own deals too', () => {
        const people = new Map([
            ['rep', person('lead')],
            ['lead', person('head')],
            ['head', person('')]
        ]);
        const scopes = scopesOf(people, new Set(['rep', 'lead']));
        expect(scopes.map(({ scope, userId, owners }) => [scope, userId, [...owners].sort()])).toEqual([
            ['Team', 'head', ['lead', 'rep']],
            ['Own', 'lead', ['lead']],
            ['Team', 'lead', ['lead', 'rep']],
            ['Own', 'rep', ['rep']]
        ]);
    });

    test('a circle of managers ends', () => {
        const people = new Map([
            ['a', person('b')],
            ['b', person('a')]
        ]);
        expect(scopesOf(people, new Set(['a'])).map(({ scope, userId }) => `${scope} ${userId}`)).toEqual([
            'Own a',
            'Team b'
        ]);
    });
});

test('quarters are named for the middle of them; the present and the next are reviewed', () => {
    const quarters = [20_819, 20_727, 20_635].map((startOn) => ({ startOn, endOn: startOn + 91 }));
    expect(quartersFrom(quarters, 20_773).map(({ key }) => key)).toEqual(['2026-Q4', '2027-Q1']);
    expect(quartersBefore(quarters, 20_773).map(({ key }) => key)).toEqual(['2026-Q3']);
});
