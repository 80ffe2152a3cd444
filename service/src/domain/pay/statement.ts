// What one payee is told about one period under one plan, as text that can be stored, sent and hashed. No behaviour.
import type { Json } from '../incentives/write-result.ts';
import type { IsoDay } from '../incentives/plan.ts';
import type { Problem } from '../problem.ts';
import type { Given } from './given-rows.ts';

export type LineKind =
    | 'Earning'
    | 'Chargeback'
    | 'TrueUp'
    | 'PoolShare'
    | 'Limit'
    | 'Gate'
    | 'Release'
    | 'PayoutStep'
    | 'Adjustment'
    | 'Correction';

export interface StatementLine {
    /** within the statement */
    key: string;
    kind: LineKind;
    title: string;
    /** component or payout step */
    component: string;
    /** '' for lines of the whole period */
    transaction: string;
    date: IsoDay | null;
    base: string | null;
    rate: string | null;
    amount: string;
    working: Json;
    /** keys of what it rests on, '' for none: its credit, the published line it corrects, the scheduled payment it settles */
    credit: string;
    corrects: string;
    settles: string;
    /** id of the adjustment it carries out, '' for none */
    adjustment: string;
}

export interface StatementCredit {
    key: string;
    rule: string;
    transaction: string;
    date: IsoDay;
    share: string;
    payable: string;
    quota: string;
    count: string;
}

export interface StatementBalance {
    key: string;
    ledger: string;
    scope: string;
    kind: 'Draw' | 'Advance' | 'CarriedForward' | 'Deferral' | 'Other';
    opening: string;
    movement: string;
    closing: string;
    movements: { what: string; amount: string }[];
}

export interface StatementPayment {
    key: string;
    /** number among those of its source and transaction, from 1 */
    number: number;
    source: string;
    transaction: string;
    kind: 'Instalment' | 'Release' | 'Tranche' | 'Amortisation';
    form: 'Cash' | 'Instrument' | 'Expense';
    dueOn: IsoDay | null;
    event: string;
    amount: string;
    clawbackUntil: IsoDay | null;
}

export interface MeasureTold {
    measure: string;
    label: string;
    unit: 'Amount' | 'Count';
    inPeriod: string;
    toDate: string;
    quota: string | null;
    attainment: string | null;
}

export interface StepTold {
    key: string;
    label: string;
    before: string;
    after: string;
    working: Json[];
}

export interface Statement {
    key: string;
    periodKey: string;
    planKey: string;
    versionKey: string;
    planName: string;
    payeeId: string;
    currency: string;
    /** what the calculation was given about the payee besides deals, targets and balances; null for nothing */
    given: Given | null;
    /** null where the payee has a problem */
    total: string | null;
    payout: string | null;
    measures: MeasureTold[];
    steps: StepTold[];
    problems: Problem[];
    lines: StatementLine[];
    credits: StatementCredit[];
    balances: StatementBalance[];
    payments: StatementPayment[];
}
