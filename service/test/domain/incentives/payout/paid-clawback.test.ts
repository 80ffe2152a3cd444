// Clawback of what was paid at once or in parts: owed to a ledger within its window, never more than was paid and is left, and
// recovered from later pay as the step says.
import { describe, expect, test } from '@jest/globals';
import { checkResult } from '../../../../src/domain/incentives-checker/check.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../../../src/domain/incentives/run-cases.ts';
import { calculated, ledger, paid, periodsOf } from '../calculated.ts';

const PLAN = `plan: sales
version: "1"
currency: GBP
period: quarter
crediting: [{ key: direct, to: owner }]
components:
  commission: { per: credit, base: payable, rate: 10% }
  trail: { per: credit, base: payable, rate: 4%, schedule: { instalments: [{ after: 0, share: 50% }, { after: 2, share: 50% }] } }
  bonus: { per: period, base: fact.bonus }
payout: [{ key: clawback, clawback: { windowMonths: 9, recoverShare: 50% } }]
`;
const CLAWBACK = {
    payee: 'rep',
    component: 'commission',
    award: '2026-Q1',
    transaction: 's1',
    dueOn: '2026-03-31',
    form: 'cash',
    period: '2026-Q2',
    on: '2026-05-04',
    amount: '80',
    reason: 'Misselling',
    requestedBy: 'compliance',
    approvedBy: 'board'
};
type Change = Partial<Record<keyof typeof CLAWBACK, string>>;
const sale = (id: string, date: string, rest: object = {}): object => ({
    id,
    date,
    owner: 'rep',
    amount: '1000',
    ...rest
});

/** In each quarter 100 and half of 40 for a sale, from the third on another 20, and 30 in the first. */
function input(changes: Change[], rest: object = {}): Record<string, unknown> {
    return {
        from: '2026-01-01',
        to: '2026-12-31',
        payees: [{ id: 'rep' }, { id: 'boss' }],
        transactions: [
            sale('s1', '2026-02-01'),
            sale('s2', '2026-05-01'),
            sale('s3', '2026-08-01'),
            sale('s4', '2026-11-01')
        ],
        facts: [
            { name: 'bonus', payee: 'rep', period: '2026-Q1', value: 30 },
            { name: 'bonus', value: 0 }
        ],
        clawback: changes.map((change) => ({ ...CLAWBACK, ...change })),
        ...rest
    };
}

/** What came out; the checker must derive the same. */
function result(changes: Change[], rest: object = {}, plan = PLAN) {
    const given = input(changes, rest);
    const json = JSON.stringify(given);
    expect(checkResult(plan, json, calculateAsJson(parsePlan(plan).plan!, json).json)).toEqual([]);
    return calculated(plan, given);
}

