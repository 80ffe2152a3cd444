// Global variables ($User.Id ...) for formulas that run over a row being saved.
import type { Database } from 'better-sqlite3';
import type { CallContext } from '../org.ts';
import { globalSql } from '../soql/formula-globals.ts';
import { Params } from '../soql/params.ts';
import type { Stored } from './values.ts';

export function createGlobals(db: Database): (ctx: CallContext, path: string[]) => Stored {
    return (ctx, path) => {
        const params = new Params();
        const sql = globalSql(path, ctx.user, params);
        return (db.prepare(`SELECT ${sql}`).pluck().get(params.values) ?? null) as Stored;
    };
}
