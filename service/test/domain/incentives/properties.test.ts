import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
    add,
    compare,
    exact,
    isSame,
    total,
    type Exact
} from '../../../src/domain/incentives-checker/exact.ts';
import { checkResult } from '../../../src/domain/incentives-checker/check.ts';
import type { GeneratedCase } from './generated-case.ts';
import { cases } from './generated-plans.ts';
import {
    always,
    figure,
    jsonOf,
    resultOf,
    statements,
    sumOf,
    textOf,
    type Line,
    type Row,
    type Told
} from './generated-result.ts';

describe('a result', () => {
    test('is what the checker derives anew, whatever the plan and the input', () => {
        let told = 0;
        always(
            cases(),
            (one) => {
                const { plan, input } = textOf(one);
                const json = jsonOf(one);
                told += statements(JSON.parse(json) as Told).length;
                expect(checkResult(plan, input, json)).toEqual([]);
            },
            150
        );
        // Plans in which everybody has a problem would prove nothing.
        expect(told).toBeGreaterThan(1000);
    });

    test('is the same bytes when it is calculated twice', () => {
        always(cases(), (one) => expect(jsonOf(one)).toBe(jsonOf(one)));
    });

    test('does not depend on the order of the rows of the input', () => {
        const turned = fc.tuple(cases(), fc.infiniteStream(fc.nat()));
        fc.assert(
            fc.property(turned, ([one, places]) => {
                const shuffled = (rows: readonly { [key: string]: unknown }[]): never[] =>
                    rows
                        .map((row) => ({ row, place: places.next().value as number }))
                        .sort((a, b) => a.place - b.place)
                        .map(({ row }) => row) as never[];
                const lists = Object.entries(one.input).filter(([, rows]) => Array.isArray(rows));
                const input = {
                    ...one.input,
                    ...Object.fromEntries(lists.map(([name, rows]) => [name, shuffled(rows as never[])]))
                };
                expect(jsonOf({ ...one, input })).toBe(jsonOf(one));
            }),
            { numRuns: 60, seed: 20261121 }
        );
    });

    test('in other units of money is the same in those units', () => {
        always(cases({ salesOnly: true }), (one) => {
            const [ones, sevens] = [resultOf(one), resultOf(one, { times: 7 })];
            if (usesFixedMoney(one)) return;
            for (const { payee, period, told } of statements(ones))
                expect(isSame(times(7, told.paid), figure(sevens.payees[payee]!.periods[period]!.paid))).toBe(
                    true
                );
        });
    });

    test('a year later is the same a year later', () => {
        always(cases(), (one) => {
            const later = jsonOf(one, { years: 1 });
            const paid = (json: string): unknown =>
                Object.entries((JSON.parse(json) as Told).payees).map(([payee, { total: sum }]) => [
                    payee,
                    sum
                ]);
            expect(paid(later)).toEqual(paid(jsonOf(one)));
        });
    });
});

/** Amounts written in the plan's expressions are not told in other units. */
function usesFixedMoney({ plan }: GeneratedCase): boolean {
    return /150\.005|> 1000/.test(JSON.stringify(plan));
}

const times = (factor: number, text: string): Exact => {
    const { top, bottom } = figure(text);
    return exact(top * BigInt(factor), bottom);
};

/** Each gets the rule's share, so that shares need not make the whole. */
const isToEverybodyMeant = (to: unknown): boolean => typeof to === 'object' && to !== null && 'payees' in to;

describe('credits', () => {
    test('that share a sale make the whole of it, to the cent', () => {
        let shared = 0;
        always(cases({ noHistory: true, salesOnly: true }), (one) => {
            const told = resultOf(one);
            const [rule] = one.plan['crediting'] as { to: unknown; payable?: string }[];
            if (told.problems.length > 0 || rule!.to === 'owner' || isToEverybodyMeant(rule!.to)) return;
            const credits = statements(told)
                .flatMap((statement) => statement.told.credits)
                .filter(({ rule: key }) => key === 'direct');
            for (const sale of one.input.transactions) {
                const own = credits.filter(({ transaction }) => transaction === sale['id']);
                expect(isSame(total(own.map(({ share }) => figure(share))), exact(1))).toBe(true);
                const { cents } = sale['amount'] as { cents: number };
                if (sale['currency'] !== undefined) continue;
                const payable = rule!.payable ? exact(cents * 90, 10_000) : exact(cents, 100);
                expect(isSame(total(own.map((credit) => figure(credit.payable))), payable)).toBe(true);
                shared++;
            }
        });
        expect(shared).toBeGreaterThan(50);
    });
});

