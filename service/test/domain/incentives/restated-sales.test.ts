// What the checker and the properties found: sales taken back or restated across currencies and runs, and figures of a team.
import { describe, expect, test } from '@jest/globals';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../../src/domain/incentives/run-cases.ts';

const PLAN = {
    plan: 'restated',
    currency: 'USD',
    period: 'month',
    parameters: { draw: '100' },
    crediting: [{ key: 'direct', to: 'owner' }],
    components: { commission: { per: 'credit', base: 'payable', rate: '10%' } }
};

interface Told {
    payees: Record<
        string,
        { total: string; periods: Record<string, { paid: string; figures: Record<string, string> }> }
    >;
    problems: { code: string }[];
}

function resultOf(parts: object, input: object): Told {
    const { plan, problems } = parsePlan(JSON.stringify({ ...PLAN, ...parts }));
    expect(problems).toEqual([]);
    const all = { from: '2026-01-01', to: '2026-02-28', payees: [{ id: 'rep' }], ...input };
    return JSON.parse(calculateAsJson(plan!, JSON.stringify(all)).json) as Told;
}

const SALE = { id: 't1', date: '2026-01-10', owner: 'rep', amount: '100', currency: 'EUR' };
const RATES = [
    { from: 'EUR', to: 'USD', date: '2026-01-01', rate: '1.10' },
    { from: 'EUR', to: 'USD', date: '2026-02-01', rate: '1.20' }
];

describe('a sale in another currency', () => {
    test.each([{ amount: '100', currency: 'EUR' }, { amount: '100' }, {}])(
        'is taken back whole whatever became of the rate, by %j',
        (part) => {
            const reversal = { id: 't2', date: '2026-02-10', reverses: 't1', ...part };
            const told = resultOf({}, { transactions: [SALE, reversal], rates: RATES });
            expect(told.problems).toEqual([]);
            expect(told.payees['rep']!.periods['2026-01']!.paid).toBe('11.00');
            expect(told.payees['rep']!.periods['2026-02']!.paid).toBe('-11.00');
        }
    );

    test('is amended in its own currency where the amendment does not say another', () => {
        const amendment = { id: 't2', date: '2026-01-20', amends: 't1', amount: '150' };
        const told = resultOf({}, { transactions: [SALE, amendment], rates: RATES });
        expect(told.payees['rep']!.total).toBe('16.50');
    });
});

describe('a sale that was taken back', () => {
    test('in part by an earlier run gives back no more than what is left', () => {
        const sale = { id: 't1', date: '2026-01-10', owner: 'rep', amount: '100' };
        const transactions = [
            sale,
            { id: 't2', date: '2026-01-20', reverses: 't1', amount: '60' },
            { id: 't3', date: '2026-02-10', reverses: 't1' }
        ];
        const paid = [
            { payee: 'rep', component: 'commission', transaction: 't1', period: '2026-01', amount: '10' },
            { payee: 'rep', component: 'commission', transaction: 't2', period: '2026-01', amount: '-6' }
        ];
        const told = resultOf({}, { from: '2026-02-01', transactions, paid });
        expect(told.payees['rep']!.total).toBe('-4.00');
    });

    test('cannot be amended any more', () => {
        const transactions = [
            { id: 't1', date: '2026-01-10', owner: 'rep', amount: '100' },
            { id: 't2', date: '2026-01-20', reverses: 't1' },
            { id: 't3', date: '2026-02-10', amends: 't1', amount: '50' }
        ];
        const told = resultOf({}, { transactions });
        expect(told.problems.map(({ code }) => code)).toEqual(['ORIGINAL_REVERSED']);
    });
});

test('what a manager reads of the balances of a team does not depend on whose id comes first', () => {
    const parts = {
        payout: [{ key: 'draw', draw: { amount: 'param.draw', recoverable: 'true' } }],
        figures: { owed: 'sum(team, balance.draw)' }
    };
    const owed = (id: string): string[] => {
        const payees = [{ id: 'm' }, { id, manager: 'm' }];
        const { periods } = resultOf(parts, { payees, transactions: [] }).payees['m']!;
        return Object.values(periods).map(({ figures }) => figures['owed']!);
    };
    expect(owed('a')).toEqual(['100', '200']);
    expect(owed('z')).toEqual(owed('a'));
});
