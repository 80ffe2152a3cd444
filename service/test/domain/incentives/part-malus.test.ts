// Malus on parts of a schedule: what is not paid yet is paid less, never what was paid, and only as it was approved.
import { describe, expect, test } from '@jest/globals';
import { checkResult } from '../../../src/domain/incentives-checker/check.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../../src/domain/incentives/run-cases.ts';
import { amounts, calculated, component, lines, months, paid, sale } from './calculated.ts';

const HEAD =
    'plan: test\nversion: "1"\ncurrency: USD\nperiod: month\ncrediting: [{ key: direct, to: owner }]\n';
const THIRDS = `${HEAD}components:
  commission:
    per: credit
    base: payable
    rate: 10%
    schedule: { instalments: [{ after: 0, share: 1/3 }, { after: 1, share: 1/3 }, { after: 2, share: 1/3 }] }
`;
const ON_CASH = `${HEAD}components:
  commission: { per: credit, base: payable, rate: 10%, schedule: { release: [{ on: cash, share: 100% }] } }
`;
const MALUS = {
    payee: 'rep',
    component: 'commission',
    award: '2026-01',
    transaction: 's1',
    dueOn: '2026-03-31',
    form: 'cash',
    period: '2026-02',
    on: '2026-02-20',
    amount: '25',
    reason: 'Misselling',
    requestedBy: 'compliance',
    approvedBy: 'board'
};
type Change = Partial<Record<keyof typeof MALUS | 'event', string | undefined>>;

function input(changes: Change[], rest: { [field: string]: unknown } = {}): object {
    return months(3, {
        payees: [{ id: 'rep' }, { id: 'boss' }],
        transactions: [sale('s1', '01-10', 900)],
        malus: changes.map((change) => ({ ...MALUS, ...change })),
        ...rest
    });
}

function findings(plan: string, given: object) {
    const text = JSON.stringify(given);
    return checkResult(plan, text, calculateAsJson(parsePlan(plan).plan!, text).json);
}

describe('malus on an instalment', () => {
    test('is a line of the month of the decision and paid less on its day', () => {
        const given = input([{}]);
        const result = calculated(THIRDS, given);
        expect(paid(result)).toEqual(['30', '30', '5']); // 30 less 25
        expect(amounts(result, 'commission', 1)).toEqual(['-25']);
        expect(component(result, 'commission', 1).earning.toString()).toBe('-25');
        expect(result.scheduled.map(({ amount }) => String(amount))).toEqual(['30', '30', '5']);
        expect(findings(THIRDS, given)).toEqual([]);
    });

    test('tells what was left of it, the reason and who approved it', () => {
        const [line] = lines(calculated(THIRDS, input([{}])), 'commission', 1);
        expect(line).toMatchObject({ kind: 'malus', transaction: 's1' });
        expect(line!.working[0]!.inputs.map(({ name, value }) => `${name} ${String(value)}`)).toEqual([
            'award 2026-01',
            'dueOn 2026-03-31',
            'part 30',
            'malus 25',
            'reason Misselling',
            'requestedBy compliance',
            'approvedBy board'
        ]);
    });

    test('takes from what falls due in the month of the decision', () => {
        const given = input([{ dueOn: '2026-02-28' }]);
        expect(paid(calculated(THIRDS, given))).toEqual(['30', '5', '30']);
        expect(findings(THIRDS, given)).toEqual([]);
    });

    test('is not taken again by a reversal: it takes back what was paid', () => {
        const reversal = { id: 'r1', date: '2026-03-05', reverses: 's1' };
        const given = input([{ dueOn: '2026-02-28' }], {
            transactions: [sale('s1', '01-10', 900), reversal]
        });
        expect(paid(calculated(THIRDS, given))).toEqual(['30', '5', '-35']);
        expect(findings(THIRDS, given)).toEqual([]);
    });

    test('counts as earned for a limit to date', () => {
        const plan = THIRDS.replace(
            'schedule:',
            'limits: [{ scope: cumulative, interval: year, most: 100 }]\n    schedule:'
        );
        const transactions = [sale('s1', '01-10', 900), sale('s2', '03-10', 900)];
        const given = input([{}], { transactions });
        const result = calculated(plan, given);
        expect(component(result, 'commission', 2).earning.toString()).toBe('10'); // 100 less the 90 of January
        expect(findings(plan, given)).toEqual([]);
    });

    test('of two, the second takes what the first left', () => {
        const given = input([{}, { amount: '5.01' }]);
        const result = calculated(THIRDS, given);
        expect(paid(result)).toEqual(['30', '30', '5']);
        expect(result.problems).toMatchObject([{ code: 'MALUS_NOT_VALID', value: '5.01' }]);
        expect(findings(THIRDS, given)).toEqual([]);
    });

    test.each<[string, Change]>([
        ['what fell due in an earlier month', { dueOn: '2026-01-31' }],
        ['more than the instalment', { amount: '30.01' }],
        ['part of a cent', { amount: '0.005' }],
        ['a negative amount', { amount: '-1' }],
        ['a day on which nothing falls due', { dueOn: '2026-04-30' }],
        ['another deal', { transaction: 's2' }],
        ['a decision without a reason', { reason: ' ' }],
        ['a decision of one person', { approvedBy: 'compliance' }],
        ['a decision of the payee', { approvedBy: 'rep' }],
        ['a decision of somebody the plan pays', { approvedBy: 'boss' }]
    ])('%s is refused by name and changes nothing', (_, change) => {
        const given = input([change]);
        const result = calculated(THIRDS, given);
        expect(paid(result)).toEqual(['30', '30', '30']);
        expect(result.problems).toMatchObject([{ code: 'MALUS_NOT_VALID' }]);
        expect(findings(THIRDS, given)).toEqual([]);
    });

    test('of a component that schedules nothing is a problem of the payee', () => {
        const plan = `${HEAD}components: { commission: { per: credit, base: payable, rate: 10% } }\n`;
        const { payees } = calculated(plan, input([{}]));
        expect(payees.find(({ payeeId }) => payeeId === 'rep')!.problems).toMatchObject([
            { code: 'UNKNOWN_IN_PLAN', fix: expect.stringContaining('a component with a schedule') }
        ]);
    });
});

