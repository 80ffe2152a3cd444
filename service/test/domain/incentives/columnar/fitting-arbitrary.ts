// Plans of the class the fast engine calculates, with inputs for them: rules that split and overlay, sums that begin anew,
// tables walked or looked up, gates, factors, limits, deferral, every way of rounding. Bounds and amounts are chosen near
// each other, so that credits straddle bands and stop exactly on them; a few amounts have far too many digits for Float64.
import fc from 'fast-check';
import { addDays, addMonths, daysBetween } from '../../../../src/domain/incentives/dates.ts';
import type { Expression } from '../../../../src/domain/incentives/expression.ts';
import type { CalculationInput, Transaction } from '../../../../src/domain/incentives/input.ts';
import { parseExpression, parseNumber } from '../../../../src/domain/incentives/parse-expression.ts';
import type {
    Component,
    CreditRule,
    Limit,
    Measure,
    PayoutStep,
    Plan,
    RateTable
} from '../../../../src/domain/incentives/plan.ts';
import { Ratio } from '../../../../src/domain/ratio.ts';
import { RESIDUAL_OWNERS, ROUNDING_MODES } from '../../../../src/domain/rounding.ts';

export interface Fitting {
    plan: Plan;
    input: CalculationInput;
}

const PAYEES = ['A', 'B', 'C'];
const PRODUCTS = ['x', 'y', 'z'];
const START = '2025-11-01';

const known = new Map<string, Expression>();

function expression(text: string): Expression {
    const parsed = known.get(text) ?? parseExpression(text, 'generated');
    known.set(text, parsed);
    return parsed;
}

function figure(text: string): Ratio {
    return parseNumber(text)!;
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | null> =>
    fc.option(arbitrary, { nil: null, freq });
const text = (...texts: string[]): fc.Arbitrary<Expression> => fc.constantFrom(...texts).map(expression);

const kindCondition = text("product = 'x'", "product in ('x', 'y')", "product != 'z'", 'isNew', 'size > 1');
const cellCondition = text(
    'fact.breaches = 0',
    'payee.senior',
    'period.number > 1',
    'fact.breaches < 2 and payee.senior'
);
const cellFactor = text('50%', '1/3', 'fact.weight', 'payee.factor', 'param.dated', 'assigned.part', '110%');
const kindFactor = text('200%', '50%', '1/3', "if(product = 'x', 120%, 80%)", 'size');

/** What is written out of two parts is most often the first. */
const mostly = <T>(first: fc.Arbitrary<T>, second: fc.Arbitrary<T>): fc.Arbitrary<T> =>
    fc.oneof({ arbitrary: first, weight: 3 }, { arbitrary: second, weight: 1 });

const target = fc.constantFrom<CreditRule['to']>(
    { kind: 'owner' },
    { kind: 'splits' },
    { kind: 'splits' },
    { kind: 'role', role: 'SE' },
    { kind: 'payee', payee: 'A' }
);

const creditRule = fc
    .record({
        when: maybe(kindCondition, 1),
        to: target,
        share: maybe(text('25%', '1/3', '100%', "if(product = 'x', 10%, 20%)"), 1),
        payable: maybe(kindFactor, 1),
        quota: maybe(kindFactor, 1),
        count: maybe(kindFactor, 1),
        only: fc.subarray(['m0', 'm1'])
    })
    .map(({ to, share, ...rule }): Omit<CreditRule, 'key'> => {
        const own = to.kind === 'splits' ? null : share;
        return { ...rule, to, share: own, before: [], total: own === null ? 'whole' : 'any' };
    });

const measure = fc.record<Omit<Measure, 'key'>>({
    of: mostly(text('payable'), text('quotaCredit', 'countCredit', 'payable * 50%', 'size * quotaCredit')),
    when: maybe(kindCondition, 1),
    interval: fc.constantFrom('quarter', 'quarter', 'half-year', 'year', 'plan'),
    window: fc.constant(null),
    by: fc.constant(null),
    divideBy: fc.constant(null)
});

const bounds = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 0, maxLength: 4 });
const rateText = fc.constantFrom('0%', '5%', '7.5%', '12.34%', '1/3', '-2%', 'payee.factor', 'param.dated');

