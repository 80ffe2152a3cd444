// A run after a change where pay rests on others: overrides of managers, sums of teams, pools and credits of everybody of a kind.
// Equal to a full run, byte for byte, whatever changed; and whoever may be concerned is calculated, nobody else.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rememberPay, workOutChanges } from '../../../src/domain/pay/incremental-pay.ts';
import type { PayFacts, PersonFact, SaleFact } from '../../../src/domain/pay/pay-facts.ts';
import { workOutPay, type PayAnswer } from '../../../src/domain/pay/work-out-pay.ts';
import { decision, onPlan, PayWorld, quarter, sold, version } from './pay-world.ts';

const HEAD = (key: string): string =>
    `plan: ${key}
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
measures: { bookings: { of: payable, interval: year } }
`;

/** Managers of two levels, each by a table of their own sums; the second level is credited through the first. */
const OVERRIDE = `${HEAD('override')}crediting:
  - { key: direct, to: splits }
  - { key: first, to: { manager: direct, levels: 1 }, quota: 50% * source.part }
  - { key: second, to: { manager: first, levels: 1 }, total: any }
tables: { bands: { mode: marginal, rows: [{ from: 0, to: 2000, value: 5% }, { from: 2000, value: 8% }] } }
components:
  commission: { per: credit, credits: [direct], base: payable, rate: { table: bands, at: measure.bookings } }
  team: { per: credit, credits: [first, second], base: payable, rate: { table: bands, at: measure.bookings } }
payout: [{ key: guarantee, draw: { amount: 100, recoverable: true } }]
`;
/** What was calculated for everybody below. */
const TEAM = `${HEAD('team')}crediting: [{ key: direct, to: splits }]
components:
  commission: { per: credit, base: payable, rate: 4% }
  lead: { per: period, base: 'sum(team, earning.commission) + sum(organisation, inPeriod.bookings)', rate: 1% }
`;
const POOL = `${HEAD('pool')}crediting:
  - { key: direct, to: splits }
  - { key: kind, to: { payees: payee.id != owner }, share: 10%, total: any }
components:
  shared: { per: period, pool: { amount: 'sum(everyone, inPeriod.bookings) * 2%', among: measure.bookings > 100, by: measure.bookings } }
payout: [{ key: first, add: 'if(rank(everyone, measure.bookings) = 1, 50, 0)' }]
`;
/** Two trees of four and one of three, a pool of two. */
const MANAGERS: Record<string, Record<string, string>> = {
    override: Object.fromEntries(
        ['1', '2'].flatMap((n) => [
            [`boss${n}`, ''],
            [`lead${n}`, `boss${n}`],
            [`ann${n}`, `lead${n}`],
            [`bob${n}`, `lead${n}`]
        ])
    ),
    team: { top: '', mid: 'top', low: 'mid' },
    pool: { pat: '', peg: '' }
};
const PEOPLE = Object.values(MANAGERS).flatMap(Object.keys);

function worldOf(sales: SaleFact[]): PayWorld {
    const world = new PayWorld(
        ...Object.entries({ override: OVERRIDE, pool: POOL, team: TEAM }).map(([planKey, definition]) =>
            version(definition, { key: `${planKey}:1`, planKey })
        )
    );
    const trees = Object.entries(MANAGERS);
    // Some have their manager from the assignment, others from the person.
    world.assignments = trees.flatMap(([planKey, tree]) =>
        Object.entries(tree).map(([id, manager]) =>
            onPlan(id, { planKey, terms: { part: '1', ...(id < 'c' ? { manager } : {}) } })
        )
    );
    world.people = new Map(trees.flatMap(([, tree]) => Object.entries(tree)).map(personOf));
    world.sales = sales;
    return world;
}

function personOf([id, managerId]: [string, string]): [string, PersonFact] {
    return [id, { id, managerId: id < 'c' ? '' : managerId, title: '', isActive: true }];
}

/** The first quarter is published, the second is calculated. */
function factsOf(sales: SaleFact[]): PayFacts {
    const world = worldOf(sales.filter(({ date }) => date < '2026-04-01'));
    world.publish('2026-Q1');
    world.sales = sales;
    const period = quarter('2026-Q2');
    world.periods.push(period);
    return world.facts(period);
}

const full = (facts: PayFacts): PayAnswer => workOutPay(facts, () => undefined);
const person = fc.nat({ max: PEOPLE.length - 1 }).map((index) => PEOPLE[index]!);
const sales = fc.array(
    fc.record({
        month: fc.integer({ min: 1, max: 6 }),
        amount: fc.integer({ min: 1, max: 3000 }),
        owner: person,
        partner: fc.option(person, { nil: null, freq: 2 }),
        refunds: fc.option(fc.nat({ max: 20 }), { nil: null, freq: 3 })
    }),
    { minLength: 6, maxLength: 16 }
);
type Drawn = typeof sales extends fc.Arbitrary<infer T> ? T : never;

