// Plans built at random from the parts of the language, as the texts an outsider would write.
import fc from 'fast-check';
import { money, type GeneratedCase, type Part, type Tree, type Wishes } from './generated-case.ts';
import { inputs } from './generated-inputs.ts';

const RATES = ['1%', '2.5%', '6%', '1/3', '12.34567%', '25bp', '0.07'];
const rate = fc.constantFrom(...RATES);
const oneOf = (...parts: Part[]): fc.Arbitrary<Part> => fc.constantFrom(...parts);
/** The part, or nothing. */
const maybe = (part: fc.Arbitrary<Part>): fc.Arbitrary<Part> => fc.oneof(fc.constant({}), part);
const all = (...parts: fc.Arbitrary<Part>[]): fc.Arbitrary<Part> =>
    fc.tuple(...parts).map((found) => Object.assign({}, ...found) as Part);
const as = (key: string, value: fc.Arbitrary<Tree>): fc.Arbitrary<Part> =>
    value.map((found) => ({ [key]: found }));

const direct = oneOf(
    { to: 'owner' },
    { to: 'owner', share: '60%' },
    { to: 'owner', before: [{ key: 'levy', amount: 'amount * 0.23%' }] },
    { to: 'splits' },
    { to: 'splits', payable: '90%', quota: '200%' },
    { to: { payees: 'payee.desk = product' }, share: '70%' },
    { to: { handOver: 'days' } },
    { to: { touches: 'linear' } },
    { to: { touches: { first: '40%', last: '40%' } } },
    { to: { touches: 'shapley' } }
);
const override = oneOf(
    { key: 'override', to: { manager: 'direct', levels: '1' }, share: '10%' },
    { key: 'override', to: { manager: 'direct', levels: '2' }, share: 'if(level = 1, 8%, 2%)' }
);
const overlay = oneOf({ key: 'overlay', to: { role: 'SE' }, share: '25%', when: "product != 'pass'" });

const crediting = fc
    .tuple(direct, fc.boolean(), override, fc.boolean(), overlay)
    .map(([first, isLed, second, isSupported, third]) => [
        { key: 'direct', ...first },
        ...(isLed ? [second] : []),
        ...(isSupported ? [third] : [])
    ]);

function rowsOf(bounds: Tree[], values: string[], isRising: boolean): Part[] {
    const sorted = isRising
        ? values.toSorted((a, b) => RATES_BY_SIZE.indexOf(a) - RATES_BY_SIZE.indexOf(b))
        : values;
    return bounds.map((from, index) => {
        const to = bounds[index + 1];
        return { from, ...(to === undefined ? {} : { to }), value: sorted[index]! };
    });
}
const RATES_BY_SIZE = ['25bp', '1%', '2.5%', '6%', '0.07', '12.34567%', '1/3'];

function table({ neverLess = false }: Wishes): fc.Arbitrary<Part> {
    const mode = fc.constantFrom('marginal', 'slab', 'step', 'interpolated', 'proportional');
    const values = fc.array(rate, { minLength: 3, maxLength: 3 });
    const bounds = fc.tuple(money(1_000_000), money(4_000_000), fc.boolean());
    return fc
        .tuple(mode, values, bounds, fc.constantFrom('lower', 'upper'))
        .map(([kind, found, [low, more, isOfQuota], side]) => {
            const high = { cents: low.cents + more.cents };
            const ends: Tree[] = isOfQuota ? ['0', '50%', '100%'] : ['0', low, high];
            const rows = rowsOf(ends, found, neverLess);
            const last =
                kind === 'proportional'
                    ? [{ ...rows[2]!, to: isOfQuota ? '100000000' : { cents: 9e15 } }]
                    : [rows[2]!];
            const points = rows.map(({ from, value }) => ({ at: from!, value: value! }));
            return {
                mode: kind,
                ...(kind === 'interpolated'
                    ? { rows: points }
                    : { boundary: side, rows: [...rows.slice(0, 2), ...last] }),
                ...(isOfQuota ? { scale: 'quota.bookings' } : {})
            };
        });
}

