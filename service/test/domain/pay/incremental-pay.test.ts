// A run after a change: equal to a full run, whatever changed, and only those whose facts changed are calculated.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rememberPay, workOutChanges } from '../../../src/domain/pay/incremental-pay.ts';
import type { PayFacts, SaleFact } from '../../../src/domain/pay/pay-facts.ts';
import { workOutPay, type PayAnswer } from '../../../src/domain/pay/work-out-pay.ts';
import { decision, onPlan, PayWorld, quarter, sold, version } from './pay-world.ts';

const PLAN = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: splits }]
measures: { bookings: { of: payable, interval: year } }
tables: { bands: { mode: marginal, rows: [{ from: 0, to: 2000, value: 5% }, { from: 2000, value: 8% }] } }
components:
  commission: { per: credit, base: payable, rate: { table: bands, at: measure.bookings } }
  trail: { per: credit, base: payable, rate: 1%, schedule: { instalments: [{ after: 0, share: 50% }, { after: 1, share: 50% }] } }
payout: [{ key: guarantee, draw: { amount: 100, recoverable: true } }]
`;
const PEOPLE = ['ann', 'bob', 'cy', 'dan', 'eve', 'fay'];
const full = (facts: PayFacts): PayAnswer => workOutPay(facts, () => undefined);

/** The first quarter is published, the second is calculated. */
function factsOf(sales: SaleFact[], changes: Partial<PayFacts> = {}, plan = PLAN): PayFacts {
    const world = new PayWorld(version(plan));
    world.assignments = PEOPLE.map((id) => onPlan(id));
    world.sales = sales.filter(({ date }) => date < '2026-04-01');
    world.publish('2026-Q1');
    world.sales = sales;
    const period = quarter('2026-Q2');
    world.periods.push(period);
    return { ...world.facts(period), ...changes };
}

const sales = fc.array(
    fc.record({
        month: fc.integer({ min: 1, max: 6 }),
        amount: fc.integer({ min: 1, max: 3000 }),
        owner: fc.integer({ min: 0, max: 5 }),
        partner: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
        refunds: fc.option(fc.nat({ max: 20 }), { nil: null })
    }),
    { minLength: 4, maxLength: 14 }
);

type Drawn = typeof sales extends fc.Arbitrary<infer T> ? T : never;

function saleFacts(drawn: Drawn): SaleFact[] {
    return drawn.map(({ month, amount, owner, partner, refunds }, index) => {
        const ownerId = PEOPLE[owner]!;
        const original = refunds === null ? -1 : refunds % drawn.length;
        const isRefund = original >= 0 && original < index && drawn[original]!.refunds === null;
        const splits =
            partner === null || partner === owner
                ? []
                : [
                      { payeeId: ownerId, percent: '60' },
                      { payeeId: PEOPLE[partner]!, percent: '40' }
                  ];
        return sold(`s${index + 10}`, `2026-0${isRefund ? 6 : month}-1${index % 9}`, String(amount), {
            ownerId,
            ...(isRefund ? { reverses: `s${original + 10}` } : { splits })
        });
    });
}

test('is what a full run says, whichever sale changed, came or went', () => {
    let incremental = 0;
    let least = 1;
    fc.assert(
        fc.property(
            sales,
            fc.nat(),
            fc.integer({ min: 1, max: 5000 }),
            fc.nat({ max: 2 }),
            (drawn, place, amount, what) => {
                const before = saleFacts(drawn);
                const at = place % before.length;
                const changed = { ...before[at]!, amount: String(amount) };
                const after =
                    what === 0
                        ? before.with(at, changed)
                        : what === 1
                          ? before.slice(0, -1)
                          : [
                                ...before,
                                sold('s99', '2026-05-05', String(amount), { ownerId: PEOPLE[place % 6]! })
                            ];
                const facts = factsOf(before);
                const remembered = rememberPay(facts, full(facts));
                if (!remembered) return;
                // The same publication as before: what was published stays.
                const now = { ...facts, sales: after };
                const told = workOutChanges(now, remembered);
                if (!told) return;
                incremental++;
                expect({ ...told, kind: 'Full' }).toEqual(full(now));
                const kept = told.statements.filter((one) => remembered.statements.includes(one)).length;
                least = Math.min(least, 1 - kept / told.statements.length);
            }
        ),
        { numRuns: 25, seed: 20261121 }
    );
    expect(incremental).toBeGreaterThan(6);
    expect(least).toBeLessThan(0.4);
});

describe('a full run is due', () => {
    const deals = PEOPLE.map((ownerId, index) => sold(`s${index}`, '2026-05-01', '1000', { ownerId }));
    const before = factsOf(deals);
    const remembered = rememberPay(before, full(before))!;
    const changes = (facts: PayFacts) => workOutChanges(facts, remembered);

    test('not where nothing changed, or one decision, target or person did', () => {
        expect(changes(before)).toEqual({ ...full(before), kind: 'Incremental' });
        for (const facts of [
            { ...before, adjustments: [decision({ periodKey: '2026-Q2', amount: '25' })] },
            {
                ...before,
                assignments: before.assignments.map((one, index) =>
                    index === 2 ? { ...one, to: '2026-05-31' } : one
                )
            },
            {
                ...before,
                people: new Map([['bob', { id: 'bob', managerId: 'ann', title: 'AE', isActive: true }]])
            },
            { ...before, assignments: before.assignments.slice(1), sales: before.sales.slice(1) }
        ]) {
            const told = changes(facts);
            if (told) expect(told).toEqual({ ...full(facts), kind: 'Incremental' });
        }
        expect(
            changes({ ...before, adjustments: [decision({ periodKey: '2026-Q2', amount: '25' })] })?.kind
        ).toBe('Incremental');
    });

    test('where somebody whom the plan pays approved a decision, or is paid by it from now on', () => {
        const waived = decision({ kind: 'Malus', periodKey: '2026-Q2', amount: '-1', approvedBy: 'bob', payment: { key: '', periodKey: '2026-Q2', source: 'trail', transaction: 's0', kind: 'Instalment', form: 'Cash', event: '', dueOn: '2026-09-30' } }); // prettier-ignore
        expect(changes({ ...before, adjustments: [waived] })).toBeNull();
        const outside = { ...before, adjustments: [{ ...waived, approvedBy: 'zoe' }] };
        const told = changes(outside)!;
        expect(told).toEqual({ ...full(outside), kind: 'Incremental' });
        const joined = { ...outside, assignments: [...before.assignments, onPlan('zoe')] };
        expect(workOutChanges(joined, rememberPay(outside, told)!)).toBeNull();
    });

    test('where what concerns everybody changed, or most people did', () => {
        expect(changes({ ...before, rates: [{ currency: 'EUR', from: '', rate: '1.2' }] })).toBeNull();
        expect(changes({ ...before, versions: [version(PLAN.replace('5%', '6%'))] })).toBeNull();
        expect(changes({ ...before, unreadTouches: { campaigns: 'it cannot be read' } })).toBeNull();
        expect(changes({ ...before, sales: deals.map((one) => ({ ...one, amount: '1001' })) })).toBeNull();
    });

    test('where something is wrong, before or now', () => {
        expect(
            changes({ ...before, sales: deals.with(0, { ...deals[0]!, reverses: 'nowhere' }) })
        ).toBeNull();
        const wrong = { ...before, sales: deals.with(0, { ...deals[0]!, amount: '1e3 (too large)' }) };
        expect(rememberPay(wrong, full(wrong))).toBeNull();
    });

    test.each([
        ['somebody by name', '{ key: named, to: { payee: ann }, share: 1%, total: any }', ''],
        ['all deals', '', "{ key: all, add: 'sum(transactions, amount) * 0' }"]
    ])('where the plan pays by %s, whoever they name', (_, rule, step) => {
        const facts = { ...before, versions: [version(planWith(rule, step))] };
        const answer = full(facts);
        expect(answer.problems).toEqual([]);
        expect(rememberPay(facts, answer)).toBeNull();
    });

    test.each([
        ['everybody of a kind', "{ key: all, to: { payees: payee.id = 'ann' }, total: any }", ''],
        ['groups', '', '{ key: rank, add: rank(everyone, measure.bookings) }']
    ])('where the plan pays by %s, and that is most people', (_, rule, step) => {
        const facts = { ...before, versions: [version(planWith(rule, step))] };
        const kept = rememberPay(facts, full(facts))!;
        expect(workOutChanges(facts, kept)?.kind).toBe('Incremental');
        const changed = { ...facts, sales: deals.with(0, { ...deals[0]!, amount: '1001' }) };
        expect(workOutChanges(changed, kept)).toBeNull();
    });
});

function planWith(rule: string, step: string): string {
    let plan = PLAN;
    if (rule) plan = plan.replace('to: splits }]', `to: splits }, ${rule}]`);
    if (step) plan = plan.replace('payout: [', `payout: [${step}, `);
    return plan;
}
