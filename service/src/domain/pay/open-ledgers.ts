// Ledgers of an earlier version that the version in force has no step for: what stands in them stays, tranches still leave them when
// they fall due, and what is owed is told by name until somebody decides.
import { addDays } from '../incentives/dates.ts';
import { ledgersOf } from '../incentives/ledgers.ts';
import type { Problem } from '../problem.ts';
import type { Calculated } from './calculate-plan.ts';
import { fallenDue } from './carried.ts';
import { amountOf, cents, keyOf } from './figures.ts';
import type { PayPeriod } from './pay-facts.ts';
import type { StatementBalance } from './statement.ts';

export function openLedgers(
    { plan, before, periods, scheduled }: Calculated,
    payeeId: string,
    statementKey: string,
    period: PayPeriod
): StatementBalance[] {
    const known = new Set(ledgersOf(plan));
    const own = before.opening.filter(({ payee, ledger }) => payee === payeeId && !known.has(ledger));
    const start = periods[0]!.start;
    return own.flatMap(({ ledger, scope, amount }) => {
        const tranches = (scheduled.get(payeeId) ?? []).filter(({ source }) => source === ledger);
        const gone = fallenDue(tranches, start, addDays(period.start, -1));
        const now = fallenDue(tranches, period.start, period.end);
        const opening = amount.minus(gone);
        if (opening.isZero && now.isZero) return [];
        const movements = now.isZero ? [] : [{ what: 'vested', amount: cents(now.negated()) }];
        return [
            {
                key: keyOf(statementKey, ledger, ...(scope === '' ? [] : [scope])),
                ledger,
                scope,
                kind: tranches.length > 0 ? 'Deferral' : 'Other',
                opening: cents(opening),
                movement: cents(now.negated()),
                closing: cents(opening.minus(now)),
                movements
            }
        ];
    });
}

/** A deferral empties itself; anything else stays until somebody decides. */
export function withoutStep(balances: readonly StatementBalance[], versionKey: string): Problem[] {
    return balances
        .filter(({ kind, closing }) => kind === 'Other' && !amountOf(closing).isZero)
        .map(({ key, ledger, closing }) => ({
            code: 'LEDGER_WITHOUT_STEP',
            where: `balance ${key}`,
            value: closing,
            fix: `${versionKey} has no step ${ledger}, so this is neither recovered nor paid: make an adjustment, or a version with the step.`
        }));
}
