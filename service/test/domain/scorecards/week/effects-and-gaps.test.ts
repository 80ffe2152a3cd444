import { describe, expect, test } from '@jest/globals';
import { measureEffect } from '../../../../src/domain/scorecards/week/effects.ts';
import { gapRecord, type GapInput } from '../../../../src/domain/scorecards/week/gap-record.ts';
import type { Observation } from '../../../../src/domain/scorecards/warnings/types.ts';
import { ERRORS, SATISFACTION, WORK } from '../warnings/world.ts';
import { effect, past, PLAYBOOK, WEEK } from './world.ts';

const RULES = PLAYBOOK.effect;
/** Weeks around the Monday a step was done on: index 0 is that week. */
const weeks = (from: number, to: number, value: (week: number) => number, n = 10): Observation[] =>
    Array.from({ length: to - from }, (_, at) => from + at).map((week) => ({
        from: WEEK + 7 * week,
        days: 5,
        value: value(week),
        n
    }));
const wobble = (week: number): number => [0.1, -0.1, 0.05, -0.05][((week % 4) + 4) % 4]!;

describe('the effect of a done step', () => {
    test('is better when the weeks after are above the weeks before by more than they waver', () => {
        const seen = weeks(-12, 12, (week) => (week < 0 ? 3.6 : 4.3) + wobble(week));
        const found = measureEffect(seen, WEEK, SATISFACTION, RULES);
        expect(found).toMatchObject({ verdict: 'Better', weeksBefore: 8, weeksAfter: 8 });
        expect(found.change).toBeCloseTo(0.7, 5);
        expect(found.low).toBeGreaterThan(0.6);
        expect(found.high).toBeLessThan(0.8);
        expect(found.words).toMatch(
            /^Better since: 3\.6 before, 4\.3 after \(better by 0\.6\d* to 0\.7\d*\)\.$/
        );
    });

    test('is no evidence yet while the interval includes no change, and says so', () => {
        const seen = weeks(-12, 12, (week) => (week < 0 ? 4 : 4.03) + 3 * wobble(week));
        const found = measureEffect(seen, WEEK, SATISFACTION, RULES);
        expect(found.verdict).toBe('NoEvidence');
        expect(found.words).toMatch(/^No evidence yet: .* which includes no change\)\.$/);
        expect(found.low!).toBeLessThan(0);
        expect(found.high!).toBeGreaterThan(0);
    });

    test('is worse when it got worse, and fewer errors are better', () => {
        const rising = weeks(-12, 12, (week) => (week < 0 ? 20 : 60) + 20 * wobble(week), 100);
        expect(measureEffect(rising, WEEK, ERRORS, RULES).verdict).toBe('Worse');
        const falling = weeks(-12, 12, (week) => (week < 0 ? 60 : 20) + 20 * wobble(week), 100);
        expect(measureEffect(falling, WEEK, ERRORS, RULES).verdict).toBe('Better');
    });

    test('is too early to say with fewer weeks than needed on either side', () => {
        const seen = weeks(-12, 4, () => 4);
        expect(measureEffect(seen, WEEK, SATISFACTION, RULES)).toMatchObject({
            verdict: 'TooEarly',
            change: null
        });
        expect(measureEffect(seen, WEEK, SATISFACTION, RULES).words).toBe(
            'Too early to say: 3 of at least 4 weeks since 2026-11-16.'
        );
        expect(
            measureEffect(
                weeks(-3, 12, () => 4),
                WEEK,
                SATISFACTION,
                RULES
            ).verdict
        ).toBe('TooEarly');
        expect(measureEffect([], WEEK, SATISFACTION, RULES).verdict).toBe('TooEarly');
    });

    test('counts work per week at work, so that leave is no change', () => {
        const seen = weeks(-12, 12, (week) => (week < 0 ? 20 : 8) + wobble(week)).map((one) =>
            one.from >= WEEK ? { ...one, days: 2 } : one
        );
        expect(measureEffect(seen, WEEK, WORK, RULES).change).toBeCloseTo(0, 0);
    });

    test('of weeks that are all the same is exactly no change', () => {
        const found = measureEffect(
            weeks(-12, 12, () => 4),
            WEEK,
            SATISFACTION,
            RULES
        );
        expect(found).toMatchObject({ verdict: 'NoEvidence', change: 0, low: 0, high: 0 });
    });
});