describe('clawback of what was paid', () => {
    test('is owed in its period and comes off the pay of this and later ones, half of each', () => {
        const told = result([{}]);
        expect(ledger(told, 'clawback')).toEqual(['0 0', '0 80 -60 20', '20 -20 0', '0 0']);
        expect(paid(told)).toEqual(['150', '60', '120', '140']);
        expect(told.problems).toEqual([]);
    });

    test('takes back what an adjustment paid outside the plan, all decisions together at most that', () => {
        const { component: _, transaction: _sale, ...decision } = CLAWBACK;
        const outside = { ...decision, adjustment: 'q1-extra', paid: '100' };
        const told = result([{}], {
            clawback: [
                { ...outside, amount: '60' },
                { ...outside, period: '2026-Q3', on: '2026-08-01', amount: '41' },
                { ...outside, period: '2026-Q3', on: '2026-08-01', amount: '40' },
                { ...outside, period: '2026-Q4', on: '2027-01-01', amount: '1' },
                { ...CLAWBACK, amount: '100' }
            ]
        });
        expect(ledger(told, 'clawback')).toEqual(['0 0', '0 100 60 -60 100', '100 40 -70 70', '70 -70 0']);
        expect(told.problems).toMatchObject([
            {
                code: 'CLAWBACK_NOT_VALID',
                where: expect.stringContaining('q1-extra'),
                fix: expect.stringContaining('Only 40')
            },
            { code: 'CLAWBACK_NOT_VALID', fix: expect.stringContaining('is over since 2026-12-31') }
        ]);
        const steps = periodsOf(told)[1]!.payout[0]!.working.map(({ inputs }) => inputs[0]);
        expect(steps).toContainEqual({ name: 'adjustment', value: 'q1-extra' });
    });

    test('is told with what was paid, its reason and who decided', () => {
        const [first] = periodsOf(result([{}]))[1]!.payout[0]!.working;
        expect(first!.inputs.map(({ name, value }) => `${name} ${value}`)).toEqual([
            'component commission',
            'transaction s1',
            'award 2026-Q1',
            'dueOn 2026-03-31',
            'paid 100',
            'clawback 80',
            'reason Misselling',
            'requestedBy compliance',
            'approvedBy board'
        ]);
    });

    test('takes from a part of a schedule only what it paid, and from pay of a whole period', () => {
        const trail = { component: 'trail', amount: '20.01' };
        expect(result([trail]).problems).toMatchObject([{ code: 'CLAWBACK_NOT_VALID', value: '20.01' }]);
        expect(paid(result([{ ...trail, amount: '20' }]))).toEqual(['150', '100', '140', '140']);
        expect(paid(result([{ component: 'bonus', transaction: '', amount: '30' }]))).toEqual([
            '150',
            '90',
            '140',
            '140'
        ]);
    });

    test('counts earlier decisions and reversals: all together at most what was paid', () => {
        const second = { period: '2026-Q3', on: '2026-08-02' };
        const two = result([{}, { ...second, amount: '20.01' }]);
        expect(two.problems).toMatchObject([
            { code: 'CLAWBACK_NOT_VALID', value: '20.01', fix: expect.stringContaining('Only 20 of it') }
        ]);
        expect(result([{}, { ...second, amount: '20' }]).problems).toEqual([]);
        const refunds = [
            sale('s1', '2026-02-01'),
            { id: 'r1', date: '2026-04-01', owner: 'rep', amount: '250', reverses: 's1' }
        ];
        const reversed = result([{ amount: '75.01' }], { transactions: refunds });
        expect(reversed.problems).toMatchObject([{ code: 'CLAWBACK_NOT_VALID', value: '75.01' }]);
        expect(result([{ amount: '75' }], { transactions: refunds }).problems).toEqual([]);
    });

    test('knows what an earlier run paid, and what of it is still to fall due', () => {
        const earlier = {
            transactions: [],
            from: '2026-04-01',
            paid: [
                {
                    payee: 'rep',
                    component: 'commission',
                    transaction: 's1',
                    period: '2026-Q1',
                    amount: '100'
                },
                { payee: 'rep', component: 'trail', transaction: 's1', period: '2026-Q1', amount: '40' }
            ],
            scheduled: [
                {
                    payee: 'rep',
                    period: '2026-Q1',
                    component: 'trail',
                    transaction: 's1',
                    kind: 'instalment',
                    dueOn: '2026-09-30',
                    form: 'cash',
                    amount: '20'
                }
            ],
            opening: [{ payee: 'rep', ledger: 'clawback', amount: '5' }]
        };
        const told = result([{ component: 'trail', amount: '20' }], earlier);
        expect([told.problems, ledger(told, 'clawback')]).toEqual([[], ['5 20 25', '25 -10 15', '15 15']]);
        expect(result([{ component: 'trail', amount: '20.01' }], earlier).problems).toHaveLength(1);
        expect(result([{ amount: '100' }], earlier).problems).toEqual([]);
    });

    test.each<[string, Change]>([
        ['after its window', { period: '2026-Q4', on: '2027-01-01' }],
        ['of what is paid in the same period', { award: '2026-Q2', transaction: 's2' }],
        ['of another deal', { transaction: 's9' }],
        ['without a reason', { reason: '' }],
        ['approved by whom the plan pays', { approvedBy: 'boss' }],
        ['approved by who asked', { approvedBy: 'compliance' }],
        ['of less than nothing', { amount: '-1' }],
        ['of part of a cent', { amount: '1.001' }]
    ])('%s is told by name and takes nothing', (_, change) => {
        const told = result([change]);
        expect(told.problems).toMatchObject([{ code: 'CLAWBACK_NOT_VALID' }]);
        expect(paid(told)).toEqual(['150', '120', '140', '140']);
    });

    test('where the condition of the step does not hold is told, and what is owed already comes back', () => {
        const plan = PLAN.replace('key: clawback,', 'key: clawback, when: period.number = 2,');
        const told = result([{}, { period: '2026-Q3', on: '2026-08-02', amount: '5' }], {}, plan);
        expect(told.problems).toMatchObject([{ code: 'CLAWBACK_NOT_VALID', value: 'clawback' }]);
        expect(ledger(told, 'clawback')[2]).toBe('20 -20 0');
    });

    test('needs a step of the plan, and one only', () => {
        const none = parsePlan(PLAN.slice(0, PLAN.indexOf('payout'))).plan!;
        const { problems } = JSON.parse(calculateAsJson(none, JSON.stringify(input([{}]))).json);
        expect(problems).toMatchObject([{ code: 'UNKNOWN_IN_PLAN', value: 'commission' }]);
        const twice = PLAN.replace('} }]', '} }, { key: again, clawback: { windowMonths: 3 } }]');
        expect(parsePlan(twice).problems).toMatchObject([{ code: 'CLAWBACK_TWICE', value: 'again' }]);
    });
});
