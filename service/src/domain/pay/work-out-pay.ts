// All that is worked out of a period between reading and writing: calculated, checked independently, sealed with hashes. Takes and
// gives plain data only, so that it can be done in another thread. What is calculated is calculate-pay.ts, what is checked check-pay.ts.
import { calculatePay, type PayProblem } from './calculate-pay.ts';
import { checkPay, type PayCheck } from './check-pay.ts';
import { rememberPay, workOutChanges, type RememberedPay } from './incremental-pay.ts';
import type { PayFacts } from './pay-facts.ts';
import { payeeResults, type PayeeResult } from './payee-results.ts';
import { sealStatements, type SealedStatement } from './seal-statements.ts';

export interface PayAnswer {
    /** Incremental: only payees whose facts changed were calculated, and it equals a full run */
    kind: 'Full' | 'Incremental';
    statements: SealedStatement[];
    results: PayeeResult[];
    problems: PayProblem[];
    /** credits of people no plan pays on that day */
    unpaidCredits: number;
    /** SHA-256 over plans and inputs */
    inputHash: string;
    check: PayCheck;
}

/** What is told on the way, in this order. */
export const PAY_STEPS = ['calculate', 'check', 'seal'] as const;
export type PayStep = (typeof PAY_STEPS)[number];

export interface WorkedOut {
    answer: PayAnswer;
    /** for the next run of the period; null: it must be a full one */
    remembered: RememberedPay | null;
}

/** @param before what the last run of the period left; null for none */
export function workOutPayAgain(
    { facts, before }: { facts: PayFacts; before: RememberedPay | null },
    onStep: (step: PayStep) => void
): WorkedOut {
    const changes = before && workOutChanges(facts, before);
    if (changes) for (const step of PAY_STEPS) onStep(step);
    const answer = changes ?? workOutPay(facts, onStep);
    return { answer, remembered: rememberPay(facts, answer) };
}

/** @param calculate the engine; a test gives one that is wrong */
export function workOutPay(
    facts: PayFacts,
    onStep: (step: PayStep) => void,
    calculate: typeof calculatePay = calculatePay
): PayAnswer {
    onStep('calculate');
    const { statements, problems, unpaidCredits, inputHash, calculated } = calculate(facts);
    onStep('check');
    const check = checkPay(calculated, statements, facts.period.key);
    onStep('seal');
    return {
        kind: 'Full',
        statements: sealStatements(statements, facts),
        results: payeeResults(statements, facts),
        problems,
        unpaidCredits,
        inputHash,
        check
    };
}
