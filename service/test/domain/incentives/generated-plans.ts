// Plans and inputs built at random from the parts of the language, as the texts an outsider would write. Money stands as
// cents until it is written, so that a whole case can be told in other units, and days are written in any year.
import fc from 'fast-check';

/** An amount in cents. */
export interface Money {
    cents: number;
}
export type Tree = string | number | boolean | Money | Tree[] | { [key: string]: Tree };
type Part = { [key: string]: Tree };

export interface GeneratedCase {
    plan: Part;
    input: { transactions: Part[]; payees: Part[]; facts: Part[] } & Part;
}

/** What a property needs the plan to be; anything else may be. */
export interface Wishes {
    /** nothing is taken back or restated */
    salesOnly?: boolean;
    /** only what falls due at once */
    atOnce?: boolean;
    /** no steps after what is due */
    noPayout?: boolean;
    /** more credit never means a lower rate, a smaller limit or a lower factor; nothing but the pay is rounded */
    neverLess?: boolean;
    /** nothing that happened before the first period */
    noHistory?: boolean;
    /** earnings of transactions are not changed by limits of a period */
    noPeriodLimits?: boolean;
    /** figures are rounded line by line */
    roundedLines?: boolean;
    /** what one period leaves for the next can be told in the input: no tranches, no limits of what payroll paid */
    carried?: boolean;
}

const PAYEES = ['A', 'B', 'C', 'M'];
const RATES = ['1%', '2.5%', '6%', '1/3', '12.34567%', '25bp', '0.07'];
const money = (most: number): fc.Arbitrary<Money> =>
    fc.integer({ min: 1, max: most }).map((cents) => ({ cents }));
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
            { rate: [{ when: 'measure.deals > 1', value: '5%' }, { value: '3%' }] }
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
        'sum(team, earning.first)'
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
    const parts = [as('base', base), rates(false), adjustments, factors, holding];
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
            clawbackMonths: '24'
        }
    },
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
    const known = STEPS.filter(({ key }) => !wishes.carried || !['cap', 'later'].includes(key as string));
    const steps = wishes.noPayout ? fc.constant([]) : fc.shuffledSubarray(known, { maxLength: 4 });
    return fc.record({ ...parts, steps, draw: money(100_000) }).map((found): Part => ({
        plan: 'generated',
        currency: 'USD',
        period: 'month',
        rounding: found.rounding,
        parameters: { draw: found.draw },
        crediting: found.crediting,
        measures: { bookings: found.measure, deals: { of: 'countCredit', interval: found.measure.interval } },
        quotas: { bookings: found.quota },
        tables: { grid: found.grid },
        components: found.components,
        payout: [...found.steps],
        figures: { kept: 'paid - due', each: { per: 'credit', value: 'earning.first' } }
    }));
}

const day = (index: number): string => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
const LAST_DAY = 119;

const sale = fc.record({
    at: fc.integer({ min: -40, max: LAST_DAY }),
    amount: money(3_000_000),
    owners: fc.shuffledSubarray(PAYEES, { minLength: 2, maxLength: 3 }),
    tenths: fc.integer({ min: 0, max: 10 }),
    currency: fc.constantFrom('USD', 'USD', 'EUR'),
    product: fc.constantFrom('bond', 'fund', 'pass'),
    events: fc.subarray(['signed', 'cash']),
    link: fc.constantFrom('', '', '', 'reverses', 'part', 'amends')
});
type Sale = typeof sale extends fc.Arbitrary<infer T> ? T : never;

function transactionOf({ at, amount, owners, tenths, currency, product, events }: Sale, index: number): Part {
    const [owner, other] = owners as [string, string];
    return {
        id: `t${index}`,
        date: day(at),
        amount,
        owner,
        product,
        ...(currency === 'USD' ? {} : { currency }),
        splits: { [owner]: `${tenths}0%`, [other]: `${10 - tenths}0%` },
        owners: [
            { payee: owner, from: day(at - 20), to: day(at - 5) },
            { payee: other, from: day(at - 4), to: day(at) }
        ],
        touches: owners.map((payee, place) => ({ payee, at: day(at - 10 + place) })),
        coalitions: { [owner]: '100', [other]: '50', [owners.toSorted().join(',')]: '250' },
        team: { SE: other },
        events: Object.fromEntries(events.map((event) => [event, day(at + (event === 'cash' ? 45 : 0))]))
    };
}

