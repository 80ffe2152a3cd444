// Clawback of whatever a generated plan has paid: the checker derives the same, and nobody gets more by it.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkResult } from '../../../src/domain/incentives-checker/check.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../../src/domain/incentives/run-cases.ts';
import { cases } from './generated-plans.ts';
import { textOf } from './generated-result.ts';

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];

interface Told {
    payees: Record<
        string,
        {
            periods: Record<
                string,
                { components: Record<string, { lines: { transaction: string; amount: string }[] }> }
            >;
        }
    >;
}

/** Of each line of the first months a third, some months later. */
function clawbacksOn({ payees }: Told, later: readonly number[]): object[] {
    const lines = Object.entries(payees).flatMap(([payee, { periods }]) =>
        MONTHS.flatMap((award) =>
            Object.entries(periods[award]?.components ?? {}).flatMap(([component, told]) =>
                told.lines.map(({ transaction, amount }) => ({
                    payee,
                    award,
                    component,
                    transaction,
                    amount
                }))
            )
        )
    );
    return lines.slice(0, later.length).map(({ transaction, amount, ...one }, index) => ({
        ...one,
        ...(transaction === '' ? {} : { transaction }),
        dueOn: `${one.award}-28`,
        form: 'cash',
        period: MONTHS[MONTHS.indexOf(one.award) + later[index]!] ?? MONTHS.at(-1),
        amount: String(Math.max(Math.floor(Number(amount.split('/')[0]) / 3) || 1, 1)),
        reason: 'Misconduct',
        requestedBy: 'compliance',
        approvedBy: 'board'
    }));
}

/** In each month half of what a decision has paid everybody, and so more than there is from the third on. */
function clawbacksOutside({ payees }: Told): object[] {
    return Object.keys(payees).flatMap((payee) =>
        MONTHS.slice(1).map((period) => ({
            ...{ payee, adjustment: 'extra', paid: '200', award: MONTHS[0], dueOn: `${MONTHS[0]}-28` },
            ...{ form: 'cash', period, amount: '100' },
            ...{ reason: 'Misconduct', requestedBy: 'compliance', approvedBy: 'board' }
        }))
    );
}

test('clawback of what was paid is derived by the checker', () => {
    let taken = 0;
    const months = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 10, maxLength: 10 });
    fc.assert(
        fc.property(cases(), months, (one, later) => {
            const { plan, input } = textOf(one);
            const parsed = parsePlan(plan).plan!;
            fc.pre(parsed.payout.some(({ kind }) => kind === 'clawback'));
            const before = JSON.parse(calculateAsJson(parsed, input).json) as Told;
            const paying = new Set(parsed.components.filter(({ pays }) => pays).map(({ key }) => key));
            const clawback = clawbacksOn(before, later).filter((row) =>
                paying.has((row as { component: string }).component)
            );
            const all = [...clawback, ...clawbacksOutside(before)];
            const decided = JSON.stringify({ ...(JSON.parse(input) as object), clawback: all });
            const { json } = calculateAsJson(parsed, decided);
            taken += json.match(/"what":\s*"clawback"/g)?.length ?? 0;
            expect(checkResult(plan, decided, json)).toEqual([]);
        }),
        { numRuns: 25, seed: 20261121 }
    );
    expect(taken).toBeGreaterThan(10);
});
