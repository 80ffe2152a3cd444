import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
    earlyWarnings,
    managerOf,
    roleSince,
    warningsOf
} from '../../../../src/domain/scorecards/warnings/early-warnings.ts';
import type { EarlierWarning, WarningResult } from '../../../../src/domain/scorecards/warnings/types.ts';
import { ERRORS, input, person, SATISFACTION, TODAY, wavering, weekly, WORK } from './world.ts';

const declining = (id: string, seed = 1): ReturnType<typeof weekly> =>
    weekly(id, SATISFACTION, wavering(seed, 4.4, 0.15, 0.6, 44));
const steady = (id: string, seed = 1): ReturnType<typeof weekly> =>
    weekly(id, SATISFACTION, wavering(seed, 4.4, 0.15));

const asEarlier = (result: WarningResult): EarlierWarning[] =>
    result.alerts.flatMap(warningsOf).map(({ key, person: id, metric, since, raisedOn }) => ({
        key,
        person: id,
        metric,
        since,
        raisedOn,
        clearedOn: null
    }));

describe('an early warning', () => {
    test('is raised when somebody falls below his own usual course, and says since when, what and what was usual', () => {
        const { alerts } = earlyWarnings(input({ people: [person('ann')], series: [declining('ann')] }));
        const [warning] = alerts[0]!.warnings;
        expect(alerts).toHaveLength(1);
        expect(alerts[0]).toMatchObject({ person: 'ann', manager: 'boss', raisedOn: TODAY, checkIn: null });
        expect(warning!.since).toBe(TODAY - 7 * 8);
        expect(warning!.usual).toBeCloseTo(4.4, 1);
        expect(Math.abs(warning!.observed - 3.8)).toBeLessThan(0.1);
        expect(warning!.key).toBe('ann:csat:2026-09-21');
        expect(warning!.words).toMatch(
            /^Client satisfaction has been lower than this person's usual since 2026-09-21: 3\.\d+, usually 4\.\d+ \(48 answers\)\.$/
        );
        expect(warning!.evidence).toHaveLength(8);
    });

    test('is not raised for a course that only wavers, nor for one that gets better', () => {
        const series = [
            ...Array.from({ length: 20 }, (_, at) => steady(`p${at}`, at + 1)),
            weekly('better', SATISFACTION, wavering(99, 4, 0.15, -0.6, 44))
        ];
        const people = series.map((one) => person(one.person));
        expect(earlyWarnings(input({ people, series })).alerts).toEqual([]);
    });

    test('knows that more errors are worse and fewer are not', () => {
        const errors = (id: string, late: number): ReturnType<typeof weekly> =>
            weekly(id, ERRORS, (week) => (week >= 44 ? late : [10, 30, 20, 20][week % 4]!), 100);
        const people = [person('more'), person('fewer')];
        const series = [errors('more', 80), errors('fewer', 0)];
        const { alerts } = earlyWarnings(input({ people, series }));
        expect(alerts.map((alert) => alert.person)).toEqual(['more']);
        expect(alerts[0]!.warnings[0]!.words).toContain('Errors has been higher');
        expect(alerts[0]!.warnings[0]!.words).toContain('8 %, usually 2 %');
    });

    test('is not raised on too few weeks, too few observations or too small a change', () => {
        const short = { ...declining('short'), points: declining('short').points.slice(-20) };
        const thin = weekly('thin', SATISFACTION, wavering(1, 4.4, 0.15, 0.6, 44), 0.2);
        const small = weekly(
            'small',
            SATISFACTION,
            (week) => (week % 2 ? 4.41 : 4.39) - (week >= 44 ? 0.1 : 0)
        );
        const series = [short, thin, small];
        const result = earlyWarnings(input({ people: series.map((one) => person(one.person)), series }));
        expect(result.alerts).toEqual([]);
        expect(result.unwatched).toEqual([{ reason: 'TooFew', count: 2 }]);
    });

    test('stays with the day it began until the course has come halfway back, then is cleared', () => {
        const series = (recovered: number): ReturnType<typeof weekly> =>
            weekly('ann', SATISFACTION, (week) => {
                const usual = week % 2 ? 4.5 : 4.3;
                return week >= 42 && week < 52 - recovered ? usual - 0.7 : usual;
            });
        const people = [person('ann')];
        const first = earlyWarnings(input({ people, series: [series(0)] }));
        const earlier = asEarlier(first).map((one) => ({ ...one, raisedOn: TODAY - 14 }));
        const second = earlyWarnings(input({ people, series: [series(1)], earlier }));
        expect(second.alerts[0]!.warnings[0]).toMatchObject({ key: earlier[0]!.key, raisedOn: TODAY - 14 });
        const last = earlyWarnings(input({ people, series: [series(9)], earlier }));
        expect(last.alerts).toEqual([]);
        expect(last.cleared).toEqual([earlier[0]!.key]);
    });

    test('of several metrics of one person is told once, strongest first', () => {
        const series = [
            declining('ann'),
            weekly('ann', ERRORS, (week) => (week >= 44 ? 90 : [10, 30, 20, 20][week % 4]!), 100)
        ];
        const { alerts } = earlyWarnings(input({ people: [person('ann')], series }));
        expect(alerts).toHaveLength(1);
        const strengths = alerts[0]!.warnings.map(({ strength }) => strength);
        expect(strengths).toHaveLength(2);
        expect(strengths[0]).toBeGreaterThanOrEqual(strengths[1]!);
    });
});