const table = fc
    .record({
        mode: fc.constantFrom<RateTable['mode']>('marginal', 'marginal', 'slab', 'step'),
        boundary: fc.constantFrom<RateTable['boundary']>('lower', 'upper'),
        scale: maybe(text('quota.m0', 'payee.factor * 100', '1/3'), 1),
        first: fc.constantFrom(-1000, -1000, -1000, 0),
        bounds,
        rates: fc.array(rateText, { minLength: 5, maxLength: 5 }),
        isOpen: fc.boolean(),
        unit: fc.constantFrom('0.05', '25', '100.01', '1/3')
    })
    .map(({ mode, boundary, scale, first, bounds: own, rates, isOpen, unit }): Omit<RateTable, 'key'> => {
        const places = [first, ...own.toSorted((a, b) => a - b)];
        const bound = (place: number): Expression => expression(`${place} * ${unit}`);
        const rows = places.map((from, row) => ({
            from: bound(from),
            to: row + 1 < places.length ? bound(places[row + 1]!) : isOpen ? null : bound(2_000_000),
            values: [expression(rates[row]!)]
        }));
        return { mode, boundary, scale, rows, columns: [] };
    });

const limit = fc
    .record({
        scope: fc.constantFrom<Limit['scope']>('period', 'cumulative'),
        interval: fc.constantFrom<Limit['interval']>('quarter', 'year'),
        least: maybe(text('0', '10.005', 'payee.factor * 10'), 1),
        most: maybe(text('50', '33.335', 'payee.factor * 200', '0'), 3),
        beyond: maybe(text('25%', '1/3'), 1)
    })
    .map((one): Omit<Limit, 'key'> => one);

const gate = fc.record({
    when: cellCondition,
    otherwise: fc.constantFrom<Component['gates'][number]['otherwise']>(
        { kind: 'zero' },
        { kind: 'multiply', by: expression('50%') },
        { kind: 'multiply', by: expression('payee.factor') },
        { kind: 'cap', at: expression('12.345') }
    ),
    waivable: fc.constant(false)
});

const choice = fc.record({
    isTable: fc.constantFrom(true, true, false),
    table: fc.constantFrom('t0', 't1'),
    at: fc.constantFrom<{ measure: string } | { value: Expression }>(
        { measure: 'm0' },
        { measure: 'm0' },
        { measure: 'm1' },
        { value: expression('attainment.m0') }
    ),
    position: fc.constantFrom<'before' | 'after'>('before', 'after'),
    value: text('5%', 'payee.factor', '1/3', 'param.dated')
});

const component = fc
    .record({
        per: fc.constantFrom<Component['per']>('credit', 'credit', 'period'),
        credits: fc.subarray(['r0', 'r1']),
        kindWhen: maybe(kindCondition, 1),
        cellWhen: maybe(cellCondition, 1),
        creditBase: maybe(mostly(text('payable'), text('quotaCredit', 'payable * 50%', 'countCredit')), 4),
        periodBase: maybe(text('inPeriod.m0', 'inPeriod.m1', 'payee.target'), 4),
        choice: maybe(choice, 8),
        rateAdjustments: fc.array(fc.record({ when: maybe(cellCondition, 1), add: text('1%', '-0.5%') }), {
            maxLength: 1
        }),
        rateFloor: maybe(text('1%'), 1),
        rateCeiling: maybe(text('10%'), 1),
        factors: fc.array(fc.record({ when: maybe(cellCondition, 1), value: cellFactor }), { maxLength: 2 }),
        gates: fc.array(gate, { maxLength: 2 }),
        limits: fc.array(limit, { maxLength: 2 })
    })
    .map(({ kindWhen, cellWhen, creditBase, periodBase, choice: own, ...rest }) => ({
        ...rest,
        name: '',
        when: rest.per === 'credit' ? kindWhen : cellWhen,
        base: rest.per === 'credit' ? creditBase : periodBase,
        rates: own ? [rateChoice(own)] : [],
        pool: null,
        toDate: null,
        chargeback: null,
        schedule: null,
        amortisation: null
    }));

function rateChoice({
    isTable,
    table: key,
    at,
    position,
    value
}: typeof choice extends fc.Arbitrary<infer T> ? T : never): Component['rates'][number] {
    if (!isTable) return { when: null, kind: 'value', value };
    return { when: null, kind: 'table', table: key, at, columnAt: null, position };
}

