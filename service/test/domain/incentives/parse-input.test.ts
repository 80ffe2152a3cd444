// What an input file may say, every way it can be wrong, and whom a wrong row concerns.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ratio } from '../../../src/domain/ratio.ts';
import type { CalculationInput } from '../../../src/domain/incentives/input.ts';
import { parseInput } from '../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import type { Plan } from '../../../src/domain/incentives/plan.ts';

const plan: Plan = parsePlan(`
plan: seller
currency: USD
period: month
crediting:
  - { key: direct, to: owner }
  - { key: over, to: { manager: direct } }
measures:
  bookings: { of: payable }
components:
  commission: { per: credit, base: payable, rate: 6%, gates: [{ key: nrr, when: fact.nrr > 0, waivable: true }] }
payout:
  - { key: draw, draw: { amount: 100, recoverable: true } }
`).plan!;

type Rows = Record<string, unknown>;

const GIVEN: Rows = {
    from: '2026-01-01',
    to: '2026-03-31',
    payees: [{ id: 'A', manager: 'M' }, { id: 'B' }, { id: 'M' }]
};

function parse(more: Rows, of = plan): ReturnType<typeof parseInput> {
    return parseInput(JSON.stringify({ ...GIVEN, ...more }), of);
}

function inputOf(more: Rows): CalculationInput {
    const { input, problems } = parse(more);
    expect(problems).toEqual([]);
    return input!;
}

/** Problems as `code where`, and those of whom nothing may be told. */
function found(more: Rows): { problems: string[]; wrong: string[] | null } {
    const { input, problems } = parse(more);
    for (const { fix } of problems) expect(fix).not.toBe('');
    return {
        problems: problems.map(({ code, where }) => `${code} ${where}`),
        wrong: input && [...new Set(input.wrongPayees.map(({ payeeId }) => payeeId))]
    };
}

describe('an input that says nothing wrong', () => {
    test('transactions come out by date, then id, whatever their order in the file', () => {
        const transactions = [
            { id: 'c', date: '2026-02-01' },
            { id: 'b', date: '2026-01-05' },
            { id: 'a', date: '2026-02-01' }
        ];
        fc.assert(
            fc.property(fc.shuffledSubarray(transactions, { minLength: 3 }), (shuffled) => {
                expect(inputOf({ transactions: shuffled }).transactions.map(({ id }) => id)).toEqual([
                    'b',
                    'a',
                    'c'
                ]);
            })
        );
    });

    test('numbers of any length are exact, in quotes or not', () => {
        const digits = '123456789012345678901234567890.12';
        const rows = `[{ "id": "t", "date": "2026-01-05", "amount": ${digits}, "margin": "${digits}", "rate": 0.1e1 }]`;
        const { input } = parseInput(
            JSON.stringify({ ...GIVEN, transactions: 0 }).replace(
                '"transactions":0',
                `"transactions":${rows}`
            ),
            plan
        );
        const { amount, fields } = input!.transactions[0]!;
        expect(amount!.toFixed(2)).toBe(digits);
        expect(fields['margin']).toBe(digits);
        expect((fields['rate'] as Ratio).equals(Ratio.ONE)).toBe(true);
    });

    test('any other field of a person or transaction is kept, and none that was not written is found', () => {
        const { payees, transactions, assignments } = inputOf({
            payees: [{ id: 7, role: 'AE', target: 1000.5, isNew: true, manager: null }],
            assignments: [{ payee: '7', from: '2026-01-01', target: '5%' }],
            transactions: [{ id: 't', date: '2026-01-05', stp: false, amount: null }]
        });
        expect(payees[0]).toMatchObject({ id: '7', managerId: '', fields: { role: 'AE', isNew: true } });
        expect(assignments[0]).toMatchObject({ to: null, fields: { target: '5%' } });
        expect(transactions[0]!.fields['stp']).toBe(false);
        expect(transactions[0]!.amount).toBeNull();
        for (const fields of [payees[0]!.fields, transactions[0]!.fields, transactions[0]!.team])
            expect(fields['constructor']).toBeUndefined();
    });

    test('every way to name who takes part is read', () => {
        const [transaction] = inputOf({
            transactions: [
                {
                    id: 't',
                    date: '2026-01-05',
                    owner: 'A',
                    splits: { A: '70%', B: 0.3 },
                    team: { SE: 'B' },
                    owners: [{ payee: 'A', from: '2026-01-01', to: '2026-01-31', stages: 3 }],
                    touches: [{ payee: 'A', at: '2026-01-02' }],
                    coalitions: { 'B, A': 250, A: 100 },
                    events: { cash: '2026-04-02' }
                }
            ]
        }).transactions;
        expect(transaction!.splits.map(({ payeeId, share }) => [payeeId, share.toString()])).toEqual([
            ['A', '0.7'],
            ['B', '0.3']
        ]);
        expect(transaction!.owners[0]!.stages!.toString()).toBe('3');
        expect(Object.keys(transaction!.coalitions)).toEqual(['A,B', 'A']);
        expect({ ...transaction!.events, ...transaction!.team }).toEqual({ cash: '2026-04-02', SE: 'B' });
    });

    test('a byte order mark before the JSON is no fault', () => {
        expect(parseInput(`\uFEFF${JSON.stringify(GIVEN)}`, plan).problems).toEqual([]);
    });
});

