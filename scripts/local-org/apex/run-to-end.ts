// A run from its first try to its end: one database transaction, tried again from its journal after each callout, which is
// made while nothing is written and the event loop is free (journal.ts).
import type { CalloutAnswer, PreparedCallout } from './callouts.ts';
import { sendCallout } from './callouts.ts';
import { CalloutPending, Journal } from './journal.ts';
import type { Transaction } from './transaction.ts';

/** Each try has a transaction of its own; what it saved is kept when `work` returns. */
export async function runToEnd<Result>(
    begin: (journal: Journal) => Transaction,
    work: (tx: Transaction) => Result
): Promise<Result> {
    const journal = new Journal();
    for (;;) {
        const tx = begin(journal);
        const outcome = tryRun(tx, () => work(tx));
        if (!(outcome instanceof CalloutPending)) return outcome;
        const answer: CalloutAnswer = await sendCallout(outcome.request as PreparedCallout);
        journal.record('callout', outcome.question, answer);
        journal.rewind();
    }
}

/** One try: its rows are kept when it ends well, and undone when it fails or must wait for a callout. */
function tryRun<Result>(tx: Transaction, work: () => Result): Result | CalloutPending {
    const { db } = tx.org;
    db.exec('SAVEPOINT apex_run');
    let keep = false;
    try {
        const result = work();
        keep = true;
        return result;
    } catch (error) {
        if (error instanceof CalloutPending) return error;
        throw error;
    } finally {
        if (!keep) db.exec('ROLLBACK TO apex_run');
        db.exec('RELEASE apex_run');
    }
}
