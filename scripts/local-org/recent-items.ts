// What each user looked at last, as `FOR VIEW` and `FOR REFERENCE` tell it. Owns only ids and times: whoever shows the
// records reads them as the caller, so a record that the user may no longer see is not shown.
import type { Database } from 'better-sqlite3';

export interface RecentItems {
    add(userId: string, objectName: string, ids: string[]): void;
    /** Newest first. */
    list(userId: string, objectName?: string): { objectName: string; id: string }[];
}

/** As many as Salesforce keeps of one user. */
const KEPT = 200;

export function createRecentItems(db: Database, clock: () => Date): RecentItems {
    db.exec(
        `CREATE TABLE IF NOT EXISTS local_org_recent (
             user_id TEXT NOT NULL, record_id TEXT NOT NULL, object_name TEXT NOT NULL, viewed INTEGER NOT NULL,
             place INTEGER NOT NULL, PRIMARY KEY (user_id, record_id)) WITHOUT ROWID`
    );
    const order = 'ORDER BY viewed DESC, place';
    const insert = db.prepare(
        `INSERT INTO local_org_recent VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (user_id, record_id) DO UPDATE SET viewed = excluded.viewed, place = excluded.place`
    );
    const prune = db.prepare(
        `DELETE FROM local_org_recent WHERE user_id = @userId AND record_id NOT IN
         (SELECT record_id FROM local_org_recent WHERE user_id = @userId ${order} LIMIT ${KEPT})`
    );
    const select = db.prepare(
        `SELECT object_name AS objectName, record_id AS id FROM local_org_recent
         WHERE user_id = ? AND (? IS NULL OR object_name = ?) ${order}`
    );
    return {
        add: db.transaction((userId: string, objectName: string, ids: string[]) => {
            const viewed = clock().getTime();
            ids.slice(0, KEPT).forEach((id, place) => insert.run(userId, id, objectName, viewed, place));
            prune.run({ userId });
        }),
        list: (userId, objectName) =>
            select.all(userId, objectName ?? null, objectName ?? null) as { objectName: string; id: string }[]
    };
}