const SALE = { id: 't', date: '2026-01-05', owner: 'A', amount: 100 };

describe('a transaction with something wrong', () => {
    test.each<[string, Rows, string[]]>([
        ['no id', { ...SALE, id: null }, ['MISSING transactions[1], id']],
        ['no date', { ...SALE, date: '' }, ['DATE_INVALID transaction t, date']],
        ['a leap day that is none', { ...SALE, date: '2026-02-29' }, ['DATE_INVALID transaction t, date']],
        ['a time of day', { ...SALE, date: '2026-02-27T10:00:00Z' }, ['DATE_INVALID transaction t, date']],
        ['words for an amount', { ...SALE, amount: 'a lot' }, ['FIGURE_WANTED transaction t, amount']],
        [
            'an amount of a million digits',
            { ...SALE, amount: '9'.repeat(1_000_000) },
            ['FIGURE_WANTED transaction t, amount']
        ],
        ['a negative amount', { ...SALE, amount: -1 }, ['AMOUNT_NEGATIVE transaction t, amount']],
        ['a currency by name', { ...SALE, currency: 'euro' }, ['CURRENCY_INVALID transaction t, currency']],
        [
            'a word of the language as a field',
            { ...SALE, payable: 3 },
            ['FIELD_RESERVED transaction t, payable']
        ],
        ['a list as a field', { ...SALE, tags: ['a'] }, ['FIELD_NOT_PLAIN transaction t, tags']],
        ['two links', { ...SALE, reverses: 'x', amends: 'y' }, ['LINKS_TWICE transaction t, amends']],
        [
            'a negative share',
            { ...SALE, splits: { A: -1, B: 2 } },
            ['SHARE_NEGATIVE transaction t, splits.A']
        ],
        ['a list of splits', { ...SALE, splits: ['A'] }, ['OBJECT_WANTED transaction t, splits']],
        [
            'an owner from later to earlier',
            { ...SALE, owners: [{ payee: 'A', from: '2026-02-01', to: '2026-01-01' }] },
            ['DATES_TURNED transaction t, owners']
        ],
        [
            'a touch without a day',
            { ...SALE, touches: [{ payee: 'A' }] },
            ['MISSING transaction t, touches[1], at']
        ],
        [
            'an unknown word in a list',
            { ...SALE, touches: [{ payee: 'A', at: '2026-01-01', on: 1 }] },
            ['FIELD_UNKNOWN transaction t, touches[1], on']
        ],
        [
            'an event without a day',
            { ...SALE, events: { cash: true } },
            ['DATE_INVALID transaction t, events.cash']
        ]
    ])('%s: told, carried to the engine, and no fault of anybody else', (_, row, problems) => {
        const { input, problems: told } = parse({ transactions: [row, { ...SALE, id: 'u' }] });
        expect(told.map(({ code, where }) => `${code} ${where}`)).toEqual(problems);
        expect(input!.wrongPayees).toEqual([]);
        expect(input!.transactions.map(({ problem }) => problem?.code ?? 'none').sort()).toEqual(
            [told[0]!.code, 'none'].sort()
        );
    });

    test('several things wrong with one are told together', () => {
        expect(
            found({ transactions: [{ ...SALE, date: 'today', amount: -1, currency: 'x' }] }).problems
        ).toHaveLength(3);
    });

    test('a negative amount is right where it takes something back, or the plan allows it', () => {
        expect(found({ transactions: [{ ...SALE, amount: -1, reverses: 'x' }] }).problems).toEqual([]);
        const allowing: Plan = { ...plan, negativeAmounts: 'allowed' };
        expect(parse({ transactions: [{ ...SALE, amount: -1 }] }, allowing).problems).toEqual([]);
    });
});

