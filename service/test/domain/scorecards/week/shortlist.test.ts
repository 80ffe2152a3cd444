import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chanceOf } from '../../../../src/domain/scorecards/week/chances.ts';
import { concernsOfStandards, concernsOfWarnings } from '../../../../src/domain/scorecards/week/concerns.ts';
import { shortlistOf, verdictOf } from '../../../../src/domain/scorecards/week/shortlist.ts';
import type { PastIntervention } from '../../../../src/domain/scorecards/week/types.ts';
import type { UnitName } from '../../../../src/domain/scorecards/types.ts';
import { concern, effect, past, PLAYBOOK, team, WEEK } from './world.ts';

describe("the week's shortlist", () => {
    test('ranks people by what a step is expected to save, and shows how that comes about', () => {
        const { suggestions, verdict } = shortlistOf(
            team({
                concerns: [concern('ann', 0.2), concern('bob', 0.2), concern('cas', 0.5)],
                stakes: new Map([
                    ['ann', 20_000_000],
                    ['bob', 60_000_000],
                    ['cas', 10_000_000]
                ])
            })
        );
        // 600,000 x 20 % x 40 % x 40 %, 100,000 x 50 % x ..., 200,000 x 20 % x ...
        expect(suggestions.map(({ person, rank, benefitMinor }) => [person, rank, benefitMinor])).toEqual([
            ['bob', 1, 1_920_000],
            ['cas', 2, 800_000],
            ['ann', 3, 640_000]
        ]);
        expect(verdict).toBe('These three people need you this week.');
        expect(suggestions[0]).toMatchObject({
            key: 'boss:2026-11-16:bob',
            stepKey: 'listen-to-clients',
            gap: 'Unclear',
            dueOn: WEEK + 7,
            reasons: [{ metric: 'csat', observed: 3.6, baseline: 4.5 }],
            evidence: [{ id: 'e-bob' }]
        });
        expect(suggestions[0]!.working).toEqual([
            'At stake in the next two quarters: 600000.',
            'Shortfall: 20 %.',
            'Share of it that reaches money: 40 % (a prior of the playbook).',
            'Chance that "Call three clients together" helps: 40 % (a prior of the playbook, not measured yet).'
        ]);
    });

    test('says that nobody needs the manager when nobody passes the bar', () => {
        const list = shortlistOf(
            team({ concerns: [concern('ann', 0.05)], stakes: new Map([['ann', 5_000_000]]) })
        );
        expect(list.suggestions).toEqual([]);
        expect(list.verdict).toBe('Nobody needs you this week.');
        expect(list.belowBar).toBe(1);
        expect(shortlistOf(team({})).verdict).toBe('Nobody needs you this week.');
    });

    test('says so when nobody reports to the manager, and knows a team of one', () => {
        expect(shortlistOf(team({ team: [], concerns: [concern('ann', 1)] })).verdict).toBe(
            'Nobody reports to you.'
        );
        expect(shortlistOf(team({ team: ['boss'] })).verdict).toBe('Nobody reports to you.');
        expect(shortlistOf(team({ team: ['ann'], concerns: [concern('ann', 1)] })).verdict).toBe(
            'One person needs you this week.'
        );
        expect(verdictOf(2, 5)).toBe('These two people need you this week.');
        expect(verdictOf(7, 9)).toBe('These 7 people need you this week.');
    });

    test('is about people who report to the manager now, not about those who moved on or left', () => {
        const concerns = [concern('moved', 1), concern('ann', 1)];
        expect(shortlistOf(team({ concerns })).suggestions.map(({ person }) => person)).toEqual(['ann']);
    });

    test('tells several concerns of one person once, with the largest first and not added up', () => {
        const concerns = [
            concern('ann', 0.3),
            concern('ann', 0.9, { metric: 'error-rate', dimension: 'execution' })
        ];
        const { suggestions } = shortlistOf(team({ concerns }));
        expect(suggestions).toHaveLength(1);
        expect(suggestions[0]!.reasons.map(({ metric }) => metric)).toEqual(['error-rate', 'csat']);
        // 40,000 (no deals of his own) x 90 % x 30 % x 50 %
        expect(suggestions[0]!.benefitMinor).toBe(540_000);
        expect(suggestions[0]!.stepKey).toBe('four-eyes');
    });

    test('does not bring up again what is in hand, was dismissed lately, or was done and cannot be measured yet', () => {
        const concerns = [concern('ann', 1), concern('bob', 1), concern('cas', 1), concern('dan', 1)];
        const list = shortlistOf(
            team({
                concerns,
                past: [
                    past('ann', { status: 'Accepted', closedOn: null, week: WEEK - 7 }),
                    past('bob', { status: 'Dismissed', closedOn: WEEK - 20 }),
                    past('cas', { status: 'Done', closedOn: WEEK - 20 }),
                    past('dan', { status: 'Dismissed', closedOn: WEEK - 28 })
                ]
            })
        );
        expect(list.suggestions.map(({ person }) => person)).toEqual(['dan']);
        expect(list.inHand).toBe(1);
    });

    test('leaves what people have touched this week, with its rank, and fills up around it', () => {
        const kept = past('bob', {
            key: 'boss:w:bob',
            week: WEEK,
            status: 'Dismissed',
            rank: 2,
            closedOn: WEEK
        });
        const list = shortlistOf(
            team({ concerns: ['ann', 'bob', 'cas', 'dan'].map((person) => concern(person, 1)), past: [kept] })
        );
        expect(list.kept).toEqual(['boss:w:bob']);
        expect(list.suggestions.map(({ person, rank }) => [person, rank])).toEqual([
            ['ann', 1],
            ['cas', 3]
        ]);
    });

    test('tries another step where one was done for the same thing before', () => {
        const { suggestions } = shortlistOf(team({ concerns: [concern('ann', 1)], past: [past('ann')] }));
        expect(suggestions[0]!.stepKey).toBe('next-step-habit');
        expect(suggestions[0]!.gap).toBe('Skill');
    });

    test('recommends steps of fit only where the record of the gap allows them', () => {
        const two = [
            past('ann', { closedOn: WEEK - 160 }),
            past('ann', { stepKey: 'next-step-habit', closedOn: WEEK - 120 })
        ];
        const open = shortlistOf(
            team({
                concerns: [concern('ann', 1)],
                past: two,
                gapOf: (person, metric) => ({
                    person,
                    metric,
                    kind: 'Fit',
                    evidence: [],
                    supportGiven: [],
                    reviewOn: WEEK + 42,
                    fitBlockedBecause: []
                })
            })
        );
        expect(open.suggestions[0]).toMatchObject({ stepKey: 'adjust-book', gap: 'Fit' });
        const blocked = shortlistOf(team({ concerns: [concern('ann', 1)], past: two }));
        expect(blocked.suggestions[0]!.gap).toBe('Skill');
        expect(['adjust-book', 'other-role']).not.toContain(blocked.suggestions[0]!.stepKey);
    });

    const worlds = fc.record({
        shortfalls: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
        stakes: fc.array(fc.integer({ min: 0, max: 90_000_000 }), { minLength: 5, maxLength: 5 }),
        touched: fc.subarray(['ann', 'bob', 'cas', 'dan', 'eve']),
        atMost: fc.integer({ min: 1, max: 5 })
    });
    const worldOf = ({
        shortfalls,
        stakes,
        touched,
        atMost
    }: typeof worlds extends fc.Arbitrary<infer T> ? T : never): Parameters<typeof shortlistOf>[0] => {
        const names = ['ann', 'bob', 'cas', 'dan', 'eve'];
        return team({
            playbook: { ...PLAYBOOK, shortlist: { ...PLAYBOOK.shortlist, atMost } },
            concerns: names.map((person, at) => concern(person, shortfalls[at]!)),
            stakes: new Map(names.map((person, at) => [person, stakes[at]!])),
            past: touched
                .slice(0, atMost)
                .map((person, at): PastIntervention =>
                    past(person, { week: WEEK, status: 'Accepted', rank: at + 1, closedOn: null })
                )
        });
    };

    test('never exceeds its length, has every rank once, nobody below the bar, and is the same in any order', () => {
        fc.assert(
            fc.property(worlds, (world) => {
                const input = worldOf(world);
                const list = shortlistOf(input);
                expect(list.suggestions.length + list.kept.length).toBeLessThanOrEqual(world.atMost);
                const ranks = [
                    ...list.suggestions.map(({ rank }) => rank),
                    ...input.past.map(({ rank }) => rank)
                ];
                expect(new Set(ranks).size).toBe(ranks.length);
                for (const { benefitMinor } of list.suggestions)
                    expect(benefitMinor).toBeGreaterThanOrEqual(PLAYBOOK.shortlist.leastBenefitMinor);
                const benefits = list.suggestions.map(({ benefitMinor }) => benefitMinor);
                expect(benefits).toEqual(benefits.toSorted((a, b) => b - a));
                const turned = {
                    ...input,
                    team: input.team.toReversed(),
                    concerns: input.concerns.toReversed()
                };
                expect(shortlistOf(turned)).toEqual(list);
            })
        );
    });

    test('run again with its own untouched entries in the org gives the same', () => {
        fc.assert(
            fc.property(worlds, (world) => {
                const input = worldOf(world);
                const first = shortlistOf(input);
                const stored = first.suggestions.map(({ person, rank, stepKey, gap }) =>
                    past(person, { week: WEEK, status: 'Suggested', rank, stepKey, gap, closedOn: null })
                );
                expect(shortlistOf({ ...input, past: [...input.past, ...stored] })).toEqual(first);
            })
        );
    });
});

