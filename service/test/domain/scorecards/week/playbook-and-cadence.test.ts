import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cadenceOf, type CadenceInput, type Held } from '../../../../src/domain/scorecards/week/cadence.ts';
import { readPlaybook, withEdits } from '../../../../src/domain/scorecards/week/read-playbook.ts';
import { person } from '../warnings/world.ts';
import { PLAYBOOK, PLAYBOOK_TEXT, WEEK } from './world.ts';

describe('the playbook', () => {
    test('as it ships can be read, recommends for every watched metric, and alerts about few people a week', () => {
        const { problems } = readPlaybook(PLAYBOOK_TEXT);
        expect(problems).toEqual([]);
        expect(PLAYBOOK.shortlist.atMost).toBe(3);
        for (const { id, as } of PLAYBOOK.watch)
            if (as === 'warning')
                expect(PLAYBOOK.steps.some(({ metrics }) => metrics.includes(id))).toBe(true);
    });

    test('tells everything that is wrong at once, with line and what to do', () => {
        const wrong = PLAYBOOK_TEXT.replace('perManagerPerWeek: 3', 'perManagerPerWeek: many')
            .replace(/leastBenefit: .*/, 'leastBenefit: a lot')
            .replace('helps: 40%', 'helps: 140%')
            .replace('key: four-eyes', 'key: file-clinic')
            .replace('scale: duration', 'scale: level')
            .replace('how: count', 'how: mean')
            .replace('kind: Review', 'kind: Coffee');
        const { playbook, problems } = readPlaybook(wrong);
        expect(playbook).toBeNull();
        expect(problems.map(({ code }) => code)).toEqual(
            expect.arrayContaining(['AMOUNT_WANTED', 'NOT_A_FRACTION', 'ID_TWICE', 'SCALE_AND_HOW_DIFFER'])
        );
        expect(problems).toHaveLength(6);
        for (const { where, fix } of problems) {
            expect(where).toMatch(/^playbook\.yaml: /);
            expect(fix).not.toBe('');
        }
    });

    test('keeps a step for whatever has none of its own', () => {
        const without = PLAYBOOK_TEXT.replace(/gap: Unclear,\s+metrics: \[\]/, 'gap: Fit, metrics: []');
        expect(readPlaybook(without).problems.map(({ code }) => code)).toEqual(['STEP_FOR_ALL_MISSING']);
    });

    test('takes the words of ops and keeps the priors of the file', () => {
        const own = PLAYBOOK.steps.find(({ key }) => key === 'deal-review')!;
        const { prior, ...edit } = { ...own, label: 'Our review', isActive: false };
        const fresh = { ...edit, key: 'new-step' };
        const steps = withEdits(PLAYBOOK.steps, [edit, fresh]);
        expect(steps.find(({ key }) => key === 'deal-review')).toEqual({ ...edit, prior });
        expect(steps.find(({ key }) => key === 'new-step')!.prior).toEqual({ helps: 0.2, cases: 5 });
        expect(steps).toHaveLength(PLAYBOOK.steps.length + 1);
    });
});

describe('the cadence of a manager', () => {
    const START = WEEK - 84;
    const reports = (id: string, more = {}): ReturnType<typeof person> =>
        person(id, { managers: [{ manager: 'boss', from: START, to: null }], ...more });
    const heldOn = (id: string, on: number, more: Partial<Held> = {}): Held => ({
        kind: 'OneToOne',
        manager: 'boss',
        person: id,
        on,
        recordId: `event-${on}`,
        ...more
    });
    const of = (more: Partial<CadenceInput> = {}): ReturnType<typeof cadenceOf>[number] =>
        cadenceOf({
            asOf: WEEK,
            from: START,
            people: [reports('ann')],
            managers: ['boss'],
            held: [],
            rules: [{ kind: 'OneToOne', everyDays: 14, graceDays: 2 }],
            calendar: { holidays: new Set(), absences: new Map() },
            ...more
        })[0]!;

    test('counts what was held on time, of what was due and whose days of grace are over', () => {
        const held = [heldOn('ann', START + 14), heldOn('ann', START + 30), heldOn('ann', START + 46)];
        const found = of({ held });
        expect(found.items.map(({ dueOn, status }) => [dueOn - START, status])).toEqual([
            [14, 'Held'],
            [28, 'Held'],
            [42, 'Late'],
            [56, 'Missed'],
            [70, 'Missed'],
            [84, 'Due'],
            [98, 'Due']
        ]);
        expect(found.onTimePercent).toBe(40);
        expect(found.byKind).toEqual([{ kind: 'OneToOne', due: 5, onTime: 2 }]);
        expect(found.overdue).toEqual([]);
        expect(of({ held, asOf: WEEK + 3 }).overdue).toEqual([
            { key: `OneToOne:boss:ann:2026-11-16`, daysOver: 3 }
        ]);
        expect(found.items[0]).toMatchObject({ heldOn: START + 14, recordId: `event-${START + 14}` });
    });

    test('of nobody who reports is no percentage at all', () => {
        const alone = of({
            people: [person('boss', { managers: [{ manager: 'boss', from: START, to: null }] })]
        });
        expect(alone).toEqual({
            manager: 'boss',
            items: [],
            onTimePercent: null,
            byKind: [{ kind: 'OneToOne', due: 0, onTime: 0 }],
            overdue: []
        });
    });

    test('begins with the day somebody came and ends with the day he went on or left', () => {
        const moved = reports('ann', {
            managers: [
                { manager: 'old', from: START - 100, to: START + 20 },
                { manager: 'boss', from: START + 20, to: null }
            ],
            left: START + 60
        });
        expect(of({ people: [moved] }).items.map(({ dueOn }) => dueOn - START)).toEqual([35, 49]);
        expect(
            of({ people: [moved], managers: ['old'] }).items.every(({ dueOn }) => dueOn < START + 20)
        ).toBe(true);
    });

    test('moves what is due on leave or a holiday to the next day both are at work', () => {
        const calendar = {
            holidays: new Set([START + 28]),
            absences: new Map([
                ['ann', [{ from: START + 29, to: START + 29 }]],
                ['boss', [{ from: START + 30, to: START + 31 }]]
            ])
        };
        const people = [reports('ann'), person('boss', { managers: [] })];
        // A Monday; Tuesday she is away, Wednesday and Thursday he is.
        expect(of({ people, calendar }).items[1]!.dueOn).toBe(START + 32);
    });

    test('never counts one conversation for two due days, and does not depend on order', () => {
        fc.assert(
            fc.property(
                fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 12 }),
                fc.integer({ min: 0, max: 90 }),
                (days, today) => {
                    const held = [...new Set(days)].map((day) => heldOn('ann', START + day));
                    const found = of({ held, asOf: START + today });
                    const used = found.items.flatMap(({ recordId }) => recordId ?? []);
                    expect(new Set(used).size).toBe(used.length);
                    for (const { heldOn: on } of found.items)
                        if (on !== null) expect(on).toBeLessThanOrEqual(START + today);
                    expect(of({ held: held.toReversed(), asOf: START + today })).toEqual(found);
                }
            )
        );
    });
});
