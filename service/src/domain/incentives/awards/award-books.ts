// The books of one award: what each ledger holds of each tranche. Every move takes from one ledger what it gives to another, so the
// award is whole at all times; nothing can go below zero (an Error: whoever moves has to ask first).
import { Ratio, sumOf } from '../../ratio.ts';
import type { Award, AwardEvent, LedgerName, Movement, Tranche } from './award.ts';

type Cause = Pick<Movement, 'date' | 'what' | 'event' | 'approval'>;

export class AwardBooks {
    readonly award: Award;
    readonly movements: Movement[] = [];
    /** `''` before the payee has left */
    leftOn = '';
    #held = new Map<string, Ratio>();

    constructor(award: Award) {
        this.award = award;
        const cause: Cause = { date: award.awardedOn, what: 'award', event: '', approval: null };
        for (const { key, amount } of award.tranches) this.#add('unvested', key, amount, cause);
    }

    held(ledger: LedgerName, tranche: string): Ratio {
        return this.#held.get(`${ledger}\n${tranche}`) ?? Ratio.ZERO;
    }

    /** Of all tranches. */
    total(ledger: LedgerName): Ratio {
        return sumOf([...this.award.tranches.map(({ key }) => key), ''].map((key) => this.held(ledger, key)));
    }

    move(from: LedgerName, to: LedgerName, tranche: string, amount: Ratio, cause: Cause): void {
        if (amount.isZero) return;
        this.#add(from, tranche, amount.negated(), cause);
        this.#add(to, tranche, amount, cause);
    }

    /** `owed` stands beside the award: what was asked back may be repaid or not. */
    owe(amount: Ratio, cause: Cause): void {
        if (!amount.isZero) this.#add('owed', '', amount, cause);
    }

    #add(ledger: LedgerName, tranche: string, amount: Ratio, cause: Cause): void {
        const after = this.held(ledger, tranche).plus(amount);
        if (after.sign < 0)
            throw new Error(`award ${this.award.id}: ${ledger} of ${tranche} would be ${after}`);
        this.#held.set(`${ledger}\n${tranche}`, after);
        this.movements.push({ ...cause, ledger, tranche, amount });
    }
}

export function causeOf(event: AwardEvent): Cause {
    const what = event.kind === 'leave' ? 'leaving' : event.kind;
    return { date: event.date, what, event: event.id, approval: 'approval' in event ? event.approval : null };
}

/** The tranche named, or all; null for a name nobody knows. */
export function tranchesNamed({ tranches }: Award, key: string): Tranche[] | null {
    if (key === '') return tranches;
    const found = tranches.filter((tranche) => tranche.key === key);
    return found.length === 0 ? null : found;
}
