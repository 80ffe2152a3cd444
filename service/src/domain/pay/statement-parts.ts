// Parts that are put to a statement after the plan has been calculated: further lines with their step, and the balances of the
// period before as openings.
import { ledgerName, newestBalances } from './balances.ts';
import { amountOf, cents } from './figures.ts';
import { isFinal, type PayFacts } from './pay-facts.ts';
import type { Statement, StatementBalance, StatementLine } from './statement.ts';
import { sumOf } from '../ratio.ts';

/** Of somebody to whom the plan has nothing to pay in the period. */
export function withoutPay(): Pick<
    Statement,
    'total' | 'payout' | 'measures' | 'steps' | 'problems' | 'lines' | 'credits' | 'balances' | 'payments'
> {
    return {
        total: '0.00',
        payout: '0.00',
        measures: [],
        steps: [],
        problems: [],
        lines: [],
        credits: [],
        balances: [],
        payments: []
    };
}

/** The payout stays the sum of the lines. */
export function withLines(
    statement: Statement,
    key: string,
    label: string,
    lines: readonly StatementLine[]
): Statement {
    if (lines.length === 0) return statement;
    const before = amountOf(statement.payout!);
    const after = cents(before.plus(sumOf(lines.map(({ amount }) => amountOf(amount)))));
    return {
        ...statement,
        payout: after,
        steps: [...statement.steps, { key, label, before: cents(before), after, working: [] }],
        lines: [...statement.lines, ...lines]
    };
}

/** What ledgers stood at when the last period before was published, by the name of the ledger. */
export function publishedClosings(facts: PayFacts): Map<string, string> {
    const final = new Set(facts.periods.filter(isFinal).map(({ key }) => key));
    const published = newestBalances(facts, facts.period.start).filter(({ periodKey }) =>
        final.has(periodKey)
    );
    return new Map(published.map((one) => [ledgerName(one), one.closing]));
}

/** What was published stays the opening: what late data changes of it is a movement. */
export function carryOpenings(closings: ReadonlyMap<string, string>, statement: Statement): Statement {
    const { planKey, payeeId } = statement;
    const balances = statement.balances.map((balance) =>
        carried(balance, closings.get(ledgerName({ ...balance, planKey, payeeId })))
    );
    return { ...statement, balances };
}

function carried(balance: StatementBalance, closing: string | undefined): StatementBalance {
    if (closing === undefined) return balance;
    const changed = amountOf(balance.opening).minus(amountOf(closing));
    if (changed.isZero) return balance;
    const movement = cents(amountOf(balance.closing).minus(amountOf(closing)));
    const late = { what: 'late data of closed periods', amount: cents(changed) };
    return {
        ...balance,
        opening: cents(amountOf(closing)),
        movement,
        movements: [late, ...balance.movements]
    };
}
