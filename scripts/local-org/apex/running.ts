// Which transaction is saving right now. Interpretation is synchronous, so triggers that a save fires join the one on top.
import type { Org } from '../org.ts';
import type { Transaction } from './transaction.ts';

const saving: Transaction[] = [];

export function callingFrom<Result>(tx: Transaction, save: () => Result): Result {
    saving.push(tx);
    try {
        return save();
    } finally {
        saving.pop();
    }
}

/** The Apex whose save is under way in this org; undefined when another door saves. */
export function callerOf(org: Org): Transaction | undefined {
    const top = saving.at(-1);
    return top?.org.db === org.db ? top : undefined;
}
