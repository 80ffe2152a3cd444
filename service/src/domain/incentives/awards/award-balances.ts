// What the ledgers of an award, or of several, show of a time: opening, movements, closing. Opening + movements = closing.
import { sumOf, type Ratio } from '../../ratio.ts';
import type { IsoDay } from '../plan.ts';
import { LEDGERS, type AwardLife, type LedgerName, type Movement } from './award.ts';

export interface LedgerBalance {
    ledger: LedgerName;
    opening: Ratio;
    movements: (Movement & { award: string })[];
    closing: Ratio;
}

/** From `from` to `to`, both counted. Lives must reach to `to` (an Error otherwise: later days are not known). */
export function balancesOf(lives: readonly AwardLife[], from: IsoDay, to: IsoDay): LedgerBalance[] {
    for (const { award, asOf } of lives)
        if (asOf < to) throw new Error(`award ${award.id} is known to ${asOf}, not to ${to}`);
    const all = lives.flatMap(({ award, movements }) =>
        movements.map((one) => ({ ...one, award: award.id }))
    );
    return LEDGERS.map((ledger) => {
        const known = all.filter((one) => one.ledger === ledger && one.date <= to);
        const opening = sum(known.filter(({ date }) => date < from));
        const movements = known
            .filter(({ date }) => date >= from)
            .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
        return { ledger, opening, movements, closing: opening.plus(sum(movements)) };
    });
}

function sum(movements: readonly Movement[]): Ratio {
    return sumOf(movements.map(({ amount }) => amount));
}
