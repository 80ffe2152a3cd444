// Plan and input with everything the engine looks up by key: parameters, measures, tables, payees, managers, periods.
// Rows of the input are in input-rows.ts.
import { Ratio } from '../ratio.ts';
import { compareText } from './attribution.ts';
import { managerOn, termsOf } from './assignment.ts';
import { emptyBooks, HISTORY, type Booked, type Books } from './books.ts';
import type { Expression } from './expression.ts';
import type { CalculationInput, Opening, PeriodDates } from './input.ts';
import { InputRows } from './input-rows.ts';
import { ledgersOf } from './ledgers.ts';
import type { Component, IsoDay, Measure, Plan, RateTable } from './plan.ts';
import { PlanCalendar } from './plan-calendar.ts';
import type { Problem } from '../problem.ts';

export class Context {
    readonly plan: Plan;
    readonly input: CalculationInput;
    readonly rows: InputRows;
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
    readonly #measures: ReadonlyMap<string, Measure>;
    readonly #tables: ReadonlyMap<string, RateTable>;
    readonly #components: ReadonlyMap<string, Component>;
    readonly #parameters: ReadonlyMap<string, Plan['parameters'][number]>;
    /** by day, then manager; as first asked for */
    readonly #reports = new Map<IsoDay, ReadonlyMap<string, Books[]>>();

    constructor(plan: Plan, input: CalculationInput) {
        this.plan = plan;
        this.input = input;
        this.rows = new InputRows(input, plan.currency);
        this.calendar = new PlanCalendar(plan);
        this.periods = input.periods.toSorted((a, b) => compareText(a.start, b.start));
        this.books = booksOf(plan, input, this.periods.length);
        this.booked = this.periods.map(() => []);
        this.wrongTransactions = this.periods.map(() => []);
        this.ledgers = new Set(ledgersOf(plan));
        this.#measures = byKey(plan.measures);
        this.#tables = byKey(plan.tables);
        this.#components = byKey(plan.components);
        this.#parameters = byKey(plan.parameters);
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

    /** Who reports to the payee on the day. */
    reportsOf(payeeId: string, day: IsoDay): readonly Books[] {
        const reports =
            this.#reports.get(day) ?? Map.groupBy(this.books.values(), (books) => managerOn(books, day));
        this.#reports.set(day, reports);
        return reports.get(payeeId) ?? [];
    }

    /** Everybody below; a circle of managers is walked once. */
    organisationOf(payeeId: string, day: IsoDay): Books[] {
        const found = new Map<string, Books>();
        const open = [...this.reportsOf(payeeId, day)];
        for (let next = open.pop(); next; next = open.pop()) {
            if (found.has(next.payee.id) || next.payee.id === payeeId) continue;
            found.set(next.payee.id, next);
            open.push(...this.reportsOf(next.payee.id, day));
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

function byKey<T extends { key: string }>(parts: readonly T[]): Map<string, T> {
    return new Map(parts.map((part) => [part.key, part]));
}
