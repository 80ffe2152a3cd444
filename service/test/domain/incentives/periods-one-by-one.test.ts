import { describe, expect, test } from '@jest/globals';

import type { GeneratedCase, Tree } from './generated-case.ts';
import { cases } from './generated-plans.ts';
import { always, resultOf, statements, type Statement, type Told } from './generated-result.ts';

describe('periods', () => {
    test('calculated one by one, with what was paid and owed before, are what they are in one run', () => {
        let compared = 0;
        always(
            cases({ noHistory: true, atOnce: true, carried: true, roundedLines: true }),
            (one) => {
                const whole = resultOf(one);
                const parts = oneByOne(one);
                for (const { payee, period, told } of statements(whole)) {
                    const alone = parts.get(period)!.payees[payee]!;
                    if (whole.payees[payee]!.total === null || alone.total === null) continue;
                    expect([payee, period, alone.total]).toEqual([payee, period, told.paid]);
                    compared++;
                }
            },
            80
        );
        expect(compared).toBeGreaterThan(400);
    });
});

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];

/** Each period by itself: earlier sales are history, what earlier periods paid and left owed is told in the input. */
function oneByOne(one: GeneratedCase): Map<string, Told> {
    const results = new Map<string, Told>();
    const paid: Tree[] = [];
    let opening: { payee: string; ledger: string; amount: string }[] = [];
    for (const [index, month] of MONTHS.entries()) {
        const end = new Date(Date.UTC(2026, index + 1, 0)).toISOString().slice(0, 10);
        const transactions = one.input.transactions.filter(({ date }) => (date as string) <= end);
        const input = { ...one.input, from: `${month}-01`, to: end, transactions, paid: [...paid], opening };
        const told = resultOf({ ...one, input });
        results.set(month, told);
        paid.push(
            ...statements(told).flatMap(({ payee, told: statement }) => paidIn(payee, month, statement))
        );
        const closing = statements(told).flatMap(({ payee, told: { balances } }) =>
            Object.entries(balances).map(([ledger, { closing: amount }]) => ({ payee, ledger, amount }))
        );
        const isNew = ({ payee, ledger }: (typeof opening)[number]): boolean =>
            !closing.some((page) => page.payee === payee && page.ledger === ledger);
        opening = [...opening.filter(isNew), ...closing];
    }
    return results;
}

/** What a period paid, line by line, as the next run is told it. */
function paidIn(payee: string, period: string, { components }: Statement): Tree[] {
    return Object.entries(components).flatMap(([component, { lines }]) =>
        lines.map(({ transaction, amount }) => {
            const root: { transaction?: string } = transaction === undefined ? {} : { transaction };
            return { payee, component, ...root, period, amount };
        })
    );
}
