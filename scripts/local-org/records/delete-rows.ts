// Soft deletion and its undoing: rows go to the recycle bin with the children that cascade; lookups that should be
// emptied are emptied; a Restrict lookup refuses. Setup objects have no recycle bin: their rows are gone.
import { isRecordId, to18 } from '../ids.ts';
import type { CallContext } from '../org.ts';
import type { RecordParts } from '../records.ts';
import { quote } from '../schema/tables.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Values } from './input.ts';
import { checkIsSeen, noRowAccess } from './row-access.ts';
import { rowError } from './row-error.ts';
import { createUniqueness } from './uniqueness.ts';

/** A row that may be deleted or brought back, and the doing of it. */
interface PreparedRow {
    id: string;
    save(): string;
}

interface Child {
    object: ObjectDef;
    field: FieldDef;
}

export function createDeleter(
    { db, schema, sharing, clock }: RecordParts,
    removed: (ctx: CallContext, object: ObjectDef, row: Values) => void
) {
    db.exec('CREATE TABLE IF NOT EXISTS local_recycled (id TEXT PRIMARY KEY, root_id TEXT NOT NULL)');
    const uniqueness = createUniqueness({ db, sharing });

    const objectOf = (id: string): ObjectDef => {
        const object = isRecordId(id) ? schema.objectByKeyPrefix(id.slice(0, 3)) : undefined;
        if (!object) throw rowError('MALFORMED_ID', `bad id ${id}`, ['Id']);
        return object;
    };

    const rowOf = (object: ObjectDef, id: string): Values =>
        db.prepare(`SELECT * FROM ${quote(object.name)} WHERE "Id" = ?`).get(id) as Values;

    const isDeleted = (object: ObjectDef, id: string): boolean =>
        db
            .prepare(`SELECT "IsDeleted" FROM ${quote(object.name)} WHERE "Id" = ?`)
            .pluck()
            .get(id) === 1;

    const checkObject = (ctx: CallContext, object: ObjectDef): void => {
        if (ctx.mode === 'system') return;
        const access = ctx.user.permissions.objectAccess(object.name);
        const maySetup = object.setupObject && (ctx.user.permissions.customizeApplication || access.delete);
        if (!object.deletable && !maySetup) throw noRowAccess();
        if (ctx.mode === 'user' && !access.delete && !maySetup) throw noRowAccess();
    };

    const checkRow = (ctx: CallContext, object: ObjectDef, id: string): void => {
        if (!sharing.canEditRow(ctx, object.name, id, { evenDeleted: true })) throw noRowAccess();
    };

    const childrenOf = (parent: ObjectDef): Child[] =>
        schema
            .objects()
            .flatMap((object) =>
                object.queryable
                    ? object.fields
                          .filter(
                              (field) =>
                                  field.deleteConstraint &&
                                  field.formula === null &&
                                  field.referenceTo.includes(parent.name)
                          )
                          .map((field) => ({ object, field }))
                    : []
            );

    const remove = (ctx: CallContext, object: ObjectDef, id: string, rootId: string, now: string): void => {
        for (const child of childrenOf(object)) removeReferences(ctx, child, id, rootId, now);
        if (object.setupObject) {
            db.prepare(`DELETE FROM ${quote(object.name)} WHERE "Id" = ?`).run(id);
            return;
        }
        mark(ctx, object, id, 1, now);
        db.prepare('INSERT OR REPLACE INTO local_recycled (id, root_id) VALUES (?, ?)').run(id, rootId);
    };

    const removeReferences = (
        ctx: CallContext,
        child: Child,
        id: string,
        rootId: string,
        now: string
    ): void => {
        const { object, field } = child;
        const where = `${quote(field.name)} = ? AND "IsDeleted" = 0`;
        if (field.deleteConstraint === 'SetNull') {
            db.prepare(
                `UPDATE ${quote(object.name)} SET ${quote(field.name)} = NULL, "SystemModstamp" = ? WHERE ${where}`
            ).run(now, id);
            return;
        }
        const rows = db
            .prepare(`SELECT "Id" FROM ${quote(object.name)} WHERE ${where}`)
            .pluck()
            .all(id) as string[];
        if (field.deleteConstraint === 'Restrict' && rows.length) {
            const shown =
                rows.find((row) => sharing.canReadRow(ctx, object.name, row)) ?? 'records you cannot see';
            const message = `Your attempt to delete ${id} could not be completed because it is associated with ${object.labelPlural}: ${shown}`;
            throw rowError('DELETE_FAILED', message);
        }
        for (const row of rows) remove(ctx, object, row, rootId, now);
    };

    const mark = (ctx: CallContext, object: ObjectDef, id: string, deleted: 0 | 1, now: string): void => {
        db.prepare(
            `UPDATE ${quote(object.name)} SET "IsDeleted" = ?, "SystemModstamp" = ?, "LastModifiedDate" = ?,
             "LastModifiedById" = ? WHERE "Id" = ?`
        ).run(deleted, now, now, ctx.user.userId, id);
    };

    const restore = (ctx: CallContext, id: string): void => {
        const now = clock().toISOString();
        const ids = db
            .prepare('SELECT id FROM local_recycled WHERE root_id = ? OR id = ?')
            .pluck()
            .all(id, id) as string[];
        for (const each of ids) {
            const row = db.prepare(`SELECT * FROM ${quote(objectOf(each).name)} WHERE "Id" = ?`).get(each);
            uniqueness.check(ctx, objectOf(each), row as Values, each);
            mark(ctx, objectOf(each), each, 0, now);
            db.prepare('DELETE FROM local_recycled WHERE id = ?').run(each);
        }
    };

    return {
        deletion(ctx: CallContext, given: string): PreparedRow {
            const object = objectOf(given);
            const id = to18(given);
            checkObject(ctx, object);
            checkIsSeen(sharing, ctx, object, id);
            if (isDeleted(object, id)) throw rowError('ENTITY_IS_DELETED', 'entity is deleted');
            checkRow(ctx, object, id);
            const save = (): string => {
                const row = rowOf(object, id);
                remove(ctx, object, id, id, clock().toISOString());
                removed(ctx, object, row);
                return id;
            };
            return { id, save };
        },
        /** Brings back the row and what was deleted with it; emptied lookups stay empty. */
        restoration(ctx: CallContext, given: string): PreparedRow {
            const object = objectOf(given);
            const id = to18(given);
            checkObject(ctx, object);
            checkIsSeen(sharing, ctx, object, id);
            if (!isDeleted(object, id)) throw rowError('UNDELETE_FAILED', 'Entity is not in the recycle bin');
            checkRow(ctx, object, id);
            const save = (): string => {
                restore(ctx, id);
                removed(ctx, object, rowOf(object, id));
                return id;
            };
            return { id, save };
        }
    };
}
