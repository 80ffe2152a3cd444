// Inputs built at random: sales of every kind and what takes them back, people who come and go, facts, what earlier runs paid.
import fc from 'fast-check';
import { money, type GeneratedCase, type Part, type Wishes } from './generated-case.ts';

const PAYEES = ['A', 'B', 'C', 'M'];
const DESKS = ['bond', 'fund', 'pass', 'bond'];

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
            { payee: other, from: day(at - 4), to: day(at), ...(index % 3 === 1 ? { share: '60%' } : {}) },
            ...(index % 3 === 1 ? [{ payee: owner, from: day(at - 4), share: '40%' }] : [])
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
        { payee: 'B', from: '2026-04-01', target: { cents: 77_777 }, desk: 'bond', manager: 'A' }
    ];
}

export function inputs(wishes: Wishes): fc.Arbitrary<GeneratedCase['input']> {
    const known = wishes.noHistory ? sale.map((one) => ({ ...one, at: Math.abs(one.at) })) : sale;
    const parts = {
        sales: fc.array(known, { minLength: 1, maxLength: 6 }),
        targets: fc.array(money(500_000), { minLength: 4, maxLength: 4 }),
        start: fc.constantFrom('2025-06-01', '2026-02-15'),
        ends: fc.constantFrom('', '', '2026-03-10'),
        leaves: fc.boolean(),
        pool: money(1_000_000),
        breaches: fc.integer({ min: 0, max: 1 }),
        bonus: money(50_000)
    };
    return fc
        .record(parts)
        .map(
            ({
                sales,
                targets,
                start,
                ends,
                leaves,
                pool: shared,
                breaches,
                bonus
            }): GeneratedCase['input'] => ({
                from: '2026-01-01',
                to: '2026-04-30',
                payees: PAYEES.map((id, index) => ({
                    id,
                    target: targets[index]!,
                    desk: DESKS[index]!,
                    ...(id === 'M' ? {} : { manager: 'M' }),
                    ...(id === 'C' || wishes.carried ? { start } : {}),
                    ...(id === 'C' && leaves ? { end: '2026-03-20' } : {})
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
            })
        );
}
