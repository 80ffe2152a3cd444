// What a plan file may say, and every way it can be wrong: each a named problem with its place, all at once.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import type { Plan } from '../../../src/domain/incentives/plan.ts';

const LANGUAGE = fileURLToPath(new URL('../../../docs/plan-language.md', import.meta.url));

const PLAN = `
plan: seller
currency: USD
period: quarter
parameters:
  base: 6%
crediting:
  - { key: direct, to: owner }
  - { key: over, to: { manager: direct } }
measures:
  bookings: { of: payable }
  units: { of: units, interval: credit }
quotas:
  bookings: { amount: 375000 }
tables:
  accelerator:
    mode: marginal
    rows:
      - { from: 0, to: 100, value: 6% }
      - { from: 100, value: 8% }
  grid:
    mode: step
    columns: [{ from: 0, to: 10 }, { from: 10 }]
    rows: [{ from: 0, values: [1%, 2%] }]
components:
  commission:
    per: credit
    base: payable
    rate: { table: accelerator, at: measure.bookings }
  bonus:
    per: period
    base: earning.commission
    rate: 10%
payout:
  - { key: draw, draw: { amount: 100, recoverable: true } }
`;

/** The valid plan with one thing written otherwise. */
function changed(before: string, after: string): string {
    expect(PLAN).toContain(before);
    return PLAN.replace(before, after);
}

function found(yaml: string): string[] {
    const { plan, problems } = parsePlan(yaml);
    expect(plan === null).toBe(problems.length > 0);
    for (const { where, fix } of problems) expect([where, fix]).not.toContain('');
    return problems.map(({ code, where }) => `${code} ${where.replace(/ \(line \d+, column \d+\)$/, '')}`);
}

function planOf(yaml: string): Plan {
    const { plan, problems } = parsePlan(yaml);
    expect(problems).toEqual([]);
    return plan!;
}

describe('a plan that says nothing wrong', () => {
    test('the plan these tests change has no problem', () => {
        expect(found(PLAN)).toEqual([]);
    });

    test('the first plan of the documentation is one', () => {
        const text = readFileSync(LANGUAGE, 'utf8').split('## A first plan')[1]!.split('With the input')[0]!;
        const plan = planOf(text.replaceAll(/^ {4}/gm, ''));
        expect([plan.key, plan.tables[0]!.rows.length]).toEqual(['saas-seller', 4]);
    });

    test('what is left out has the value the documentation tells', () => {
        const plan = planOf(
            'plan: p\ncurrency: USD\nperiod: month\ncomponents: { c: { per: period, base: 1 } }'
        );
        expect(plan).toMatchObject({
            version: '1',
            name: 'p',
            effectiveTo: null,
            yearStart: '01-01',
            negativeAmounts: 'refused',
            rounding: { mode: 'half-even', at: 'line', residual: 'largestRemainder' }
        });
        expect(plan.rounding.unit.toString()).toBe('0.01');
    });

    test('a list with keys says the same as a map', () => {
        const asList = PLAN.replace(
            '  bookings: { of: payable }\n',
            '  - { key: bookings, of: payable }\n'
        ).replace(
            '  units: { of: units, interval: credit }',
            '  - { key: units, of: units, interval: credit }'
        );
        expect(planOf(asList)).toEqual(planOf(PLAN));
    });

    test('no figure passes through a floating point number', () => {
        const plan = planOf(changed('amount: 375000', 'amount: 123456789012345678901234567890.123456789'));
        const amount = plan.quotas[0]!.amount!;
        expect(amount.kind === 'number' && amount.value.toString()).toBe(
            '123456789012345678901234567890.123456789'
        );
    });

    test('commas inside brackets do not end a value inside { }', () => {
        const plan = planOf(
            changed(
                'base: 6%',
                'base: 6%\n  least: { value: max(1, min(2, 3), 4) }\n  list: [{ value: "max(1, 2)" }]'
            )
        );
        const least = plan.parameters[1]!.values[0]!.value;
        expect(least.kind === 'call' && least.arguments.length).toBe(3);
    });

    test('clauses of the plan letter are kept with their part', () => {
        const plan = planOf(changed('rate: 10%', 'rate: 10%\n    reference: clause 3.2'));
        expect(plan.references).toEqual({ 'components.bonus': 'clause 3.2' });
    });
});

