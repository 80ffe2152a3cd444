import { describe, expect, test } from '@jest/globals';

import { checkResult } from '../../../src/domain/incentives-checker/check.ts';
import type { GeneratedCase, Tree } from './generated-case.ts';
import { cases } from './generated-plans.ts';
import {
    always,
    jsonOf,
    resultOf,
    statements,
    textOf,
    type Statement,
    type Told
} from './generated-result.ts';

describe('periods', () => {
    test('calculated one by one, with what was paid and owed before, are what they are in one run', () => {
        let compared = 0;
        always(
            cases({ noHistory: true, carried: true, roundedLines: true }),
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
            200
        );
        expect(compared).toBeGreaterThan(1000);
    });

    test('calculated one by one, are what the checker derives of each', () => {
        always(
            cases({ noHistory: true, carried: true, roundedLines: true }),
            (one) =>
                void oneByOne(one, (alone) => {
                    const { plan, input } = textOf(alone);
                    expect(checkResult(plan, input, jsonOf(alone))).toEqual([]);
                }),
            60
        );
    });
});

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];

/** Each period by itself: earlier sales are history, what earlier periods paid, left owed and scheduled is told in the input. */
function oneByOne(
    one: GeneratedCase,
    onEach: (alone: GeneratedCase) => void = () => undefined
): Map<string, Told> {
    const results = new Map<string, Told>();
    const paid: Tree[] = [];
    let opening: { payee: string; ledger: string; amount: string }[] = [];
    let scheduled: Tree[] = [];
    for (const [index, month] of MONTHS.entries()) {
        const end = new Date(Date.UTC(2026, index + 1, 0)).toISOString().slice(0, 10);
        const transactions = one.input.transactions.filter(({ date }) => (date as string) <= end);
        const from = `${month}-01`;
        const before = { paid: [...paid], opening, scheduled };
        const input = { ...one.input, from, to: end, transactions, ...before };
        const alone = { ...one, input };
        const told = resultOf(alone);
        results.set(month, told);
        onEach(alone);
        paid.push(
            ...statements(told).flatMap(({ payee, told: statement }) => [
                ...paidIn(one, payee, month, statement),
                ...afterSteps(one, payee, month, statement)
            ])
        );
        const closing = statements(told).flatMap(({ payee, told: { balances } }) =>
            Object.entries(balances).map(([ledger, { closing: amount }]) => ({ payee, ledger, amount }))
        );
        const isNew = ({ payee, ledger }: (typeof opening)[number]): boolean =>
            !closing.some((page) => page.payee === payee && page.ledger === ledger);
        opening = [...opening.filter(isNew), ...closing];
        scheduled = told.schedules.map(given);
    }
    return results;
}

/** Without what is not there. */
function given(row: object): Tree {
    return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Tree;
}

/** What a period earned and took back, line by line, as the next run is told it: what was cancelled before it fell due is no
 *  longer earned of the sale. */
function paidIn({ input }: GeneratedCase, payee: string, period: string, { components }: Statement): Tree[] {
    const originals = new Map(input.transactions.map(({ id, reverses }) => [id, reverses]));
    return Object.entries(components).flatMap(([component, { lines }]) =>
        lines.flatMap(({ transaction, amount, working }): Tree[] => {
            const row = { payee, component, period };
            if (transaction === undefined) return [{ ...row, amount }];
            const inputs = working.find(({ what }) => what === 'not due yet, cancelled')?.inputs ?? [];
            const told = (name: string): string => inputs.find((one) => one.name === name)!.value;
            if (inputs.length === 0) return [{ ...row, transaction, amount }];
            return [
                { ...row, transaction, amount: `-${told('takenBack')}`.replace('--', '') },
                {
                    ...row,
                    transaction: originals.get(transaction)!,
                    amount: `-${told('cancelled')}`.replace('--', '')
                }
            ];
        })
    );
}

/** What came out of each step of the payout: of one that changed nothing what the step before left. */
function afterSteps(
    { plan }: GeneratedCase,
    payee: string,
    period: string,
    { due, payout }: Statement
): Tree[] {
    let amount = due;
    return (plan['payout'] as { key: string }[]).map(({ key }) => {
        amount = payout.find((step) => step.key === key)?.after ?? amount;
        return { payee, component: key, period, amount };
    });
}
