// The ledgers a plan keeps for each payee: draws, advances, negative pay carried over, what is deferred, and what is clawed back.
import type { Plan } from './plan.ts';

/** Names of the ledgers in the order of the payout steps: an advance by its own name, others by the key of the step. */
export function ledgersOf(plan: Plan): string[] {
    const names = plan.payout.flatMap((step) => {
        if (step.kind === 'advance') return [step.ledger];
        return ['draw', 'carryNegative', 'deferral', 'clawback'].includes(step.kind) ? [step.key] : [];
    });
    return [...new Set(names)];
}