const tranches = fc.constantFrom(
    [
        { afterMonths: 1, share: expression('1/3') },
        { afterMonths: 2, share: expression('1/3') },
        { afterMonths: 5, share: expression('1/3') }
    ],
    [
        { afterMonths: 3, share: expression('60%') },
        { afterMonths: 12, share: expression('40%') }
    ]
);

const payoutStep = fc.oneof(
    fc.record({
        kind: fc.constant('multiply' as const),
        when: maybe(cellCondition, 1),
        by: text('50%', '1/3', 'payee.factor')
    }),
    fc.record({
        kind: fc.constant('deferral' as const),
        when: maybe(cellCondition, 1),
        deferred: text('due * 40%', '1/3 * due', '5', 'due * payee.factor'),
        tranches,
        instruments: maybe(text('50%', '1/3'), 1),
        clawbackMonths: fc.constant(null),
        afterLeaving: fc.constant(null)
    })
);

function keyed<T extends object>(letter: string, parts: T[]): (T & { key: string })[] {
    return parts.map((part, index) => ({ ...part, key: `${letter}${index}` }));
}

const plan = fc
    .record({
        period: fc.constantFrom<Plan['period']>('month', 'month', 'quarter'),
        unit: fc.constantFrom('0.01', '0.01', '1', '0.05'),
        mode: fc.constantFrom(...ROUNDING_MODES),
        at: fc.constantFrom<'line' | 'component' | 'payout'>('line', 'component', 'payout'),
        residual: fc.constantFrom(...RESIDUAL_OWNERS),
        crediting: fc.array(creditRule, { minLength: 1, maxLength: 3 }),
        measures: fc.array(measure, { minLength: 2, maxLength: 2 }),
        tables: fc.array(table, { minLength: 2, maxLength: 2 }),
        components: fc.array(component, { minLength: 1, maxLength: 3 }),
        payout: fc.array(payoutStep, { maxLength: 2 }),
        yearStart: fc.constantFrom('01-01', '01-01', '03-01')
    })
    .map(({ unit, mode, at, residual, crediting, measures, tables, components, payout, ...rest }): Plan => {
        const named = components.map((one, index): Component => ({
            ...one,
            key: `c${index}`,
            pays: true,
            credits: one.credits.filter((rule) => Number(rule.slice(1)) < crediting.length),
            rateAdjustments: keyed('a', one.rateAdjustments),
            factors: keyed('f', one.factors),
            gates: keyed(
                'g',
                one.per === 'credit'
                    ? one.gates.filter(({ otherwise }) => otherwise.kind !== 'cap')
                    : one.gates
            ),
            base: baseAlong(one, tables, measures),
            limits: keyed('l', one.limits)
        }));
        return {
            ...rest,
            key: 'generated',
            version: '1',
            name: 'generated',
            currency: 'EUR',
            effectiveFrom: '0001-01-01',
            effectiveTo: null,
            rounding: { unit: Ratio.parseDecimal(unit)!, mode, at, residual },
            negativeAmounts: 'allowed',
            parameters: [
                {
                    key: 'dated',
                    values: [
                        { from: null, value: expression('10%') },
                        { from: '2026-01-01', value: expression('2/3') }
                    ]
                }
            ],
            crediting: keyed('r', crediting),
            measures: keyed('m', measures),
            quotas: [],
            tables: keyed('t', tables),
            components: named,
            payout: keyed(
                'p',
                payout
                    .toSorted((a, b) => (a.kind === 'deferral' ? 1 : 0) - (b.kind === 'deferral' ? 1 : 0))
                    .slice(0, isTwice(payout) ? 1 : 2)
            ) as PayoutStep[],
            figures: [],
            references: {}
        };
    });

type GeneratedComponent = typeof component extends fc.Arbitrary<infer T> ? T : never;

/** Marginal tables are walked along the sum that is their base. */
function baseAlong(
    { per, base, rates: [rate] }: GeneratedComponent,
    tables: Omit<RateTable, 'key'>[],
    measures: Omit<Measure, 'key'>[]
): Expression | null {
    if (!base || rate?.kind !== 'table' || tables[Number(rate.table.slice(1))]!.mode !== 'marginal')
        return base;
    const measure = 'measure' in rate.at ? rate.at.measure : 'm0';
    return per === 'period' ? expression(`inPeriod.${measure}`) : measures[Number(measure.slice(1))]!.of;
}

