// Plans of any shape for property tests: valid, with every kind of part now and then.
import fc from 'fast-check';
import { Ratio } from '../../../src/domain/ratio.ts';
import { RESIDUAL_OWNERS, ROUNDING_MODES, ROUNDING_STAGES } from '../../../src/domain/rounding.ts';
import { BINARY_OPERATORS, type Expression } from '../../../src/domain/incentives/expression.ts';
import { parseExpression } from '../../../src/domain/incentives/parse-expression.ts';
import type {
    Component,
    CreditRule,
    Plan,
    PayoutStep,
    RateTable
} from '../../../src/domain/incentives/plan.ts';
import { INTERVALS, TABLE_MODES } from '../../../src/domain/incentives/vocabulary.ts';

type Where = 'transaction' | 'credit' | 'period' | 'payout';

const NAMES: Record<Where, string[]> = {
    transaction: ['amount', 'margin', 'product', 'param.base'],
    credit: [
        'amount',
        'payable',
        'margin',
        'payee.role',
        'measure.bookings',
        'quota.bookings',
        'param.base',
        'fact.nrr'
    ],
    period: [
        'measure.bookings',
        'inPeriod.units',
        'attainment.bookings',
        'payee.target',
        'assigned.part',
        'param.base'
    ],
    payout: ['due', 'earning.first', 'paidToDate', 'payee.target', 'balance.draw', 'param.base']
};
const GROUPS: Partial<Record<Where, { name: string; inside: Where }[]>> = {
    credit: [{ name: 'team', inside: 'period' }],
    period: [
        { name: 'organisation', inside: 'period' },
        { name: 'credits', inside: 'credit' }
    ]
};

function read(text: string): Expression {
    return parseExpression(text, 'an arbitrary plan');
}

const numbers = fc.constantFrom('0', '1250.50', '6%', '25bp', '375000', '0.07', '100%').map(read);

/** Any expression that may stand there, in the form the parser gives. */
export function expressions(where: Where): fc.Arbitrary<Expression> {
    const { any } = fc.letrec<{ any: Expression }>((tie) => {
        const call = (name: string, least: number, most: number): fc.Arbitrary<Expression> =>
            fc
                .array(tie('any'), { minLength: least, maxLength: most })
                .map((args) => ({ kind: 'call', name, arguments: args }));
        const groups = (GROUPS[where] ?? []).map(({ name, inside }) =>
            fc
                .tuple(fc.constantFrom('sum', 'average'), fc.constantFrom(...NAMES[inside]))
                .map(([of, x]) => read(`${of}(${name}, ${x})`))
        );
        return {
            any: fc.oneof(
                { maxDepth: 4, depthSize: 'small' },
                numbers,
                fc.constantFrom(...NAMES[where]).map(read),
                fc.constantFrom("'Bond'", "'it''s'", "''", 'true', 'false', '2026-02-28').map(read),
                fc
                    .tuple(fc.constantFrom(...BINARY_OPERATORS), tie('any'), tie('any'))
                    .map(([operator, left, right]): Expression => ({
                        kind: 'binary',
                        operator,
                        left,
                        right
                    })),
                fc
                    .tuple(fc.constantFrom('minus' as const, 'not' as const), tie('any'))
                    .map(([kind, of]): Expression => ({ kind, of })),
                fc
                    .tuple(tie('any'), fc.array(tie('any'), { minLength: 1, maxLength: 3 }))
                    .map(([left, options]): Expression => ({ kind: 'in', left, options })),
                call('if', 3, 3),
                call('min', 1, 3),
                call('default', 2, 2),
                ...groups
            )
        };
    });
    return any;
}

/** Figures and conditions that the checks of a plan accept in their places. */
function figures(where: Where): fc.Arbitrary<Expression> {
    return fc.oneof(
        numbers,
        fc.constantFrom(...NAMES[where]).map(read),
        expressions(where).map((one): Expression => ({
            kind: 'call',
            name: 'max',
            arguments: [one, read('0')]
        }))
    );
}

function conditions(where: Where): fc.Arbitrary<Expression> {
    return fc
        .tuple(expressions(where), figures(where))
        .map(([left, right]): Expression => ({ kind: 'binary', operator: '>=', left, right }));
}

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
    return fc.option(arbitrary, { nil: null });
}

function listOf<T extends object>(
    arbitrary: fc.Arbitrary<T>,
    most = 2
): fc.Arbitrary<(T & { key: string })[]> {
    return fc
        .array(arbitrary, { maxLength: most })
        .map((items) => items.map((item, index) => ({ ...item, key: `part${index + 1}` })));
}

/** Shares that make a whole. */
const shares = fc
    .constantFrom(['100%'], ['50%', '50%'], ['1 / 3', '1 / 3', '1 / 3'], ['param.base', '20%'])
    .map((list) => list.map(read));

