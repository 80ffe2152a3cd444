// The statements of the period that is calculated, of one plan: what the plan says, late data of closed periods, and decisions of
// people. Whoever was paid by the plan and is on none of its assignments any more is told so, and no figure.
import type { Problem } from '../problem.ts';
import { ADJUSTMENTS, adjustmentLines } from './adjustments.ts';
import { clawbacks } from './award-decisions.ts';
import { headOf, paymentsByKey, statementOf, withoutFigures } from './build-statement.ts';
import type { Calculated } from './calculate-plan.ts';
import { givenByPayee, givenRows } from './given-rows.ts';
import { belongsToPeriod, lateLines } from './late-data.ts';
import { withoutStep } from './open-ledgers.ts';
import {
    isFinal,
    type AdjustmentFact,
    type PayFacts,
    type PayPeriod,
    type PublishedLine
} from './pay-facts.ts';
import type { Statement, StatementLine } from './statement.ts';
import { carryOpenings, publishedClosings, withLines, withoutPay } from './statement-parts.ts';

export class Statements {
    readonly statements: Statement[];
    /** of people whose statement stands all the same */
    readonly problems: (Problem & { payeeId: string })[] = [];
    readonly #facts: PayFacts;
    readonly #owing: ReadonlySet<string>;
    readonly #last: Calculated;
    readonly #closings: ReadonlyMap<string, string>;
    /** by payee */
    readonly #published: ReadonlyMap<string, PublishedLine[]>;
    readonly #decided: ReadonlyMap<string, AdjustmentFact[]>;
    readonly #closed: { period: PayPeriod; by: Calculated }[];

    constructor(facts: PayFacts, calculated: readonly Calculated[]) {
        this.#facts = facts;
        this.#owing = new Set(calculated.flatMap(({ before }) => before.opening.map(({ payee }) => payee)));
        this.#last = calculated.at(-1)!;
        const { planKey } = this.#last.version;
        const ofPlan = <T extends { planKey: string; payeeId: string }>(
            rows: readonly T[]
        ): Map<string, T[]> =>
            Map.groupBy(
                rows.filter((row) => row.planKey === planKey),
                ({ payeeId }) => payeeId
            );
        this.#closings = publishedClosings(facts);
        this.#published = ofPlan(facts.publishedLines);
        this.#decided = ofPlan(facts.adjustments.filter(({ periodKey }) => periodKey === facts.period.key));
        this.#closed = calculated.flatMap((by) =>
            by.periods.filter(isFinal).map((period) => ({ period, by }))
        );
        const given = givenByPayee(givenRows(facts, this.#last, new Set(this.#last.payees.keys())));
        this.statements = this.#payees()
            .flatMap((payeeId) => this.#statementOf(payeeId) ?? [])
            .map((statement) => ({ ...statement, given: given.get(statement.payeeId) ?? null }));
    }

    #payees(): string[] {
        const paid = [...this.#published].filter(([, lines]) => lines.some(belongsToPeriod));
        return [
            ...new Set([
                ...this.#last.payees.keys(),
                ...paid.map(([payeeId]) => payeeId),
                ...this.#owing,
                ...this.#decided.keys()
            ])
        ].sort();
    }

    #statementOf(payeeId: string): Statement | null {
        const { period } = this.#facts;
        const head = headOf(this.#last.version, payeeId, period.key);
        if (this.#isLost(payeeId))
            return { ...head, ...withoutFigures([withoutAssignment(head.key, payeeId)]) };
        const own = statementOf(this.#last, payeeId, period);
        if (own?.total === null) return own;
        const closed = this.#closedAsNow(payeeId);
        const unclear = closed.find(({ total }) => total === null);
        if (unclear) return { ...head, ...withoutFigures(unclear.problems) };
        const published = this.#published.get(payeeId) ?? [];
        const late = closed.flatMap((now) => lateLines(now, published));
        const decided = this.#decisions(payeeId);
        if (!own && late.length + decided.length === 0) return null;
        const statement = own ?? { ...head, ...withoutPay() };
        this.#note(payeeId, withoutStep(statement.balances, this.#last.version.key));
        const withLate = withLines(statement, 'late', 'Late data of closed periods', late);
        const whole = withLines(withLate, ADJUSTMENTS, 'Adjustments', decided);
        return carryOpenings(this.#closings, whole);
    }

    /** Paid or owing before, and on no assignment now. */
    #isLost(payeeId: string): boolean {
        if (this.#last.payees.has(payeeId)) return false;
        const wasPaid = this.#published.get(payeeId)?.some(belongsToPeriod) ?? false;
        return wasPaid || this.#owing.has(payeeId);
    }

    /** Statements of closed periods as they would be calculated now. */
    #closedAsNow(payeeId: string): Statement[] {
        return this.#closed.map(({ period, by }) => {
            const head = headOf(by.version, payeeId, period.key);
            return statementOf(by, payeeId, period) ?? { ...head, ...withoutPay() };
        });
    }

    #decisions(payeeId: string): StatementLine[] {
        const decided = this.#decided.get(payeeId) ?? [];
        if (decided.length === 0) return [];
        const payments = paymentsByKey(this.#last, payeeId);
        const { carriedOut, refused } = clawbacks(this.#facts, this.#last.version.planKey, payeeId, (key) =>
            payments.get(key)
        );
        this.#note(payeeId, refused);
        const others = decided.filter(({ kind }) => kind !== 'Clawback');
        return adjustmentLines(this.#facts, [...others, ...carriedOut]);
    }

    #note(payeeId: string, problems: readonly Problem[]): void {
        this.problems.push(...problems.map((problem) => ({ ...problem, payeeId })));
    }
}

function withoutAssignment(key: string, payeeId: string): Problem {
    return {
        code: 'PAYEE_WITHOUT_PLAN',
        where: `statement ${key}`,
        value: payeeId,
        fix: 'The plan paid them, or they owe it something, and they have no assignment to it: enter the assignment, ended on its last day.'
    };
}
