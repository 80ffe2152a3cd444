// What a calculation is given besides the plan: people, what happened, goals and facts, as parsed. No behaviour.
import type { Problem } from '../problem.ts';
import type { Ratio } from '../ratio.ts';
import type { Value } from './expression.ts';
import type { IsoDay } from './plan.ts';
import type { ScheduledAmount } from './scheduled-amount.ts';

/** Fields as the input names them; days and words are text, figures exact. Nested lists and objects are kept apart. */
export type Fields = Readonly<Record<string, Value>>;

export interface CalculationInput {
    periods: PeriodDates[];
    payees: Payee[];
    /** empty: everybody is on the plan all the time */
    assignments: Assignment[];
    /** by date, then id */
    transactions: Transaction[];
    quotas: QuotaAmount[];
    facts: Fact[];
    openings: Opening[];
    paid: PaidAmount[];
    /** by earlier runs, as their results tell it; what falls due from the first period on is paid here */
    scheduled: ScheduledAmount[];
    /** malus, and clawback of what has vested */
    malus: TrancheDecision[];
    exchangeRates: readonly ExchangeRate[];
    exceptions: GateException[];
    /** payees about whom the input says something wrong: no figure is told of them, nor of those who depend on them */
    wrongPayees: WrongPayee[];
}

export interface WrongPayee {
    payeeId: string;
    problem: Problem;
}

export interface PeriodDates {
    key: string;
    start: IsoDay;
    /** last day */
    end: IsoDay;
}

export interface Payee {
    id: string;
    /** '' for none */
    managerId: string;
    /** day the payee began; '' where not given */
    start: IsoDay | '';
    end: IsoDay | '';
    fields: Fields;
}

export interface Assignment {
    payeeId: string;
    from: IsoDay;
    /** last day; null: open */
    to: IsoDay | null;
    fields: Fields;
}

export interface Transaction {
    id: string;
    date: IsoDay;
    amount: Ratio | null;
    /** '' for the plan's */
    currency: string;
    /** '' for none */
    owner: string;
    splits: { payeeId: string; share: Ratio }[];
    /** payees by role */
    team: Readonly<Record<string, string>>;
    /** who owned it when, the stages each completed, and the share each had of it meanwhile (null: the whole) */
    owners: {
        payeeId: string;
        from: IsoDay | '';
        to: IsoDay | '';
        stages: Ratio | null;
        share: Ratio | null;
    }[];
    /** in order of time */
    touches: { payeeId: string; at: IsoDay }[];
    /** worth of each set of payees (sorted ids joined by commas), for Shapley */
    coalitions: Readonly<Record<string, Ratio>>;
    /** day of each event, e.g. `cash` */
    events: Readonly<Record<string, IsoDay>>;
    /** id of the transaction this one cancels, '' for none */
    reverses: string;
    /** id of the transaction this one restates with a new amount, '' for none */
    amends: string;
    fields: Fields;
    /** something is wrong with it: it is left out, and nothing is told of those it concerns */
    problem?: Problem;
}

export interface QuotaAmount {
    /** `*`: everybody */
    payeeId: string;
    measure: string;
    from: IsoDay;
    to: IsoDay;
    amount: Ratio;
}

export interface Fact {
    name: string;
    /** '' for all */
    payeeId: string;
    /** key of a period, '' for all */
    period: string;
    value: Value;
}

/** A balance or a sum before the first period. */
export type Opening = { payeeId: string; amount: Ratio } & (
    { ledger: string; scope: string } | { measure: string; scope: string }
);

/** What an earlier run paid, so that it can be taken back. What is still open of it stands under `scheduled`. */
export interface PaidAmount {
    payeeId: string;
    /** or a payout step: what came out of it */
    component: string;
    transaction: string;
    period: string;
    amount: Ratio;
    /** what malus took of it (below zero): it was earned all the same, and is not paid */
    isMalus: boolean;
}

export interface ExchangeRate {
    from: string;
    to: string;
    date: IsoDay;
    rate: Ratio;
    /** what is wrong with the row: transactions that may need it are not paid */
    problem?: Problem;
}

/** An approved waiver of a gate. */
export interface GateException {
    payeeId: string;
    gate: string;
    period: string;
    reason: string;
    requestedBy: string;
    approvedBy: string;
}

/** An approved decision that part of a tranche, or of a part of a schedule, will never be paid (malus), or that part of a tranche is
 *  asked back (clawback). */
export interface TrancheDecision {
    kind: 'malus' | 'clawback';
    payeeId: string;
    /** the payout step that deferred it, or the component that scheduled or paid it; '' where `adjustment` paid it */
    step: string;
    /** a decision of people outside the plan, and what it paid; '' for what the plan pays */
    adjustment: string;
    paid: Ratio;
    /** period of the award, or in which it was earned */
    award: string;
    /** of a part of a schedule, '' for one of the whole period */
    transaction: string;
    /** '' for a part that waits for `event` */
    dueOn: IsoDay | '';
    event: string;
    form: ScheduledAmount['form'];
    /** period in which it takes effect, and day of the decision ('' for a malus the period's first, for a clawback its last) */
    period: string;
    on: IsoDay | '';
    amount: Ratio;
    reason: string;
    requestedBy: string;
    approvedBy: string;
}
