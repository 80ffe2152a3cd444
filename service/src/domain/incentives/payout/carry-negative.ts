// Negative pay is owed and comes off the next pay, instead of being asked back: -5,000 in April leaves 2,000 of 7,000 in May.
import { larger, Ratio } from '../../ratio.ts';
import type { PayoutStep } from '../plan.ts';
import { step as shown } from '../working.ts';
import type { Outcome, Situation } from './pay-out.ts';

export function carryNegative(
    { key }: PayoutStep & { kind: 'carryNegative' },
    situation: Situation
): Outcome {
    const { amount, ledgers, place, isActive } = situation;
    const owed = ledgers.balance(key);
    const left = amount.minus(owed);
    const after = isActive ? larger(left, Ratio.ZERO) : left;
    const moved = after.minus(amount);
    if (moved.isZero) return { after, working: [] };
    ledgers.move(key, '', moved.sign > 0 ? 'carried' : 'recovered', moved);
    return { after, working: [shown('negative pay is carried', place, { due: amount, owed }, after)] };
}