function isTwice(steps: { kind: string }[]): boolean {
    return steps.filter(({ kind }) => kind === 'deferral').length > 1;
}

const cents = fc.oneof(
    { arbitrary: fc.integer({ min: -30, max: 400 }).map((steps) => BigInt(steps) * 5n), weight: 6 },
    { arbitrary: fc.bigInt({ min: -10_000n, max: 500_000n }), weight: 6 },
    { arbitrary: fc.bigInt({ min: -(10n ** 16n), max: 10n ** 17n }), weight: 1 }
);

const splits = fc
    .record({
        payees: fc.shuffledSubarray(PAYEES, { minLength: 1, maxLength: 3 }),
        weights: fc.constantFrom([[1], [1, 1], [1, 1, 1]], [[1], [7, 3], [5, 3, 2]], [[1], [1, 2], [1, 3, 3]])
    })
    .map(({ payees, weights }) => {
        const own = weights[payees.length - 1]!;
        const sum = own.reduce((a, b) => a + b, 0);
        return payees.map((payeeId, index) => ({ payeeId, share: Ratio.of(own[index]!, sum) }));
    });

const transactionParts = fc
    .record({
        day: fc.integer({ min: 0, max: 364 }),
        cents,
        owner: fc.constantFrom(...PAYEES),
        splits,
        se: maybe(fc.constantFrom(...PAYEES), 4),
        product: fc.constantFrom(...PRODUCTS),
        isNew: fc.boolean(),
        size: fc.constantFrom(1, 2)
    })
    .map(({ day, cents: amount, owner, splits: shares, se, product, isNew, size }) => ({
        day,
        amount,
        rest: {
            owner,
            splits: shares,
            team: (se === null ? {} : { SE: se }) as Record<string, string>,
            fields: { product, isNew, size: Ratio.of(size) }
        }
    }));

const payeeFields = fc.record({
    senior: fc.boolean(),
    factor: fc.constantFrom('50%', '1', '4/3'),
    target: fc.constantFrom('1000', '333.33')
});

function periodsOf(period: Plan['period'], count: number): CalculationInput['periods'] {
    const months = period === 'quarter' ? 3 : 1;
    const first = period === 'quarter' ? '2025-10-01' : START;
    return Array.from({ length: count }, (_, index) => {
        const start = addMonths(first, index * months);
        return { key: `p${index}`, start, end: addDays(addMonths(start, months), -1) };
    });
}

const rows = fc.record({
    count: fc.integer({ min: 1, max: 5 }),
    payees: fc.array(payeeFields, { minLength: 3, maxLength: 3 }),
    transactions: fc.array(transactionParts, { maxLength: 12 }),
    breaches: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }),
    quotas: fc.array(fc.constantFrom('1000', '333.33', '50'), { minLength: 3, maxLength: 3 }),
    openings: fc.array(
        fc.record({
            payeeId: fc.constantFrom(...PAYEES),
            measure: fc.constantFrom('m0', 'm1'),
            amount: fc.constantFrom('100', '25.5', '-5')
        }),
        {
            maxLength: 2
        }
    ),
    isAssigned: fc.constantFrom(false, false, true)
});

/** Splits to one sum, which every component per credit walks along: what the generated kernel does in flat loops. */
const flatPlan = plan.map((own): Plan => {
    const { key, payable, quota, count } = { ...own.crediting[0]!, payable: null, quota: null, count: null };
    const rule = {
        key,
        when: null,
        to: { kind: 'splits' as const },
        share: null,
        before: [],
        total: 'whole' as const
    };
    const walked = own.components.map((one): Component => {
        const [rate] = one.rates;
        const rates =
            rate?.kind === 'table' && 'measure' in rate.at ? [{ ...rate, at: { measure: 'm0' } }] : one.rates;
        const base = one.base && expression(one.per === 'credit' ? 'payable' : 'inPeriod.m0');
        const caps = one.gates.filter(({ otherwise }) => one.per === 'period' || otherwise.kind !== 'cap');
        const when = one.per === 'credit' ? null : one.when;
        return { ...one, when, base, rates, credits: [], gates: caps };
    });
    return {
        ...own,
        crediting: [{ ...rule, payable, quota, count, only: ['m0'] }],
        measures: [{ ...own.measures[0]!, of: expression('payable'), when: null }, own.measures[1]!],
        components: walked
    };
});

