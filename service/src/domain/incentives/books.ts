// What the engine notes of each payee while it calculates: credits, measures, earnings, what is due and paid, balances.
// Rows of input looked up by key are in context.ts; the rules are in the files named for them.
import type { Problem } from '../problem.ts';
import type { Ratio } from '../ratio.ts';
import { sumOf } from '../ratio.ts';
import type { CreditRule, IsoDay } from './plan.ts';
import type { Assignment, Payee, TrancheDecision, Transaction } from './input.ts';
import type { MeasureBook } from './measure.ts';
import type { ComponentResult, Credit, PayeePeriod, ScheduledAmount } from './result.ts';

/** Period index of what happened before the first period: it counts in measures and is not paid. */
export const HISTORY = -1;

/** A transaction with its amount in the plan's currency. */
export interface Booked {
    transaction: Transaction;
    /** null where none was given */
    amount: Ratio | null;
    exchangeRate: Ratio;
    period: number;
    /** the transaction it amends, or itself */
    rootId: string;
}

export interface Credited {
    credit: Credit;
    payeeId: string;
    booked: Booked;
    rule: CreditRule;
    /** payee an override derives from, '' for others */
    sourceId: string;
    /** managers between the payee and whoever was credited first; 0 for others */
    level: number;
    /** place among the payee's events, in order of date and id */
    event: number;
    /** by component, what it gave for this credit */
    earned: Map<string, Ratio>;
}

/** A transaction that takes back another. */
export interface Reversal {
    transaction: Transaction;
    period: number;
    rootId: string;
    /** null where an earlier run calculated it */
    original: Booked | null;
    /** part of the original that is taken back */
    fraction: Ratio;
}

/** Part of an earning that falls due in a period. */
export interface Due {
    /** key */
    component: string;
    /** null for earnings of the whole period */
    booked: Booked | null;
    amount: Ratio;
    /** null for what is not scheduled */
    scheduled: ScheduledAmount | null;
}

export interface Books {
    payee: Payee;
    /** in order of their first day; of those given for this plan */
    assignments: Assignment[];
    /** when the payee is on the plan, in order */
    terms: { from: IsoDay; to: IsoDay | null }[];
    /** by period */
    credits: Credited[][];
    reversals: { reversal: Reversal; credits: Credited[] }[][];
    measures: Map<string, MeasureBook>;
    /** by component, then period; before malus */
    earned: Map<string, { earning: Ratio; beforeChargebacks: Ratio }[]>;
    /** by period; the list after the last period holds what falls due later */
    dues: Due[][];
    /** scheduled parts by component and original transaction, with the period they fall due in */
    pending: Map<string, { due: Due; period: number }[]>;
    /** by component and original transaction */
    takenBack: Map<string, Ratio>;
    paidFor: Map<string, Ratio>;
    /** by payout step, what came out of it in each period */
    afterStep: Map<string, Ratio[]>;
    paid: Ratio[];
    /** before the period being calculated; by ledger, then scope */
    balances: Map<string, Map<string, Ratio>>;
    /** of the period being calculated */
    components: ComponentResult[];
    periods: PayeePeriod[];
    scheduled: ScheduledAmount[];
    /** what reversals took off scheduled amounts, and in which period */
    cancelled: { scheduled: ScheduledAmount; period: number; amount: Ratio }[];
    /** decisions to take back what had vested, that were carried out */
    clawedBack: TrancheDecision[];
    /** by measure, interval and period, once worked out */
    quotas: Map<string, Ratio | undefined>;
    /** first period of which nothing may be told */
    failedFrom: number;
    problems: Problem[];
}

export function emptyBooks(
    payee: Payee,
    assignments: Assignment[],
    terms: Books['terms'],
    periodCount: number
): Books {
    const listPerPeriod = <T>(count = periodCount): T[][] => Array.from({ length: count }, () => []);
    return {
        payee,
        assignments,
        terms,
        credits: listPerPeriod(),
        reversals: listPerPeriod(),
        measures: new Map(),
        earned: new Map(),
        dues: listPerPeriod(periodCount + 1),
        pending: new Map(),
        takenBack: new Map(),
        paidFor: new Map(),
        afterStep: new Map(),
        paid: [],
        balances: new Map(),
        components: [],
        periods: [],
        scheduled: [],
        cancelled: [],
        clawedBack: [],
        quotas: new Map(),
        failedFrom: Infinity,
        problems: []
    };
}

export function balanceOf(books: Books, ledger: string): Ratio {
    return sumOf(books.balances.get(ledger)?.values() ?? []);
}

/** From this period on nothing is told of the payee. */
export function fail(books: Books, period: number, problem: Problem): void {
    books.failedFrom = Math.min(books.failedFrom, Math.max(period, 0));
    const isTold = books.problems.some(
        ({ code, where, value }) =>
            code === problem.code && where === problem.where && value === problem.value
    );
    if (!isTold) books.problems.push(problem);
}

export function componentKey(component: string, rootId: string): string {
    return `${component}\n${rootId}`;
}