const tables: fc.Arbitrary<RateTable> = fc
    .record({
        mode: fc.constantFrom(...TABLE_MODES),
        boundary: fc.constantFrom('lower', 'upper' as const),
        scale: fc.constantFrom(null, read('param.base')),
        bounds: fc.uniqueArray(fc.nat(1_000_000), { minLength: 2, maxLength: 5 }),
        isOpen: fc.boolean()
    })
    .map(({ mode, boundary, scale, bounds, isOpen }) => {
        const sorted = bounds.toSorted((a, b) => a - b).map((bound) => read(String(bound)));
        const rows = sorted.slice(0, -1).map((from, index) => {
            const isLast = index === sorted.length - 2;
            const to = mode === 'interpolated' || (isLast && isOpen) ? null : sorted[index + 1]!;
            return { from, to, values: [read(`${index}%`)] };
        });
        return { key: 'grid', mode, boundary, scale, rows, columns: [] };
    });

const targets: fc.Arbitrary<CreditRule['to']> = fc.oneof(
    fc.constantFrom<CreditRule['to']>(
        { kind: 'owner' },
        { kind: 'splits' },
        { kind: 'role', role: 'SE' },
        { kind: 'payee', payee: 'A' },
        { kind: 'payees', when: read('payee.desk = product') },
        { kind: 'handOver', by: 'stages', from: 'owner' },
        { kind: 'handOver', by: 'date', from: { role: 'SE' } },
        { kind: 'touches', method: { method: 'shapley' }, from: [] },
        {
            kind: 'touches',
            method: { method: 'position', first: read('40%'), last: read('40%') },
            from: ['activities']
        },
        { kind: 'touches', method: { method: 'last' }, from: ['campaigns', 'primaryCampaign'] }
    )
);

const rules = fc
    .record({
        when: maybe(conditions('transaction')),
        to: targets,
        before: listOf(fc.record({ when: maybe(conditions('transaction')), amount: figures('transaction') })),
        total: fc.constantFrom('whole', 'any' as const),
        payable: maybe(figures('transaction')),
        quota: maybe(figures('transaction')),
        count: maybe(figures('transaction')),
        only: fc.constantFrom<string[]>([], ['bookings'])
    })
    .map((rule): CreditRule => ({ ...rule, key: 'direct', share: null }));

const rates: fc.Arbitrary<Component['rates']> = fc.oneof(
    fc.constant<Component['rates']>([]),
    figures('period').map((value): Component['rates'] => [{ when: null, kind: 'value', value }]),
    fc
        .tuple(conditions('period'), fc.constantFrom('before', 'after' as const), figures('period'))
        .map(([when, position, value]): Component['rates'] => [
            { when, kind: 'table', table: 'grid', at: { measure: 'bookings' }, columnAt: null, position },
            { when: null, kind: 'value', value }
        ])
);

const gates = listOf(
    fc.record({
        when: conditions('period'),
        otherwise: fc.oneof(
            fc.constant({ kind: 'zero' as const }),
            figures('period').map((at) => ({ kind: 'cap' as const, at })),
            figures('period').map((by) => ({ kind: 'multiply' as const, by }))
        ),
        waivable: fc.boolean()
    })
);

const schedules: fc.Arbitrary<Component['schedule']> = maybe(
    shares.map((list) => ({
        kind: 'instalments' as const,
        parts: list.map((share, afterPeriods) => ({ afterPeriods, share }))
    }))
);

const components: fc.Arbitrary<Component> = fc.record({
    key: fc.constant('first'),
    name: fc.constantFrom('first', 'The first: "commission" #1'),
    per: fc.constant('period' as const),
    credits: fc.constantFrom<string[]>([], ['direct']),
    when: maybe(conditions('period')),
    base: figures('period'),
    rates,
    rateAdjustments: listOf(fc.record({ when: maybe(conditions('period')), add: figures('period') })),
    rateFloor: maybe(fc.constant(read('0%'))),
    rateCeiling: maybe(fc.constant(read('95%'))),
    factors: listOf(fc.record({ when: maybe(conditions('period')), value: figures('period') })),
    gates,
    pool: fc.constant(null),
    limits: fc.constantFrom<Component['limits']>(
        [],
        [
            {
                key: 'cap',
                scope: 'cumulative',
                interval: 'year',
                least: null,
                most: read('100000'),
                beyond: read('25%')
            }
        ],
        [
            {
                key: 'period',
                scope: 'period',
                interval: 'quarter',
                least: read('1000'),
                most: read('5000'),
                beyond: null
            }
        ]
    ),
    toDate: fc.constantFrom(null, 'quarter', 'year' as const),
    chargeback: fc.constant(null),
    schedule: schedules,
    pays: fc.boolean(),
    amortisation: maybe(fc.record({ months: figures('period'), expedientMonths: fc.constantFrom(null, 12) }))
});

