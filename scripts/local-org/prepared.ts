// Statements that are asked again and again, prepared once for each database. Only for statements whose text is one of few and
// which nobody reads row by row: one that is being read cannot be asked again.
import type { Database, Statement } from 'better-sqlite3';

const MOST = 1_000;
const statements = new WeakMap<Database, Map<string, Statement>>();

/** Whoever calls `pluck()` on it must do so every time: the statement stays as it was left. */
export function prepared(db: Database, sql: string): Statement {
    let bySql = statements.get(db);
    if (!bySql) statements.set(db, (bySql = new Map()));
    let statement = bySql.get(sql);
    if (!statement) {
        if (bySql.size >= MOST) bySql.clear();
        bySql.set(sql, (statement = db.prepare(sql)));
    }
    return statement;
}
