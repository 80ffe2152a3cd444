// What a plan is, once parsed: the one typed form that is calculated, checked, rendered in words and shown. No behaviour.
// Every figure of a plan is an expression (expression.ts), so a constant, a dated parameter, a fact about the payee and a
// formula can stand in the same place. The language is described for authors in docs/plan-language.md.
import type { Expression } from './expression.ts';
import type { RoundingRule } from '../rounding.ts';

/** ISO day, e.g. `2026-03-31`. */
export type IsoDay = string;

export interface Plan {
    key: string;
    version: string;
    name: string;
    /** ISO 4217 code the plan pays in; transactions in another currency are converted by the input's dated rates. */
    currency: string;
    effectiveFrom: IsoDay;
    /** last day; null: open */
    effectiveTo: IsoDay | null;
    /** how often the plan pays */
    period: Interval;
    /** month and day on which the plan's year begins, e.g. `01-01` */
    yearStart: string;
    rounding: RoundingRule;
    /** whether a transaction may have a negative amount without saying what it reverses or amends */
    negativeAmounts: 'refused' | 'allowed';
    parameters: Parameter[];
    crediting: CreditRule[];
    measures: Measure[];
    quotas: Quota[];
    tables: RateTable[];
    components: Component[];
    /** from the sum of the earnings to what payroll pays, in this order */
    payout: PayoutStep[];
    /** figures that are told but not paid */
    figures: Figure[];
    /** where the plan letter says it, by name of the part: `components.commission` -> `clause 3.2` */
    references: Record<string, string>;
}

export type Interval = 'week' | 'month' | 'quarter' | 'half-year' | 'year' | 'plan';

/** A named figure that may change by date; the value in force on the day of the event or, for a period, on its last day. */
export interface Parameter {
    key: string;
    values: { from: IsoDay | null; value: Expression }[];
}

// ---- crediting: which part of a transaction belongs to whom ----

export interface CreditRule {
    key: string;
    /** null: every transaction */
    when: Expression | null;
    to: CreditTarget;
    /** part of what `before` leaves; null for targets that bring their own shares */
    share: Expression | null;
    /** taken off the transaction before it is shared out (levies, fees, haircuts), in this order */
    before: Deduction[];
    /** what the shares of one transaction must add up to: `whole` 100 %, `any` whatever is written (overlays, overrides) */
    total: 'whole' | 'any';
    /** parts of the credit that count for pay, for quota and as deals; each a factor, 1 unless written */
    payable: Expression | null;
    quota: Expression | null;
    count: Expression | null;
    /** measures the rule credits; empty: all */
    only: string[];
}

export type CreditTarget =
    | { kind: 'owner' }
    /** the transaction's own list of payees and shares */
    | { kind: 'splits' }
    /** whoever holds the role in the transaction's team */
    | { kind: 'role'; role: string }
    /** managers of the payees credited by the rule named, one or more levels up */
    | { kind: 'manager'; of: string; levels: number }
    | { kind: 'payee'; payee: string }
    /** everybody on the plan that day for whom it holds, e.g. whoever has the transaction's territory */
    | { kind: 'payees'; when: Expression }
    /** the owner of the account or deal on each day, by the transaction's dated owners: shares by days, or by stages */
    | { kind: 'handOver'; by: 'days' | 'stages' | 'date'; from: HandOverSource }
    /** several channels that touched the same revenue */
    | {
          kind: 'touches';
          method: Attribution;
          /** where an org has them; empty: the input gives them */
          from: readonly TouchSource[];
      };

/** Where an org has dated owners: the history of who owned the deal, its splits, who holds a role in its team. */
export type HandOverSource = 'owner' | 'splits' | { role: string };

/** What people did for the deal, what its contacts responded to, the campaign the deal says it came from. */
export const TOUCH_SOURCES = ['activities', 'campaigns', 'primaryCampaign'] as const;
export type TouchSource = (typeof TOUCH_SOURCES)[number];

export type Attribution =
    | { method: 'first' | 'last' | 'linear' | 'shapley' }
    | { method: 'position'; first: Expression; last: Expression };

export interface Deduction {
    key: string;
    when: Expression | null;
    /** money taken off, in the scope of the transaction; `amount` is what the deductions before have left */
    amount: Expression;
}

// ---- measures, quotas, tables ----

export interface Measure {
    key: string;
    /** in the scope of a credit: what it adds */
    of: Expression;
    when: Expression | null;
    /** sums run from the beginning of this interval; `credit`: every credit stands alone */
    interval: Interval | 'credit';
    /** instead of an interval: the last months before `period` or before the `transaction` */
    window: { months: number; until: 'periodEnd' | 'periodStart' } | null;
    /** field of the transaction by which sums are kept apart, e.g. `client`: a credit sees the sum of its own; null: one sum */
    by: string | null;
    /** divides the sum, e.g. by 0.6 for six months read as a year */
    divideBy: Expression | null;
}

export interface Quota {
    /** the measure it is a goal for */
    measure: string;
    /** null: from the input's quotas */
    amount: Expression | null;
    /** by whole months since the payee's start date: first month is 1 */
    ramp: { fromMonth: number; amount: Expression }[];
    /** by number of the period in its interval, from 1: part of the amount */
    seasonality: Expression[];
    /** part of the interval the payee was assigned */
    prorate: 'none' | 'days' | 'months';
}

export type TableMode =
    /** each band's part at its own rate */
    | 'marginal'
    /** everything at the rate of the band reached */
    | 'slab'
    /** the value of the band reached, for tables that give an amount or a multiplier */
    | 'step'
    /** straight line between the rows */
    | 'interpolated'
    /** full rate of the bands passed plus the part of the rate of the band one stands in (Oracle's proportional split) */
    | 'proportional';

