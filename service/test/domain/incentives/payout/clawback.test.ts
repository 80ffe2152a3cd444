// Clawback: what has vested is asked back within its window, never more than vested, and only as it was approved.
import { describe, expect, test } from '@jest/globals';
import { checkResult } from '../../../../src/domain/incentives-checker/check.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../../../src/domain/incentives/run-cases.ts';
import { calculated, ledger, paid, periodsOf } from '../calculated.ts';

const PLAN = `plan: award
version: "1"
currency: GBP
period: year
components: { bonus: { per: period, base: fact.bonus } }
payout:
  - key: deferral
    deferral:
      { deferred: due * 40%, tranches: [{ afterMonths: 12, share: 50% }, { afterMonths: 24, share: 50% }], clawbackMonths: 30 }
  - { key: owed, carryNegative: true }
`;
const CLAWBACK = {
    payee: 'rep',
    component: 'deferral',
    award: '2026',
    dueOn: '2027-12-31',
    form: 'cash',
    period: '2028',
    on: '2028-05-04',
    amount: '80',
    reason: 'Misconduct in 2026',
    requestedBy: 'compliance',
    approvedBy: 'board'
};
type Change = Partial<Record<keyof typeof CLAWBACK, string>>;

/** 1,000 in 2026, of which 200 vest at the end of 2027 and 200 at the end of 2028; nothing later. */
function input(...changes: Change[]): object {
    return {
        from: '2026-01-01',
        to: '2029-12-31',
        payees: [{ id: 'rep' }, { id: 'boss' }],
        facts: [
            { name: 'bonus', payee: 'rep', period: '2026', value: 1000 },
            { name: 'bonus', value: 0 }
        ],
        clawback: changes.map((change) => ({ ...CLAWBACK, ...change }))
    };
}

function checked(given: object, plan = PLAN) {
    const json = JSON.stringify(given);
    return checkResult(plan, json, calculateAsJson(parsePlan(plan).plan!, json).json);
}