describe('a row about people with something wrong', () => {
    test.each<[Rows, string[], string[]]>([
        [{ payees: [{ id: 'A' }, { id: 'A' }, { id: 'B' }] }, ['PAYEE_TWICE payee A, id'], ['A']],
        [{ payees: [{ id: 'A', start: '2026-13-01' }, { id: 'B' }] }, ['DATE_INVALID payee A, start'], ['A']],
        [
            { payees: [{ id: 'A', start: '2026-03-01', end: '2026-02-01' }] },
            ['DATES_TURNED payee A, end'],
            ['A']
        ],
        [{ payees: [{ name: 'nobody' }, { id: 'B' }] }, ['MISSING payees[1], id'], []],
        [{ payees: [{ id: '*' }, { id: 'B' }] }, ['ID_RESERVED payee *, id'], ['*', 'B']],
        [{ payees: [{ id: 'A', manager: 'X' }] }, ['PAYEE_UNKNOWN payee A, manager'], []],
        [
            {
                payees: [
                    { id: 'A', manager: 'B' },
                    { id: 'B', manager: 'A' }
                ]
            },
            ['MANAGER_CIRCLE payee A, manager', 'MANAGER_CIRCLE payee B, manager'],
            ['A', 'B']
        ],
        [{ assignments: [{ payee: 'A' }] }, ['MISSING assignment of A, from'], ['A']],
        [
            {
                assignments: [
                    { payee: 'A', from: '2026-02-01' },
                    { payee: 'A', from: '2026-01-01', to: '2026-02-01' }
                ]
            },
            ['ASSIGNMENTS_OVERLAP assignment of A, from'],
            ['A']
        ],
        [{ assignments: [{ payee: 'Z', from: '2026-02-01' }] }, ['PAYEE_UNKNOWN assignment of Z, payee'], []],
        [
            { quotas: [{ payee: 'A', measure: 'bookngs', amount: 1 }] },
            ['UNKNOWN_IN_PLAN quota of A, measure'],
            ['A']
        ],
        [
            { quotas: [{ payee: 'A', measure: 'bookings', amount: -1 }] },
            ['QUOTA_NEGATIVE quota of A, amount'],
            ['A']
        ],
        [{ quotas: [{ payee: '*', measure: 'bookings' }] }, ['MISSING quota of *, amount'], ['A', 'B', 'M']],
        [
            { quotas: [{ payee: 'B', measure: 'bookings', amount: 1, form: 'x' }] },
            ['FIELD_UNKNOWN quota of B, form'],
            ['B']
        ],
        [{ facts: [{ name: 'nrr', payee: 'A' }] }, ['MISSING fact nrr, value'], ['A']],
        [{ facts: [{ name: 'nrr', value: [1] }] }, ['FIELD_NOT_PLAIN fact nrr, value'], ['A', 'B', 'M']],
        [
            {
                facts: [
                    { name: 'nrr', payee: 'A', value: 1 },
                    { name: 'nrr', payee: 'A', value: 2 }
                ]
            },
            ['FACT_TWICE fact nrr, name'],
            ['A']
        ],
        [
            { facts: [{ name: 'nrr', payee: 'A', period: '2026-Q1', value: 1 }] },
            ['PERIOD_UNKNOWN fact nrr, period'],
            ['A']
        ],
        [{ opening: [{ payee: 'A', amount: 1 }] }, ['OPENING_OF_WHAT opening of A, ledger'], ['A']],
        [
            { opening: [{ payee: 'A', amount: 1, ledger: 'drw' }] },
            ['UNKNOWN_IN_PLAN opening of A, ledger'],
            ['A']
        ],
        [
            { paid: [{ payee: 'A', component: 'bonus', amount: 1 }] },
            ['UNKNOWN_IN_PLAN paid to A, component'],
            ['A']
        ],
        [
            { rates: [{ from: 'EUR', to: 'USD', date: '2026-01-01', rate: 0 }] },
            ['RATE_INVALID rate 2026-01-01, rate'],
            []
        ],
        [
            { exceptions: [{ payee: 'A', gate: 'nr', period: '2026-01' }] },
            ['UNKNOWN_IN_PLAN exception of A, gate'],
            ['A']
        ]
    ])('%j', (rows, problems, wrong) => {
        expect(found(rows)).toEqual({ problems, wrong });
    });

    test('a fact may be given for a period that is not calculated this time', () => {
        expect(found({ facts: [{ name: 'nrr', period: '2025-12', value: 1 }] }).problems).toEqual([]);
    });
});

