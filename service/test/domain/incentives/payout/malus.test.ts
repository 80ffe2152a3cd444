// Malus: what has not vested is reduced, never what has, never by more than there is, and only as it was approved.
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
    deferral: { deferred: due * 40%, tranches: [{ afterMonths: 12, share: 50% }, { afterMonths: 24, share: 50% }] }
`;
const MALUS = {
    payee: 'rep',
    component: 'deferral',
    award: '2026',
    dueOn: '2028-12-31',
    form: 'cash',
    period: '2027',
    on: '2027-05-04',
    amount: '80',
    reason: 'Misconduct in 2026',
    requestedBy: 'compliance',
    approvedBy: 'board'
};

function input(...changes: Partial<Record<keyof typeof MALUS, string>>[]): object {
    return {
        from: '2026-01-01',
        to: '2028-12-31',
        payees: [{ id: 'rep' }, { id: 'boss' }],
        facts: [
            { name: 'bonus', payee: 'rep', period: '2026', value: 1000 },
            { name: 'bonus', value: 0 }
        ],
        malus: changes.map((change) => ({ ...MALUS, ...change }))
    };
}

const checked = (given: object) =>
    checkResult(
        PLAN,
        JSON.stringify(given),
        calculateAsJson(parsePlan(PLAN).plan!, JSON.stringify(given)).json
    );

describe('malus', () => {
    test('reduces the tranche in the period of the decision and what it pays later', () => {
        const result = calculated(PLAN, input({}));
        expect(paid(result)).toEqual(['600', '200', '120']); // 1,000 less 400; 200; 200 less 80
        expect(ledger(result, 'deferral')).toEqual(['0 400 400', '400 -80 -200 120', '120 -120 0']);
        expect(result.scheduled.map(({ dueOn, amount }) => `${dueOn} ${amount}`)).toEqual([
            '2027-12-31 200',
            '2028-12-31 120'
        ]);
        expect(result.problems).toEqual([]);
        expect(checked(input({}))).toEqual([]);
    });

    test('is told in the working of the step, with its reason and who approved it', () => {
        const [, second] = periodsOf(calculated(PLAN, input({})));
        const named = second!.payout[0]!.working.find(({ what }) => what === 'malus')!.inputs;
        expect(named.filter(({ name }) => /reason|By/.test(name)).map(({ value }) => value)).toEqual([
            'Misconduct in 2026',
            'compliance',
            'board'
        ]);
    });

    test('several take what is left, and the one above it nothing', () => {
        const given = input({ amount: '150' }, { amount: '50' }, { amount: '0.01' });
        const result = calculated(PLAN, given);
        expect(paid(result)).toEqual(['600', '200', '0']);
        expect(result.problems).toMatchObject([{ code: 'MALUS_NOT_VALID', value: '0.01' }]);
        expect(checked(given)).toEqual([]);
    });

    test.each([
        ['what vested in an earlier period', { dueOn: '2027-12-31', period: '2028', on: '2028-02-01' }],
        ['what vested before the decision', { dueOn: '2027-12-31', on: '2028-01-03' }],
        ['more than the tranche', { amount: '200.01' }],
        ['part of a cent', { amount: '0.005' }],
        ['a negative amount', { amount: '-1' }],
        ['a tranche nobody has', { dueOn: '2029-12-31' }],
        ['a decision without a reason', { reason: ' ' }],
        ['a decision of one person', { approvedBy: 'compliance' }],
        ['a decision of the payee', { approvedBy: 'rep' }],
        ['a decision of somebody the plan pays', { approvedBy: 'boss' }]
    ])('%s is refused by name and changes nothing', (_, change) => {
        const given = input(change);
        const result = calculated(PLAN, given);
        expect(paid(result)).toEqual(['600', '200', '200']);
        expect(result.problems).toMatchObject([{ code: 'MALUS_NOT_VALID' }]);
        expect(checked(given)).toEqual([]);
    });

    test('on a step the plan does not have is a problem of the payee', () => {
        const result = calculated(PLAN, input({ component: 'deferal' }));
        expect(result.payees.find(({ payeeId }) => payeeId === 'rep')!.problems).toMatchObject([
            { code: 'UNKNOWN_IN_PLAN', fix: expect.stringContaining('deferral') }
        ]);
    });
});
