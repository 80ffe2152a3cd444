// A payout step as it stands in a plan file; read again by payout.ts.
import type { Interval, PayoutStep } from '../plan.ts';
import { writeExpression } from './write-expression.ts';
import { figureOf, unless, type Written } from './written.ts';

export function writePayoutStep(step: PayoutStep, period: Interval): Written {
    return { when: figureOf(step.when), [step.kind]: writeKind(step, period) };
}

function writeKind(step: PayoutStep, period: Interval): Written {
    switch (step.kind) {
        case 'add':
            return writeExpression(step.amount);
        case 'multiply':
            return writeExpression(step.by);
        case 'limit':
            return {
                least: figureOf(step.least),
                most: figureOf(step.most),
                interval: unless(step.interval, period)
            };
        case 'draw':
            return {
                amount: writeExpression(step.amount),
                recoverable: String(step.recoverable),
                recoverShare: figureOf(step.recoverShare),
                recoverFromPeriod: unless(String(step.recoverFromPeriod), '1'),
                forgiveAfterPeriods: step.forgiveAfterPeriods?.toString()
            };
        case 'advance':
            return { ledger: step.ledger, scope: step.scope ?? undefined };
        case 'carryNegative':
            return 'true';
        case 'deferral':
            return {
                deferred: writeExpression(step.deferred),
                tranches: step.tranches.map(({ afterMonths, share }) => ({
                    afterMonths: String(afterMonths),
                    share: writeExpression(share)
                })),
                instruments: figureOf(step.instruments),
                clawbackMonths: step.clawbackMonths?.toString(),
                afterLeaving: figureOf(step.afterLeaving)
            };
        case 'clawback':
            return { windowMonths: String(step.windowMonths), recoverShare: figureOf(step.recoverShare) };
        case 'grossUp':
            return { rate: writeExpression(step.rate) };
    }
}