export const fittingArbitrary: fc.Arbitrary<Fitting> = fc
    .tuple(mostly(plan, flatPlan), rows)
    .map(([own, given]) => {
        const periods = periodsOf(own.period, given.count);
        const transactions = given.transactions.map((parts, index) =>
            transactionOf(`t${index}`, parts, own, periods)
        );
        const everyone = PAYEES.map((id, index) => ({
            id,
            managerId: '',
            start: '' as const,
            end: '' as const,
            fields: {
                senior: given.payees[index]!.senior,
                factor: figure(given.payees[index]!.factor),
                target: figure(given.payees[index]!.target)
            }
        }));
        const year = { from: '2025-01-01', to: '2026-12-31' };
        return {
            plan: own,
            input: {
                periods,
                payees: everyone,
                assignments: given.isAssigned
                    ? PAYEES.map((payeeId) => ({
                          payeeId,
                          from: '2025-01-01',
                          to: payeeId === 'C' ? '2027-01-01' : null,
                          fields: {}
                      }))
                    : [],
                transactions,
                quotas: PAYEES.map((payeeId, index) => ({
                    payeeId,
                    measure: 'm0',
                    ...year,
                    amount: figure(given.quotas[index]!)
                })),
                facts: [
                    ...periods.map(({ key }, index) => ({
                        name: 'breaches',
                        payeeId: '',
                        period: key,
                        value: Ratio.of(given.breaches[index]!)
                    })),
                    { name: 'breaches', payeeId: 'B', period: '', value: Ratio.ZERO },
                    { name: 'weight', payeeId: '', period: '', value: Ratio.of(3, 4) }
                ],
                openings: given.openings.map(({ payeeId, measure: key, amount }) => ({
                    payeeId,
                    measure: key,
                    scope: '',
                    amount: figure(amount)
                })),
                paid: [],
                exchangeRates: [],
                scheduled: [],
                malus: [],
                exceptions: [],
                wrongPayees: []
            }
        };
    });

type Parts = typeof transactionParts extends fc.Arbitrary<infer T> ? T : never;

function transactionOf(
    id: string,
    { day, amount, rest }: Parts,
    { rounding }: Plan,
    periods: CalculationInput['periods']
): Transaction {
    const start = periods[0]!.start;
    const days = daysBetween(start, addDays(periods.at(-1)!.end, 1));
    return {
        id,
        date: addDays(start, day % days),
        amount: Ratio.of(amount).times(rounding.unit),
        currency: '',
        owners: [],
        touches: [],
        coalitions: {},
        events: {},
        reverses: '',
        amends: '',
        ...rest
    };
}

/** Transactions for an input: under the id of one of its own, which they replace, or under a new one. */
export interface Change {
    /** place among the transactions there are; none of them: a new one */
    place: number;
    /** null: the one at the place is taken out */
    parts: Parts | null;
    /** the day stays that of the one at the place, so that it may stand where that stood */
    keepsDay: boolean;
}

export const changesArbitrary: fc.Arbitrary<Change[]> = fc.array(
    fc.record({ place: fc.nat(16), parts: maybe(transactionParts, 5), keepsDay: fc.boolean() }),
    { minLength: 1, maxLength: 6 }
);

export interface Changed {
    id: string;
    transaction: Transaction | null;
    input: CalculationInput;
}

/** The input after a change; null where there is nothing to take out. */
export function changed(
    { place, parts, keepsDay }: Change,
    number: number,
    plan: Plan,
    input: CalculationInput
): Changed | null {
    const old = input.transactions[place];
    if (!old && !parts) return null;
    const id = old?.id ?? `new${number}`;
    const made = parts && transactionOf(id, parts, plan, input.periods);
    const transaction = made && old && keepsDay ? { ...made, date: old.date } : made;
    const others = input.transactions.filter((one) => one.id !== id);
    return {
        id,
        transaction,
        input: { ...input, transactions: transaction ? [...others, transaction] : others }
    };
}
