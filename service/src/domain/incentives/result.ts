// What a calculation gives: figures with their working, still exact. Written as JSON by write-result.ts. No behaviour.
import type { Problem } from '../problem.ts';
import type { Ratio } from '../ratio.ts';
import type { Value } from './expression.ts';
import type { PeriodDates } from './input.ts';
import type { IsoDay } from './plan.ts';
import type { ScheduledAmount } from './scheduled-amount.ts';

export type { ScheduledAmount };

export interface CalculationResult {
    plan: { key: string; version: string };
    currency: string;
    periods: PeriodDates[];
    payees: PayeeResult[];
    scheduled: ScheduledAmount[];
    /** that no single payee has; those of payees stand with the payee */
    problems: Problem[];
}

/** A payee with a problem has no periods from the one in which it arose: no wrong figure is ever told. */
export interface PayeeResult {
    payeeId: string;
    periods: PayeePeriod[];
    total: Ratio;
    problems: Problem[];
}

export interface PayeePeriod {
    period: string;
    credits: Credit[];
    measures: MeasureResult[];
    components: ComponentResult[];
    /** sum of what the components make payable now */
    due: Ratio;
    payout: { key: string; before: Ratio; after: Ratio; working: Step[] }[];
    paid: Ratio;
    balances: Balance[];
    /** `credit`: id of the credit, '' for figures of the period */
    figures: { key: string; credit: string; value: Value }[];
}

export interface Credit {
    /** unique in the result: `<transaction>/<rule>/<payee>` */
    id: string;
    transaction: string;
    rule: string;
    date: IsoDay;
    share: Ratio;
    /** for pay, for quota, as deals */
    payable: Ratio;
    quota: Ratio;
    count: Ratio;
}

export interface MeasureResult {
    measure: string;
    inPeriod: Ratio;
    toDate: Ratio;
    quota: Ratio | null;
    attainment: Ratio | null;
}

export interface ComponentResult {
    component: string;
    earning: Ratio;
    /** effective rate where there is a base that is not zero */
    rate: Ratio | null;
    lines: EarningLine[];
}

/** One figure a payee can follow to the deal and the rule. */
export interface EarningLine {
    /** '' for lines of the whole period */
    transaction: string;
    credit: string;
    kind: 'earning' | 'chargeback' | 'trueUp' | 'poolShare' | 'limit' | 'gate' | 'malus';
    amount: Ratio;
    /** parts by band of a marginal table; rows count from 1; rates with the points added and bounds of the component */
    bands: { row: number; from: Ratio; to: Ratio | null; quantity: Ratio; rate: Ratio; amount: Ratio }[];
    working: Step[];
}

/** One step of a working: what it is, the expression or rule as the plan has it, what went in, what came out. */
export interface Step {
    what: string;
    /** place in the plan, e.g. `components.commission.base` */
    rule: string;
    inputs: { name: string; value: Value }[];
    result: Value;
}

export interface Balance {
    ledger: string;
    scope: string;
    opening: Ratio;
    movements: { what: string; amount: Ratio }[];
    closing: Ratio;
}