describe('a plan with one thing wrong', () => {
    test.each<[string, string, string[]]>([
        ['plan: seller', 'plane: seller', ['MISSING plan', 'KEY_UNKNOWN plane']],
        ['currency: USD', 'currency: Dollars', ['CURRENCY_INVALID currency']],
        ['period: quarter', 'period: fortnight', ['CHOICE_UNKNOWN period']],
        ['period: quarter', 'period: quarter\nyearStart: "02-30"', ['YEAR_START_INVALID yearStart']],
        ['period: quarter', 'period: quarter\nperiod: month', ['KEY_TWICE period']],
        [
            'period: quarter',
            'period: quarter\neffective: { from: 2026-02-29, to: 2025-01-01 }',
            ['DATE_INVALID effective.from']
        ],
        [
            'period: quarter',
            'period: quarter\neffective: { from: 2026-01-01, to: 2025-12-31 }',
            ['DATES_TURNED effective']
        ],
        [
            'period: quarter',
            'period: quarter\nrounding: { unit: 0, mode: half, at: cent, residual: me }',
            [
                'ROUNDING_UNIT_INVALID rounding.unit',
                'CHOICE_UNKNOWN rounding.mode',
                'CHOICE_UNKNOWN rounding.at',
                'CHOICE_UNKNOWN rounding.residual'
            ]
        ],
        [
            'period: quarter',
            'period: quarter\nrounding: { unit: -0.01 }',
            ['ROUNDING_UNIT_INVALID rounding.unit']
        ],
        [
            'period: quarter',
            'period: quarter\nrounding: { unit: 1/3 }',
            ['ROUNDING_UNIT_INVALID rounding.unit']
        ],
        ['base: 6%', 'base: 6 percent', ['EXPRESSION_INVALID parameters.base']],
        ['base: 6%', 'base: param.other', ['NAME_UNKNOWN parameters.base']],
        ['base: 6%', 'base: payee.rate', ['NAME_UNKNOWN parameters.base']],
        [
            'base: 6%',
            'base: [{ from: 2026-01-01, value: 1 }, { from: 2025-01-01, value: 2 }]',
            ['DATES_ORDER parameters.base.values[2].from']
        ],
        [
            'base: 6%',
            'base: [{ from: 2026-01-01, value: 1 }, { value: 2 }]',
            ['DATES_ORDER parameters.base.values[2].from']
        ],
        ['base: 6%', '6base: 6%', ['KEY_INVALID parameters.6base']],
        ['{ key: direct, to: owner }', '{ key: direct }', ['MISSING crediting.direct.to']],
        ['{ key: direct, to: owner }', '{ key: direct, to: nobody }', ['TARGET_UNKNOWN crediting.direct.to']],
        [
            '{ key: direct, to: owner }',
            '{ key: direct, to: { role: SE, payee: A } }',
            ['TARGET_UNKNOWN crediting.direct.to']
        ],
        [
            '{ key: direct, to: owner }',
            '{ to: owner }',
            ['MISSING crediting[1].key', 'RULE_UNKNOWN crediting.over.to.manager']
        ],
        // Without a key it is read all the same: everything else that is wrong with it is told at once.
        [
            '{ key: direct, to: owner }',
            '{ to: ownr, share: amuont }',
            [
                'MISSING crediting[1].key',
                'TARGET_UNKNOWN crediting[1].to',
                'RULE_UNKNOWN crediting.over.to.manager'
            ]
        ],
        [
            '{ key: direct, to: owner }',
            '{ key: direct, to: owner, share: 50%, total: whole }',
            ['SHARES_NOT_WHOLE crediting.direct.share']
        ],
        [
            '{ key: direct, to: owner }',
            '{ key: direct, to: splits, share: 50% }',
            ['SHARE_NOT_HERE crediting.direct.share']
        ],
        [
            '{ key: direct, to: owner }',
            '{ key: direct, to: { touches: { first: 60%, last: 50% } } }',
            ['SHARES_NOT_WHOLE crediting.direct.to.touches']
        ],
        [
            '{ key: direct, to: owner }',
            '{ key: direct, to: { touches: last, from: [campaigns, campaign] } }',
            ['CHOICE_UNKNOWN crediting.direct.to.from[2]']
        ],
        [
            '{ key: direct, to: owner }',
            '{ key: direct, to: owner, only: [bookngs] }',
            ['MEASURE_UNKNOWN crediting.direct.only[1]']
        ],
        [
            '{ key: direct, to: owner }',
            "{ key: direct, to: owner, when: payee.role = 'AE' }",
            ['NAME_UNKNOWN crediting.direct.when']
        ],
        [
            '{ key: direct, to: owner }',
            '{ key: direct, to: owner, when: amount * 2 }',
            ['CONDITION_WANTED crediting.direct.when']
        ],
        ['{ manager: direct }', '{ manager: over }', ['RULE_UNKNOWN crediting.over.to.manager']],
        ['{ key: over,', '{ key: direct,', ['KEY_TWICE crediting.direct']],
        ['bookings: { of: payable }', 'bookings: { interval: year }', ['MISSING measures.bookings.of']],
        [
            'bookings: { of: payable }',
            'bookings: { of: measure.bookings }',
            ['NAME_UNKNOWN measures.bookings.of']
        ],
        [
            'bookings: { of: payable }',
            'bookings: { of: measure.units }',
            ['NAME_UNKNOWN measures.bookings.of']
        ],
        [
            'bookings: { of: payable }',
            'bookings: { of: earning.commission }',
            ['NAME_UNKNOWN measures.bookings.of']
        ],
        [
            'bookings: { of: payable }',
            'bookings: { of: payable, interval: year, window: { months: 0 } }',
            [
                'INTERVAL_AND_WINDOW measures.bookings.interval',
                'WHOLE_NUMBER_WANTED measures.bookings.window.months'
            ]
        ],
        [
            'bookings: { of: payable }',
            'bookings: { of: elapsedMonths }',
            ['NAME_UNKNOWN measures.bookings.of']
        ],
        ['  bookings: { amount: 375000 }', '  sales: { amount: 375000 }', ['MEASURE_UNKNOWN quotas.sales']],
        ['{ amount: 375000 }', '{ amount: measure.bookings }', ['NAME_UNKNOWN quotas.bookings.amount']],
        [
            '{ amount: 375000 }',
            '{ amount: 1, seasonality: [50%, 50%] }',
            ['SEASONALITY_COUNT quotas.bookings.seasonality']
        ],
        [
            '{ amount: 375000 }',
            '{ amount: 1, seasonality: [25%, 25%, 25%, 20%] }',
            ['SHARES_NOT_WHOLE quotas.bookings.seasonality']
        ],
        [
            '{ amount: 375000 }',
            '{ amount: 1, ramp: [{ fromMonth: 2, amount: 1 }, { fromMonth: 1, amount: 2 }], prorate: hours }',
            ['RAMP_ORDER quotas.bookings.ramp[2].fromMonth', 'CHOICE_UNKNOWN quotas.bookings.prorate']
        ],
        ['mode: marginal', 'mode: graduated', ['CHOICE_UNKNOWN tables.accelerator.mode']],
        ['mode: marginal', 'mode: marginal\n    boundry: upper', ['KEY_UNKNOWN tables.accelerator.boundry']],
        ['{ from: 100, value: 8% }', '{ from: 120, value: 8% }', ['BANDS_HOLE tables.accelerator.rows[1]']],
        ['{ from: 100, value: 8% }', '{ from: 80, value: 8% }', ['BANDS_OVERLAP tables.accelerator.rows[1]']],
        [
            '{ from: 0, to: 100, value: 6% }',
            '{ from: 0, value: 6% }',
            ['BAND_WITHOUT_END tables.accelerator.rows[1]']
        ],
        [
            '{ from: 0, to: 100, value: 6% }',
            '{ from: 100, to: 0, value: 6% }',
            ['BAND_TURNED tables.accelerator.rows[1]', 'BANDS_HOLE tables.accelerator.rows[1]']
        ],
        [
            '{ from: 0, to: 100, value: 6% }',
            '{ from: 0, to: param.base, value: 6% }',
            ['BANDS_HOLE tables.accelerator.rows[1]']
        ],
        [
            '{ from: 0, to: 100, value: 6% }',
            '{ from: 0, to: payee.target, value: 6% }',
            ['BANDS_UNCERTAIN tables.accelerator.rows[1]']
        ],
        [
            '{ from: 0, to: 100, value: 6% }',
            '{ to: 100, value: 6%, values: [1%] }',
            ['MISSING tables.accelerator.rows[1].from', 'VALUE_TWICE tables.accelerator.rows[1].value']
        ],
        [
            '{ from: 0, to: 100, value: 6% }',
            '{ from: 0, to: 100 }',
            ['MISSING tables.accelerator.rows[1].value']
        ],
        [
            'mode: marginal',
            'mode: interpolated',
            [
                'MISSING tables.accelerator.rows[1].at',
                'KEY_UNKNOWN tables.accelerator.rows[1].from',
                'KEY_UNKNOWN tables.accelerator.rows[1].to',
                'MISSING tables.accelerator.rows[2].at',
                'KEY_UNKNOWN tables.accelerator.rows[2].from'
            ]
        ],
        ['values: [1%, 2%]', 'values: [1%]', ['VALUES_COUNT tables.grid.rows[1].values']],
        [
            'columns: [{ from: 0, to: 10 },',
            'columns: [{ from: 0, to: 11 },',
            ['BANDS_OVERLAP tables.grid.columns[1]']
        ],
        ['rows: [{ from: 0, values: [1%, 2%] }]', 'rows: []', ['LIST_EMPTY tables.grid.rows']],
        [
            'per: credit',
            'per: deal',
            ['CHOICE_UNKNOWN components.commission.per', 'NAME_UNKNOWN components.commission.base']
        ],
        ['base: payable', 'base: payble + mesure.bookings', ['NAME_UNKNOWN components.commission.base']],
        ['base: payable', 'base: inPeriod.nothing', ['NAME_UNKNOWN components.commission.base']],
        ['base: payable', 'base: quota.units', ['NAME_UNKNOWN components.commission.base']],
        ['base: payable', 'base: earning.bonus', ['NAME_UNKNOWN components.commission.base']],
        ['base: payable', "base: table('grid', payable)", ['COLUMN_MISSING components.commission.base']],
        [
            'base: payable',
            "base: table('accelerator', payable, 1)",
            ['COLUMN_TOO_MANY components.commission.base']
        ],
        ['base: payable', 'base: table(accelerator, 1)', ['TABLE_UNKNOWN components.commission.base']],
        ['base: payable', "base: tabel('grid', 1, 2)", ['FUNCTION_UNKNOWN components.commission.base']],
        ['base: payable', 'base: if(payable > 1, 2)', ['ARGUMENTS components.commission.base']],
        ['base: payable', 'base: sum(crew, payable)', ['GROUP_UNKNOWN components.commission.base']],
        ['base: payable', 'base: payable = 3', ['FIGURE_WANTED components.commission.base']],
        ['base: payable', 'base: due', ['NAME_UNKNOWN components.commission.base']],
        ['table: accelerator', 'table: accelerater', ['TABLE_UNKNOWN components.commission.rate.table']],
        ['table: accelerator', 'table: grid', ['COLUMN_MISSING components.commission.rate.table']],
        [
            'table: accelerator, at: measure.bookings',
            'table: accelerator',
            ['MISSING components.commission.rate.at']
        ],
        ['at: measure.bookings', 'at: measure.booking', ['NAME_UNKNOWN components.commission.rate.at']],
        [
            'at: measure.bookings',
            'at: measure.bookings, column: 3',
            ['COLUMN_TOO_MANY components.commission.rate.table']
        ],
        [
            'at: measure.bookings',
            'at: measure.bookings, position: during',
            ['CHOICE_UNKNOWN components.commission.rate.position']
        ],
        [
            'rate: { table: accelerator, at: measure.bookings }',
            'rate: [5%, { when: payable > 3, value: 6% }]',
            ['RATE_NEVER_REACHED components.commission.rate[1]']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    factors: [{ key: w, value: 1 }, { key: w, value: 2 }]',
            ['KEY_TWICE components.bonus.factors.w']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    gates: [{ key: g, when: fact.nrr, otherwise: half }]',
            ['CHOICE_UNKNOWN components.bonus.gates.g.otherwise']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    gates: [{ key: g, when: fact.nrr = good }]',
            ['NAME_UNKNOWN components.bonus.gates.g.when']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    limits: [{ scope: cumulative, most: 3 }]',
            ['MISSING components.bonus.limits[1].interval']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    limits: [{ scope: period, least: 5, most: 3 }, { scope: period }, { scope: credit, beyond: 5% }]',
            [
                'LIMITS_TURNED components.bonus.limits[1]',
                'MISSING components.bonus.limits[2]',
                'MISSING components.bonus.limits[3]',
                'PER_MISMATCH components.bonus.limits[3].scope'
            ]
        ],
        [
            'rate: 10%',
            'rate: 10%\n    rateFloor: 9%\n    rateCeiling: 8%',
            ['LIMITS_TURNED components.bonus.rateFloor']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    chargeback: { part: 100% }',
            ['PER_MISMATCH components.bonus.chargeback']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    schedule: { release: [{ on: cash, share: 100% }] }',
            ['PER_MISMATCH components.bonus.schedule.release']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    schedule: { instalments: [{ after: 0, share: 33% }, { after: 1.5, share: 33% }] }',
            [
                'SHARES_NOT_WHOLE components.bonus.schedule.instalments',
                'WHOLE_NUMBER_WANTED components.bonus.schedule.instalments[2].after'
            ]
        ],
        [
            'rate: 10%',
            'rate: 10%\n    schedule: { instalments: [{ after: 0, share: 33% }, { after: 1, share: 33% }, { after: 2, share: 33% }] }',
            ['SHARES_NOT_WHOLE components.bonus.schedule.instalments']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    schedule: { instalments: [{ after: 0, share: -50% }, { after: 1, share: 150% }] }',
            ['SHARE_NEGATIVE components.bonus.schedule.instalments']
        ],
        [
            'rate: 10%',
            'rate: 10%\n    pool: { amount: payee.x, among: 5 }',
            ['NAME_UNKNOWN components.bonus.pool.amount', 'CONDITION_WANTED components.bonus.pool.among']
        ],
        ['rate: 10%', 'rate: 10%\n    credits: [dirct]', ['RULE_UNKNOWN components.bonus.credits[1]']],
        ['base: earning.commission\n    rate: 10%', 'name: nothing', ['PAYS_NOTHING components.bonus']],
        ['base: payable', 'base: payable\n    toDate: year', ['PER_MISMATCH components.commission.toDate']],
        ['base: earning.commission', 'base: payable', ['NAME_UNKNOWN components.bonus.base']],
        ['base: earning.commission', 'base: commission', ['NAME_UNKNOWN components.bonus.base']],
        ['base: earning.commission', 'base: amount', ['NAME_UNKNOWN components.bonus.base']],
        [
            '{ key: draw, draw: { amount: 100, recoverable: true } }',
            '{ key: draw, draw: { amount: 100 } }',
            ['MISSING payout.draw.draw.recoverable']
        ],
        [
            '{ key: draw, draw: { amount: 100, recoverable: true } }',
            '{ key: draw, draw: { amount: 100, recoverable: maybe } }',
            ['CHOICE_UNKNOWN payout.draw.draw.recoverable']
        ],
        [
            '{ key: draw, draw: { amount: 100, recoverable: true } }',
            '{ key: draw }',
            ['STEP_KIND payout.draw']
        ],
        [
            '{ key: draw, draw: { amount: 100, recoverable: true } }',
            '{ key: draw, multiply: 1, add: 2 }',
            ['STEP_KIND payout.draw']
        ],
        [
            '{ key: draw, draw: { amount: 100, recoverable: true } }',
            '{ key: d, add: balance.draw }',
            ['NAME_UNKNOWN payout.d.add']
        ],
        [
            '{ key: draw, draw: { amount: 100, recoverable: true } }',
            '{ key: d, deferral: { deferred: due, tranches: [{ afterMonths: 12, share: 50% }] } }',
            ['SHARES_NOT_WHOLE payout.d.deferral.tranches']
        ],
        [
            '{ key: draw, draw: { amount: 100, recoverable: true } }',
            '{ key: d, limit: { least: 2, most: 1 } }',
            ['LIMITS_TURNED payout.d.limit']
        ],
        [
            '{ key: draw, draw: { amount: 100, recoverable: true } }',
            '{ key: d, carryNegative: false }',
            ['CARRY_NEGATIVE payout.d.carryNegative']
        ],
        [
            '{ key: draw, draw: { amount: 100, recoverable: true } }',
            '*alias',
            ['YAML_ALIAS line 35, column 5']
        ],
        ['plan: seller', 'plan: !!float 3', ['YAML_INVALID line 2, column 7']],
        ['plan: seller', 'plan: [', ['YAML_INVALID line 3, column 1']]
    ])('with %j written as %j', (before, after, problems) => {
        expect(found(changed(before, after))).toEqual(problems);
    });
});

