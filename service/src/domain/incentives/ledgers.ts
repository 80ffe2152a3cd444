// The ledgers a plan keeps for each payee: draws, advances, and negative pay carried over.
import type { Plan } from './plan.ts';

/** Names of the ledgers in the order of the payout steps: a draw and a carry by the key of the step, an advance by its own. */
export function ledgersOf(plan: Plan): string[] {
    const names = plan.payout.flatMap((step) => {
        if (step.kind === 'advance') return [step.ledger];
        return step.kind === 'draw' || step.kind === 'carryNegative' ? [step.key] : [];
    });
    return [...new Set(names)];
}