describe('the chance that a step helps', () => {
    const step = PLAYBOOK.steps.find(({ key }) => key === 'listen-to-clients')!;

    test('is the prior until something was measured, then moves with it', () => {
        const measured = (verdicts: Parameters<typeof effect>[0][]): Parameters<typeof chanceOf>[1] =>
            verdicts.map((verdict) => ({ stepKey: step.key, effect: effect(verdict) }));
        expect(chanceOf(step, [])).toEqual({ chance: 0.4, measured: 0, better: 0 });
        expect(
            chanceOf(step, measured(['Better', 'Better', 'Better', 'NoEvidence', 'Worse'])).chance
        ).toBeCloseTo(7 / 15, 12);
        expect(chanceOf(step, measured(['TooEarly', 'TooEarly']))).toEqual({
            chance: 0.4,
            measured: 0,
            better: 0
        });
        expect(chanceOf(step, [{ stepKey: 'other', effect: effect('Better') }]).chance).toBe(0.4);
    });

    test('stays a chance, whatever was measured', () => {
        fc.assert(
            fc.property(
                fc.array(fc.constantFrom('Better', 'Worse', 'NoEvidence', 'TooEarly' as const)),
                (verdicts) => {
                    const { chance } = chanceOf(
                        step,
                        verdicts.map((verdict) => ({ stepKey: step.key, effect: effect(verdict) }))
                    );
                    expect(chance).toBeGreaterThan(0);
                    expect(chance).toBeLessThan(1);
                }
            )
        );
    });
});