export interface RateTable {
    key: string;
    mode: TableMode;
    /** which band a value exactly on a bound belongs to: `lower` bounds belong to the band above, `upper` to the one below */
    boundary: 'lower' | 'upper';
    /** bounds are written in this unit: 1 for money or counts, `quota.<measure>` for attainment */
    scale: Expression | null;
    rows: TableRow[];
    /** bounds of the second input; empty for tables with one */
    columns: { from: Expression; to: Expression | null }[];
}

export interface TableRow {
    from: Expression;
    /** null: without end */
    to: Expression | null;
    /** one value, or one for each column */
    values: Expression[];
}

// ---- components ----

export interface Component {
    key: string;
    name: string;
    /** calculated for each credit, or once a period */
    per: 'credit' | 'period';
    /** credit rules whose credits count; empty: all */
    credits: string[];
    when: Expression | null;
    /** false: worked out for others to read, never due */
    pays: boolean;
    /** money the rate is applied to; null for a table or formula that gives money itself */
    base: Expression | null;
    /** the first alternative whose condition holds */
    rates: RateChoice[];
    /** points taken off or added to the rate found, in this order */
    rateAdjustments: { key: string; when: Expression | null; add: Expression }[];
    rateFloor: Expression | null;
    rateCeiling: Expression | null;
    /** multiplied in, in this order: weights, modifiers, proration */
    factors: { key: string; when: Expression | null; value: Expression }[];
    gates: Gate[];
    /** shared among payees instead of paid to each; null for ordinary components */
    pool: Pool | null;
    limits: Limit[];
    /** value is what is earned since the interval began; the period gets what it adds to what was earned before (true-up) */
    toDate: Interval | null;
    chargeback: Chargeback | null;
    schedule: Schedule | null;
    amortisation: Amortisation | null;
}

export type RateChoice = { when: Expression | null } & (
    | { kind: 'value'; value: Expression }
    | {
          kind: 'table';
          table: string;
          /** a measure: marginal tables then follow its movement; or any figure */
          at: { measure: string } | { value: Expression };
          columnAt: Expression | null;
          /** where a step or slab table looks when a measure moves: before or after the credit */
          position: 'before' | 'after';
      }
);

/** Evaluated before factors. A gate that is not met zeroes, caps or replaces what the component gives. */
export interface Gate {
    key: string;
    when: Expression;
    otherwise: { kind: 'zero' } | { kind: 'cap'; at: Expression } | { kind: 'multiply'; by: Expression };
    /** may be waived by an approved exception named in the input */
    waivable: boolean;
}

export interface Pool {
    amount: Expression;
    among: Expression | null;
    /** null: equal parts */
    by: Expression | null;
}

export interface Limit {
    key: string;
    scope: 'credit' | 'period' | 'cumulative';
    /** for cumulative limits */
    interval: Interval;
    least: Expression | null;
    most: Expression | null;
    /** share paid of what exceeds `most` (windfall rule); null: nothing */
    beyond: Expression | null;
}

/** What a cancelled or reversed transaction takes back, in the period of the cancellation. */
export interface Chargeback {
    /** months after the original within which it applies; null: always */
    windowMonths: Expression | null;
    /** part of what was paid; in the scope of a credit with `monthsInForce` */
    part: Expression;
    /** whether the reversal also lowers measures and quota attainment */
    reducesMeasures: boolean;
}

/** When what is earned becomes payable. The parts of a schedule sum to the earning, to the smallest unit. */
export type Schedule =
    | { kind: 'instalments'; parts: { afterPeriods: number; share: Expression }[] }
    /** parts that wait for events the input reports for the transaction, e.g. cash received */
    | { kind: 'release'; parts: { on: string; share: Expression }[] };

export interface Amortisation {
    months: Expression;
    /** earnings of contracts up to this many months are expensed at once (practical expedient) */
    expedientMonths: number | null;
}

// ---- from earnings to pay ----

export type PayoutStep = { key: string; when: Expression | null } & (
    | { kind: 'add'; amount: Expression }
    | { kind: 'limit'; least: Expression | null; most: Expression | null; interval: Interval }
    | { kind: 'multiply'; by: Expression }
    | {
          kind: 'draw';
          /** what is guaranteed or lent for the period */
          amount: Expression;
          recoverable: boolean;
          /** part of earnings above the draw that may be taken back in a period */
          recoverShare: Expression | null;
          recoverFromPeriod: number;
          /** balance forgiven after this many periods; null: never */
          forgiveAfterPeriods: number | null;
      }
    /** earned amounts repay an advance of the same scope before anything is paid */
    | { kind: 'advance'; ledger: string; scope: string | null }
    /** negative pay is carried to the next period instead of being taken back at once */
    | { kind: 'carryNegative' }
    | {
          kind: 'deferral';
          /** the part deferred, as money */
          deferred: Expression;
          tranches: { afterMonths: number; share: Expression }[];
          /** part of each tranche paid in instruments */
          instruments: Expression | null;
          clawbackMonths: number | null;
          /** part kept of each tranche that has not vested when the payee leaves; null: all of it */
          afterLeaving: Expression | null;
      }
    /** what decisions ask back of what was paid is owed, and comes off later pay */
    | {
          kind: 'clawback';
          /** months after the end of the period it was paid in within which it can be decided */
          windowMonths: number;
          /** part of the pay of a period that may be taken; null: all of it */
          recoverShare: Expression | null;
      }
    /** paid so that this is left after tax at the rate */
    | { kind: 'grossUp'; rate: Expression }
);

export interface Figure {
    key: string;
    per: 'payee' | 'period' | 'credit';
    value: Expression;
}
