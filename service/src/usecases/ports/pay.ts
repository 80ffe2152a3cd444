// Pay: what a period is worked out from, and its statements.
import type { PayFacts, PayPeriod } from '../../domain/pay/pay-facts.ts';
import type { PayeeResult } from '../../domain/pay/payee-results.ts';
import type { SealedStatement } from '../../domain/pay/seal-statements.ts';
import type { PayAnswer, PayStep } from '../../domain/pay/work-out-pay.ts';
import type { Notes, SaveCounts } from './org.ts';

/** All of a period that is worked out: handed in, so that the independent check can be held against an engine that is wrong. */
export type WorkOutPay = (
    facts: PayFacts,
    options: { onStep: (step: PayStep) => void; checkStop: () => void }
) => Promise<PayAnswer>;

/** Reading what pay is made from and writing what came out. */
export interface PayGateway {
    /** Null where the org has no such period. */
    read(periodKey: string): Promise<{ facts: PayFacts; rowCount: number; nowMs: number } | null>;
    period(periodKey: string): Promise<PayPeriod | null>;
    /** Upserts rows whose hash differs and deletes those the period no longer has. */
    save(batch: PayBatch): Promise<SaveCounts>;
    /** The end of the chain of calculations, without the run named; and the last one of the period. */
    calculations(periodKey: string, withoutRunKey: string): Promise<EarlierCalculations>;
    /** Keeps what the calculation came to for each payee where it differs from before; returns how many rows were refused. */
    savePayeeResults(batch: PayeeResultBatch): Promise<number>;
    saveCalculation(calculation: Calculation): Promise<void>;
    /** Says up to when changes are in the figures; a period that was Open becomes Calculated. */
    markCalculated(period: PayPeriod, dataAsOf: string): Promise<void>;
    /** Sets the drafts of a published period to Published. */
    publish(
        period: PayPeriod,
        options: Pick<PayBatch, 'fail' | 'checkStop' | 'onProgress'>
    ): Promise<SaveCounts>;
}

export interface PayBatch {
    runKey: string;
    dataAsOf: string;
    period: PayPeriod;
    statements: readonly SealedStatement[];
    people: PayFacts['people'];
    note: Notes;
    fail: Notes;
    checkStop: () => void;
    onProgress: (counts: SaveCounts, fraction: number) => void;
}

export interface PayeeResultBatch {
    runKey: string;
    periodKey: string;
    /** place of the calculation in the chain */
    sequence: number;
    results: readonly PayeeResult[];
    fail: Notes;
    checkStop: () => void;
}

export interface EarlierCalculations {
    last: { sequence: number; hash: string } | null;
    /** totals of the period's last calculation, by plan */
    payouts: ReadonlyMap<string, string>;
}

export interface PlanTotals {
    planKey: string;
    planVersion: string;
    planName: string;
    currency: string;
    payeeCount: number;
    statementCount: number;
    earned: string;
    payout: string;
    /** what is due later, in sum */
    scheduled: string;
    /** of the rows of statements and of what is scheduled, so that an export knows whether it has all of them */
    statementSeal: string;
    scheduleSeal: string;
    previousPayout: string | null;
    payoutChange: string | null;
}

export interface Calculation {
    runKey: string;
    periodKey: string;
    kind: PayAnswer['kind'];
    status: 'Succeeded' | 'Partial';
    startedAt: string;
    finishedAt: string;
    dataAsOf: string;
    sequence: number;
    inputHash: string;
    hash: string;
    previousHash: string;
    counts: {
        payees: number;
        transactions: number;
        credits: number;
        statements: number;
        lines: number;
        problems: number;
    };
    problems: { code: string; where: string; value: string; message: string; fix: string; payeeId: string }[];
    totals: PlanTotals[];
    /** what the independent check says of it */
    check: { status: 'NotChecked' | 'Agrees' | 'Differs'; differenceCount: number };
}
