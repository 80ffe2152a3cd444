// Plan and input with everything the engine looks up by key: parameters, facts, quotas, payees, managers, periods.
import { ProblemError } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import { compareText } from './attribution.ts';
import { termsOf } from './assignment.ts';
import { emptyBooks, HISTORY, type Booked, type Books } from './books.ts';
import type { Expression, Value } from './expression.ts';
import type {
    CalculationInput,
    Opening,
    PaidAmount,
    PeriodDates,
    QuotaAmount,
    Transaction
} from './input.ts';
import { ledgersOf } from './ledgers.ts';
import type { Component, IsoDay, Measure, Plan, RateTable } from './plan.ts';
import { PlanCalendar } from './plan-calendar.ts';
import type { Problem } from '../problem.ts';

const EVERYBODY = '*';

export class Context {
    readonly plan: Plan;
    readonly input: CalculationInput;
    readonly calendar: PlanCalendar;
    /** in order of time */
    readonly periods: readonly PeriodDates[];
    /** in order of their ids */
    readonly books: ReadonlyMap<string, Books>;
    /** in order of date and id; by period */
    readonly booked: Booked[][];
    /** by period, transactions left out because something is wrong with them */
    readonly wrongTransactions: string[][];
    /** names of balances the payout keeps */
    readonly ledgers: ReadonlySet<string>;
    /** problems that no single payee has */
    readonly problems: Problem[] = [];
    readonly #facts: ReadonlyMap<string, Value>;
    readonly #quotas: ReadonlyMap<string, QuotaAmount[]>;
    readonly #paid: ReadonlyMap<string, PaidAmount[]>;
    readonly #measures: ReadonlyMap<string, Measure>;
    readonly #tables: ReadonlyMap<string, RateTable>;
    readonly #components: ReadonlyMap<string, Component>;
    readonly #parameters: ReadonlyMap<string, Plan['parameters'][number]>;
    readonly #reports: ReadonlyMap<string, Books[]>;