const steps: fc.Arbitrary<PayoutStep> = fc
    .tuple(
        maybe(conditions('payout')),
        fc.oneof(
            figures('payout').map((amount) => ({ kind: 'add' as const, amount })),
            figures('payout').map((by) => ({ kind: 'multiply' as const, by })),
            fc.record({
                kind: fc.constant('limit' as const),
                least: fc.constant(null),
                most: maybe(figures('payout')),
                interval: fc.constantFrom(...INTERVALS)
            }),
            fc.record({
                kind: fc.constant('advance' as const),
                ledger: fc.constant('advance'),
                scope: fc.constantFrom(null, 'policy')
            }),
            fc.constant({ kind: 'carryNegative' as const }),
            figures('payout').map((rate) => ({ kind: 'grossUp' as const, rate })),
            fc.record({
                kind: fc.constant('clawback' as const),
                windowMonths: fc.integer({ min: 1, max: 84 }),
                recoverShare: maybe(figures('payout'))
            }),
            fc.record({
                kind: fc.constant('deferral' as const),
                deferred: figures('payout'),
                tranches: shares.map((list) =>
                    list.map((share, index) => ({ afterMonths: 12 * index, share }))
                ),
                instruments: maybe(figures('payout')),
                clawbackMonths: fc.constantFrom(null, 84),
                afterLeaving: maybe(figures('payout'))
            })
        )
    )
    .map(([when, kind]) => ({ key: '', when, ...kind }));

const draws = fc
    .record({
        amount: figures('period'),
        recoverable: fc.boolean(),
        recoverShare: maybe(figures('period')),
        recoverFromPeriod: fc.integer({ min: 1, max: 6 }),
        forgiveAfterPeriods: fc.constantFrom(null, 12)
    })
    .map((draw): PayoutStep => ({ key: 'draw', when: null, kind: 'draw', ...draw }));

/** A plan claws back by one step. */
function withOneClawback(list: readonly PayoutStep[]): PayoutStep[] {
    const first = list.findIndex(({ kind }) => kind === 'clawback');
    return list.filter(({ kind }, index) => kind !== 'clawback' || index === first);
}

export const plans: fc.Arbitrary<Plan> = fc
    .record({
        version: fc.constantFrom('1', '2026.1', '1e3'),
        name: fc.constantFrom('any-plan', 'Any plan: 100 % “whole”'),
        effective: fc.constantFrom(
            { effectiveFrom: '0001-01-01', effectiveTo: null },
            { effectiveFrom: '2026-01-01', effectiveTo: '2028-02-29' }
        ),
        period: fc.constantFrom(...INTERVALS),
        yearStart: fc.constantFrom('01-01', '04-06'),
        rounding: fc.record({
            unit: fc.constantFrom(Ratio.of(1, 100), Ratio.ONE, Ratio.of(5, 100)),
            mode: fc.constantFrom(...ROUNDING_MODES),
            at: fc.constantFrom(...ROUNDING_STAGES),
            residual: fc.constantFrom(...RESIDUAL_OWNERS)
        }),
        negativeAmounts: fc.constantFrom('refused', 'allowed' as const),
        table: tables,
        rule: rules,
        component: components,
        steps: listOf(steps),
        draw: draws,
        ramp: fc.constantFrom<Plan['quotas'][number]['ramp']>(
            [],
            [
                { fromMonth: 1, amount: read('10000') },
                { fromMonth: 4, amount: read('45000') }
            ]
        ),
        prorate: fc.constantFrom('none', 'days', 'months' as const),
        figure: figures('period'),
        references: fc.constantFrom<Record<string, string>>(
            {},
            {
                'components.first': 'clause 3.2',
                plan: 'letter',
                'quotas.bookings': '§ 4',
                'parameters.base': '5'
            }
        )
    })
    .map((some): Plan => ({
        key: 'any-plan',
        version: some.version,
        name: some.name,
        currency: 'EUR',
        ...some.effective,
        period: some.period,
        yearStart: some.yearStart,
        rounding: some.rounding,
        negativeAmounts: some.negativeAmounts,
        parameters: [
            { key: 'base', values: [{ from: null, value: read('80%') }] },
            {
                key: 'fee',
                values: [
                    { from: '2025-01-01', value: read('10') },
                    { from: '2026-01-01', value: read('param.base * 12') }
                ]
            }
        ],
        crediting: [some.rule],
        measures: [
            {
                key: 'bookings',
                of: read('payable'),
                when: null,
                interval: 'year',
                window: null,
                by: null,
                divideBy: null
            },
            {
                key: 'units',
                of: read('units'),
                when: read("product = 'A'"),
                interval: some.period,
                window: { months: 6, until: 'periodStart' },
                by: 'region',
                divideBy: read('60%')
            }
        ],
        quotas: [
            {
                measure: 'bookings',
                amount: read('375000'),
                ramp: some.ramp,
                seasonality: [],
                prorate: some.prorate
            }
        ],
        tables: [some.table],
        components: [some.component],
        payout: [some.draw, ...withOneClawback(some.steps)],
        figures: [{ key: 'shown', per: 'period', value: some.figure }],
        references: some.references
    }));
