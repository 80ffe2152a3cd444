// Malus on whatever a generated plan has scheduled or deferred: the checker derives the same, and nobody gets more by it.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compare, exact, total } from '../../../src/domain/incentives-checker/exact.ts';
import { checkResult } from '../../../src/domain/incentives-checker/check.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../../src/domain/incentives/run-cases.ts';
import { cases } from './generated-plans.ts';
import { figure, textOf } from './generated-result.ts';

interface Scheduled {
    payee: string;
    component: string;
    period: string;
    transaction: string;
    kind: string;
    dueOn: string | null;
    event: string;
    form: string;
    amount: string;
}

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];

/** A third of it, in some month; of the day or the event it waits for. */
function malusOn(one: Scheduled, month: number): object {
    const { payee, component, period, transaction, dueOn, event, form, amount } = one;
    const part = Math.floor(Number(amount) / 3);
    return {
        payee,
        component,
        award: period,
        ...(transaction === '' ? {} : { transaction }),
        ...(event === '' ? { dueOn } : { event }),
        form,
        period: MONTHS[month],
        amount: String(Math.max(part, 1)),
        reason: 'Misconduct',
        requestedBy: 'compliance',
        approvedBy: 'board'
    };
}

test('malus is derived by the checker, and pays nobody more', () => {
    let taken = 0;
    const chosen = fc.tuple(
        cases(),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 8, maxLength: 8 })
    );
    fc.assert(
        fc.property(chosen, ([one, months]) => {
            const { plan, input } = textOf(one);
            const parsed = parsePlan(plan).plan!;
            const before = JSON.parse(calculateAsJson(parsed, input).json) as {
                schedules: Scheduled[];
                payees: Record<string, { total: string | null }>;
            };
            const parts = before.schedules
                .filter(({ kind }) => kind !== 'amortisation')
                .slice(0, months.length);
            const malus = parts.map((part, index) => malusOn(part, months[index]!));
            const decided = JSON.stringify({ ...(JSON.parse(input) as object), malus });
            const { json } = calculateAsJson(parsed, decided);
            taken += json.split('"malus"').length - 1;
            expect(checkResult(plan, decided, json)).toEqual([]);
            const sum = (result: typeof before) =>
                total(
                    Object.values(result.payees).map((payee) =>
                        payee.total ? figure(payee.total) : exact(0n)
                    )
                );
            expect(compare(sum(JSON.parse(json) as typeof before), sum(before))).toBeLessThanOrEqual(0);
        }),
        { numRuns: 40, seed: 20261121 }
    );
    expect(taken).toBeGreaterThan(10);
});
