// The independent check of a calculation of pay: the checker derives each plan anew from its text and input, and the statements are
// held against what the plans gave. Owns what is compared; the checker itself shares no code with the engine.
import { checkResult } from '../incentives-checker/check.ts';
import type { Finding } from '../incentives-checker/check.ts';
import type { CalculationResult } from '../incentives/result.ts';
import type { Plan } from '../incentives/plan.ts';
import { resultAsJson } from '../incentives/write-result.ts';
import { sumOf } from '../ratio.ts';
import { amountOf, cents } from './figures.ts';
import type { Statement, StatementLine } from './statement.ts';

/** One plan version as it was calculated. */
export interface CalculatedPlan {
    planKey: string;
    plan: Plan;
    definition: string;
    input: string;
    result: CalculationResult;
    /** whether the statements of the period are of this calculation, and not one that came before */
    isTold: boolean;
}

export interface Difference {
    where: string;
    /** what the calculation says beside what the check derives */
    value: string;
    /** '' where it is about nobody in particular */
    payeeId: string;
}

export interface PayCheck {
    /** NotChecked: no plan could be calculated, so there was nothing to check */
    status: 'NotChecked' | 'Agrees' | 'Differs';
    differences: Difference[];
}

/** Lines that come from outside the plan: late data and decisions of people. */
const FROM_OUTSIDE = new Set(['Adjustment', 'Correction']);

export function checkPay(
    calculated: readonly CalculatedPlan[],
    statements: readonly Statement[],
    periodKey: string
): PayCheck {
    if (calculated.length === 0) return { status: 'NotChecked', differences: [] };
    const differences = calculated.flatMap((one) => {
        const result = resultAsJson(one.result, one.plan);
        const findings = checkResult(one.definition, one.input, result);
        const own = one.isTold ? statements.filter(({ planKey }) => planKey === one.planKey) : [];
        return [
            ...findings.map((finding) => differenceOf(one.planKey, finding)),
            ...untied(own, paidIn(result, periodKey))
        ];
    });
    return { status: differences.length === 0 ? 'Agrees' : 'Differs', differences };
}

const PAYEE = /^payees\.([^.]+)/;

function differenceOf(planKey: string, { where, told, derived, why }: Finding): Difference {
    return {
        where: `plan ${planKey}, ${where}`,
        value: `calculated ${told ?? 'nothing'}, check derives ${derived ?? 'nothing'} (${why})`,
        payeeId: PAYEE.exec(where)?.[1] ?? ''
    };
}

interface Told {
    payees: Record<string, { periods: Record<string, { paid: string } | undefined> }>;
}

function paidIn(result: string, periodKey: string): (payeeId: string) => string {
    const { payees } = JSON.parse(result) as Told;
    return (payeeId) => payees[payeeId]?.periods[periodKey]?.paid ?? '0.00';
}

/** Statements whose lines or total say something else than the plan gave and people decided. */
function untied(statements: readonly Statement[], paid: (payeeId: string) => string): Difference[] {
    return statements.flatMap(({ key, payeeId, payout, lines }) => {
        if (payout === null) return [];
        const ofPlan = sumOfLines(lines.filter(({ kind }) => !FROM_OUTSIDE.has(kind)));
        return [
            ...unequal(`lines of statement ${key}`, ofPlan, paid(payeeId), payeeId),
            ...unequal(`payout of statement ${key}`, payout, sumOfLines(lines), payeeId)
        ];
    });
}

function unequal(where: string, told: string, derived: string, payeeId: string): Difference[] {
    if (amountOf(told).compare(amountOf(derived)) === 0) return [];
    return [{ where, value: `calculated ${told}, check derives ${derived}`, payeeId }];
}

function sumOfLines(lines: readonly StatementLine[]): string {
    return cents(sumOf(lines.map(({ amount }) => amountOf(amount))));
}