describe('an input that is wrong as a whole is not calculated', () => {
    test.each<[Rows, string[]]>([
        [{ from: undefined }, ['MISSING the input, from']],
        [{ to: '2025-12-31' }, ['DATES_TURNED the input, to']],
        [{ from: '2026-01-15' }, ['PERIOD_NOT_WHOLE the input, from']],
        [{ to: '2026-03-30' }, ['PERIOD_NOT_WHOLE the input, to']],
        [{ payees: undefined }, ['MISSING the input, payees']],
        [{ payees: 'A' }, ['LIST_WANTED the input, payees']],
        [{ transaction: [] }, ['FIELD_UNKNOWN the input, transaction']],
        [
            { periods: [{ key: 'a', start: '2026-01-01', end: '2026-01-31' }] },
            ['PERIODS_TWICE the input, from', 'PERIODS_TWICE the input, to']
        ]
    ])('%j', (rows, problems) => {
        expect(found(rows)).toEqual({ problems, wrong: null });
    });

    test.each(['', '[]', 'null', '3', '{', '{"from":01}', `${'['.repeat(100_000)}`])(
        'text that is no such object',
        (text) => {
            const { input, problems } = parseInput(text, plan);
            expect(input).toBeNull();
            expect(problems.length).toBeGreaterThan(0);
        }
    );

    test('any JSON is an input or a problem', () => {
        const keys = fc.constantFrom(
            'from',
            'to',
            'periods',
            'payees',
            'transactions',
            'id',
            'date',
            'splits',
            'facts',
            'value',
            '__proto__'
        );
        const { json } = fc.letrec<{ json: unknown }>((tie) => ({
            json: fc.oneof(
                { maxDepth: 4 },
                fc.constantFrom<unknown>('2026-01-01', '2026-02-29', 'A', '*', '', 1.5, -1, true, null),
                fc.array(tie('json'), { maxLength: 3 }),
                fc.dictionary(keys, tie('json'), { maxKeys: 4 })
            )
        }));
        fc.assert(
            fc.property(json, fc.boolean(), (value, isWhole) => {
                const { input, problems } = isWhole
                    ? parseInput(JSON.stringify(value), plan)
                    : parse({ transactions: [value], facts: [value] });
                expect(input !== null || problems.length > 0).toBe(true);
            }),
            { numRuns: 500 }
        );
    });
});
