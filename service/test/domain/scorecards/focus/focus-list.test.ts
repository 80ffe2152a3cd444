import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { focusList } from '../../../../src/domain/scorecards/focus/focus-list.ts';
import { pickWithin, type Choice } from '../../../../src/domain/scorecards/focus/pick.ts';
import type { FocusDeal } from '../../../../src/domain/scorecards/focus/types.ts';
import { PLAYBOOK } from '../week/world.ts';

const ACTIONS = PLAYBOOK.focus.actions;

const deal = (id: string, more: Partial<FocusDeal> = {}): FocusDeal => ({
    id,
    amountMinor: 10_000_000,
    chance: 0.4,
    flags: [],
    isConductRestricted: false,
    payMinor: null,
    ...more
});
const ghosted = { ruleKey: 'R2', hitRate: 0.8, otherRate: 0.5, words: 'Three mails without an answer.' };
const listOf = (deals: FocusDeal[], capacityMinutes = 480): ReturnType<typeof focusList> =>
    focusList({ person: 'rep', deals, actions: ACTIONS, capacityMinutes });

describe('a focus list', () => {
    test('is worth what an action adds to the chance times the amount, and says why', () => {
        const { items } = listOf([deal('d1', { chance: 0.2, flags: [ghosted] })], 30);
        // What the warning costs: (0.8 - 0.5) x 0.2 / 0.2 = 0.3; the action recovers 15 % of it; 100,000 x 4.5 %.
        expect(items).toHaveLength(1);
        expect(items[0]).toMatchObject({
            actionKey: 'reply',
            minutes: 30,
            valueMinor: 450_000,
            payEffectMinor: null
        });
        expect(items[0]!.reasons).toEqual([
            'Three mails without an answer.',
            'Of past deals with this warning 80 % went badly, without it 50 %.',
            'Chance to win now 20 %, expected to rise by 4.5 points.'
        ]);
    });

    test('takes a warning without a record at the whole of what is missing, and one that costs nothing at nothing', () => {
        const unknown = { ...ghosted, hitRate: null, otherRate: null };
        expect(
            listOf([deal('d1', { chance: 0.2, flags: [unknown] })], 30).items[0]!.chanceChange
        ).toBeCloseTo(0.12, 12);
        const harmless = { ...ghosted, hitRate: 0.4, otherRate: 0.5 };
        expect(listOf([deal('d1', { flags: [harmless] })], 30).items).toEqual([]);
    });

    test('has most for each minute first, at most one action for each deal, within the time there is', () => {
        const deals = [
            deal('small', { amountMinor: 1_000_000, flags: [ghosted] }),
            deal('large', { amountMinor: 90_000_000 }),
            deal('quick', { amountMinor: 30_000_000, flags: [ghosted] })
        ];
        const list = listOf(deals);
        const rates = list.items.map(({ valueMinor, minutes }) => valueMinor / minutes);
        expect(rates).toEqual(rates.toSorted((a, b) => b - a));
        expect(new Set(list.items.map(({ dealId }) => dealId)).size).toBe(list.items.length);
        expect(listOf(deals, 60).items.map(({ dealId }) => dealId)).toEqual(['large']);
        expect(listOf(deals, 0)).toMatchObject({ items: [], usedMinutes: 0 });
    });

    test('leaves out deals without a forecast and says how many, and deals without an amount', () => {
        const list = listOf([deal('d1', { chance: null }), deal('d2', { amountMinor: 0 }), deal('d3')]);
        expect(list.unranked).toBe(1);
        expect(list.items.map(({ dealId }) => dealId)).toEqual(['d3']);
        expect(listOf([])).toMatchObject({ items: [], unranked: 0 });
    });

    test('shows what it pays apart, and never for a conduct-restricted product', () => {
        const { items } = listOf([
            deal('open', { payMinor: 1_000_000 }),
            deal('restricted', { payMinor: 9_000_000, isConductRestricted: true })
        ]);
        expect(items.find(({ dealId }) => dealId === 'open')!.payEffectMinor).toBe(60_000);
        expect(items.find(({ dealId }) => dealId === 'restricted')!.payEffectMinor).toBeNull();
    });

    const deals = fc.array(
        fc.record({
            amountMinor: fc.integer({ min: 1, max: 90_000_000 }),
            chance: fc.double({ min: 0, max: 1, noNaN: true }),
            flagged: fc.boolean(),
            isConductRestricted: fc.boolean(),
            payMinor: fc.option(fc.integer({ min: 0, max: 50_000_000 }))
        }),
        { maxLength: 8 }
    );

    test('never changes with what deals pay, nor with the order of deals', () => {
        fc.assert(
            fc.property(deals, fc.integer({ min: 0, max: 400 }), (drawn, capacity) => {
                const own = drawn.map(({ flagged, ...one }, at) =>
                    deal(`d${at}`, { ...one, flags: flagged ? [ghosted] : [] })
                );
                const unpaid = own.map((one) => ({ ...one, payMinor: null }));
                const order = (list: FocusDeal[]): string[] =>
                    listOf(list, capacity).items.map(({ dealId, actionKey }) => `${dealId} ${actionKey}`);
                expect(order(own)).toEqual(order(unpaid));
                expect(listOf(own.toReversed(), capacity)).toEqual(listOf(own, capacity));
                expect(listOf(own, capacity).usedMinutes).toBeLessThanOrEqual(capacity);
            })
        );
    });
});

describe('what fits into the time there is', () => {
    /** Every way to take at most one choice of each group. */
    function mostWorth(groups: Choice[][], slots: number): number {
        const [first, ...rest] = groups;
        if (!first) return 0;
        const taken = first
            .filter(({ minutes }) => Math.ceil(minutes / 5) <= slots)
            .map((one) => one.worth + mostWorth(rest, slots - Math.ceil(one.minutes / 5)));
        return Math.max(mostWorth(rest, slots), ...taken);
    }

    test('is worth as much as the best of all ways, at most one of each group, in whatever order they come', () => {
        const choices = fc.array(
            fc.record({
                group: fc.constantFrom('a', 'b', 'c', 'd'),
                minutes: fc.integer({ min: 1, max: 60 }),
                worth: fc.integer({ min: 1, max: 20 })
            }),
            { maxLength: 9 }
        );
        fc.assert(
            fc.property(choices, fc.integer({ min: 0, max: 120 }), (drawn, capacity) => {
                const all = drawn.map((one, at) => ({ ...one, key: `k${at}` }));
                const picked = pickWithin(all, capacity);
                const worth = picked.reduce((sum, one) => sum + one.worth, 0);
                const groups = [...Map.groupBy(all, ({ group }) => group).values()];
                expect(worth).toBe(mostWorth(groups, Math.floor(capacity / 5)));
                expect(new Set(picked.map(({ group }) => group)).size).toBe(picked.length);
                expect(pickWithin(all.toReversed(), capacity)).toEqual(picked);
            })
        );
    });
});