describe('malus on what waits for an event', () => {
    const waiting = { event: 'cash', dueOn: undefined };

    test('is taken while it waits, and the rest is paid when the event happens', () => {
        const events = { cash: '2026-03-04' };
        const given = input([waiting], { transactions: [sale('s1', '01-10', 900, { events })] });
        expect(paid(calculated(ON_CASH, given))).toEqual(['0', '0', '65']);
        expect(findings(ON_CASH, given)).toEqual([]);
    });

    test('is taken though the event never happens', () => {
        const given = input([waiting]);
        const result = calculated(ON_CASH, given);
        expect(result.scheduled.map(({ dueOn, amount }) => `${dueOn} ${amount}`)).toEqual(['null 65']);
        expect(findings(ON_CASH, given)).toEqual([]);
    });
});

describe('what earlier runs scheduled', () => {
    const later = { from: '2026-02-01', to: '2026-03-31', payees: [{ id: 'rep' }] };
    const transactions = [sale('s1', '01-10', 900, { events: { cash: '2026-01-20' } })];
    const open = {
        payee: 'rep',
        period: '2026-01',
        component: 'commission',
        transaction: 's1',
        form: 'cash'
    };

    test('is taken from by a malus of a later run, and limits do not count malus of an earlier one', () => {
        const plan = THIRDS.replace(
            'schedule:',
            'limits: [{ scope: cumulative, interval: year, most: 100 }]\n    schedule:'
        );
        const given = {
            ...later,
            transactions: [sale('s1', '01-10', 900), sale('s2', '02-10', 900)],
            paid: [
                { payee: 'rep', component: 'commission', transaction: 's1', period: '2026-01', amount: 90 },
                {
                    payee: 'rep',
                    component: 'commission',
                    transaction: 's1',
                    period: '2026-01',
                    amount: -20,
                    kind: 'malus'
                }
            ],
            scheduled: [
                { ...open, kind: 'instalment', dueOn: '2026-02-28', amount: 10 },
                { ...open, kind: 'instalment', dueOn: '2026-03-31', amount: 30 }
            ],
            malus: [MALUS]
        };
        const result = calculated(plan, given);
        expect(component(result, 'commission').lines.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
            'earning 90',
            'limit -80',
            'malus -25'
        ]);
        expect(paid(result)).toEqual(['13.34', '8.33']); // 10 and 3.34; 30 less 25, and 3.33
        expect(findings(plan, given)).toEqual([]);
    });

    test('is paid once for an event, whatever calculation comes after', () => {
        const waits = { ...open, kind: 'release', event: 'cash', amount: 90 };
        const first = calculated(ON_CASH, { ...later, transactions, scheduled: [waits] });
        expect(paid(first)).toEqual(['90', '0']);
        const [told] = first.scheduled;
        expect(told!.dueOn).toBe('2026-02-01');
        const next = { ...later, from: '2026-04-01', to: '2026-04-30', transactions };
        const again = calculated(ON_CASH, { ...next, scheduled: [{ ...waits, dueOn: told!.dueOn }] });
        expect(again.payees[0]!.total.toString()).toBe('0');
        const given = { ...later, transactions, scheduled: [waits] };
        expect(findings(ON_CASH, given)).toEqual([]);
    });
});