describe('a gap', () => {
    const of = (more: Partial<GapInput> = {}): ReturnType<typeof gapRecord> =>
        gapRecord({
            person: 'ann',
            metric: 'csat',
            asOf: WEEK,
            isRamping: false,
            isMissed: true,
            past: [],
            effects: new Map(),
            rules: PLAYBOOK.gap,
            ...more
        });
    const first = past('ann', { key: 'k1', closedOn: WEEK - 150 });
    const second = past('ann', { key: 'k2', stepKey: 'next-step-habit', closedOn: WEEK - 80 });
    const without = new Map([
        ['k1', effect('NoEvidence')],
        ['k2', effect('Worse')]
    ]);

    test('is unclear before anything was tried, and acting on fit is blocked with the reason', () => {
        expect(of()).toMatchObject({
            kind: 'Unclear',
            supportGiven: [],
            reviewOn: WEEK + 42,
            fitBlockedBecause: ['0 of 2 different steps of coaching done and measured.']
        });
    });

    test('is one of skill while coaching goes on', () => {
        const record = of({ past: [first], effects: without });
        expect(record.kind).toBe('Skill');
        expect(record.supportGiven).toEqual([
            { key: 'k1', stepKey: 'listen-to-clients', doneOn: WEEK - 150, words: 'NoEvidence.' }
        ]);
        expect(record.fitBlockedBecause).toEqual(['1 of 2 different steps of coaching done and measured.']);
    });

    test('may be one of fit after different steps without effect, over enough time, with a day to look again', () => {
        const record = of({ past: [second, first], effects: without });
        expect(record).toMatchObject({ kind: 'Fit', fitBlockedBecause: [], reviewOn: WEEK + 1 });
        expect(record.evidence).toEqual([
            'The standard is missed beyond what luck explains.',
            '2 steps of support done, 0 followed by a measured improvement.'
        ]);
        expect(record.supportGiven.map(({ key }) => key)).toEqual(['k1', 'k2']);
    });

    test.each([
        ['in the ramp', { isRamping: true }, /in the ramp/],
        ['with the standard met', { isMissed: false }, /not missed/],
        [
            'where a step helped',
            {
                effects: new Map([
                    ['k1', effect('Better')],
                    ['k2', effect('NoEvidence')]
                ])
            },
            /go on with what helps/
        ],
        [
            'where steps cannot be measured yet',
            {
                effects: new Map([
                    ['k1', effect('NoEvidence')],
                    ['k2', effect('TooEarly')]
                ])
            },
            /1 of 2/
        ],
        [
            'where the same step was done twice',
            { past: [first, { ...first, key: 'k2', closedOn: WEEK - 80 }] },
            /1 of 2/
        ],
        [
            'too soon after the first',
            {
                past: [
                    { ...first, closedOn: WEEK - 80 },
                    { ...second, closedOn: WEEK - 60 }
                ]
            },
            /less than 90 days ago/
        ]
    ])('is never one of fit %s', (_name, more, reason) => {
        const record = of({ past: [first, second], effects: without, ...more });
        expect(record.kind).not.toBe('Fit');
        expect(record.fitBlockedBecause.join(' ')).toMatch(reason);
    });

    test('does not count steps of others, of other metrics, of fit, or that are not done', () => {
        const none = [
            past('bob', { key: 'k1' }),
            past('ann', { key: 'k2', metric: 'nps' }),
            past('ann', { key: 'k3', gap: 'Fit' }),
            past('ann', { key: 'k4', status: 'Accepted', closedOn: null }),
            past('ann', { key: 'k5', closedOn: WEEK + 5 })
        ];
        expect(of({ past: none, effects: without }).supportGiven).toEqual([]);
    });
});
