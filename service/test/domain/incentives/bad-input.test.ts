// Mistakes in an input that must be told by name while everybody else is paid, from the text of the file to what is paid.
import { describe, expect, test } from '@jest/globals';
import { calculateAsJson } from '../../../src/domain/incentives/run-cases.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';

const plan = parsePlan(`
plan: flat
currency: GBP
period: month
crediting: [{ key: direct, to: splits }]
components: { commission: { per: credit, base: payable, rate: 10% } }
`).plan!;

interface Told {
    payees: Record<string, { total?: string | null }>;
    problems: { code: string; where: string; value: string; fix: string }[];
}

/** Ann and bob sell 100 each; ann also what is given. */
function run(more: Record<string, unknown[]>, change: (json: string) => string = (json) => json): Told {
    const sale = (id: string, payee: string) => ({
        id,
        date: '2026-01-10',
        splits: { [payee]: 1 },
        amount: 100
    });
    const { transactions = [], ...rest } = more;
    const input = {
        from: '2026-01-01',
        to: '2026-01-31',
        payees: [{ id: 'ann' }, { id: 'bob' }],
        transactions: [sale('a', 'ann'), sale('b', 'bob'), ...transactions],
        ...rest
    };
    return JSON.parse(calculateAsJson(plan, change(JSON.stringify(input))).json) as Told;
}

const anns = (rest: object) => ({ id: 'x', date: '2026-01-12', splits: { ann: 1 }, amount: 100, ...rest });
const rate = (rest: object) => ({ from: 'USD', to: 'GBP', date: '2026-01-01', rate: 2, ...rest });
const dollars = [anns({ currency: 'USD' })];

/** Codes, and what ann and bob are paid. */
function told({ problems, payees }: Told): unknown[] {
    return [problems.map(({ code }) => code), payees['ann']?.total ?? null, payees['bob']?.total ?? null];
}

describe('a wrong exchange rate', () => {
    test.each<[string, object[], string[], string | null]>([
        ['that nobody needs', [rate({ to: 'EUR', rate: 0 }), rate({})], ['RATE_INVALID'], '30.00'],
        ['that is needed', [rate({ rate: 'two' })], ['FIGURE_WANTED'], null],
        [
            'newer than the good one',
            [rate({}), rate({ date: '2026-01-11', rate: -1 })],
            ['RATE_INVALID'],
            null
        ],
        [
            'older than the good one',
            [rate({ rate: 0 }), rate({ date: '2026-01-11' })],
            ['RATE_INVALID'],
            '30.00'
        ],
        ['of a later day', [rate({}), rate({ date: '2026-01-13', rate: 0 })], ['RATE_INVALID'], '30.00'],
        ['of a day that is none', [rate({}), rate({ date: '2026-02-30' })], ['DATE_INVALID'], null],
        ['of a currency it does not say', [rate({}), rate({ from: undefined })], ['MISSING'], null],
        ['given twice', [rate({}), rate({ rate: 3 })], ['RATE_TWICE'], null],
        ['given twice alike', [rate({}), rate({})], [], '30.00'],
        ['that is no row', [rate({}), 'two' as unknown as object], ['OBJECT_WANTED'], null]
    ])('%s stops only who needs it', (_, rates, codes, ann) => {
        expect(told(run({ rates, transactions: dollars }))).toEqual([codes, ann, '10.00']);
    });

    test('stops nobody where all is in the currency of the plan', () => {
        expect(told(run({ rates: [rate({ rate: 0 })] }))).toEqual([['RATE_INVALID'], '10.00', '10.00']);
    });
});

describe('what a transaction takes back', () => {
    test.each<[string, object[], string]>([
        [
            'is itself a reversal',
            [anns({ reverses: 'a' }), anns({ id: 'y', date: '2026-01-13', reverses: 'x' })],
            'ORIGINAL_IS_REVERSAL x takes back a'
        ],
        [
            'is itself a reversal that is amended',
            [anns({ reverses: 'a' }), anns({ id: 'y', date: '2026-01-13', amends: 'x' })],
            'ORIGINAL_IS_REVERSAL x takes back a'
        ],
        [
            'comes later',
            [anns({ date: '2026-01-09', reverses: 'a' })],
            'ORIGINAL_UNKNOWN a is of 2026-01-10, later'
        ],
        ['is nowhere', [anns({ reverses: 'zz' })], 'ORIGINAL_UNKNOWN Give transaction zz'],
        [
            'has a problem of its own',
            [anns({ amount: 'much' }), anns({ id: 'y', date: '2026-01-13', reverses: 'x' })],
            'ORIGINAL_UNKNOWN Correct x first'
        ]
    ])('%s: told as that, and the other is paid', (_, transactions, expected) => {
        const result = run({ transactions });
        const { code, fix } = result.problems.at(-1)!;
        expect(`${code} ${fix}`).toContain(expected);
        expect(told(result).slice(1)).toEqual([null, '10.00']);
    });
});

test('an amount of thirty digits is a slip, named; so is a field of that size', () => {
    const huge = '123456789012345678901234567890';
    expect(told(run({ transactions: [anns({ amount: huge })] }))).toEqual([
        ['AMOUNT_TOO_LARGE'],
        null,
        '10.00'
    ]);
    const inDigits = run({ transactions: [anns({ margin: 7 })] }, (json) =>
        json.replace('"margin":7', `"margin":${huge}`)
    );
    expect(told(inDigits)).toEqual([['AMOUNT_TOO_LARGE'], null, '10.00']);
    expect(inDigits.problems[0]!.where).toBe('transaction x, margin');
    const quoted = run({ transactions: [anns({ account: huge })] });
    expect(told(quoted)).toEqual([[], '20.00', '10.00']);
});

describe('a key that is written twice', () => {
    test('in a transaction concerns those it names', () => {
        const result = run({}, (json) => json.replace('"id":"a",', '"id":"a","amount":1,'));
        expect(told(result)).toEqual([['KEY_TWICE'], null, '10.00']);
        expect(result.problems[0]).toMatchObject({ where: 'transaction a, amount', value: 'amount' });
        expect(result.problems[0]!.fix).toMatch(/line 1, column \d+/);
    });

    test('in its shares as well', () => {
        const result = run({}, (json) => json.replace('{"ann":1}', '{"ann":0.5,"ann":1}'));
        expect(told(result)).toEqual([['KEY_TWICE'], null, '10.00']);
        expect(result.problems[0]!.where).toBe('transaction a, splits.ann');
    });

    test('of the whole leaves nothing that could be meant', () => {
        const result = run({}, (json) => json.replace('"payees":', '"payees":[],"payees":'));
        expect(told(result)).toEqual([['KEY_TWICE'], null, null]);
    });
});
