// What the calculation of a period is made from, as the org has it: periods, plan versions, people, sales, targets, and what
// was paid before. Amounts are exact decimal text, days are ISO. No behaviour.
import type { Interval, IsoDay } from '../incentives/plan.ts';
import type { Problem } from '../problem.ts';
import type { ConductFacts } from './conduct-facts.ts';
import type { DatedRows } from './held-on-date.ts';
import type { Known, OwnerSpan, Touches, UnreadTouches } from './ownership.ts';

export type PeriodStatus = 'Open' | 'Calculated' | 'Reviewed' | 'Approved' | 'Published' | 'Locked';

export interface PayPeriod {
    key: string;
    name: string;
    interval: Interval;
    start: IsoDay;
    /** last day */
    end: IsoDay;
    status: PeriodStatus;
}

export interface PlanVersionFact {
    /** external key: plan key and version */
    key: string;
    planKey: string;
    planName: string;
    currency: string;
    interval: Interval;
    /** the plan as YAML */
    definition: string;
    /** '' for open */
    from: IsoDay | '';
    to: IsoDay | '';
}

export interface AssignmentFact {
    planKey: string;
    payeeId: string;
    from: IsoDay;
    /** '' for open */
    to: IsoDay | '';
    targetIncentive: string | null;
    /** of the target; '' where the row says none */
    currency: string;
    isMaterialRiskTaker: boolean;
    /** further fields the plan reads as payee.x */
    terms: Readonly<Record<string, unknown>>;
}

/** Units of a currency for one of the org's own, from a day on. */
export interface RateFact {
    currency: string;
    /** '' for always */
    from: IsoDay | '';
    rate: string;
}

export interface QuotaFact {
    planKey: string;
    payeeId: string;
    measure: string;
    from: IsoDay;
    to: IsoDay;
    target: string;
    /** of an amount; '' where the row says none, and for counts */
    currency: string;
}

export interface PersonFact {
    id: string;
    managerId: string;
    title: string;
    isActive: boolean;
}

export interface SaleFact {
    id: string;
    date: IsoDay;
    amount: string | null;
    /** '' in an org with one currency */
    currency: string;
    ownerId: string;
    type: string;
    product: string;
    productFamily: string;
    units: string;
    /** percent of the revenue, as text */
    splits: { payeeId: string; percent: string }[];
    team: Readonly<Record<string, string>>;
    /** id of the sale it takes back, '' for none */
    reverses: string;
    /** days of events that payments of it wait for, as told in the org, e.g. `cash` */
    events: Readonly<Record<string, IsoDay>>;
    /** other fields of the deal that plans name */
    fields: Readonly<Record<string, string | boolean>>;
    /** where a plan hands over, or credits touches */
    owners?: Known<OwnerSpan>;
    /** of splits and team, where a plan hands over by them */
    dated?: DatedRows;
    touches?: Touches;
}

/** A line of a published statement. */
export interface PublishedLine {
    /** external key */
    key: string;
    statementKey: string;
    periodKey: string;
    planKey: string;
    payeeId: string;
    component: string;
    kind: string;
    transaction: string;
    title: string;
    date: IsoDay | '';
    amount: string;
}

export interface BalanceFact {
    key: string;
    periodKey: string;
    planKey: string;
    payeeId: string;
    ledger: string;
    scope: string;
    closing: string;
    hash: string;
}

/** The statement of an earlier period, for the chain. */
export interface StatementFact {
    key: string;
    hash: string;
}

/** The scheduled payment an adjustment takes from. */
export interface PaymentFact {
    key: string;
    /** period of the award */
    periodKey: string;
    /** component or payout step */
    source: string;
    /** '' for what is of no single deal */
    transaction: string;
    kind: string;
    form: string;
    /** what it waits for, '' for a day */
    event: string;
    dueOn: IsoDay | '';
}

export interface AdjustmentFact {
    id: string;
    periodKey: string;
    kind: 'Manual' | 'Dispute' | 'Waiver' | 'Malus' | 'Clawback';
    planKey: string;
    payeeId: string;
    amount: string | null;
    gate: string;
    reason: string;
    requestedBy: string;
    approvedBy: string;
    /** external key of the line it corrects, '' for none */
    corrects: string;
    /** day of the approval */
    decidedOn: IsoDay | '';
    payment: PaymentFact | null;
}

export interface PayFacts {
    period: PayPeriod;
    /** all periods of the same interval up to it, in order of time */
    periods: PayPeriod[];
    versions: PlanVersionFact[];
    assignments: AssignmentFact[];
    quotas: QuotaFact[];
    people: ReadonlyMap<string, PersonFact>;
    sales: SaleFact[];
    /** why touches of a source cannot be told of any sale; others are told sale by sale */
    unreadTouches: UnreadTouches;
    /** of an org with several currencies */
    rates: RateFact[];
    publishedLines: PublishedLine[];
    balances: BalanceFact[];
    statements: StatementFact[];
    /** approved, of the period and of those before */
    adjustments: AdjustmentFact[];
    /** null where no plan asks for facts, or the org keeps none */
    conduct: ConductFacts | null;
    /** rows that could not be read as what they should be */
    problems: Problem[];
}

/** No figure of such a period may change. */
export function isClosed({ status }: PayPeriod): boolean {
    return status !== 'Open' && status !== 'Calculated';
}

/** Its figures are final: late data becomes lines of a later period. */
export function isFinal({ status }: PayPeriod): boolean {
    return status === 'Published' || status === 'Locked';
}