describe('what may need a manager', () => {
    const missed = {
        person: 'ann',
        metric: 'nps',
        name: 'Recommendation (NPS)',
        dimension: 'client',
        direction: 'up' as const,
        unit: 'score' as UnitName,
        value: 20,
        kindest: 28,
        floor: 30,
        n: 40,
        minimumN: 5,
        since: WEEK - 46,
        evidence: []
    };

    test('is a standard that is missed even at the kinder end of the interval', () => {
        expect(concernsOfStandards([missed], new Set())).toMatchObject([
            {
                person: 'ann',
                metric: 'nps',
                baseline: 30,
                shortfall: 1 / 3,
                words: 'Recommendation (NPS) is below its standard: 20, at least 30 (40 observations).'
            }
        ]);
        const down = { ...missed, direction: 'down' as const, value: 9, kindest: 7, floor: 6 };
        expect(concernsOfStandards([down], new Set())[0]!.words).toContain(
            'is above its standard: 9, at most 6'
        );
    });

    test('is told in figures as people say them', () => {
        const wordsOf = (more: Partial<typeof missed>): string =>
            concernsOfStandards([{ ...missed, kindest: 0, ...more }], new Set())[0]!.words;
        expect(wordsOf({ unit: 'percent', value: 66.6667, floor: 80, n: 6 })).toContain(
            ': 66.7 %, at least 80 % (6 observations).'
        );
        expect(wordsOf({ unit: 'amount', value: 12_345.6, floor: 200_000, n: 1, minimumN: 1 })).toContain(
            ': 12,346, at least 200,000 (1 observation).'
        );
        expect(wordsOf({ unit: 'count', value: 0, floor: 1, n: 0, minimumN: 0 })).toContain(
            ': 0, at least 1.'
        );
    });

    test('is not one that could be met, rests on a survey of one, is a band, or is of somebody in the ramp', () => {
        expect(concernsOfStandards([{ ...missed, kindest: 31 }], new Set())).toEqual([]);
        expect(concernsOfStandards([{ ...missed, n: 1 }], new Set())).toEqual([]);
        expect(concernsOfStandards([{ ...missed, direction: 'band' }], new Set())).toEqual([]);
        expect(concernsOfStandards([missed], new Set(['ann']))).toEqual([]);
    });

    test('is a warning, and never a check-in', () => {
        const warning = {
            key: 'ann:csat:2026-09-21',
            person: 'ann',
            metric: 'csat',
            kind: 'Warning' as const,
            since: WEEK - 56,
            usual: 4.4,
            observed: 3.3,
            n: 48,
            strength: 1.5,
            raisedOn: WEEK,
            severity: 'Amber' as const,
            words: 'Lower.',
            evidence: []
        };
        const alert = {
            person: 'ann',
            manager: 'boss',
            raisedOn: WEEK,
            warnings: [warning],
            checkIn: { ...warning, kind: 'CheckIn' as const, metric: 'client-work' }
        };
        const concerns = concernsOfWarnings(
            [alert],
            () => 'client',
            () => []
        );
        expect(concerns).toHaveLength(1);
        expect(concerns[0]).toMatchObject({ metric: 'csat', baseline: 4.4, observed: 3.3 });
        expect(concerns[0]!.shortfall).toBeCloseTo(0.25, 12);
    });
});