const rates = (isPerCredit: boolean): fc.Arbitrary<Part> =>
    fc.oneof(
        as('rate', rate),
        oneOf(
            { rate: { table: 'grid', at: 'measure.bookings' } },
            { rate: { table: 'grid', at: 'measure.bookings', position: 'before' } },
            { rate: { table: 'grid', at: isPerCredit ? 'amount' : 'max(0, inPeriod.bookings)' } },
            { rate: { table: 'grid', at: 'attainment.bookings * quota.bookings' } },
            { rate: [{ when: 'measure.deals > 1', value: '5%' }, { value: '3%' }] },
            // A sum kept apart is known to credits only.
            { rate: { table: 'grid', at: isPerCredit ? 'measure.kin' : 'max(0, inPeriod.kin)' } }
        )
    );

const holding = maybe(
    oneOf(
        { gates: [{ key: 'enough', when: 'measure.deals >= 1', otherwise: 'zero' }] },
        {
            gates: [
                {
                    key: 'enough',
                    when: 'measure.bookings > 1000',
                    otherwise: { multiply: '50%' },
                    waivable: 'true'
                }
            ]
        },
        { gates: [{ key: 'enough', when: 'fact.breaches = 0', otherwise: { cap: '150.005' } }] }
    )
);
const factors = maybe(
    oneOf({
        factors: [
            { key: 'weight', value: '60%' },
            { key: 'half', when: 'fact.breaches > 0', value: '1/2' }
        ]
    })
);
const adjustments = maybe(
    oneOf({ rateAdjustments: [{ key: 'off', add: '-0.5%' }], rateFloor: '0%' }, { rateCeiling: '5%' })
);

function perCredit(wishes: Wishes): fc.Arbitrary<Part> {
    const later = oneOf(
        {
            schedule: {
                instalments: [
                    { after: '0', share: '1/3' },
                    { after: '1', share: '1/3' },
                    { after: '2', share: '1/3' }
                ]
            }
        },
        {
            schedule: {
                release: [
                    { on: 'signed', share: '50%' },
                    { on: 'cash', share: '50%' }
                ]
            }
        },
        { amortisation: { months: '6', expedientMonths: '3' } }
    );
    const limits = fc.tuple(money(100), money(100_000)).map(([least, more]): Part => {
        const most = { cents: least.cents + more.cents };
        return { limits: [{ scope: 'credit', ...(wishes.neverLess ? {} : { least }), most, beyond: '25%' }] };
    });
    const chargeback = oneOf(
        { chargeback: { part: '100%' } },
        { chargeback: { windowMonths: '2', part: '75%' } },
        { chargeback: { part: 'max(0, (12 - elapsedMonths) / 12)', reducesMeasures: 'false' } }
    );
    const parts = [rates(true), adjustments, factors, holding, maybe(limits), maybe(chargeback)];
    const own = all(...parts, ...(wishes.atOnce ? [] : [maybe(later)]));
    return own.map((found) => ({ per: 'credit', base: 'payable', ...found }));
}

function perPeriod(wishes: Wishes): fc.Arbitrary<Part> {
    const base = fc.constantFrom(
        'max(0, inPeriod.bookings)',
        'max(0, earning.first)',
        'sum(team, earning.first)',
        'sum(days, payee.target) / period.days',
        'max(0, earning.first - earningBefore.second)'
    );
    const limits = fc.tuple(money(10_000), money(200_000)).map(([least, more]): Part => {
        const most = { cents: least.cents + more.cents };
        return {
            limits: [
                { scope: 'period', ...(wishes.neverLess ? {} : { least }), most },
                { scope: 'cumulative', interval: 'year', most }
            ]
        };
    });
    const parts = [
        as('base', base),
        rates(false),
        adjustments,
        factors,
        holding,
        maybe(oneOf({ pays: 'false' }))
    ];
    return all(...parts, ...(wishes.noPeriodLimits ? [] : [maybe(limits)])).map((found) => ({
        per: 'period',
        ...found
    }));
}