function saleFacts(drawn: Drawn): SaleFact[] {
    const refunded = new Set<number>();
    return drawn.map(({ month, amount, owner, partner, refunds }, index) => {
        const original = refunds === null ? -1 : refunds % drawn.length;
        const isRefund =
            original >= 0 && original < index && drawn[original]!.refunds === null && !refunded.has(original);
        if (isRefund) {
            refunded.add(original);
            return sold(`s${index + 10}`, '2026-06-28', '', {
                ownerId: drawn[original]!.owner,
                amount: null,
                reverses: `s${original + 10}`
            });
        }
        const splits = [
            { payeeId: owner, percent: '60' },
            { payeeId: partner ?? '', percent: '40' }
        ];
        return sold(`s${index + 10}`, `2026-0${month}-1${index % 9}`, String(amount), {
            ownerId: owner,
            splits: partner === null || partner === owner ? [] : splits
        });
    });
}

type Change = (facts: PayFacts, who: string, at: number, amount: number) => PayFacts;
const CHANGES: Record<string, Change> = {
    'an amount': (facts, _, at, amount) => withSale(facts, at, { amount: String(amount) }),
    'an owner': (facts, who, at) => withSale(facts, at, { ownerId: who, splits: [] }),
    'a new deal': (facts, who, _, amount) => ({
        ...facts,
        sales: [...facts.sales, sold('s99', '2026-05-05', String(amount), { ownerId: who })]
    }),
    'a deal less': (facts) => ({ ...facts, sales: facts.sales.slice(0, -1) }),
    'a decision': (facts, who, _, amount) => {
        const planKey = facts.assignments.find(({ payeeId }) => payeeId === who)!.planKey;
        const one = decision({ periodKey: '2026-Q2', planKey, payeeId: who, amount: String(amount) });
        return { ...facts, adjustments: [one] };
    },
    'another manager': (facts, who, at) => {
        const managerId = PEOPLE[at % PEOPLE.length]!;
        const one = { ...facts.people.get(who)!, managerId: managerId < who ? managerId : '' };
        return { ...facts, people: new Map([...facts.people, [who, one]]) };
    },
    'another manager on the plan, and another part': (facts, who, at) => ({
        ...facts,
        assignments: facts.assignments.map((one) => {
            const manager = PEOPLE[at % PEOPLE.length]!;
            return one.payeeId === who && manager < who ? { ...one, terms: { manager, part: '0.5' } } : one;
        })
    }),
    'a last day': (facts, who) => ({
        ...facts,
        assignments: facts.assignments.map((one) =>
            one.payeeId === who ? { ...one, to: '2026-06-29' } : one
        )
    })
};

function withSale(facts: PayFacts, at: number, change: Partial<SaleFact>): PayFacts {
    const place = at % facts.sales.length;
    return { ...facts, sales: facts.sales.with(place, { ...facts.sales[place]!, ...change }) };
}

test('is what a full run says, whatever changed and whoever is paid by what others do', () => {
    const told = new Map<string, number>();
    let others = 0;
    fc.assert(
        fc.property(
            sales,
            person,
            fc.nat(),
            fc.integer({ min: 1, max: 5000 }),
            fc.constantFrom(...Object.keys(CHANGES)),
            (drawn, who, at, amount, what) => {
                const facts = factsOf(saleFacts(drawn));
                const before = full(facts);
                const remembered = rememberPay(facts, before);
                const now = CHANGES[what]!(facts, who, at, amount);
                const answer = remembered && workOutChanges(now, remembered);
                if (!answer) return;
                const whole = full(now);
                expect({ ...answer, kind: 'Full' }).toEqual(whole);
                const hashes = new Set(before.statements.map(({ statement }) => statement.hash));
                const changed = whole.statements.filter(({ statement }) => !hashes.has(statement.hash));
                told.set(what, (told.get(what) ?? 0) + 1);
                others += Math.max(0, changed.length - 1);
            }
        ),
        { numRuns: Number(process.env['DEPENDENT_PAY_RUNS'] ?? 32), seed: 20261122, endOnFailure: true }
    );
    expect([...told.keys()].sort()).toEqual(Object.keys(CHANGES).sort());
    // Of others than whose facts changed, so that somebody left out would be seen.
    expect(others).toBeGreaterThan(10);
});
