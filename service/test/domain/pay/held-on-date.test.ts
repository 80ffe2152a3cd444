// Who had a deal on the day it was won by its splits and its team, and what cannot be told of them, as Salesforce keeps no history of either.
import { describe, expect, test } from '@jest/globals';
import { heldOn, type SplitRow, type TeamRow } from '../../../src/domain/pay/held-on-date.ts';
import { onPlan, payoutOf, PayWorld, sold, version } from './pay-world.ts';

const WON = '2026-02-09';
const at = (day: string): string => `2026-${day}T10:00:00.000Z`;
const split = (payeeId: string, percent: string, made: string, changed = made): SplitRow => ({
    ...{ payeeId, percent },
    ...{ createdAt: at(made), changedAt: at(changed) }
});
const member = (payeeId: string, role: string, made: string, changed = made): TeamRow => ({
    ...{ payeeId, role },
    ...{ createdAt: at(made), changedAt: at(changed) }
});

describe('splits on the day a deal was won', () => {
    test('are those of now where none was changed since', () => {
        const splits = [split('ann', '60', '01-05', '02-09'), split('bob', '40', '02-09')];
        expect(heldOn({ splits }, 'splits', WON)).toMatchObject([
            { payeeId: 'ann', share: '60%' },
            { payeeId: 'bob', share: '40%' }
        ]);
    });

    test.each<[string, SplitRow[], string]>([
        [
            'one was made later',
            [split('ann', '60', '01-05'), split('bob', '40', '02-10')],
            'changed on 2026-02-10'
        ],
        [
            'one was removed later, so that another was changed',
            [split('ann', '100', '01-05', '02-11')],
            '02-11'
        ],
        ['there are none', [], 'no OpportunitySplit']
    ])('cannot be told where %s', (_, splits, why) => {
        expect(heldOn({ splits }, 'splits', WON)).toEqual({ unknown: expect.stringContaining(why) });
    });
});

describe('a role in the team on the day a deal was won', () => {
    test('is that of who joined in it last until then', () => {
        const team = [
            member('bob', 'SE', '02-01'),
            member('ann', 'SE', '01-05'),
            member('cy', 'SE', '02-10'),
            member('dan', 'Manager', '02-05')
        ];
        expect(heldOn({ team }, { role: 'SE' }, WON)).toMatchObject([{ payeeId: 'bob', from: '2026-02-01' }]);
        expect(heldOn({ team }, { role: 'Lawyer' }, WON)).toEqual([]);
    });

    test.each<[string, TeamRow[], string]>([
        ['whoever has it joined later', [member('ann', 'SE', '02-10')], 'ann joined as SE on 2026-02-10'],
        [
            'a member was changed since',
            [member('ann', 'SE', '01-05'), member('bob', 'Manager', '01-06', '03-01')],
            'bob was changed on 2026-03-01'
        ]
    ])('cannot be told where %s', (_, team, why) => {
        expect(heldOn({ team }, { role: 'SE' }, WON)).toEqual({ unknown: expect.stringContaining(why) });
    });
});

describe('a plan that hands deals over by them', () => {
    const plan = (to: string): string => `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: shared, to: ${to} }]
components: { commission: { per: credit, base: payable, rate: 10% } }
`;
    const splits = [split('ann', '60', '01-05'), split('bob', '40', '01-05')];
    function world(to: string): PayWorld {
        const one = new PayWorld(version(plan(to)));
        one.assignments = [onPlan('ann'), onPlan('bob')];
        one.sales = [sold('s1', WON, '1000', { ownerId: 'bob', dated: { splits, team: [] } })];
        return one;
    }

    test('pays by the splits of the day', () => {
        const outcome = world('{ handOver: date, from: splits }').run('2026-Q1');
        expect([payoutOf(outcome, 'ann'), payoutOf(outcome, 'bob')]).toEqual(['60.00', '40.00']);
    });

    test.each([
        ['{ handOver: days, from: splits }', 'Salesforce keeps no history of splits'],
        ['{ handOver: date, from: splits } }, { key: b, to: { handOver: date }', 'different lists'],
        ['{ handOver: date }', 'it was not read']
    ])('tells %s as what is not known', (to, why) => {
        expect(world(to).run('2026-Q1').problems[0]).toMatchObject({
            ...{ code: 'NOT_KNOWN', where: 'transaction s1, owners' },
            value: expect.stringContaining(why)
        });
    });
});
