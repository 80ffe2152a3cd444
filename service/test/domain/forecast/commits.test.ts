import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
    CATEGORIES,
    rollUp,
    type CategoryDeal,
    type CommitInput,
    type Override
} from '../../../src/domain/forecast/commits.ts';

const MANAGERS = new Map([
    ['ann', 'max'],
    ['bob', 'max'],
    ['max', 'zoe']
]);

function override(changes: Partial<Override> = {}): Override {
    return {
        overrideId: 'o1',
        personId: 'ann',
        category: 'Commit',
        originalMinor: 1000,
        newMinor: 800,
        byId: 'max',
        atMs: 10,
        reason: 'The budget is not signed',
        ...changes
    };
}

const deals: CategoryDeal[] = [
    { dealId: '1', ownerId: 'ann', category: 'Commit', amountMinor: 1000 },
    { dealId: '2', ownerId: 'bob', category: 'Commit', amountMinor: 500 },
    { dealId: '3', ownerId: 'bob', category: 'Commit', amountMinor: null },
    { dealId: '4', ownerId: 'bob', category: 'BestCase', amountMinor: 70 }
];

function roll(changes: Partial<CommitInput> = {}) {
    const { people, problems } = rollUp({
        deals,
        managers: MANAGERS,
        overrides: [],
        lockedAtMs: null,
        ...changes
    });
    const commitOf = (person: string) =>
        people.find(({ personId, category }) => personId === person && category === 'Commit')!;
    return { people, problems, commitOf };
}

describe('commits and overrides', () => {
    test('roll up from the deals, team by team', () => {
        const { commitOf } = roll();
        expect(['ann', 'bob', 'max', 'zoe'].map((person) => commitOf(person).rollupMinor)).toEqual([
            1000, 500, 1500, 1500
        ]);
    });

    test('an override moves everybody above by what it changed and keeps what it changed, who, when and why', () => {
        const { commitOf } = roll({ overrides: [override()] });
        expect(commitOf('ann')).toMatchObject({ ownMinor: 1000, adjustmentMinor: -200, rollupMinor: 800 });
        expect(commitOf('zoe').rollupMinor).toBe(1300);
        expect(commitOf('ann').history).toEqual([
            { ...override(), adjustmentMinor: -200, isLate: false, isSuperseded: false }
        ]);
    });

    test('a later override takes the place of the earlier one, which stays to be seen; after the lock it is late', () => {
        const later = override({ overrideId: 'o2', atMs: 20, originalMinor: 800, newMinor: 900 });
        const { commitOf } = roll({ overrides: [later, override()], lockedAtMs: 15 });
        expect(commitOf('ann').history.map((one) => [one.overrideId, one.isSuperseded, one.isLate])).toEqual([
            ['o1', true, false],
            ['o2', false, true]
        ]);
    });

    test('an override without a reason, or with a longer one than fits, does not count and is named', () => {
        const { commitOf, problems } = roll({
            overrides: [
                override({ reason: ' ' }),
                override({ reason: 'x'.repeat(256) }),
                override({ newMinor: 0.5 })
            ]
        });
        expect(commitOf('ann').rollupMinor).toBe(1000);
        expect(problems.map(({ code }) => code)).toEqual([
            'OVERRIDE_REASON_MISSING',
            'OVERRIDE_REASON_TOO_LONG',
            'OVERRIDE_AMOUNT_INVALID'
        ]);
    });

    test('managers in a circle count nobody twice, and are named', () => {
        const { people, problems } = roll({ managers: new Map([...MANAGERS, ['zoe', 'ann']]) });
        expect(problems.map(({ code }) => code)).toEqual(['MANAGERS_IN_A_CIRCLE']);
        expect(Math.max(...people.map(({ rollupMinor }) => rollupMinor))).toBe(1500);
    });

    test('at every level the rollup is own deals, reports and adjustments, whatever is entered', () => {
        const person = fc.constantFrom('ann', 'bob', 'max', 'zoe');
        const category = fc.constantFrom(...CATEGORIES);
        const anyDeal = fc.record({
            dealId: fc.uuid(),
            ownerId: person,
            category,
            amountMinor: fc.option(fc.integer({ min: -1e6, max: 1e9 }))
        });
        const anyOverride = fc.record({
            overrideId: fc.uuid(),
            personId: person,
            category,
            originalMinor: fc.integer(),
            newMinor: fc.integer(),
            byId: person,
            atMs: fc.nat(),
            reason: fc.constant('said so')
        });
        fc.assert(
            fc.property(fc.array(anyDeal), fc.array(anyOverride), (anyDeals, overrides) => {
                const { people } = roll({ deals: anyDeals, overrides });
                for (const one of people) {
                    const below = people
                        .filter(
                            (other) =>
                                MANAGERS.get(other.personId) === one.personId &&
                                other.category === one.category
                        )
                        .reduce((sum, { rollupMinor }) => sum + rollupMinor, 0);
                    expect(one.reportsMinor).toBe(below);
                    expect(one.rollupMinor).toBe(one.ownMinor + below + one.adjustmentMinor);
                    expect(
                        one.history.filter(({ isSuperseded }) => !isSuperseded).length
                    ).toBeLessThanOrEqual(1);
                }
            })
        );
    });
});