describe('what is taken back', () => {
    test('is never negative and never more than was paid for the sale', () => {
        let reversed = 0;
        always(
            cases({ noHistory: true, atOnce: true, noPeriodLimits: true, roundedLines: true }),
            (one) => {
                const told = resultOf(one);
                const roots = rootsOf(one);
                for (const payee of Object.keys(told.payees)) {
                    const lines = linesOf(told, payee);
                    for (const line of lines.filter(({ kind }) => kind === 'chargeback')) {
                        const root = roots.get(line.transaction!)!;
                        const ofSale = lines.filter(
                            (other) =>
                                other.component === line.component &&
                                roots.get(other.transaction ?? '') === root
                        );
                        const paid = sumOf(ofSale.filter(({ kind }) => kind === 'earning'));
                        const taken = sumOf(ofSale.filter(({ kind }) => kind === 'chargeback'));
                        // Both on the same side of zero, and something or nothing left of what was paid.
                        expect(
                            compare(figure(line.amount), exact(0)) * compare(paid, exact(0))
                        ).toBeLessThanOrEqual(0);
                        expect(
                            compare(add(paid, taken), exact(0)) * compare(paid, exact(0))
                        ).toBeGreaterThanOrEqual(0);
                        reversed++;
                    }
                }
            },
            120
        );
        expect(reversed).toBeGreaterThan(20);
    });

    test('of a draw is never more than is owed', () => {
        let recovered = 0;
        always(
            cases({ noHistory: true }),
            (one) => {
                for (const { told } of statements(resultOf(one))) {
                    const page = told.balances['draw'];
                    if (!page) continue;
                    expect(compare(figure(page.closing), exact(0))).toBeGreaterThanOrEqual(0);
                    for (const { what, amount } of page.movements.filter((one) => one.what === 'recovered')) {
                        expect([what, compare(figure(amount), exact(0))]).toEqual(['recovered', -1]);
                        recovered++;
                    }
                }
            },
            120
        );
        expect(recovered).toBeGreaterThan(10);
    });
});

/** Id of the sale a transaction amends or reverses. */
function rootsOf({ input }: GeneratedCase): Map<string, string> {
    const rows = input.transactions.map(
        (row) => [row['id'], row['reverses'] ?? row['amends'] ?? row['id']] as [string, string]
    );
    return new Map(rows);
}

function linesOf(told: Told, payee: string): (Line & { component: string })[] {
    return statements(told)
        .filter((statement) => statement.payee === payee)
        .flatMap((statement) =>
            Object.entries(statement.told.components).flatMap(([component, { lines }]) =>
                lines.map((line) => ({ ...line, component }))
            )
        );
}

describe('parts', () => {
    test('that are deferred, as tranches, make what is deferred and has not lapsed', () => {
        let deferred = 0;
        always(
            cases({ noHistory: true }),
            (one) => {
                const told = resultOf(one);
                for (const payee of Object.keys(told.payees)) {
                    const movements = statements(told)
                        .filter((statement) => statement.payee === payee)
                        .flatMap((statement) => statement.told.balances['later']?.movements ?? [])
                        .filter(({ what }) => what === 'deferred' || what === 'lapsed');
                    const tranches = told.schedules.filter(
                        (part) => part.kind === 'tranche' && part.payee === payee
                    );
                    expect(isSame(sumOf(movements), sumOf(tranches))).toBe(true);
                    deferred += tranches.length;
                }
            },
            120
        );
        expect(deferred).toBeGreaterThan(20);
    });

    test('of a schedule make what was earned, to the cent', () => {
        let scheduled = 0;
        always(
            cases({ salesOnly: true, noHistory: true, noPayout: true }),
            (one) => {
                const told = resultOf(one);
                const { at } = one.plan['rounding'] as { at: string };
                if (at === 'payout') return;
                for (const { payee, period, told: statement } of statements(told)) {
                    const parts = told.schedules.filter(
                        (part) => part.payee === payee && part.period === period && part.component === 'first'
                    );
                    if (parts.length === 0) continue;
                    expect(isSame(sumOf(parts), figure(statement.components['first']!.earning))).toBe(true);
                    scheduled++;
                }
            },
            120
        );
        expect(scheduled).toBeGreaterThan(20);
    });
});

describe('pay', () => {
    test('is never less for more credit, unless the plan lowers a rate', () => {
        const wishes = {
            neverLess: true,
            salesOnly: true,
            noHistory: true,
            atOnce: true,
            noPayout: true,
            noPeriodLimits: true
        };
        let compared = 0;
        fc.assert(
            fc.property(
                cases(wishes),
                fc.nat(),
                fc.integer({ min: 1, max: 2_000_000 }),
                (one, which, cents) => {
                    const sales = one.input.transactions;
                    const raised = sales.map((sale, index) =>
                        index === which % sales.length ? withMore(sale, cents) : sale
                    );
                    const less = resultOf(one);
                    const more = resultOf({ ...one, input: { ...one.input, transactions: raised } });
                    // More to share can be a cent less for one of three: then their credit is not more.
                    if (!isNoCreditLess(less, more)) return;
                    for (const payee of Object.keys(less.payees)) {
                        const [before, after] = [dueTo(payee, less), dueTo(payee, more)];
                        if (before === null || after === null) continue;
                        expect([payee, compare(after, before)]).not.toEqual([payee, -1]);
                        compared++;
                    }
                }
            ),
            { numRuns: 100, seed: 20261121 }
        );
        expect(compared).toBeGreaterThan(200);
    });
});

function withMore(sale: Row, cents: number): Row {
    return { ...sale, amount: { cents: (sale['amount'] as { cents: number }).cents + cents } };
}

/** Exact, as these plans round only what is paid; null for somebody with a problem. */
function dueTo(payee: string, told: Told): Exact | null {
    if (told.payees[payee]!.total === null) return null;
    const own = statements(told).filter((statement) => statement.payee === payee);
    return total(own.map((statement) => figure(statement.told.due)));
}

function isNoCreditLess(less: Told, more: Told): boolean {
    return statements(less).every(({ payee, period, told: { credits } }) =>
        credits.every(({ payable }, index) => {
            const after = more.payees[payee]!.periods[period]?.credits[index];
            return after === undefined || compare(figure(after.payable), figure(payable)) >= 0;
        })
    );
}