    constructor(plan: Plan, input: CalculationInput) {
        this.plan = plan;
        this.input = input;
        this.calendar = new PlanCalendar(plan);
        this.periods = input.periods.toSorted((a, b) => compareText(a.start, b.start));
        this.books = booksOf(plan, input, this.periods.length);
        this.booked = this.periods.map(() => []);
        this.wrongTransactions = this.periods.map(() => []);
        this.ledgers = new Set(ledgersOf(plan));
        this.#facts = new Map(
            input.facts.map(({ name, payeeId, period, value }) => [factKey(name, payeeId, period), value])
        );
        this.#quotas = quotasByPayee(input);
        this.#paid = Map.groupBy(input.paid, ({ payeeId }) => payeeId);
        this.#measures = byKey(plan.measures);
        this.#tables = byKey(plan.tables);
        this.#components = byKey(plan.components);
        this.#parameters = byKey(plan.parameters);
        this.#reports = Map.groupBy(this.books.values(), ({ payee }) => payee.managerId);
    }

    measure(key: string): Measure | undefined {
        return this.#measures.get(key);
    }

    table(key: string): RateTable | undefined {
        return this.#tables.get(key);
    }

    component(key: string): Component | undefined {
        return this.#components.get(key);
    }

    /** In force on the day: the latest value that began by then. */
    parameterOn(key: string, day: IsoDay): Expression | undefined {
        const begun = this.#parameters.get(key)?.values.filter(({ from }) => from === null || from <= day);
        return begun?.reduce((a, b) => ((b.from ?? '') >= (a.from ?? '') ? b : a), begun[0]!)?.value;
    }

    /** Given for the payee and period, else for the payee, else for the period, else for all. */
    fact(name: string, payeeId: string, period: string): Value | undefined {
        return (
            this.#facts.get(factKey(name, payeeId, period)) ??
            this.#facts.get(factKey(name, payeeId, '')) ??
            this.#facts.get(factKey(name, '', period)) ??
            this.#facts.get(factKey(name, '', ''))
        );
    }

    /** The payee's own quotas for a measure, else those for everybody. */
    quotasFor(payeeId: string, measure: string): readonly QuotaAmount[] {
        const own = this.#quotas.get(quotaKey(payeeId, measure));
        return own ?? this.#quotas.get(quotaKey(EVERYBODY, measure)) ?? [];
    }

    /** What earlier runs paid. */
    paidTo(payeeId: string): readonly PaidAmount[] {
        return this.#paid.get(payeeId) ?? [];
    }

    reportsOf(payeeId: string): readonly Books[] {
        return this.#reports.get(payeeId) ?? [];
    }

    /** Everybody below; a circle of managers is walked once. */
    organisationOf(payeeId: string): Books[] {
        const found = new Map<string, Books>();
        const open = [...this.reportsOf(payeeId)];
        for (let next = open.pop(); next; next = open.pop()) {
            if (found.has(next.payee.id) || next.payee.id === payeeId) continue;
            found.set(next.payee.id, next);
            open.push(...this.reportsOf(next.payee.id));
        }
        return [...found.values()].sort((a, b) => compareText(a.payee.id, b.payee.id));
    }

    /** Index of the period a day lies in, HISTORY for days before the first, null outside all. */
    periodOn(day: IsoDay): number | null {
        const first = this.periods[0];
        if (!first) return null;
        if (day < first.start) return HISTORY;
        let [low, high] = [0, this.periods.length - 1];
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if (this.periods[middle]!.start <= day) low = middle;
            else high = middle - 1;
        }
        return day <= this.periods[low]!.end ? low : null;
    }

    /** What one unit of the transaction's currency is worth in the plan's, by the rate in force on its date. */
    exchangeRateOf(transaction: Transaction): Ratio {
        const { currency, date, id } = transaction;
        if (currency === '' || currency === this.plan.currency) return Ratio.ONE;
        const inForce = this.input.exchangeRates
            .filter(({ from, to }) => from === currency && to === this.plan.currency)
            .filter((rate) => rate.date <= date)
            .reduce<{ date: string; rate: Ratio } | null>((a, b) => (a && a.date >= b.date ? a : b), null);
        if (inForce) return inForce.rate;
        throw new ProblemError({
            code: 'CURRENCY_UNKNOWN',
            where: `transaction ${id}, currency`,
            value: currency,
            fix: `Give a rate from ${currency} to ${this.plan.currency} in force on ${date} under rates.`
        });
    }
}

function booksOf(plan: Plan, input: CalculationInput, periodCount: number): Map<string, Books> {
    const assignments = Map.groupBy(input.assignments, ({ payeeId }) => payeeId);
    const openings = Map.groupBy(input.openings, ({ payeeId }) => payeeId);
    const payees = input.payees.toSorted((a, b) => compareText(a.id, b.id));
    return new Map(
        payees.map((payee) => {
            const own = (assignments.get(payee.id) ?? []).toSorted((a, b) => compareText(a.from, b.from));
            const books = emptyBooks(payee, own, termsOf(payee, own, plan), periodCount);
            return [payee.id, { ...books, balances: openingBalances(openings.get(payee.id) ?? []) }];
        })
    );
}

function openingBalances(openings: readonly Opening[]): Map<string, Map<string, Ratio>> {
    const balances = new Map<string, Map<string, Ratio>>();
    for (const opening of openings) {
        if (!('ledger' in opening)) continue;
        const scopes = balances.get(opening.ledger) ?? new Map<string, Ratio>();
        scopes.set(opening.scope, (scopes.get(opening.scope) ?? Ratio.ZERO).plus(opening.amount));
        balances.set(opening.ledger, scopes);
    }
    return balances;
}

function quotasByPayee(input: CalculationInput): Map<string, QuotaAmount[]> {
    return Map.groupBy(input.quotas, ({ payeeId, measure }) => quotaKey(payeeId, measure));
}

function byKey<T extends { key: string }>(parts: readonly T[]): Map<string, T> {
    return new Map(parts.map((part) => [part.key, part]));
}

function factKey(name: string, payeeId: string, period: string): string {
    return `${name}\n${payeeId}\n${period}`;
}

function quotaKey(payeeId: string, measure: string): string {
    return `${payeeId}\n${measure}`;
}