describe('who is warned of', () => {
    const of = (more: Parameters<typeof person>[1], ramping: string[] = []): WarningResult =>
        earlyWarnings(
            input({ people: [person('ann', more)], series: [declining('ann')], ramping: new Set(ramping) })
        );

    test('never anybody in the ramp', () => {
        const result = of({}, ['ann']);
        expect(result.alerts).toEqual([]);
        expect(result.unwatched).toEqual([{ reason: 'Ramping', count: 1 }]);
    });

    test('nobody who left', () => {
        const result = of({ left: TODAY - 3 });
        expect(result.alerts).toEqual([]);
        expect(result.unwatched).toEqual([{ reason: 'Left', count: 1 }]);
    });

    test('after a transfer in mid-month the new manager, with the course of before', () => {
        const managers = [
            { manager: 'old', from: TODAY - 2000, to: TODAY - 10 },
            { manager: 'new', from: TODAY - 10, to: null }
        ];
        expect(of({ managers }).alerts[0]!.manager).toBe('new');
    });

    test('after a change of role nobody until the new role has a course of its own', () => {
        const roles = [
            { role: 'operations' as const, from: TODAY - 2000, to: TODAY - 70 },
            { role: 'adviser' as const, from: TODAY - 70, to: null }
        ];
        expect(of({ roles }).unwatched).toEqual([{ reason: 'TooFew', count: 1 }]);
        expect(roleSince(person('ann', { roles }), TODAY)).toBe(TODAY - 70);
    });

    test('somebody without a manager is warned of to nobody else', () => {
        const { alerts } = of({ managers: [] });
        expect(alerts[0]!.manager).toBeNull();
        expect(managerOf(person('ann', { managers: [] }), TODAY)).toBeNull();
    });

    test('a person nothing is known of, and a series of nobody, are passed over', () => {
        const result = earlyWarnings(input({ people: [person('ann')], series: [declining('gone')] }));
        expect(result).toEqual({ alerts: [], cleared: [], heldBack: [], unwatched: [] });
    });
});

describe('a check-in', () => {
    const quiet = (id: string): ReturnType<typeof weekly> =>
        weekly(id, WORK, (week) => (week >= 45 ? 5 : [18, 22, 20, 21, 19][week % 5]!));

    test('asks the manager to ask, and is no warning', () => {
        const { alerts } = earlyWarnings(input({ people: [person('ann')], series: [quiet('ann')] }));
        expect(alerts[0]!.warnings).toEqual([]);
        expect(alerts[0]!.checkIn).toMatchObject({ kind: 'CheckIn', metric: 'client-work' });
        expect(alerts[0]!.checkIn!.words).toBe(
            'Less recorded than usual since 2026-09-28: 5 a week calls and mails and meetings, usually 20 a week. ' +
                'There may be good reasons. Ask how things are and what would help.'
        );
    });

    test('is not made where nobody is above to ask', () => {
        const series = [quiet('ann')];
        expect(earlyWarnings(input({ people: [person('ann', { managers: [] })], series })).alerts).toEqual(
            []
        );
    });

    test('is not made of somebody who was on leave, nor of public holidays', () => {
        const leave = [{ from: TODAY - 7 * 7, to: TODAY - 1 }];
        const away = { holidays: new Set<number>(), absences: new Map([['ann', leave]]) };
        const people = [person('ann')];
        const empty = weekly('ann', WORK, (week) => (week >= 45 ? 0 : [18, 22, 20, 21, 19][week % 5]!));
        expect(earlyWarnings(input({ people, series: [empty] })).alerts).toHaveLength(1);
        expect(earlyWarnings(input({ people, series: [empty], calendar: away })).alerts).toEqual([]);
        // Two days a week at work, and two days' work done.
        const half = weekly('ann', WORK, (week) => (week >= 45 ? 8 : [18, 22, 20, 21, 19][week % 5]!));
        const holidays = new Set(
            Array.from({ length: 49 }, (_, day) => TODAY - 49 + day).filter(
                (day) => (day - TODAY + 49) % 7 >= 2
            )
        );
        expect(earlyWarnings(input({ people, series: [half] })).alerts).toHaveLength(1);
        const closed = { holidays, absences: new Map() };
        expect(earlyWarnings(input({ people, series: [half], calendar: closed })).alerts).toEqual([]);
    });
});