describe('a plan with many things wrong', () => {
    const wrong = PLAN.replace('currency: USD', 'currency: dollars')
        .replace('to: 100,', 'to: 90,')
        .replace('table: accelerator', 'table: acelerator')
        .replace('rate: 10%', 'rte: 10%');

    test('every problem is told at once, in the order of the lines', () => {
        const { problems } = parsePlan(wrong);
        expect(problems.map(({ code, where }) => [code, where])).toEqual([
            ['CURRENCY_INVALID', 'currency (line 3, column 1)'],
            ['BANDS_HOLE', 'tables.accelerator.rows[1] (line 19, column 9)'],
            ['TABLE_UNKNOWN', 'components.commission.rate.table (line 29, column 13)'],
            ['KEY_UNKNOWN', 'components.bonus.rte (line 33, column 5)']
        ]);
    });

    test('a problem says what was meant, where a word is nearly known', () => {
        const fixes = parsePlan(wrong).problems.map(({ fix }) => fix);
        expect(fixes[2]).toContain('Did you mean accelerator?');
        expect(fixes[3]).toContain('Did you mean rate?');
    });

    test('parts that cannot be read do not hide what is wrong elsewhere, nor invent problems of their own', () => {
        const unreadable = PLAN.replace('base: payable', 'base: payable +').replace(
            'value: 8%',
            'value: 8 %%'
        );
        expect(found(unreadable)).toEqual([
            'EXPRESSION_INVALID tables.accelerator.rows[2].value',
            'EXPRESSION_INVALID components.commission.base'
        ]);
    });
});

