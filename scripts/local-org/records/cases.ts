// Cases: closed from the status, with the time it happened, and the account of their contact where none is given.
import type { RecordParts } from '../records.ts';
import type { Behaviour } from './consequences.ts';
import type { Stored } from './values.ts';

/** The only closed status of the standard case statuses. */
const CLOSED = 'Closed';

export function createCaseBehaviour({ db }: Pick<RecordParts, 'db'>): Behaviour {
    const accountOf = db.prepare('SELECT "AccountId" FROM "Contact" WHERE "Id" = ?').pluck();
    return {
        derive(row, before, _given, now) {
            const isClosed = row['Status'] === CLOSED;
            const closedAt = before?.['IsClosed'] ? before['ClosedDate']! : now;
            const account = before
                ? row['AccountId']
                : (row['AccountId'] ?? accountOf.get(row['ContactId'] ?? null));
            return {
                IsClosed: isClosed ? 1 : 0,
                ClosedDate: isClosed ? closedAt : null,
                AccountId: (account ?? null) as Stored
            };
        },
        apply() {}
    };
}