/** A sale, or what takes an earlier sale back, in whole or part, or gives it another amount. */
function linked(sales: readonly Sale[], { salesOnly = false }: Wishes): Part[] {
    return sales.map((one, index) => {
        const original = sales.findIndex(
            (earlier, place) => place < index && earlier.link === '' && earlier.at <= one.at
        );
        const id = `t${original}`;
        if (salesOnly || one.link === '' || original === -1) return transactionOf(one, index);
        const half = { cents: Math.ceil(sales[original]!.amount.cents / 2) };
        const own = { id: `t${index}`, date: day(one.at) };
        if (one.link === 'amends') return { ...own, amends: id, amount: one.amount };
        return { ...own, reverses: id, ...(one.link === 'part' ? { amount: half } : {}) };
    });
}

/** Of what was sold before the first period. */
function paidEarlier(sales: readonly Sale[]): Part[] {
    return sales.flatMap(({ at, amount, owners: [payee] }, index) => {
        const own = {
            payee: payee!,
            component: 'first',
            transaction: `t${index}`,
            period: day(at).slice(0, 7)
        };
        return at < 0
            ? [
                  { ...own, amount: { cents: Math.ceil(amount.cents / 50) } },
                  { ...own, payee: 'M', amount: '0' }
              ]
            : [];
    });
}

/** B leaves on a day and comes back later with another target. */
function assignments(end: string): Part[] {
    const others = PAYEES.filter((payee) => payee !== 'B').map((payee) => ({ payee, from: '2025-10-01' }));
    return [
        ...others,
        { payee: 'B', from: '2025-10-01', to: end },
        { payee: 'B', from: '2026-04-01', target: { cents: 77_777 } }
    ];
}

function inputs(wishes: Wishes): fc.Arbitrary<GeneratedCase['input']> {
    const known = wishes.noHistory ? sale.map((one) => ({ ...one, at: Math.abs(one.at) })) : sale;
    const parts = {
        sales: fc.array(known, { minLength: 1, maxLength: 6 }),
        targets: fc.array(money(500_000), { minLength: 4, maxLength: 4 }),
        start: fc.constantFrom('2025-06-01', '2026-02-15'),
        ends: fc.constantFrom('', '', '2026-03-10'),
        pool: money(1_000_000),
        breaches: fc.integer({ min: 0, max: 1 }),
        bonus: money(50_000)
    };
    return fc
        .record(parts)
        .map(({ sales, targets, start, ends, pool: shared, breaches, bonus }): GeneratedCase['input'] => ({
            from: '2026-01-01',
            to: '2026-04-30',
            payees: PAYEES.map((id, index) => ({
                id,
                target: targets[index]!,
                ...(id === 'M' ? {} : { manager: 'M' }),
                ...(id === 'C' || wishes.carried ? { start } : {})
            })),
            ...(ends === '' ? {} : { assignments: assignments(ends) }),
            transactions: linked(sales, wishes),
            paid: paidEarlier(sales),
            rates: [
                { from: 'EUR', to: 'USD', date: '2025-11-01', rate: '1.0871' },
                { from: 'EUR', to: 'USD', date: '2026-02-10', rate: '1.1' },
                { from: 'EUR', to: 'USD', date: '2026-03-10', rate: '1.05' }
            ],
            facts: [
                { name: 'pool', value: shared },
                { name: 'bonus', value: bonus },
                { name: 'breaches', value: '0' },
                { name: 'breaches', payee: 'B', period: '2026-02', value: String(breaches) }
            ]
        }));
}

export function cases(wishes: Wishes = {}): fc.Arbitrary<GeneratedCase> {
    return fc.record({ plan: plans(wishes), input: inputs(wishes) });
}

/** As text; JSON is YAML. `times` multiplies every amount of money, `years` moves every day. */
export function written(
    tree: Tree,
    { times = 1, years = 0 }: { times?: number; years?: number } = {}
): string {
    const moved = (text: string): string =>
        /^20\d\d-/.test(text) ? String(Number(text.slice(0, 4)) + years) + text.slice(4) : text;
    const plain = (part: Tree): unknown => {
        if (typeof part === 'string') return moved(part);
        if (Array.isArray(part)) return part.map(plain);
        if (typeof part !== 'object') return part;
        if (isMoney(part)) return inUnits(BigInt(part.cents) * BigInt(times));
        return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, plain(value)]));
    };
    return JSON.stringify(plain(tree), null, 1);
}

function isMoney(part: Money | Part): part is Money {
    return typeof part['cents' as keyof typeof part] === 'number';
}

function inUnits(cents: bigint): string {
    const text = cents.toString().padStart(3, '0');
    return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
