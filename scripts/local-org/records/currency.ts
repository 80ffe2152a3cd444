// The currency of a record in an org with several: the user's own, or that of the deal it belongs to.
import type { Database } from 'better-sqlite3';
import type { CallContext } from '../org.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import type { Values } from './input.ts';

const FIELD = 'CurrencyIsoCode';

/** What a new row gets when it names no currency; nothing in an org with one. */
export function defaultCurrency(
    { db, currency }: { db: Database; currency: string },
    ctx: CallContext,
    object: ObjectDef
): Values {
    if (!object.fields.some((field) => field.name === FIELD)) return {};
    const own = db
        .prepare('SELECT "DefaultCurrencyIsoCode" FROM "User" WHERE "Id" = ?')
        .pluck()
        .get(ctx.user.userId) as string | null | undefined;
    return { [FIELD]: own ?? currency };
}

export function inheritedCurrency(schema: Schema, objectName: string, parent: Values): Values {
    return schema.field(objectName, FIELD) ? { [FIELD]: parent[FIELD] ?? null } : {};
}