describe('all warnings of a day', () => {
    /** Who declines, by how much, and for whom he works. */
    const firms = fc.array(
        fc.record({
            drop: fc.constantFrom(0, 0.5, 0.7, 0.9),
            boss: fc.constantFrom('b1', 'b2'),
            seed: fc.nat(50)
        }),
        { minLength: 1, maxLength: 14 }
    );
    const worldOf = (firm: { drop: number; boss: string; seed: number }[]): Parameters<typeof input>[0] => ({
        people: firm.map(({ boss }, at) =>
            person(`p${at}`, { managers: [{ manager: boss, from: TODAY - 2000, to: null }] })
        ),
        series: firm.map(({ drop, seed }, at) =>
            weekly(`p${at}`, SATISFACTION, wavering(seed + 1, 4.4, 0.12, drop, 43))
        )
    });

    test('never tell a manager of more new people in a week than the cap, and count the others', () => {
        fc.assert(
            fc.property(firms, fc.integer({ min: 1, max: 4 }), (firm, cap) => {
                const world = worldOf(firm);
                const rules = { perManagerPerWeek: cap };
                const all = earlyWarnings(input({ ...world, rules: { perManagerPerWeek: 1000 } }));
                const first = earlyWarnings(input({ ...world, rules }));
                for (const boss of ['b1', 'b2']) {
                    const told = first.alerts.filter(({ manager }) => manager === boss).length;
                    const held = first.heldBack.find(({ manager }) => manager === boss)?.count ?? 0;
                    expect(told).toBeLessThanOrEqual(cap);
                    expect(told + held).toBe(all.alerts.filter(({ manager }) => manager === boss).length);
                }
                // Two days later nobody new is told: the week is full.
                const again = earlyWarnings(
                    input({ ...world, rules, asOf: TODAY + 2, earlier: asEarlier(first) })
                );
                expect(again.alerts.map(({ person: id }) => id)).toEqual(
                    first.alerts.map(({ person: id }) => id)
                );
            }),
            { numRuns: 25 }
        );
    });

    test('do not depend on the order of people and series, and are the same when run again', () => {
        fc.assert(
            fc.property(firms, (firm) => {
                const world = worldOf(firm);
                const first = earlyWarnings(input(world));
                const turned = { people: world.people!.toReversed(), series: world.series!.toReversed() };
                expect(earlyWarnings(input(turned))).toEqual(first);
                const again = earlyWarnings(input({ ...world, earlier: asEarlier(first) }));
                expect({ ...again, heldBack: first.heldBack }).toEqual(first);
            }),
            { numRuns: 25 }
        );
    });

    test('a cleared warning still counts for the week in which it was raised', () => {
        const world = worldOf([
            { drop: 0.9, boss: 'b1', seed: 1 },
            { drop: 0, boss: 'b1', seed: 2 }
        ]);
        const earlier = [
            {
                key: 'p1:csat:2026-09-21',
                person: 'p1',
                metric: 'csat',
                since: TODAY - 56,
                raisedOn: TODAY,
                clearedOn: TODAY
            }
        ];
        const result = earlyWarnings(input({ ...world, earlier, rules: { perManagerPerWeek: 1 } }));
        expect(result.alerts).toEqual([]);
        expect(result.heldBack).toEqual([{ manager: 'b1', count: 1 }]);
    });
});