const trueUp = oneOf({ per: 'period', base: 'max(0, measure.bookings)', toDate: 'quarter', rate: '1%' });
const pool = oneOf(
    { per: 'period', pool: { amount: 'fact.pool' } },
    {
        per: 'period',
        pool: { amount: 'fact.pool', among: 'inPeriod.deals > 0', by: 'max(0, inPeriod.deals)' }
    }
);

function components(wishes: Wishes): fc.Arbitrary<Part> {
    const others = fc.subarray(['second', 'third', 'fourth']);
    const parts = fc.tuple(perCredit(wishes), perPeriod(wishes), trueUp, pool, others);
    return parts.map(([first, second, third, fourth, wanted]) => {
        const known: Part = { second, third, fourth };
        return { first, ...Object.fromEntries(wanted.map((key) => [key, known[key]!])) };
    });
}

const STEPS: Part[] = [
    { key: 'cap', limit: { most: 'payee.target * 2', interval: 'year' } },
    {
        key: 'draw',
        draw: { amount: 'param.draw', recoverable: 'true', recoverShare: '50%', recoverFromPeriod: '2' }
    },
    { key: 'debt', draw: { amount: '0', recoverable: 'true', recoverShare: '50%' } },
    { key: 'topUp', draw: { amount: 'param.draw', recoverable: 'false' } },
    { key: 'carry', carryNegative: 'true' },
    { key: 'conduct', multiply: 'if(fact.breaches > 0, 50%, 100%)' },
    { key: 'bonus', add: 'fact.bonus', when: 'period.number = 2' },
    {
        key: 'later',
        deferral: {
            deferred: 'max(0, due) * 40%',
            tranches: [
                { afterMonths: '1', share: '1/3' },
                { afterMonths: '12', share: '2/3' }
            ],
            instruments: '50%',
            clawbackMonths: '24',
            afterLeaving: 'served'
        }
    },
    { key: 'back', clawback: { windowMonths: '6', recoverShare: '50%' } },
    { key: 'net', grossUp: { rate: '30%' } }
];

function rounding({ neverLess = false, roundedLines = false }: Wishes): fc.Arbitrary<Part> {
    return fc.record({
        unit: fc.constant({ cents: 1 }),
        mode: fc.constantFrom('half-even', 'half-up', 'half-down', 'up', 'down', 'ceiling', 'floor'),
        at: fc.constantFrom(
            ...(neverLess ? ['payout'] : roundedLines ? ['line'] : ['line', 'component', 'payout'])
        ),
        residual: fc.constantFrom('largestRemainder', 'largest', 'first', 'last')
    });
}

function plans(wishes: Wishes): fc.Arbitrary<Part> {
    const measure = fc
        .constantFrom('payable', 'quotaCredit', 'amount')
        .chain((of) => fc.constantFrom('month', 'quarter', 'year').map((interval) => ({ of, interval })));
    const quota = fc
        .tuple(money(9_000_000), fc.constantFrom('none', 'days', 'months'))
        .map(([amount, prorate]) => ({ amount, prorate }));
    const parts = {
        rounding: rounding(wishes),
        crediting,
        measure,
        quota,
        grid: table(wishes),
        components: components(wishes)
    };
    const steps = wishes.noPayout ? fc.constant([]) : fc.shuffledSubarray(STEPS, { maxLength: 4 });
    return fc.record({ ...parts, steps, draw: money(100_000) }).map((found): Part => ({
        plan: 'generated',
        currency: 'USD',
        period: 'month',
        rounding: found.rounding,
        parameters: { draw: found.draw },
        crediting: found.crediting,
        measures: {
            bookings: found.measure,
            deals: { of: 'countCredit', interval: found.measure.interval },
            kin: { ...found.measure, by: 'product' }
        },
        quotas: { bookings: found.quota },
        tables: { grid: found.grid },
        components: found.components,
        payout: [...found.steps],
        figures: { kept: 'paid - due', each: { per: 'credit', value: 'earning.first' } }
    }));
}

export function cases(wishes: Wishes = {}): fc.Arbitrary<GeneratedCase> {
    return fc.record({ plan: plans(wishes), input: inputs(wishes) });
}