describe('text that is no plan', () => {
    test.each([
        ['nothing', ''],
        ['a comment', '# nothing'],
        ['a word', 'plan'],
        ['a list', '- plan'],
        ['JSON with a comma too many', '{ "plan": "p", , }'],
        ['two documents', 'plan: a\n---\nplan: b'],
        ['tabs', 'plan:\n\tkey: a'],
        ['deep nesting', `plan: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
        ['a list as a key', '? [a]\n: 1']
    ])('%s is a problem', (_, text) => {
        expect(found(text).length).toBeGreaterThan(0);
    });

    test('any text, and any plan with letters changed, is a plan or a problem', () => {
        const damaged = fc
            .array(
                fc.tuple(
                    fc.nat(PLAN.length - 1),
                    fc.constantFrom('', ' ', '\n', ':', '{', '}', '[', "'", '"', '-', '9', '&', '*', '%', 'a')
                ),
                {
                    minLength: 1,
                    maxLength: 4
                }
            )
            .map((changes) =>
                changes.reduce((text, [at, letter]) => text.slice(0, at) + letter + text.slice(at + 1), PLAN)
            );
        fc.assert(
            fc.property(fc.oneof(damaged, fc.string()), (text) => {
                found(text);
            }),
            { numRuns: 300 }
        );
    });
});

test('gates and payout steps without a key are read and checked like all others', () => {
    const gates = 'gates: [{ when: fact.x > 0, otherwse: zero }, { key: "#2", when: earning.none > 0 }]';
    const { problems } = parsePlan(
        PLAN.replace('    base: payable\n', `    base: payable\n    ${gates}\n`).replace(
            'payout:\n',
            'payout:\n  - { limit: { most: earning.none } }\n'
        )
    );
    expect(problems.map(({ code, where }) => `${code} ${where.split(' (')[0]}`)).toEqual([
        'MISSING components.commission.gates[1].key',
        'KEY_UNKNOWN components.commission.gates[1].otherwse',
        'KEY_INVALID components.commission.gates.#2',
        'NAME_UNKNOWN components.commission.gates.#2.when',
        'MISSING payout[1].key',
        'NAME_UNKNOWN payout.#1.limit.most'
    ]);
    for (const { where } of problems) expect(where).toMatch(/\(line \d+, column \d+\)/);
});
