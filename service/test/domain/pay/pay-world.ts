// A firm's pay in memory, period after period: what a run says is published, and the next run finds it as the org would give it.
// Each statement is checked by the independent checker, and each ledger must open where the one before closed.
import { expect } from '@jest/globals';
import { calculatePay, type PayOutcome } from '../../../src/domain/pay/calculate-pay.ts';
import { checkPay } from '../../../src/domain/pay/check-pay.ts';
import type {
    AdjustmentFact,
    AssignmentFact,
    PayFacts,
    PayPeriod,
    PlanVersionFact,
    SaleFact
} from '../../../src/domain/pay/pay-facts.ts';
import { sealStatements } from '../../../src/domain/pay/seal-statements.ts';
import type { Statement, StatementLine } from '../../../src/domain/pay/statement.ts';
import { decision, onPlan, quarter, sold, version } from '../../support/pay-facts.ts';

export { decision, onPlan, quarter, sold, version };

export class PayWorld {
    versions: PlanVersionFact[];
    assignments: AssignmentFact[] = [onPlan('ann')];
    sales: SaleFact[] = [];
    unreadTouches: PayFacts['unreadTouches'] = {};
    quotas: PayFacts['quotas'] = [];
    rates: PayFacts['rates'] = [];
    adjustments: AdjustmentFact[] = [];
    conduct: PayFacts['conduct'] = null;
    people: PayFacts['people'] = new Map();
    readonly periods: PayPeriod[] = [];
    readonly #lines: PayFacts['publishedLines'] = [];
    readonly #balances: PayFacts['balances'] = [];
    readonly #hashes: PayFacts['statements'] = [];

    constructor(...versions: PlanVersionFact[]) {
        this.versions = versions;
    }

    /** A calculation of the period, which nobody has published yet. */
    run(key: string): PayOutcome {
        const period = this.periods.find((one) => one.key === key) ?? quarter(key);
        if (!this.periods.includes(period)) this.periods.push(period);
        const outcome = calculatePay(this.facts(period));
        expect(checkPay(outcome.calculated, outcome.statements, key).differences).toEqual([]);
        this.#expectOpenings(outcome.statements);
        return outcome;
    }

    facts(period: PayPeriod): PayFacts {
        const isUpTo = (periodKey: string): boolean => quarter(periodKey).end <= period.end;
        return {
            period,
            periods: this.periods.filter(({ end }) => end <= period.end),
            versions: this.versions,
            assignments: this.assignments,
            quotas: this.quotas,
            people: this.people,
            rates: this.rates,
            sales: this.sales.filter(({ date }) => date <= period.end),
            unreadTouches: this.unreadTouches,
            publishedLines: this.#lines,
            balances: this.#balances,
            statements: this.#hashes,
            adjustments: this.adjustments.filter(({ periodKey }) => isUpTo(periodKey)),
            conduct: this.conduct,
            problems: []
        };
    }

    /** Calculates and publishes: from then on its figures stay. */
    publish(key: string): PayOutcome {
        const outcome = this.run(key);
        const period = this.periods.find((one) => one.key === key)!;
        for (const { statement, lines, balances } of sealStatements(outcome.statements, this.facts(period))) {
            const { planKey, payeeId } = statement;
            this.#hashes.push({ key: statement.key, hash: statement.hash });
            for (const line of lines)
                this.#lines.push({
                    key: `${statement.key}:${line.key}`,
                    statementKey: statement.key,
                    periodKey: key,
                    planKey,
                    payeeId,
                    component: line.component,
                    kind: line.kind,
                    transaction: line.transaction,
                    title: line.title,
                    date: line.date ?? '',
                    amount: line.amount
                });
            for (const { key: balanceKey, ledger, scope, closing, hash } of balances)
                this.#balances.push({
                    key: balanceKey,
                    periodKey: key,
                    planKey,
                    payeeId,
                    ledger,
                    scope,
                    closing,
                    hash
                });
        }
        this.periods[this.periods.indexOf(period)] = { ...period, status: 'Published' };
        return outcome;
    }

    /** Where a ledger was published, it opens with what it closed with. */
    #expectOpenings(statements: readonly Statement[]): void {
        for (const { planKey, payeeId, balances } of statements)
            for (const { ledger, scope, opening, movement, closing } of balances) {
                const before = this.#balances.findLast(
                    (one) =>
                        one.planKey === planKey &&
                        one.payeeId === payeeId &&
                        one.ledger === ledger &&
                        one.scope === scope
                );
                if (before) expect([ledger, opening]).toEqual([ledger, before.closing]);
                expect(cents(opening) + cents(movement)).toBe(cents(closing));
            }
    }
}

export function cents(text: string): number {
    return Math.round(Number(text) * 100);
}

export function statementOf({ statements }: PayOutcome, payeeId = 'ann'): Statement {
    const found = statements.find((one) => one.payeeId === payeeId);
    if (!found) throw new Error(`no statement of ${payeeId}`);
    return found;
}

export function payoutOf(outcome: PayOutcome, payeeId = 'ann'): string | null {
    return outcome.statements.find((one) => one.payeeId === payeeId)?.payout ?? null;
}

/** `<kind> <title> <amount>` of each line. */
export function linesOf(outcome: PayOutcome, payeeId = 'ann'): string[] {
    return statementOf(outcome, payeeId).lines.map(({ kind, title, amount }) => `${kind} ${title} ${amount}`);
}

/** `<opening> <movement> <closing>` of a ledger. */
export function ledgerOf(outcome: PayOutcome, ledger: string, payeeId = 'ann'): string {
    const found = statementOf(outcome, payeeId).balances.find((one) => one.ledger === ledger);
    return found ? `${found.opening} ${found.movement} ${found.closing}` : '';
}

export function lineOf(outcome: PayOutcome, key: string, payeeId = 'ann'): StatementLine {
    const found = statementOf(outcome, payeeId).lines.find((line) => line.key === key);
    if (!found)
        throw new Error(
            `no line ${key} among ${statementOf(outcome, payeeId)
                .lines.map((one) => one.key)
                .join(', ')}`
        );
    return found;
}

export const codesOf = ({ problems }: PayOutcome): string[] => [...new Set(problems.map(({ code }) => code))];
