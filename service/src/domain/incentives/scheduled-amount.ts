// What was earned and falls due later, is deferred, or expensed over time. A result tells it, and the calculation of later periods
// is given it again, so that nothing is lost between two runs. No behaviour.
import type { Ratio } from '../ratio.ts';
import type { IsoDay } from './plan.ts';

export interface ScheduledAmount {
    payeeId: string;
    period: string;
    /** component or payout step it comes from */
    source: string;
    transaction: string;
    kind: 'instalment' | 'release' | 'tranche' | 'amortisation';
    /** null: waits for an event that has not happened */
    dueOn: IsoDay | null;
    /** for releases, the event */
    event: string;
    form: 'cash' | 'instrument' | 'expense';
    amount: Ratio;
    clawbackUntil: IsoDay | null;
    /** what reversals and malus took off it, and in which period; `amount` is what is left. Not part of a written result */
    cancelled?: readonly { period: string; amount: Ratio }[];
}
