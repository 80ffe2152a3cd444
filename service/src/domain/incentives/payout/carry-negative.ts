// Negative pay waits for the next pay instead of being asked back: -5,000 in April leaves 2,000 of 7,000 in May. The ledger
// holds what waits, as a negative amount.
import { Ratio, smaller } from '../../ratio.ts';
import type { PayoutStep } from '../plan.ts';
import { step as shown } from '../working.ts';
import type { Outcome, Situation } from './pay-out.ts';

export function carryNegative(
    { key }: PayoutStep & { kind: 'carryNegative' },
    situation: Situation
): Outcome {
    const { amount, ledgers, place, isActive } = situation;
    const waiting = ledgers.balance(key);
    const sum = amount.plus(waiting);
    const carried = isActive ? smaller(sum, Ratio.ZERO) : Ratio.ZERO;
    const moved = carried.minus(waiting);
    if (moved.isZero && carried.isZero) return { after: amount, working: [] };
    ledgers.move(key, '', moved.sign < 0 ? 'carried' : 'recovered', moved);
    const after = sum.minus(carried);
    return {
        after,
        working: [shown('negative pay is carried', place, { due: amount, waiting, carried }, after)]
    };
}