describe('clawback', () => {
    test('comes off the pay of its period, and what is still to vest stays', () => {
        const result = calculated(PLAN, input({}));
        expect(paid(result)).toEqual(['600', '200', '120', '0']); // 200 vest in 2028, less 80
        expect(ledger(result, 'deferral')).toEqual(['0 400 400', '400 -200 200', '200 -200 0']);
        expect(result.scheduled.map(({ dueOn, amount }) => `${dueOn} ${amount}`)).toEqual([
            '2027-12-31 200',
            '2028-12-31 200'
        ]);
        expect(result.problems).toEqual([]);
        expect(checked(input({}))).toEqual([]);
    });

    test('is told in the working of the step, with its reason and who approved it', () => {
        const period = periodsOf(calculated(PLAN, input({})))[2]!;
        const told = period.payout[0]!.working.find(({ what }) => what === 'clawback')!;
        expect(told.inputs.map(({ name, value }) => `${name} ${value}`)).toEqual([
            'award 2026',
            'dueOn 2027-12-31',
            'vested 200',
            'clawback 80',
            'reason Misconduct in 2026',
            'requestedBy compliance',
            'approvedBy board'
        ]);
    });

    test('of more than the period pays is owed where the plan carries it', () => {
        const given = input({ amount: '200', period: '2029', on: '2029-01-15' });
        expect(paid(calculated(PLAN, given))).toEqual(['600', '200', '200', '0']);
        expect(ledger(calculated(PLAN, given), 'owed').at(-1)).toBe('0 200 200');
        expect(checked(given)).toEqual([]);
    });

    test('of what vests in its own period is possible from the day it vests', () => {
        const given = input({ period: '2027', on: '2027-12-31' });
        expect(paid(calculated(PLAN, given))).toEqual(['600', '120', '200', '0']);
        expect(checked(given)).toEqual([]);
    });

    test('several take what vested, and the one above it nothing', () => {
        const given = input({ amount: '150' }, { amount: '50' }, { amount: '0.01' });
        const result = calculated(PLAN, given);
        expect(paid(result)).toEqual(['600', '200', '0', '0']);
        expect(result.problems).toMatchObject([{ code: 'CLAWBACK_NOT_VALID', value: '0.01' }]);
        expect(checked(given)).toEqual([]);
    });

    test('after malus takes at most what malus left', () => {
        const malus = [{ ...CLAWBACK, period: '2027', on: '2027-02-01', amount: '150' }];
        const given = { ...input({ amount: '51' }), malus };
        const result = calculated(PLAN, given);
        expect(paid(result)).toEqual(['600', '50', '200', '0']);
        expect(result.problems).toMatchObject([{ code: 'CLAWBACK_NOT_VALID', value: '51' }]);
        expect(checked(given)).toEqual([]);
    });

    test('of an earlier run counts against what is left in a later one', () => {
        const [first] = calculated(PLAN, input()).scheduled;
        const { period, source, dueOn, form, amount, clawbackUntil } = first!;
        const row = { payee: 'rep', period, component: source, kind: 'tranche', dueOn, form, clawbackUntil };
        const later = (more: string): object => ({
            ...input({ amount: '150' }, { amount: more, period: '2029', on: '2029-02-01' }),
            from: '2029-01-01',
            scheduled: [{ ...row, amount: String(amount) }]
        });
        const balances = [calculated(PLAN, later('50')), calculated(PLAN, later('50.01'))];
        expect(balances.map((result) => ledger(result, 'owed'))).toEqual([['0 50 50'], ['0 0']]);
        expect(balances.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
            [],
            ['CLAWBACK_NOT_VALID']
        ]);
        expect([checked(later('50')), checked(later('50.01'))]).toEqual([[], []]);
    });

    test.each<[string, Change]>([
        ['what vests only after the decision', { dueOn: '2028-12-31' }],
        ['what vests only after the period', { dueOn: '2028-12-31', period: '2027', on: '2029-01-02' }],
        ['a time after the window', { period: '2029', on: '2029-07-01' }],
        ['more than vested', { amount: '200.01' }],
        ['part of a cent', { amount: '0.005' }],
        ['a negative amount', { amount: '-1' }],
        ['a tranche nobody has', { dueOn: '2027-12-30' }],
        ['a decision without a reason', { reason: ' ' }],
        ['a decision of one person', { approvedBy: 'compliance' }],
        ['a decision of the payee', { approvedBy: 'rep' }],
        ['a decision of somebody the plan pays', { approvedBy: 'boss' }]
    ])('%s is refused by name and takes nothing', (_, change) => {
        const given = input(change);
        const result = calculated(PLAN, given);
        expect(paid(result)).toEqual(['600', '200', '200', '0']);
        expect(result.problems).toMatchObject([{ code: 'CLAWBACK_NOT_VALID' }]);
        expect(checked(given)).toEqual([]);
    });

    test('of a plan that agreed on no window is refused', () => {
        const without = PLAN.replace(', clawbackMonths: 30', '');
        expect(calculated(without, input({})).problems).toMatchObject([
            { code: 'CLAWBACK_NOT_VALID', fix: expect.stringContaining('is over') }
        ]);
        expect(checked(input({}), without)).toEqual([]);
    });

    test('a cent more than was asked back is found by the check', () => {
        const json = JSON.stringify(input({}));
        const told = calculateAsJson(parsePlan(PLAN).plan!, json).json;
        expect(checkResult(PLAN, json, told.replace('"after": "120.00"', '"after": "120.01"'))).not.toEqual(
            []
        );
    });

    test('on a step the plan does not have is a problem of the payee', () => {
        const result = calculated(PLAN, input({ component: 'deferal' }));
        expect(result.payees.find(({ payeeId }) => payeeId === 'rep')!.problems).toMatchObject([
            { code: 'UNKNOWN_IN_PLAN', where: 'clawback of rep, component' }
        ]);
    });
});
